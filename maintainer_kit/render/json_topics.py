# SPDX-License-Identifier: GPL-2.0-or-later
"""Topics as JSON: the contract of ``list``, ``show`` and ``export`` (docs/schemas/)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from maintainer_kit.lazy.dataclass import replace
from maintainer_kit.model.queue.line import line_of
from maintainer_kit.render.checks import bot_json, results_json
from maintainer_kit.render.envelope import SCHEMA as SCHEMA
from maintainer_kit.render.envelope import Json as Json
from maintainer_kit.render.envelope import dumps as dumps
from maintainer_kit.render.envelope import envelope as envelope
from maintainer_kit.render.envelope import error_json as error_json
from maintainer_kit.render.envelope import utc as utc
from maintainer_kit.render.json_lines import line_json
from maintainer_kit.render.topic_findings import count_findings, findings_json

if TYPE_CHECKING:  # a list makes no topics: see workflow/position.py
    from maintainer_kit.model.message.message import Message
    from maintainer_kit.model.queue.landed import Landing, Place
    from maintainer_kit.model.queue.row import TopicRow
    from maintainer_kit.model.topic.applied import Given, Trailers
    from maintainer_kit.model.topic.checks import Checks, Result
    from maintainer_kit.model.topic.linking import Revision
    from maintainer_kit.model.topic.topic import FollowUp
    from maintainer_kit.workflow.comments import Remarks
    from maintainer_kit.workflow.reading import Detail


def row_json(row: TopicRow) -> Json:
    """A topic as ``list`` gives it."""
    return line_json(line_of(row))


def list_json(rows: Iterable[TopicRow]) -> Json:
    return envelope(topics=[row_json(row) for row in rows])


def topic_json(detail: Detail) -> Json:
    """A topic as ``show`` and ``export`` give it.

    Without findings there is no clock and no order of arrival in it: ``export`` has none, because
    what was found depends on when the series was checked, and whether.
    """
    from maintainer_kit.model.topic.applied import Trailers
    from maintainer_kit.model.topic.checks import Checks
    from maintainer_kit.render.matter import matter_json

    topic = detail.topic
    counts = None if detail.findings is None else count_findings(detail.findings)
    value = row_json(replace(detail.row, findings=counts))
    value["related"] = [{"kind": one.kind, "message_id": one.message_id} for one in topic.relations]
    value.update(matter_json(topic))
    value["revisions_count"] = value["revisions"]
    trailers, checks = Trailers(topic, detail.people), Checks(topic, detail.tested)
    value["revisions"] = [_revision(detail, one, trailers, checks) for one in topic.revisions]
    if not topic.revisions:
        value["thread"] = [_message(topic.root), *(_follow_up(one) for one in topic.follow_ups)]
    return value


def _revision(detail: Detail, revision: Revision, trailers: Trailers, checks: Checks) -> Json:
    series = revision.series
    ids = {message.message_id for message in series.messages}
    return {
        "revision": series.revision,
        "date": utc(series.date),
        "base_commit": series.base_commit or None,
        "change_id": series.change_id or None,
        "prerequisites": list(series.prerequisites),
        "linked_by": revision.link.reason,
        "confidence": revision.link.confidence,
        "cover": {"message_id": series.cover.message_id} if series.cover else None,
        "findings": _findings(detail, series.cover) if series.cover else [],
        "patches": [
            _patch(detail, number, patch, trailers.of(revision, patch), checks.of(patch))
            if patch
            else None
            for number, patch in enumerate(series.patches, 1)
        ],
        "follow_ups": [_follow_up(one) for one in detail.topic.follow_ups if one.head_id in ids],
    }


def _findings(detail: Detail, message: Message) -> list[Json]:
    return findings_json((detail.findings or {}).get(message.message_id, ()))


def _patch(
    detail: Detail,
    number: int,
    patch: Message,
    trailers: Sequence[Given],
    checks: Sequence[Result],
) -> Json:
    from maintainer_kit.render.claimed import claim_json
    from maintainer_kit.render.given import given_json

    return {
        "number": number,
        "message_id": patch.message_id,
        "subject": patch.subject.title,
        "author": str(patch.author),
        "state": detail.state_of(patch.message_id),
        "files": [file.path for file in patch.diff.files] if patch.diff else [],
        "patch_id": patch.patch_id,
        "trailers": [given_json(given) for given in trailers],
        "checks": results_json(checks),
        "findings": _findings(detail, patch),
        "landings": [
            landing_json(one, place)
            for one in detail.landings.get(patch.message_id, ())
            if one.is_sure
            for place in one.places
        ],
        "claims": [claim_json(*one) for one in detail.claims.get(patch.message_id, ())],
        "oddities": list(patch.oddities),
    }


def landing_json(landing: Landing, place: Place) -> Json:
    """One ref that holds a patch; ``commit`` is what it is called there."""
    return {
        "commit": place.commit,
        "ref": place.branch,
        "tier": landing.tier,
        "score": landing.score,
        "date": utc(place.date),
        "role": place.role,
        "repository": place.repository,
        "tag": place.tag or None,
        "reverted_by": place.reverted or None,
        "why": landing.why,
    }


def _message(message: Message) -> Json:
    return {
        "message_id": message.message_id,
        "author": str(message.author),
        "date": utc(message.date),
        "to": None,
        "kind": message.kind.value,
        "oddities": list(message.oddities),
        **bot_json(message),
    }


def _follow_up(follow_up: FollowUp) -> Json:
    message = follow_up.message
    value = _message(message)
    value["to"] = message.parents[0] if message.parents else follow_up.head_id
    return value


def message_json(message: Message, paths: Sequence[str]) -> Json:
    """A mail that belongs to no topic, as ``show`` gives it."""
    value = _message(message)
    value.update(
        subject=message.full_subject,
        lists=list(message.lists),
        commits=list(message.commits),
        files=list(paths),
    )
    return envelope(topic=None, message=value)


def show_json(detail: Detail, remarks: Remarks | None = None) -> Json:
    """A topic as ``show`` gives it; comments and signatures stand beside it, so that but for
    findings it equals the topic of ``export``, which reads no mail."""
    from maintainer_kit.render.attested import attestations_json
    from maintainer_kit.render.remarks import remarks_json

    return envelope(
        topic=topic_json(detail),
        comments=remarks_json(remarks or {}),
        attestations=attestations_json(detail.attested),
    )
