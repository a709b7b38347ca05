# SPDX-License-Identifier: GPL-2.0-or-later
"""A digest with something of everything, made from mail."""

from __future__ import annotations

from dataclasses import replace

from maintainer_kit.model.calendar.outlook import outlook_of
from maintainer_kit.model.calendar.version import Tag
from maintainer_kit.model.decision.away import Away
from maintainer_kit.model.decision.event import Decision, EventKind, Origin
from maintainer_kit.model.queue.making import make_row
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.workflow.digest.parts import (
    CalendarLine,
    Digest,
    Line,
    Mark,
    Part,
    Section,
)
from tests.build import DAY, ME, START, part_id, patch, posting, topic

NOW = int(START.timestamp()) + 2 * 86_400
SECRET = "qux: a hole that nobody may know of"


def row(*raws: bytes) -> TopicRow:
    return make_row(topic(*raws), ME, {})


def secret() -> TopicRow:
    """The row of a topic that is confidential by hand."""
    mail = patch(f"[PATCH] {SECRET}", message_id="secret@made.example", minutes=DAY)
    held = {("secret@made.example", EventKind.CONFIDENTIAL): Decision("yes", "g", 1, Origin.CLI)}
    return make_row(topic(mail), ME, held)


def digest(**changes: object) -> Digest:
    """New: a series and a confidential patch; the series waits, with 11 others."""
    series = row(*posting("foo", 2))
    found = Digest(
        now=NOW,
        since=NOW - 86_400,
        mails=4,
        sections=(
            Section(Part.NEW, 2, (Line(series, "new"), Line(secret(), "new")), "date:2026-01-06.."),
            Section(Part.WAITING, 12, (Line(series),), "mkit:open turn:me"),
        ),
        calendar=(
            CalendarLine("/src/linux.git", outlook_of([Tag("v1.0", NOW - 9 * 86_400)], NOW)),
            CalendarLine("/src/gone", problem="/src/gone is no git repository"),
        ),
        returned=None,
        mark=Mark(NOW, frozenset()),
    )
    return replace(found, **changes)  # type: ignore[arg-type]


AWAY = Away(NOW - 5 * 86_400, NOW - 3600)
ID = part_id("foo", 0)
