# SPDX-License-Identifier: GPL-2.0-or-later
"""Spans of time in a query, as ``d:20240101..20240131``, ``dt:20240101120000..``, or
``d:..2.days.ago``.

All are in UTC, and hold both ends.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta

from maintainer_kit.errors import Refused

_ALL_DIGITS = re.compile(r"[0-9]{4,14}")
_WRITTEN = re.compile(
    r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?Z?)?", re.ASCII
)
_AGO = re.compile(r"(\d{1,5})[. ]?(second|minute|hour|day|week)s?[. ]ago", re.ASCII)
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_EPOCH_DIGITS = (9, 10, 11)

Span = tuple[int | None, int | None]
"""The first and the last second since the epoch; None where it is open."""


def read_span(text: str, now: int) -> Span:
    """The span that a value names; one moment alone means all of its day, hour or second."""
    if ".." not in text:
        return _moment(text, now)
    # ``1.day.ago..``: the two dots that part it are the first ones.
    low, _, high = text.partition("..")
    return (_moment(low, now)[0] if low else None, _moment(high, now)[1] if high else None)


def _moment(text: str, now: int) -> tuple[int, int]:
    """The first and the last second of what a text names."""
    try:
        if _ALL_DIGITS.fullmatch(text):
            return _of_digits(text)
        if match := _WRITTEN.fullmatch(text):
            return _span([part for part in match.groups() if part is not None])
    except (ValueError, OverflowError) as error:
        raise _unknown(text) from error
    if match := _AGO.fullmatch(text):
        then = now - int(match[1]) * _SECONDS[match[2]]
        return then, then
    if text in ("today", "yesterday"):
        start = (now - (86400 if text == "yesterday" else 0)) // 86400 * 86400
        return start, start + 86399
    if text == "now":
        return now, now
    raise _unknown(text)


def _of_digits(text: str) -> tuple[int, int]:
    if len(text) in _EPOCH_DIGITS:
        return int(text), int(text)
    if len(text) % 2:
        raise ValueError(text)
    return _span([text[:4], *(text[at : at + 2] for at in range(4, len(text), 2))])


def _span(parts: list[str]) -> tuple[int, int]:
    """Of year, month, day, hour, minute and second, as far as they are given."""
    numbers = [int(part) for part in parts]
    year, month, day, hour, minute, second = (*numbers, *(1, 1, 1, 0, 0, 0)[len(numbers) :])
    start = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    if len(numbers) == 1:
        length = timedelta(days=366 if monthrange(year, 2)[1] == 29 else 365)
    elif len(numbers) == 2:
        length = timedelta(days=monthrange(year, month)[1])
    else:
        length = timedelta(seconds=(86400, 3600, 60, 1)[len(numbers) - 3])
    first = int(start.timestamp())
    return first, first + int(length.total_seconds()) - 1


def _unknown(text: str) -> Refused:
    return Refused(
        f"the date {text!r} is not known here",
        "YYYYMMDD, YYYYMMDDhhmmss, YYYY-MM-DD, seconds since the epoch, or N.days.ago",
    )
