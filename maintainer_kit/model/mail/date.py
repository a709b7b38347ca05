# SPDX-License-Identifier: GPL-2.0-or-later
"""Dates as mail writes them (RFC 5322, 3.3)."""

from __future__ import annotations

from datetime import date
from email.utils import mktime_tz, parsedate_tz
from functools import lru_cache

from maintainer_kit.lazy.pattern import lazy_pattern

_FIRST = 631152000  # 1990-01-01
_LAST = 4102444800  # 2100-01-01
_USUAL = lazy_pattern(
    r"(?:[A-Z][a-z][a-z], )?([0-9]{1,2}) ([A-Z][a-z][a-z]) ([12][0-9]{3}) "
    r"([0-9]{2}):([0-9]{2}):([0-9]{2}) ([+-])([0-9]{2})([0-9]{2})(?: \([A-Z]{1,5}\))?$"
)
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_EPOCH = date(1970, 1, 1).toordinal()


def read_date(text: str) -> int | None:
    """Seconds since the epoch; None for what is no date."""
    found = _USUAL.match(text)
    if found and found[2] in _MONTHS:
        day, month, year, hours, minutes, seconds, sign, zone_hours, zone_minutes = found.groups()
        days = _first_of_month(int(year), _MONTHS[month]) + int(day)
        zone = int(zone_hours) * 3600 + int(zone_minutes) * 60
        clock = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
        return days * 86400 + clock - (zone if sign == "+" else -zone)
    parts = parsedate_tz(text)
    try:
        return mktime_tz(parts) if parts else None
    except (ValueError, OverflowError):
        return None


def is_credible(seconds: int) -> bool:
    """Whether mail may have been sent then: from 1990 to 2100."""
    return _FIRST <= seconds < _LAST


@lru_cache(maxsize=512)
def _first_of_month(year: int, month: int) -> int:
    """Days from the epoch to the day before the first."""
    return date(year, month, 1).toordinal() - 1 - _EPOCH
