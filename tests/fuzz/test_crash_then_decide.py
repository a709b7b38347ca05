# SPDX-License-Identifier: GPL-2.0-or-later
"""A program is killed at each call of a decision in turn, and in another one, which has not caught
up since, the next decision is taken: both hold in their order."""

from __future__ import annotations

import pytest

from maintainer_kit.errors import Refused
from maintainer_kit.workflow.sync import sync
from tests.build import part_id
from tests.fuzz.acts import Act, perform
from tests.fuzz.checking import check_level
from tests.fuzz.mails import FIRST, MAILS
from tests.fuzz.places import MemoryPlace
from tests.memory.fuse import Crash, Fuse
from tests.memory.share import Hub

PATCH = (part_id("foo", 1),)
ACCEPT, REJECT = Act("state", "accepted", PATCH), Act("state", "rejected", PATCH)
UNDO, REDO = Act("undo"), Act("redo")


def place() -> MemoryPlace:
    """A patch that two states were set on, one after the other."""
    made = MemoryPlace("one", Hub())
    made.deliver([MAILS[one] for one in FIRST])
    sync(made.stores)
    for state in ("under-review", "rfc"):
        perform(made.stores, Act("state", state, PATCH))
    return made


def calls_of(act: Act) -> int:
    fuse = Fuse()
    perform(fuse.guard(place().stores), act)
    return len(fuse.calls)


@pytest.mark.parametrize(
    ("first", "then"),
    [(ACCEPT, REJECT), (ACCEPT, UNDO), (UNDO, ACCEPT), (UNDO, UNDO), (UNDO, REDO)],
    ids=lambda act: act.value or act.kind,
)
def test_both_hold_in_their_order(first: Act, then: Act) -> None:
    for call in range(1, calls_of(first) + 1):
        made = place()
        with pytest.raises(Crash):
            perform(Fuse(call).guard(made.stores), first)
        try:
            perform(made.stores, then)
        except Refused:
            assert then is REDO, call
        for _ in range(2):
            sync(made.stores)
            check_level(made)
