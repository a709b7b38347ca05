# SPDX-License-Identifier: GPL-2.0-or-later
"""Whose turn it is on a topic, and why: from the mail, then from what was decided."""

from __future__ import annotations

from maintainer_kit.model.decision.state import CHANGES_REQUESTED, DEFAULT_STATES, States
from maintainer_kit.model.queue.landed import Landings
from maintainer_kit.model.queue.turn_report import report_turn
from maintainer_kit.model.queue.turn_review import review_turn
from maintainer_kit.model.queue.turn_series import series_turn
from maintainer_kit.model.queue.turn_thread import thread_turn
from maintainer_kit.model.queue.verdict import TURN_ORDER, Me, Turn, Verdict, day
from maintainer_kit.model.topic.applied import Trailers
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.model.topic.topic import Topic


def mail_turn(
    topic: Topic, me: Me, trailers: Trailers | None = None, landings: Landings | None = None
) -> Verdict:
    """Whose turn it is by the mail, and by where its patches landed, as if nothing had been
    decided.

    ``trailers`` are those of a series, where the caller needs them, too.
    """
    if topic.kind is TopicKind.SERIES:
        return series_turn(topic, me, trailers, landings)
    if topic.kind is TopicKind.STABLE_REVIEW:
        return review_turn(topic, me)
    settled = report_turn(topic, me) if topic.kind is TopicKind.REPORT else None
    return settled or thread_turn(topic, me)


def overruled(
    verdict: Verdict,
    state: str,
    archived: bool,
    states: States = DEFAULT_STATES,
    *,
    is_past: bool = False,
) -> Verdict:
    """The verdict once a person's decision is counted in; where that ``is_past``, as all patches
    landed since, changes are no longer waited for."""
    if archived:
        return Verdict(Turn.NOBODY, "archived")
    if state == CHANGES_REQUESTED and not is_past:
        return Verdict(Turn.AUTHOR, "changes requested")
    if not states.needs_action(state):
        return Verdict(Turn.NOBODY, f"{state}: decided")
    return verdict


__all__ = ["TURN_ORDER", "Me", "Turn", "Verdict", "day", "mail_turn", "overruled"]
