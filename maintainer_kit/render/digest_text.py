# SPDX-License-Identifier: GPL-2.0-or-later
"""A digest as text: for a terminal, and for the body of a mail."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import PurePath

from maintainer_kit.model.decision.away import Away
from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.render.age import age
from maintainer_kit.render.cells import fit
from maintainer_kit.render.queue_text import flag, shape
from maintainer_kit.workflow.digest.parts import CalendarLine, Digest, Line, Part, Section

TITLES = {
    Part.NEW: "New",
    Part.WAITING: "Waiting for you, the longest first",
    Part.UNANSWERED: "Authors waiting for a first answer",
    Part.STALE: "Soon without mail for a month",
    Part.WOKEN: "Back: they were snoozed",
}
_AUTHOR = 16
_FIXED = 2 + 2 + 7 + 9 + 1 + _AUTHOR + 1 + 4
"""Cells of a line that are not the subject's."""


def digest_text(digest: Digest, width: int, *, is_public: bool = False) -> Iterator[str]:
    """Lines of at most ``width`` cells, where there is room for them at all.

    ``is_public``: it leaves this machine; of confidential topics only the ids are told.
    """
    yield _first_line(digest)
    if digest.returned:
        away = digest.returned
        yield f"You were away from {_moment(away.since)} to {_moment(away.until)}."
    for section in digest.sections:
        yield ""
        yield f"{TITLES[section.part]} ({section.total})"
        for line in section.lines:
            yield from _topic(line, digest.now, width, is_public)
        yield from _others(section)
    if digest.calendar:
        yield ""
        yield "Calendar"
        yield from (f"  {line}" for line in _calendar(digest))


def _calendar(digest: Digest) -> Iterator[str]:
    """Repositories by their folders' names, where that tells them apart."""
    names = Counter(_project(line) for line in digest.calendar)
    for line in digest.calendar:
        name = _project(line)
        yield calendar_words(line, digest.now, name if names[name] == 1 else "")


def calendar_words(line: CalendarLine, now: int, name: str = "") -> str:
    """``linux: v6.19-rc4 was tagged on Sunday; ...``; without a name the repository's path."""
    words = line.outlook.words(now) if line.outlook else f"not read: {line.problem}"
    return visible_line(f"{name or line.repository}: {words}")


def _project(line: CalendarLine) -> str:
    """The repository's folder."""
    return PurePath(line.repository).name.removesuffix(".git")


def away_words(away: Away | None) -> str:
    """Whether its reader is away, until when, and who decides meanwhile."""
    if away is None:
        return "You are here; mkit away UNTIL says otherwise."
    deputy = f"; {visible_line(away.delegate)} decides" if away.delegate else ""
    return (
        f"You are away until {_moment(away.until)}{deputy}. Digests are silent;"
        " mkit away --back says what happened."
    )


def _first_line(digest: Digest) -> str:
    mails = count_of(digest.mails, "new mail") if digest.mails else "no new mail"
    return f"{mails[0].upper()}{mails[1:]} since {_moment(digest.since)}"


def _topic(line: Line, now: int, width: int, is_public: bool) -> Iterator[str]:
    row = line.row
    if is_public and row.standing.confidential:
        yield f"    {row.id[:6]} a confidential topic"
        return
    subject = fit(row.subject, max(20, width - _FIXED))
    author = fit(row.author.partition(" <")[0].strip('"'), _AUTHOR)
    cells = (fit(row.id[:6], 6), fit(shape(row), 8), subject, author, age(row.updated, now))
    yield f"  {flag(row)} {' '.join(cells)}".rstrip()
    yield f"           {fit(_why(row, line.why), max(20, width - 11)).rstrip()}"


def _why(row: TopicRow, why: str) -> str:
    verdict = row.standing.verdict
    return f"{why}; {verdict.reason}" if why else verdict.reason


def _others(section: Section) -> Iterator[str]:
    more = section.total - len(section.lines)
    if more:
        query = shlex.quote(section.query) if section.query else ""
        yield f"    and {more} more: mkit list {query}".rstrip()


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")
