# SPDX-License-Identifier: GPL-2.0-or-later
"""What was made of the wish to thank, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.model.queue.landed import Landing
from maintainer_kit.render.envelope import Json, envelope
from maintainer_kit.workflow.replying.sending import Outcome
from maintainer_kit.workflow.thanking.facts import SHOWN, Applied, Made, Passed, Report


def report_text(report: Report) -> Iterator[str]:
    """A line for each draft."""
    for one in report.made:
        thanks, tree = one.thanks, one.thanks.tree
        kept = "" if one.is_new else ", kept before"
        count = count_of(len(thanks.applied), "patch")
        words = f"{one.draft.id}  {count} in {tree.name} ({tree.branch}){kept}: "
        yield visible_line(words + one.draft.subject)


def warnings_text(report: Report, *, named: bool) -> Iterator[str]:
    """What the user is to know: who is not thanked, where topics were ``named``, and where nobody
    is sure."""
    for one in report.passed if named else ():
        yield visible_line(f"no thanks for {one.row.id} ({one.row.subject}): {one.why}")
    for made in report.made:
        for landing in made.thanks.unsure:
            yield visible_line(_unsure(landing))


def _unsure(landing: Landing) -> str:
    commit = landing.commit[:SHOWN]
    ask = f"mkit land --is {commit} {landing.message_id}, or --is-not"
    return f"not told of: {landing.message_id} may be {commit} ({ask})"


def thanks_json(report: Report, outcome: Outcome | None = None) -> Json:
    """The contract of ``thanks``."""
    return envelope(
        thanks=[_made(one) for one in report.made],
        passed=[_passed(one) for one in report.passed],
        sent=[one.message_id for one in outcome.sent] if outcome else [],
        place=outcome.place if outcome else None,
        failed={
            "id": outcome.failed.id,
            "reason": outcome.reason,
            "uncertain": outcome.is_uncertain,
        }
        if outcome and outcome.failed
        else None,
    )


def _made(one: Made) -> Json:
    thanks, draft = one.thanks, one.draft
    return {
        "topic": thanks.row.id,
        "answers": draft.answers,
        "draft": draft.id,
        "message_id": draft.message_id,
        "subject": draft.subject,
        "tree": thanks.tree.name,
        "branch": thanks.tree.branch,
        "applied": [_applied(each) for each in thanks.applied],
        "missing": [each.message_id for each in thanks.missing],
        "unsure": _candidates(thanks.unsure),
        "is_new": one.is_new,
    }


def _applied(one: Applied) -> Json:
    return {
        "message_id": one.message.message_id,
        "commit": one.commit,
        "edited": one.is_edited,
        "title": one.title or None,
    }


def _candidates(found: Sequence[Landing]) -> list[Json]:
    return [{"message_id": one.message_id, "commit": one.commit} for one in found]


def _passed(one: Passed) -> Json:
    return {"topic": one.row.id, "why": one.why}
