# SPDX-License-Identifier: GPL-2.0-or-later
"""Numbers and ages as they are written in terms: ``3``, ``>2``, ``2..3``, ``30d..90d``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

DAY = 86_400
_UNITS = {"h": 3_600, "d": DAY, "w": 7 * DAY, "m": 30 * DAY, "y": 365 * DAY}
_AGE = re.compile(r"([0-9]{1,6})([hdwmy])")
_NUMBER = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Span:
    """A range of whole numbers, both ends in it; None where it is open."""

    low: int | None = None
    high: int | None = None

    def __contains__(self, number: int) -> bool:
        above = self.low is None or self.low <= number
        return above and (self.high is None or number <= self.high)


ANY = Span()


def read_age(text: str) -> Span | None:
    """Seconds: ``>30d`` (older), ``<2w`` (younger), ``30d..90d``, ``30d..``; an age alone means at
    least that. None for what is none."""
    found = _span(text, _age)
    if found is not None and found.low == found.high and ".." not in text:
        return Span(found.low, None)
    return found


def read_numbers(text: str) -> Span | None:
    """``2``, ``>2``, ``>=2``, ``<3``, ``2..3``, ``2..``; None for what is none."""
    return _span(text, _number)


def _age(text: str) -> int | None:
    found = _AGE.fullmatch(text)
    return int(found[1]) * _UNITS[found[2]] if found else None


def _number(text: str) -> int | None:
    return int(text) if _NUMBER.fullmatch(text) else None


def _span(text: str, read: Callable[[str], int | None]) -> Span | None:
    if ".." in text:
        return _between(*text.partition("..")[::2], read)
    for sign, shift in ((">=", 0), ("<=", 0), (">", 1), ("<", -1)):
        if text.startswith(sign):
            bound = read(text[len(sign) :])
            if bound is None:
                return None
            return Span(bound + shift, None) if sign[0] == ">" else Span(None, bound + shift)
    exact = read(text)
    return None if exact is None else Span(exact, exact)


def _between(first: str, last: str, read: Callable[[str], int | None]) -> Span | None:
    low, high = read(first), read(last)
    is_wrong = (first and low is None) or (last and high is None) or not (first or last)
    return None if is_wrong else Span(low, high)
