# SPDX-License-Identifier: GPL-2.0-or-later
"""A backport as text: what was picked, what was there, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator

from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.workflow.applying.ways import IN_WORDS, Way
from maintainer_kit.workflow.backporting.facts import Conflict, How, Report, Stop, Suggestion

_SHOWN = 12
_MOST = 8
_THERE = {
    How.ANCESTOR: "the branch has it",
    How.LINE: "there as {}, which names it",
    How.PATCH_ID: "there as {}, the same patch",
    How.CONTENT: "nothing is left of it: the branch has the content",
}


def backport_text(report: Report) -> Iterator[str]:
    """Lines for a person; every text of a commit is made safe for a terminal."""
    for line in _lines(report):
        yield visible_line(line)


def under_way_text(report: Report) -> Iterator[str]:
    """One that is under way."""
    count = len(report.picked) + len(report.present)
    every = count + len(report.left) + bool(report.stop)
    yield visible_line(
        f"{report.branch} of {report.repository}: {count} of {count_of(every, 'commit')} done"
    )
    if stop := report.stop:
        yield visible_line(f"stopped at {stop.upstream[:_SHOWN]} {stop.title}")
        yield visible_line(f"it lies open in {stop.tree}")
        words = "mend it there, then: mkit backport --continue; or: --skip, --abort"
    else:
        words = "it was broken off: mkit backport --continue, or --abort"
    yield visible_line(f"{words}; --to {report.branch}")


def _lines(report: Report) -> Iterator[str]:
    for one in report.present:
        yield f"{one.upstream[:_SHOWN]} {one.title}"
        yield f"    left: {_THERE[one.how].format(one.commit[:_SHOWN])}"
    for picked in report.picked:
        yield f"{picked.upstream[:_SHOWN]} {picked.title}"
        way = f"  ({IN_WORDS[picked.way]})" if picked.way is not Way.PLAIN else ""
        yield f"    {'would be' if report.is_dry else 'is'} {picked.commit[:_SHOWN]}{way}"
    if report.stop:
        yield from _stopped(report, report.stop)
    elif report.picked:
        would = "would be" if report.is_dry else "is"
        count = count_of(len(report.picked), "commit")
        yield f"{report.branch} {would} at {report.new[:_SHOWN]}, {count} further"
    else:
        yield f"nothing to do: {report.branch} is as it was"
    yield from _follow_ups(report)


def _stopped(report: Report, stop: Stop) -> Iterator[str]:
    yield f"{stop.upstream[:_SHOWN]} {stop.title}"
    yield "    does not apply; the branch is as it was"
    for one in stop.conflicts:
        yield from _conflict(one)
    if stop.suggestions:
        yield "  these changed the same lines upstream, and may have to come first:"
        yield from map(_suggestion, stop.suggestions[:_MOST])
        if len(stop.suggestions) > _MOST:
            yield f"    and {len(stop.suggestions) - _MOST} more: --json"
    else:
        yield "  no commit upstream explains it: the branch itself changed these lines"
    if stop.first:
        before = [one.upstream for one in report.picked]
        every = (*before, *stop.first, stop.upstream, *report.left)
        names = " ".join(one[:_SHOWN] for one in every)
        yield f"  tried: it applies after {len(stop.first)} of them:"
        if stop.tree:
            yield f"    mkit backport --abort --to {report.branch}"
        yield f"    mkit backport {names} --to {report.branch}"
    if stop.tree:
        yield f"  or solve it in {stop.tree}, then"
        yield f"    mkit backport --continue --to {report.branch}    (--skip, --abort)"


def _conflict(one: Conflict) -> Iterator[str]:
    if one.is_missing:
        yield f"  {one.path}: the branch has no such file"
        return
    places = ", ".join(_range(hunk.first, hunk.last) for hunk in one.hunks[:_MOST])
    yield f"  {one.path}" + (f": lines {places} are others there" if places else "")


def _range(first: int, last: int) -> str:
    return f"{first}-{last}" if last > first else str(first)


def _suggestion(one: Suggestion) -> str:
    there = f"  (there as {one.present[:_SHOWN]})" if one.present else ""
    places = count_of(one.places, "place")
    return f"    {one.commit[:_SHOWN]} {one.title}  [{places}]{there}"


def _follow_ups(report: Report) -> Iterator[str]:
    fixes = [one for one in report.follow_ups if not one.present]
    if fixes:
        yield "upstream went on from there:"
    for one in fixes:
        what = "takes back" if one.is_revert else "mends"
        yield f"    {one.commit[:_SHOWN]} {one.title}  ({what} {one.mends[:_SHOWN]})"
    if any(not one.is_revert for one in fixes):
        yield "  --with-fixes picks what mends them, too"
