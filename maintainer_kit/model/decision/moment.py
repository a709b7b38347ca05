# SPDX-License-Identifier: GPL-2.0-or-later
"""Times as people say them on a command line: until when, and since when."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, tzinfo

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOURS = {"h": 1, "d": 24, "w": 7 * 24}
_MONTHS = {"m": 1, "y": 12}
_MAX_LENGTH = 40
_MAX_DIGITS = 4
_MAX_YEARS = 100
_MAX_SECONDS = _MAX_YEARS * 366 * 86400
"""What lies further from now is a slip, and may be no date of any calendar."""

AHEAD = "2026-12-24, 2026-12-24T10:00Z, tomorrow, friday, 3d, 2w, 1m"
"""Examples for a usage error: what ``read_moment`` understands."""
BACK = "2026-11-20, 2026-11-20T10:00Z, yesterday, monday, 12h, 3d, 1m"
"""The same for ``read_since``."""


class NoMoment(ValueError):
    """A word that says no time, or one on the wrong side of now; its text names examples."""


def read_moment(text: str, now: int, zone: tzinfo = UTC) -> int:
    """The time to come that a word means, in seconds since the epoch.

    ``2026-12-24``, ``tomorrow``, ``friday`` (the next one, never today) are the beginning of that
    day in ``zone``; ``12h``, ``3d``, ``2w``, ``1m``, ``1y`` are counted from ``now``. Raises
    NoMoment.
    """
    found = _read(text, now, zone, 1)
    if found is None:
        raise NoMoment(f"{text[:_MAX_LENGTH]!r} is no time; try one of: {AHEAD}")
    if found <= now:
        raise NoMoment(f"{text[:_MAX_LENGTH]!r} is over; try one of: {AHEAD}")
    return found


def read_since(text: str, now: int, zone: tzinfo = UTC) -> int:
    """The past time that a word means, in seconds since the epoch: as ``read_moment``, backwards.

    ``monday`` is the last one, today if it is one; ``3d`` is three days ago. Raises NoMoment.
    """
    found = _read(text, now, zone, -1)
    if found is None:
        raise NoMoment(f"{text[:_MAX_LENGTH]!r} is no time; try one of: {BACK}")
    if found > now:
        raise NoMoment(f"{text[:_MAX_LENGTH]!r} is still to come; try one of: {BACK}")
    return found


def _read(text: str, now: int, zone: tzinfo, sign: int) -> int | None:
    word = text.strip().lower()
    if not word or len(word) > _MAX_LENGTH or not word.isascii():
        return None
    try:
        here = datetime.fromtimestamp(now, zone)
        found = _span(word, here, sign) or _day(word, here, sign) or _written(word, zone)
        seconds = round(found.timestamp()) if found else None
    except (ValueError, OverflowError, OSError):
        return None
    return seconds if seconds is not None and abs(seconds - now) <= _MAX_SECONDS else None


def _span(word: str, here: datetime, sign: int) -> datetime | None:
    """``3d``: that long from now."""
    number, unit = word[:-1], word[-1]
    if not number.isdigit() or len(number) > _MAX_DIGITS or not int(number):
        return None
    count = int(number) * sign
    if unit in _HOURS:
        return here + timedelta(hours=count * _HOURS[unit])
    months = count * _MONTHS.get(unit, 0)
    if not months or abs(months) > _MAX_YEARS * 12:
        return None
    return _months_on(here, months)


def _months_on(here: datetime, months: int) -> datetime:
    """The same day of another month; its last day where it is shorter."""
    year, month = divmod(here.year * 12 + here.month - 1 + months, 12)
    day = min(here.day, monthrange(year, month + 1)[1])
    return here.replace(year=year, month=month + 1, day=day)


def _day(word: str, here: datetime, sign: int) -> datetime | None:
    """``tomorrow``, ``fri``: the beginning of that day."""
    days = _days_on(word, here, sign)
    if days is None:
        return None
    day = here.date() + timedelta(days=days)
    return _midnight(day, here.tzinfo)


def _days_on(word: str, here: datetime, sign: int) -> int | None:
    near = {"today": 0, "tomorrow": 1} if sign > 0 else {"today": 0, "yesterday": -1}
    if word in near:
        return near[word]
    named = [at for at, name in enumerate(_DAYS) if word in (name, name[:3])]
    if not named:
        return None
    ahead = (named[0] - here.weekday()) % 7
    return (ahead or 7) if sign > 0 else ahead - 7 if ahead else 0


def _written(word: str, zone: tzinfo) -> datetime | None:
    """ISO 8601, with a hyphen in the date: ``20261224`` is rather a number."""
    if "-" not in word:
        return None
    found = datetime.fromisoformat(word.upper())
    return found if found.tzinfo else found.replace(tzinfo=zone)


def _midnight(day: date, zone: tzinfo | None) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)
