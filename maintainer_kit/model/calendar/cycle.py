# SPDX-License-Identifier: GPL-2.0-or-later
"""Release cycles with candidates: what was, and how long each part of them takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

from maintainer_kit.model.calendar.version import Version

DAY = 86_400
WEEK = 7 * DAY
_LEARNT_FROM = 8
"""Cycles that habits are learnt from: the last."""
_ENOUGH = 2
_SEEN = 3


@dataclass(frozen=True, slots=True)
class Cycle:
    """The candidates of one release, and the release."""

    base: str
    candidates: tuple[Version, ...]
    """By number."""
    release: Version | None
    """None while it is open."""

    @property
    def last(self) -> Version:
        return self.release or self.candidates[-1]


@dataclass(frozen=True, slots=True)
class Habits:
    """How a project makes its releases; times in seconds."""

    window: int
    """From a release to the first candidate of the next."""
    step: int
    """From one candidate to the next."""
    fewest: int
    """The smallest number that the last candidate of a cycle had."""
    most: int
    """The greatest."""
    last_step: int
    """From the last candidate to the release."""


KERNEL = Habits(window=2 * WEEK, step=WEEK, fewest=7, most=8, last_step=WEEK)
"""Of Linux since 2005, by Documentation/process/2.Process.rst."""


def cycles_of(versions: Iterable[Version]) -> list[Cycle]:
    """Cycles that had candidates, by the date of what came last, the oldest first.

    Maintenance releases belong to none.
    """
    candidates: dict[str, list[Version]] = {}
    releases: dict[str, Version] = {}
    for one in versions:
        if one.is_fix:
            continue
        if one.candidate is None:
            releases[one.base] = one
        else:
            candidates.setdefault(one.base, []).append(one)
    found = [
        Cycle(base, tuple(sorted(several, key=_number)), releases.get(base))
        for base, several in candidates.items()
    ]
    return sorted(found, key=lambda cycle: (cycle.last.tag.date, cycle.base))


def _number(version: Version) -> tuple[int, int]:
    return version.candidate or 0, version.tag.date


def is_kernel_like(cycles: Sequence[Cycle]) -> bool:
    """Whether candidates come as those of Linux do: v6.19-rc4, a week after v6.19-rc3. Where only
    a few tags are there, that is all there is to know it by."""
    return any(
        one.last.prefix == "v"
        and len(one.last.numbers) == 2
        and len(one.candidates) >= _SEEN
        and all(abs(step - WEEK) <= 2 * DAY for step in _steps(one))
        for one in cycles[-2:]
    )


def habits_of(cycles: Sequence[Cycle], releases: Sequence[Version]) -> Habits | None:
    """What the last closed cycles had in common; None where there are too few to tell.

    ``releases`` are all of the project but fixes, by date.
    """
    closed = [cycle for cycle in cycles if cycle.release][-_LEARNT_FROM:]
    if len(closed) < _ENOUGH:
        return None
    numbers = [cycle.candidates[-1].candidate or 0 for cycle in closed]
    steps = [step for cycle in closed for step in _steps(cycle)]
    windows = [start for cycle in closed if (start := _window(cycle, releases)) > 0]
    ends = [_date(cycle.release) - cycle.candidates[-1].tag.date for cycle in closed]
    last = _usual(ends)
    if last <= 0:
        return None
    return Habits(_usual(windows), _usual(steps) or last, min(numbers), max(numbers), last)


def _steps(cycle: Cycle) -> list[int]:
    dates = [one.tag.date for one in cycle.candidates]
    return [later - earlier for earlier, later in pairwise(dates)]


def _window(cycle: Cycle, releases: Sequence[Version]) -> int:
    """From the release before a cycle to its first candidate; 0 without one."""
    start = cycle.candidates[0].tag.date
    before = max((_date(one) for one in releases if _date(one) < start), default=start)
    return start - before


def _date(version: Version | None) -> int:
    return version.tag.date if version else 0


def _usual(spans: Sequence[int]) -> int:
    """The one in the middle, in whole days; 0 where there is none."""
    return round(median_low(spans) / DAY) * DAY if spans else 0
