# SPDX-License-Identifier: GPL-2.0-or-later
"""Who may decide by mail, about what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum

from maintainer_kit.model.decision.event import Event, EventKind
from maintainer_kit.model.decision.state import States

AUTHOR_STATES = frozenset({"changes-requested", "deferred", "not-applicable", "withdrawn"})
"""What authors may make of their own series: it then waits for nobody but them. Other than with
netdev's bot not ``accepted``, which is another's word; ``withdrawn`` where the settings have it."""


class Role(StrEnum):
    """Why somebody may give orders."""

    COMMANDER = "commander"
    """The settings name him."""
    MAINTAINER = "maintainer"
    """MAINTAINERS names him for a file that the patches change."""
    AUTHOR = "author"
    """He wrote or sent all of the patches."""
    NOBODY = "nobody"


def role_of(
    address: str,
    commanders: Collection[str],
    maintainers: Collection[str],
    authors: Iterable[Collection[str]],
) -> Role:
    """The best role of an address. All addresses are in small letters.

    ``authors`` are, for each patch, the addresses that wrote and sent it. A name never counts:
    anybody may call himself anything.
    """
    if not address:
        return Role.NOBODY
    if address in commanders:
        return Role.COMMANDER
    if address in maintainers:
        return Role.MAINTAINER
    listed = list(authors)
    is_author = bool(listed) and all(address in one for one in listed)
    return Role.AUTHOR if is_author else Role.NOBODY


def refusal(role: Role, events: Sequence[Event], present: Collection[str], states: States) -> str:
    """Why somebody in this role may not decide ``events``; empty where he may.

    ``present`` are the states that the patches are in.
    """
    if role in (Role.COMMANDER, Role.MAINTAINER):
        return ""
    if role is Role.NOBODY:
        return "the sender is neither commander, nor maintainer of the files, nor the author"
    wanted = {event.value for event in events if event.kind is EventKind.STATE}
    if len(wanted) != 1 or any(event.kind is not EventKind.STATE for event in events):
        return "an author may set one state, and nothing else"
    if not wanted <= AUTHOR_STATES:
        return f"an author may not set {wanted.pop()}: {', '.join(sorted(AUTHOR_STATES))}"
    if len(present) != 1:
        return "the patches are in different states: that is for their maintainer to settle"
    (now,) = present
    if now in AUTHOR_STATES or not states.needs_action(now):
        return f"it is {now} already, which an author may not change"
    return ""
