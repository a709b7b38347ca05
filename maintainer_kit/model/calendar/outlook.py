# SPDX-License-Identifier: GPL-2.0-or-later
"""What the tags of a repository say of now and of the weeks to come: only what is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import pairwise

from maintainer_kit.model.calendar.cycle import (
    DAY,
    KERNEL,
    Cycle,
    Habits,
    cycles_of,
    habits_of,
    is_kernel_like,
)
from maintainer_kit.model.calendar.version import Tag, Version, versions_of

_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_RECENT = 6 * DAY
_LEARNT_FROM = 8
_ENOUGH = 2
_LATE = 14 * DAY
"""After that much more than was expected nothing is expected any more."""
_FAR = 2 * 365 * DAY
"""Nobody can tell what is that far away."""


class Phase(StrEnum):
    """Where a project is in its cycle."""

    MERGE_WINDOW = "merge-window"
    """After a release, before the first candidate of the next."""
    CANDIDATES = "candidates"
    """Between the first candidate and the release."""
    RELEASED = "released"
    """After a release, in a project without candidates."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """The state of a release cycle."""

    phase: Phase
    tag: Tag
    """The last that counts."""
    expected: str
    """What comes next: ``rc1``, ``v6.19``, ``the next release``; empty where nobody can tell."""
    earliest: int
    """When it is expected, about; 0 when nobody can tell."""
    latest: int

    def words(self, now: int) -> str:
        """One line, complete with "about"."""
        name = self.tag.name
        if self.phase is Phase.MERGE_WINDOW and self.earliest:
            start = f"merge window open since {name} {_when(self.tag.date, now)}"
            if now > self.latest + DAY:
                return f"{start}; {self.expected} was expected about {_day(self.latest)}"
            return f"{start}, until about {_day(self.latest)}"
        verb = "was tagged" if self.phase is Phase.CANDIDATES else "was released"
        start = f"{name} {verb} {_when(self.tag.date, now)}"
        if not self.earliest:
            return start
        is_late = now > self.latest + DAY
        says = "was expected about" if is_late else "is expected about"
        return f"{start}; {self.expected} {says} {_span(self.earliest, self.latest)}"


def outlook_of(tags: Iterable[Tag], now: int) -> Outlook | None:
    """What the tags say; None where none of them is a version."""
    versions = versions_of(tags, now)
    cycles = cycles_of(versions)
    if not versions:
        return None
    releases = [one for one in versions if one.candidate is None and not one.is_fix]
    if cycles and _has_candidates(cycles[-1], releases):
        found = _in_cycle(cycles, releases)
    else:
        found = _plain([one for one in versions if one.candidate is None] or versions)
    is_near = now <= found.latest + _LATE and found.latest <= now + _FAR
    return found if is_near else _silent(found)


def _silent(found: Outlook) -> Outlook:
    """It did not come: the repository is not up to date, or the project has other habits now."""
    return Outlook(found.phase, found.tag, "", 0, 0)


def _has_candidates(newest: Cycle, releases: Sequence[Version]) -> bool:
    """Whether the project still makes candidates: the last releases were not without any."""
    since = [one for one in releases if one.tag.date > newest.last.tag.date]
    return len(since) < _ENOUGH


def _in_cycle(cycles: Sequence[Cycle], releases: Sequence[Version]) -> Outlook:
    newest = cycles[-1]
    habits = habits_of(cycles, releases)
    if habits is None and is_kernel_like(cycles):
        habits = KERNEL
    released = max(releases, key=lambda one: one.tag.date, default=None)
    if newest.release is None and (not released or released.tag.date < newest.last.tag.date):
        return _stabilising(newest, habits)
    assert released is not None  # a closed cycle has its release, an open one a later one
    if habits is None or not habits.window:
        return Outlook(Phase.RELEASED, released.tag, "", 0, 0)
    first = cycles[-1].candidates[0].candidate
    expected = released.tag.date + habits.window
    phase = Phase.MERGE_WINDOW if len(newest.last.numbers) == 2 else Phase.RELEASED
    return Outlook(phase, released.tag, f"rc{first}", expected, expected)


def _stabilising(cycle: Cycle, habits: Habits | None) -> Outlook:
    last = cycle.candidates[-1]
    if habits is None:
        return Outlook(Phase.CANDIDATES, last.tag, "", 0, 0)
    number = last.candidate or 0
    fewest, most = (max(0, bound - number) for bound in (habits.fewest, habits.most))
    earliest, latest = (
        last.tag.date + habits.last_step + left * habits.step for left in (fewest, most)
    )
    return Outlook(Phase.CANDIDATES, last.tag, cycle.base, earliest, latest)


def _plain(versions: Sequence[Version]) -> Outlook:
    """Releases without candidates: the next one about as long after the last as half of those
    before came."""
    last = versions[-1].tag
    phase = Phase.RELEASED if versions[-1].candidate is None else Phase.CANDIDATES
    dates = [one.tag.date for one in versions][-_LEARNT_FROM - 1 :]
    spans = sorted(later - earlier for earlier, later in pairwise(dates))
    shorter, longer = len(spans) // 4, len(spans) * 3 // 4
    if len(spans) < _ENOUGH or spans[longer] < DAY:
        return Outlook(phase, last, "", 0, 0)
    earliest, latest = (last.date + spans[at] for at in (shorter, longer))
    return Outlook(phase, last, "the next release", earliest, latest)


def _when(seconds: int, now: int) -> str:
    """``on Sunday`` within the last days, else ``on 2026-01-11``."""
    moment = datetime.fromtimestamp(seconds, UTC)
    is_recent = now - seconds < _RECENT
    return f"on {_NAMES[moment.weekday()]}" if is_recent else f"on {moment:%Y-%m-%d}"


def _span(earliest: int, latest: int) -> str:
    first, last = _day(earliest), _day(latest)
    return first if first == last else f"{first} to {last}"


def _day(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"
