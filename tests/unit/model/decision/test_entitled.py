# SPDX-License-Identifier: GPL-2.0-or-later
"""Who may give orders by mail."""

from __future__ import annotations

import pytest

from maintainer_kit.model.decision.entitled import AUTHOR_STATES, Role, refusal, role_of
from maintainer_kit.model.decision.event import Event, EventKind
from maintainer_kit.model.decision.state import DEFAULT_STATES, read_states

ADA, BO, EVE = "ada@quarry.example", "bo@shale.example", "eve@evil.example"
CHANGES = Event(EventKind.STATE, "a", "changes-requested")
ACCEPTED = Event(EventKind.STATE, "a", "accepted")
NOTE = Event(EventKind.NOTE, "a", "soon")
OPEN = frozenset({"new"})


@pytest.mark.parametrize(
    ("address", "role"),
    [
        (BO, Role.COMMANDER),
        ("mia@lumen.example", Role.MAINTAINER),
        (ADA, Role.AUTHOR),
        ("sam@quarry.example", Role.NOBODY),
        (EVE, Role.NOBODY),
        ("", Role.NOBODY),
    ],
)
def test_roles(address: str, role: Role) -> None:
    """Sam sent one of the two patches, and so is not the author of what they are together."""
    authors = [{ADA}, {ADA, "sam@quarry.example"}]
    assert role_of(address, {BO}, {"mia@lumen.example", BO}, authors) is role


def test_nobody_is_the_author_of_nothing() -> None:
    assert role_of(ADA, (), (), []) is Role.NOBODY
    assert role_of("", {""}, {""}, [{""}]) is Role.NOBODY


@pytest.mark.parametrize("role", [Role.COMMANDER, Role.MAINTAINER])
def test_those_who_decide_may_decide_all(role: Role) -> None:
    events = [ACCEPTED, NOTE, Event(EventKind.DELEGATE, "a", BO)]
    assert refusal(role, events, {"rejected", "new"}, DEFAULT_STATES) == ""


def test_nobody_may_decide_nothing() -> None:
    assert "neither commander" in refusal(Role.NOBODY, [CHANGES], OPEN, DEFAULT_STATES)


def test_an_author_withdraws() -> None:
    states = read_states(("withdrawn after=deferred action=no",))
    for name in AUTHOR_STATES:
        events = [Event(EventKind.STATE, one, name) for one in "ab"]
        for present in ("new", "under-review", "rfc"):
            assert refusal(Role.AUTHOR, events, {present}, states) == ""


@pytest.mark.parametrize(
    ("events", "present", "why"),
    [
        ([ACCEPTED], "new", "may not set accepted"),
        ([Event(EventKind.STATE, "a", "under-review")], "new", "may not set under-review"),
        ([Event(EventKind.STATE, "a", "rejected")], "new", "may not set rejected"),
        ([CHANGES, NOTE], "new", "one state, and nothing else"),
        ([NOTE], "new", "one state, and nothing else"),
        ([Event(EventKind.DELEGATE, "a", ADA)], "new", "one state, and nothing else"),
        ([CHANGES], "rejected", "it is rejected already"),
        ([CHANGES], "accepted", "it is accepted already"),
        ([Event(EventKind.STATE, "a", "deferred")], "changes-requested", "already"),
        ([CHANGES], "new accepted", "in different states"),
    ],
)
def test_what_an_author_may_not(events: list[Event], present: str, why: str) -> None:
    assert why in refusal(Role.AUTHOR, events, set(present.split()), DEFAULT_STATES)
