# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit check --fix``: patch files and commit messages after mending, and how they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import unified_diff
from typing import TypeVar

from maintainer_kit.checks.engine import check_series
from maintainer_kit.checks.finding import Finding
from maintainer_kit.checks.later_lines import LaterLines
from maintainer_kit.checks.mending import Draft, Left, Mended, mend_drafts
from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.posting import collect_postings
from maintainer_kit.checks.series import Series
from maintainer_kit.workflow.check import Judge

D = TypeVar("D", bound=Draft)
_MOST_HITS = 2_000
"""Of one rule in one patch, each time it is asked."""
_TOO_MUCH = f"it speaks of {_MOST_HITS:,} places and more"
_MOST_LINES = 20_000
"""Changed lines, and those between them, that are compared."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A file or a commit message that is to be written anew."""

    name: str
    """The file as the user named it; or the commit."""
    before: bytes
    after: bytes
    rules: tuple[str, ...]
    """Whose findings are mended."""

    @property
    def is_needed(self) -> bool:
        return self.before != self.after


def posted_drafts(drafts: Sequence[D]) -> Iterator[tuple[Series, list[D]]]:
    """What is posted together, each with its drafts in the order of ``Series.all``."""
    by_patch = {id(one.patch): one for one in drafts}
    for series in collect_postings([one.patch for one in drafts]):
        yield series, [by_patch[id(patch)] for patch in series.all]


def mend_series(judge: Judge, series: Series, drafts: Sequence[D]) -> list[Mended[D]]:
    """Mend what is mechanical in a series; ``drafts`` in the order of ``Series.all``."""
    known = judge.background(series)
    kept: dict[int, dict[Left, None]] = {at: {} for at in range(len(drafts))}

    def find(patches: Sequence[Patch]) -> list[Finding]:
        now = _with(known, patches)
        found = check_series(now, judge.rules, judge.profile, judge.context, _MOST_HITS)
        later = LaterLines(patches)
        counts = Counter((one.at, one.rule) for one in found)
        allowed: list[Finding] = []
        for one in found:
            reason = ""
            if one.fix and one.fix.is_mechanical:
                is_much = counts[one.at, one.rule] >= _MOST_HITS
                reason = _TOO_MUCH if is_much else later.objection(one.at, one.fix.edits)
            if reason:
                kept[one.at][Left(one.rule, reason)] = None
            else:
                allowed.append(one)
        return allowed

    made = mend_drafts(drafts, find)
    return [replace(one, left=(*one.left, *kept[at])) for at, one in enumerate(made)]


def _with(series: Series, patches: Sequence[Patch]) -> Series:
    """The series with other patches in the same places."""
    first = 1 if series.cover else 0
    last = len(patches) - len(series.others)
    return replace(
        series,
        cover=patches[0] if first else None,
        patches=tuple(patches[first:last]),
        others=tuple(patches[last:]),
    )


def rules_of(mended: Sequence[Mended[D]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rule for one in mended for rule in one.rules))


def left_of(mended: Sequence[Mended[D]]) -> tuple[Left, ...]:
    """What is mechanical and was not mended, each once."""
    return tuple(dict.fromkeys(one for each in mended for one in each.left))


def diff_of(repair: Repair) -> Iterator[str]:
    """A unified diff of what is written; lines have no newline."""
    old, new = (
        data.decode("utf-8", "backslashreplace").split("\n")
        for data in (repair.before, repair.after)
    )
    above = _common(old, new)
    below = _common(old[above:][::-1], new[above:][::-1])
    skip = max(0, above - 3)
    ends = [len(one) - max(0, below - 3) for one in (old, new)]
    if max(ends) - skip > _MOST_LINES:
        yield f"--- {repair.name}"
        yield f"+++ {repair.name} (mended: {len(old)} lines become {len(new)}, too many to compare)"
        return
    found = unified_diff(
        old[skip : ends[0]],
        new[skip : ends[1]],
        repair.name,
        f"{repair.name} (mended)",
        lineterm="",
    )
    for line in found:
        yield _moved(line, skip) if line.startswith("@@ ") else line


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines are the same at the beginning of both."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (old, new) in pairs if old != new), min(len(one), len(other)))


def _moved(header: str, lines: int) -> str:
    """The header of a hunk whose lines count from further down."""
    _, old, new, _ = header.split(" ")
    return f"@@ {_later(old, lines)} {_later(new, lines)} @@"


def _later(span: str, lines: int) -> str:
    first, comma, count = span[1:].partition(",")
    return f"{span[0]}{int(first) + lines}{comma}{count}"
