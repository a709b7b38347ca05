# SPDX-License-Identifier: GPL-2.0-or-later
"""What is to be remembered of topics: until when they are out of sight, and notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from maintainer_kit.errors import Refused
from maintainer_kit.model.decision.event import Event, EventKind
from maintainer_kit.model.decision.snooze import Snooze, dump_snooze
from maintainer_kit.workflow.decide import Plan
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.targets import Target

_LONGEST_NOTE = 4000
"""Characters."""


def plan_snooze(
    stores: Stores, targets: Sequence[Target], *, until: int = 0, mail: bool = False, tag: str = ""
) -> Plan:
    """Snooze patches until a time (seconds since the epoch), new mail, or a tag; with nothing of
    these wake them up.

    Raises Refused for a tag that is none, that is there already, or that no repository can bring.
    """
    if tag:
        _check_tag(stores, tag)
    events: dict[str, Event] = {}
    for target in targets:
        value = dump_snooze(Snooze(until, target.row.mails if mail else None, tag))
        for one in target.message_ids:
            events.setdefault(one, Event(EventKind.SNOOZE, one, value))
    return Plan(tuple(events.values()))


def _check_tag(stores: Stores, tag: str) -> None:
    if not tag.isprintable() or any(one in tag for one in " ~^:?*[\\") or tag.startswith("-"):
        raise Refused(f"{tag!r} is no name of a tag", "git help check-ref-format")
    if stores.git_tags is None:
        raise Refused(
            "no repository is known that could be tagged", "git config mkit.repository DIR"
        )
    if stores.git_tags([tag]):
        raise Refused(f"{tag} is there already", "name a tag that is still to come")


def plan_note(stores: Stores, targets: Sequence[Target], text: str) -> Plan:
    """Keep a text with each topic; an empty one drops all that were kept.

    Raises Refused for a text that is too long.
    """
    if len(text) > _LONGEST_NOTE:
        raise Refused(f"a note has at most {_LONGEST_NOTE} characters", "keep the rest in a file")
    words = " ".join(text.split())
    by_topic = {target.row.id: target for target in reversed(targets)}
    if words:
        listed = list(by_topic.values())[::-1]
        return Plan(tuple(Event(EventKind.NOTE, one.about, words) for one in listed))
    mails = stores.catalogue.topic_messages(by_topic)
    ids = [one for each in mails.values() for one in sorted(each)]
    noted = stores.catalogue.decisions(ids)
    held = [one for one in ids if (found := noted.get((one, EventKind.NOTE))) and found.value]
    if not held:
        raise Refused("there is no note to drop", "mkit list note:WORD finds notes")
    return Plan(tuple(Event(EventKind.NOTE, one, "") for one in held))


def until_value(seconds: int) -> str:
    """The end of an embargo as an event holds it."""
    return f"until:{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"
