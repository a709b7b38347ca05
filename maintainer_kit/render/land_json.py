# SPDX-License-Identifier: GPL-2.0-or-later
"""What landed, and what did not, as JSON: docs/schemas/ (land, not-landed, unexplained, prune,
why)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from maintainer_kit.model.queue.landed import Landing
from maintainer_kit.render.json_topics import Json, envelope, landing_json, row_json, utc

if TYPE_CHECKING:
    from maintainer_kit.workflow.decide import Change
    from maintainer_kit.workflow.landing.land import LandReport
    from maintainer_kit.workflow.landing.lists import NotLanded, Unexplained
    from maintainer_kit.workflow.landing.prune import Candidate, Landed
    from maintainer_kit.workflow.landing.why import Because


def land_json(report: LandReport, seconds: float) -> Json:
    """The contract of ``land``: one entry for each ref that holds a patch."""
    return envelope(
        landings=[each for one in report.sure for each in _placed(one)],
        candidates=[each for one in report.candidates for each in _placed(one)],
        commits=report.commits,
        patches=report.patches,
        seconds=round(seconds, 3),
        refs=[
            {"repository": ref.place, "ref": ref.name, "role": ref.role, "tip": ref.tip}
            for ref in report.refs
        ],
        compared=report.asked.patches,
        changed=[row.id for row in report.changed],
        not_in_stable=[
            {
                "message_id": one.message_id,
                "commit": one.commit,
                "fixes": one.fixes,
                "ref": one.ref,
                "repository": one.repository,
            }
            for one in report.short
        ],
        refuted=[
            {"message_id": one.message_id, "commit": one.commit, "why": one.why}
            for one in report.refuted
        ],
        problems=list(report.problems),
    )


def _placed(landing: Landing) -> Iterator[Json]:
    for place in landing.places:
        yield {"message_id": landing.message_id, **landing_json(landing, place)}


def not_landed_json(found: Sequence[NotLanded], days: int) -> Json:
    return envelope(
        days=days,
        patches=[
            {
                "message_id": one.message.message_id,
                "topic": one.row.id,
                "subject": one.message.full_subject,
                "state": one.state,
                "since": utc(one.since),
            }
            for one in found
        ],
    )


def unexplained_json(found: Sequence[Unexplained], days: int) -> Json:
    return envelope(
        days=days,
        commits=[
            {
                "commit": one.commit.commit,
                "subject": one.commit.print.subject,
                "author": one.commit.print.author,
                "date": utc(one.commit.print.date),
                "refs": [ref.name for ref in one.refs],
            }
            for one in found
        ],
    )


def prune_json(
    topics: Sequence[Landed], changes: Sequence[Change], group: str | None, *, dry_run: bool
) -> Json:
    """What was recorded, or would be."""
    return envelope(
        dry_run=dry_run,
        topics=[
            {"id": one.row.id, "subject": one.row.subject, "reason": one.words} for one in topics
        ],
        changes=[
            {
                "message_id": one.event.message_id,
                "kind": one.event.kind.value,
                "before": one.before,
                "after": one.event.value,
            }
            for one in changes
        ],
        group=group,
    )


def candidates_json(found: Sequence[Candidate]) -> Json:
    """Patches that a person has to look at, with the commit that each may be."""
    return envelope(
        candidates=[
            {
                "message_id": one.message.message_id,
                "topic": one.row.id,
                "subject": one.message.full_subject,
                **landing_json(one.landing, one.place),
            }
            for one in found
        ]
    )


def why_json(because: Because) -> Json:
    """A commit, the mails it came from, and their topics."""
    made = because.commit
    return envelope(
        commit=made.commit,
        subject=made.print.subject,
        date=utc(made.print.date),
        linked=[*made.message_ids, *made.linked],
        mails=[
            {
                "message_id": one.message_id,
                "tier": one.tier,
                "score": one.score,
                "sure": one.is_sure,
                "why": one.why,
            }
            for one in because.landings
        ],
        topics=[
            {
                **row_json(one.row),
                "postings": [
                    {
                        "revision": revision.series.revision,
                        "date": utc(revision.series.date),
                        "message_ids": [m.message_id for m in revision.series.messages],
                    }
                    for revision in one.topic.revisions
                ],
                "follow_ups": [each.message.message_id for each in one.topic.follow_ups],
            }
            for one in because.details
        ],
    )
