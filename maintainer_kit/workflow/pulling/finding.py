# SPDX-License-Identifier: GPL-2.0-or-later
"""Queries to public-inbox, and ``pull --query``.

Archives index no positions of words as a rule (lore does not for most lists): a phrase, and so an
address or a name with hyphens, finds nothing there. Words joined by AND do, everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from maintainer_kit.workflow.pulling.pull import Pull

_WORD = re.compile(r"[^\W_]{1,60}")
_MOST_WORDS = 12
_EARLIEST = 100_000_000
"""In 1973, before any mail of an archive."""


def words_of(prefix: str, text: str) -> str:
    """A query for all words of a text in one field; empty without any."""
    words = dict.fromkeys(word.lower() for word in _WORD.findall(text[:1000]))
    return " AND ".join(f"{prefix}:{word}" for word in list(words)[:_MOST_WORDS])


def all_of(*parts: str) -> str:
    """A query for what each of these finds; empty ones do not count."""
    return " AND ".join(f"({part})" for part in parts if part)


def any_of(parts: Iterable[str]) -> str:
    """A query for what at least one of these finds."""
    return " OR ".join(f"({part})" for part in parts if part)


def received(since: int, until: int | None = None) -> str:
    """A query for what came to the archive from one second to another, since the epoch.

    Fewer than nine digits would be read as a day of the calendar, or as nothing.
    """
    return f"rt:{max(_EARLIEST, since)}..{'' if until is None else until}"


def dated(query: str, since: int | None, until: int | None) -> str:
    """The same, of mails sent from one time to another, in seconds since the epoch."""
    if since is None and until is None:
        return query
    return f"({query}) AND dt:{_day(since)}..{_day(until)}"


def _day(time: int | None) -> str:
    return "" if time is None else datetime.fromtimestamp(time, UTC).strftime("%Y%m%d%H%M%S")


def pull_query(
    pull: Pull, address: str, query: str, since: int | None, until: int | None, *, threads: bool
) -> None:
    """Bring in the mails that a query in public-inbox's words finds, or all of their threads."""
    archive = pull.archive(address)
    pull.bring(archive.search(dated(query, since, until), threads=threads).mails)
