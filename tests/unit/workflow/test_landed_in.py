# SPDX-License-Identifier: GPL-2.0-or-later
"""``landed:`` with the name of a branch or its role."""

from __future__ import annotations

import pytest

from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.queue.landed import Role
from maintainer_kit.workflow.landing.where import landed_in
from maintainer_kit.workflow.query import evaluate
from tests.build import DAY, posting
from tests.memory.desk import Desk
from tests.memory.evidence import evidence
from tests.unit.workflow.test_landing import BOTH, POSTED, A, B, C, commit, desk, land, ref


def looked() -> Desk:
    """Two patches in master, one of them in a stable tree; another series is nowhere."""
    made = desk(*POSTED, *posting("bar", 1))
    stable = ref(Role.STABLE, "linux-6.1.y", A, 2)
    land(made, evidence(BOTH, {ref(tip=B): {A, B}, stable: {A}}))
    return made


@pytest.mark.parametrize("name", ["yes", "master", "mainline", "stable", "linux-6.1.y"])
def test_by_word_role_and_branch(name: str) -> None:
    made = looked()
    (foo,) = (row.id for row in made.rows() if row.landed)
    assert evaluate(made.stores, f"landed:{name}") == frozenset({foo})
    others = frozenset(one.id for one in made.rows()) - {foo}
    assert evaluate(made.stores, f"-landed:{name}") == others


def test_a_role_that_holds_nothing_is_no_mistake() -> None:
    made = looked()
    assert evaluate(made.stores, "landed:next") == frozenset()
    assert evaluate(made.stores, "landed:part") == frozenset()
    with pytest.raises(Refused, match=r"column 1: nothing has landed in masterr") as error:
        evaluate(made.stores, "landed:masterr")
    assert "master" in (error.value.hint or "")
    with pytest.raises(NotFound):
        landed_in(Desk().catalogue, "master")


@pytest.mark.parametrize(("names", "left"), [((A,), 1), ((B,), 1), ((A, B), 0)])
def test_what_was_taken_back_is_there_no_longer(names: tuple[str, ...], left: int) -> None:
    made = desk(*POSTED)
    more = "\n\n".join(f"This reverts commit {one}." for one in names)
    back = commit(C, "Revert it", "", more=more, minutes=DAY)
    land(made, evidence([*BOTH, back], {ref(tip=C): {A, B, C}}))
    if left:
        assert len(landed_in(made.catalogue, "master")) == 1, "the other patch is"
    else:
        assert landed_in(made.catalogue, "mainline") == set()
