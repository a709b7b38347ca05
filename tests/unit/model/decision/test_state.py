# SPDX-License-Identifier: GPL-2.0-or-later
"""States, their order, and the tags that tell them."""

from __future__ import annotations

import pytest

from maintainer_kit.model.decision.state import (
    SETTABLE,
    STATES,
    least_advanced,
    near_states,
    states_in,
    tag_of,
)


def test_patchworks_names_are_all_there() -> None:
    names = (
        "new under-review changes-requested accepted rejected rfc not-applicable "
        "awaiting-upstream superseded deferred"
    )
    assert set(STATES) == set(names.split())


def test_what_is_computed_cannot_be_set() -> None:
    assert set(STATES) - set(SETTABLE) == {"superseded"}


def test_ranks_tell_all_apart() -> None:
    assert len({state.rank for state in STATES.values()}) == len(STATES)


@pytest.mark.parametrize(
    ("states", "least"),
    [
        ([], "new"),
        (["accepted"], "accepted"),
        (["accepted", "under-review", "rejected"], "under-review"),
        (["accepted", "new"], "new"),
        (["of-a-newer-mkit", "accepted"], "of-a-newer-mkit"),
    ],
)
def test_least_advanced(states: list[str], least: str) -> None:
    assert least_advanced(states) == least


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("acc", ["accepted"]),
        ("re", ["rejected"]),
        ("acepted", ["accepted", "rejected"]),
        ("Changes", ["changes-requested"]),
        ("under_review", ["under-review"]),
        ("", []),
        ("xyzzy", []),
    ],
)
def test_near_states(word: str, near: list[str]) -> None:
    assert near_states(word) == near


def test_tags() -> None:
    assert tag_of("accepted") == "mkit/accepted"
    tags = {"mkit", "mkit/accepted", "mkit/todo", "mkit/superseded", "inbox", "accepted"}
    assert states_in(tags) == {"accepted"}
