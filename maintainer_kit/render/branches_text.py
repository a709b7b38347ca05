# SPDX-License-Identifier: GPL-2.0-or-later
"""Branches as text: under what they want, a line each, in columns."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import PurePath

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.render.age import age
from maintainer_kit.render.cells import cell_width, fit
from maintainer_kit.workflow.branches.branch import Beside, Branch, Kind
from maintainer_kit.workflow.branches.look import Report
from maintainer_kit.workflow.branches.wants import target_of

HEADINGS = {
    Kind.FAILS: "Tests fail",
    Kind.DIVERGED: "Diverged",
    Kind.MISSING: "Accepted topics are not in it",
    Kind.UNPUSHED: "To push",
    Kind.GONE: "Upstream is gone",
    Kind.BEHIND: "Behind",
    Kind.DONE: "Landed: can be deleted",
}
AT_REST = "Nothing to do"
_MOVES = (Kind.DIVERGED, Kind.UNPUSHED, Kind.GONE, Kind.BEHIND)
_COLUMNS = (("push", 8), ("mainline", 11), ("patches", 13), ("tests", 5), ("last", 4))
SIZES = tuple(size for _, size in _COLUMNS)
"""Cells of the columns."""
_GAPS = len(_COLUMNS) + 2
_OUTCOMES = {"success": "ok", "warning": "warn", "fail": "fail", "pending": "wait"}
_LEAST, _FAIR, _MOST = 12, 20, 40
"""Cells of a name."""
_WORDS = 24
"""Cells that words need to stand in the same line."""


@dataclass(frozen=True, slots=True)
class Widths:
    """Cells of what has no width of its own."""

    name: int
    words: int
    """0: in a line of their own."""


def heading_of(branch: Branch) -> str:
    """What it is listed under."""
    return HEADINGS[branch.wants[0].kind] if branch.wants else AT_REST


def named(branch: Branch, several: bool) -> str:
    """Its name; with its repository where there are several."""
    name = branch.head.name
    return f"{PurePath(branch.repository).name or branch.repository}: {name}" if several else name


def is_several(report: Report) -> bool:
    return len(report.repositories) > 1


def widths_of(report: Report, width: int) -> Widths:
    """How the cells of a line are shared out."""
    names = (cell_width(visible_line(named(one, is_several(report)))) for one in report.branches)
    longest = min(_MOST, max([_LEAST, *names]))
    left = width - sum(SIZES) - _GAPS
    if left - _WORDS >= min(longest, _FAIR):
        name = min(longest, left - _WORDS)
        return Widths(name, left - name)
    return Widths(min(longest, max(_LEAST, left)), 0)


def head_line(widths: Widths) -> str:
    """What stands above the columns."""
    cells = " ".join(fit(name, size) for name, size in _COLUMNS)
    return f" {fit('branch', widths.name)} {cells}".rstrip()


def column_texts(branch: Branch, now: int) -> list[str]:
    """What stands in the columns behind its name."""
    return [
        _apart(target_of(branch)),
        _apart(branch.mainline),
        patches_of(branch),
        _OUTCOMES.get(branch.outcome, "-"),
        age(branch.head.date, now),
    ]


def _apart(beside: Beside | None) -> str:
    if beside is None or beside.is_gone:
        return "-"
    parts = [f"+{beside.ahead}"] if beside.ahead else []
    parts += [f"-{beside.behind}"] if beside.behind else []
    return " ".join(parts) or "="


def patches_of(branch: Branch) -> str:
    """``3f2a1c 2/5``: the topic that most of its commits are of; else how many they are."""
    if not branch.parts:
        return f"{branch.commits or '-'}{'+' if branch.is_cut else ''}"
    first, more = branch.parts[0], len(branch.parts) - 1
    return f"{first.topic[:6]} {first.count}/{first.total}" + (f" +{more}" if more else "")


def words_of(branch: Branch) -> str:
    """What it wants beyond what heading and columns tell, where else it is, and where it is checked
    out."""
    words = [one.words for one in branch.wants if not _is_told(branch, one.kind)]
    if branch.merged and not any(one.kind is Kind.DONE for one in branch.wants):
        words.append("in " + ", ".join(one.name for one in branch.merged))
    if branch.role:
        words.append(f"role {branch.role}")
    if branch.parts and not branch.parts[0].is_newest:
        words.append("an older posting")
    if branch.head.worktree:
        words.append(f"checked out in {branch.head.worktree}")
    return visible_line("; ".join(words))


def title_of(branch: Branch) -> str:
    """What it is about: the topic that most of its commits are of, else its last commit."""
    return visible_line(branch.parts[0].subject if branch.parts else branch.head.subject)


def _is_told(branch: Branch, kind: Kind) -> bool:
    """Whether it is the first, of a ref that is called as the branch is."""
    beside = branch.upstream if kind is Kind.GONE else target_of(branch)
    is_first = kind is branch.wants[0].kind and kind in _MOVES
    return is_first and beside is not None and beside.name.endswith(f"/{branch.head.name}")


def branches_text(report: Report, now: int, width: int) -> Iterator[str]:
    """Groups by what branches want, and a summary."""
    widths, several = widths_of(report, width), is_several(report)
    if report.branches:
        yield fit(head_line(widths), width).rstrip()
    for heading, group in groupby(report.branches, heading_of):
        listed = list(group)
        yield f"{heading} ({len(listed)})"
        for one in listed:
            name = fit(named(one, several), widths.name)
            cells = [
                fit(text, size) for text, size in zip(column_texts(one, now), SIZES, strict=True)
            ]
            yield from _with_words(one, " ".join(("", name, *cells)), widths, width)
    yield summary(report)


def _with_words(branch: Branch, line: str, widths: Widths, width: int) -> Iterator[str]:
    words = words_of(branch)
    if widths.words:
        yield f"{line} {fit(words or title_of(branch), widths.words)}".rstrip()
        return
    yield fit(line, width).rstrip()
    if words:
        yield f"    {fit(words, max(1, width - 4)).rstrip()}"


def summary(report: Report) -> str:
    """How many there are, and how many want something."""
    wanting = sum(bool(one.wants) for one in report.branches)
    total = sum(one.count for one in report.repositories)
    shown = len(report.branches)
    many = count_of(total, "branch")
    words = many if shown == total else f"{shown} of {many}"
    where = count_of(len(report.repositories), "repository")
    return f"{words} in {where}; {wanting} want{'s' if wanting == 1 else ''} something"
