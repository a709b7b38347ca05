# SPDX-License-Identifier: GPL-2.0-or-later
"""What landed, and what did not, as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.model.queue.claims import Seen
from maintainer_kit.model.queue.landed import Landings, Place
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.queue.verdict import day
from maintainer_kit.render.age import age
from maintainer_kit.render.cells import fit
from maintainer_kit.render.claimed import claim_words
from maintainer_kit.render.queue_text import shape
from maintainer_kit.workflow.landing.ladder import ladder_of

if TYPE_CHECKING:
    from maintainer_kit.workflow.landing.land import LandReport
    from maintainer_kit.workflow.landing.lists import NotLanded, Unexplained
    from maintainer_kit.workflow.reading import Detail

_ID = 6
_INDENT = " " * (_ID + 1)


def land_text(report: LandReport, width: int) -> Iterator[str]:
    """What is new since the last time, what a person has to look at, and a summary."""
    for row in report.changed:
        if row.landed:
            yield from _row(row, width)
    waiting = {one.message_id for one in report.candidates}
    landed = {one.message_id for one in report.sure}
    for one in report.short:
        title = report.messages[one.message_id].subject.title
        words = f"{one.commit[:12]} is not in {_branch(one.ref)}, where what it fixes is"
        yield fit(visible_line(f"{words} ({one.fixes[:12]}): {title}"), width).rstrip()
    if waiting - landed:
        yield f"{count_of(len(waiting - landed), 'candidate')} to look at: mkit prune --candidates"
    if report.refuted:
        told = count_of(len(report.refuted), "announcement")
        yield f"{told} of commits that are other changes: mkit land --problems"
    branches = f"{len(report.refs)} branch{'' if len(report.refs) == 1 else 'es'}"
    words = f"{len(landed)} of {count_of(report.patches, 'patch')} landed in {branches}"
    yield f"{words}; {count_of(report.commits, 'commit')} known"


def problems_text(report: LandReport) -> Iterator[str]:
    """What could not be read, and mails that say what git denies."""
    yield from map(visible_line, report.problems)
    for one in report.refuted:
        patch = report.messages.get(one.message_id)
        title = patch.subject.title if patch else one.message_id
        yield visible_line(f"{one.commit[:12]} is not {title!r} ({one.message_id}), but {one.why}")
    if not report.problems and not report.refuted:
        yield "All refs could be read, and no mail says what git denies."


def _row(row: TopicRow, width: int) -> Iterator[str]:
    cells = (fit(row.id[:_ID], _ID), fit(shape(row), 9), fit(row.subject, max(20, width - 18)))
    yield " ".join(cells).rstrip()
    words = row.standing.verdict.reason
    if not words.startswith("landed") and "taken back" not in words:
        words = f"{row.landed} of {row.total} patches landed"
    yield _INDENT + visible_line(words)


def _branch(ref: str) -> str:
    return ref.removeprefix("refs/heads/").removeprefix("refs/remotes/")


def ladder_text(detail: Detail, landings: Landings) -> Iterator[str]:
    """One topic: each patch of its newest view with the steps that it took, and the evidence."""
    yield visible_line(f"{detail.row.id}  {detail.row.subject}")
    view = detail.topic.view
    for number, patch in enumerate(view, 1):
        if patch is None:
            yield f"  {number}/{len(view)}  has not arrived"
            continue
        yield f"  {number}/{len(view)}  {visible_line(patch.subject.title)}"
        for rung in ladder_of(patch, landings):
            where = f"  {_place(rung.place)}" if rung.place else ""
            yield f"       {rung.name:<9} {day(rung.date)}{where}"
        for told, seen in detail.claims.get(patch.message_id, ()):
            if seen is not Seen.PROVEN:
                words = visible_line(claim_words(told, seen))
                yield f"       {'claimed':<9} {day(told.date)}  {words}"
        for one in landings.get(patch.message_id, ()):
            kind = "" if one.is_sure else "perhaps "
            words = f"{kind}{one.commit[:12]}, {one.evidence} ({one.score:.2f}): {one.why}"
            yield f"       {visible_line(words)}"
    yield f"  turn: {detail.row.standing.verdict.turn.value}: " + visible_line(
        detail.row.standing.verdict.reason
    )


def _place(place: Place) -> str:
    back = f", taken back by {place.reverted[:12]}" if place.reverted else ""
    return visible_line(f"{place.words}  {place.branch}{back}")


def not_landed_text(found: Sequence[NotLanded], now: int, days: int, width: int) -> Iterator[str]:
    """Patches that were accepted, and are nowhere."""
    for one in found:
        cells = (fit(one.row.id[:_ID], _ID), fit(f"{one.state} {age(one.since, now)}", 15))
        yield f"{' '.join(cells)} {fit(one.message.full_subject, max(20, width - 23))}".rstrip()
    if not found:
        yield f"Nothing that was accepted more than {count_of(days, 'day')} ago is missing."


def unexplained_text(
    found: Sequence[Unexplained], now: int, days: int, width: int
) -> Iterator[str]:
    """Commits that no mail was seen as."""
    for one in found:
        it = one.commit.print
        cells = (one.commit.commit[:12], fit(age(it.date, now), 4), fit(it.author, 24))
        yield f"{' '.join(cells)} {fit(it.subject, max(20, width - 43))}".rstrip()
    if not found:
        yield f"Every commit of the last {count_of(days, 'day')} was mailed."
