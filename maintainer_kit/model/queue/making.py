# SPDX-License-Identifier: GPL-2.0-or-later
"""Make the row of a topic."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain

from maintainer_kit.model.decision.event import Decisions
from maintainer_kit.model.queue.decided import stand
from maintainer_kit.model.queue.delegation import delegate_of
from maintainer_kit.model.queue.landed import Landings, count_landed, landed_at
from maintainer_kit.model.queue.policy import DEFAULT_POLICY, Policy
from maintainer_kit.model.queue.row import UNDECIDED, TopicRow
from maintainer_kit.model.queue.taking_in import intake_of
from maintainer_kit.model.queue.turn import Me, mail_turn
from maintainer_kit.model.queue.turn_review import deadline_of, decidable_of, my_patches
from maintainer_kit.model.queue.waiting import awaited_bots, wait_until
from maintainer_kit.model.topic.applied import Trailers
from maintainer_kit.model.topic.checks import Checks, Tested
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.model.topic.topic import Topic


def make_row(
    topic: Topic,
    me: Me,
    decisions: Decisions,
    policy: Policy = DEFAULT_POLICY,
    landings: Landings | None = None,
    tested: Tested | None = None,
) -> TopicRow:
    """The row of a topic, with decisions counted in."""
    row = _undecided(topic, me, policy, landings or {}, tested)
    ids = [message.message_id for message in topic.messages]
    return replace(row, standing=stand(row, ids, decisions, me, policy))


def _undecided(
    topic: Topic, me: Me, policy: Policy, landings: Landings, tested: Tested | None
) -> TopicRow:
    root = topic.root
    trailers = Trailers(topic, me.people) if topic.kind is TopicKind.SERIES else None
    by_mail = mail_turn(topic, me, trailers, landings)
    lists = sorted({name for message in topic.messages for name in message.lists})
    newest = topic.newest
    decidable = decidable_of(topic, me)
    is_review = topic.kind is TopicKind.STABLE_REVIEW
    expects = awaited_bots(topic, me)
    return TopicRow(
        id=topic.id,
        kind=topic.kind.value,
        subject=root.subject.title or root.full_subject,
        author=str(root.author),
        submitter=str(root.submitter),
        message_id=root.message_id,
        lists=tuple(lists),
        revision=newest.series.revision if newest else 0,
        revisions=len(topic.revisions),
        received=sum(patch is not None for patch in topic.view),
        total=len(topic.view),
        updated=topic.updated,
        trailers=_count_givers(trailers) if trailers else (),
        marks=_review_marks(topic, me) if is_review else _marks(topic),
        decidable=decidable,
        by_mail=by_mail,
        standing=UNDECIDED,
        mails=len(topic.messages),
        ruled=_ruled(topic, me, policy),
        deadline=deadline_of(topic),
        checks=() if is_review else Checks(topic, tested).counts(),
        expects=expects,
        waits=wait_until(topic, expects, by_mail),
        landed=count_landed(topic.view, landings),
        landed_at=landed_at(topic.view, landings),
        intake=intake_of(topic, me, policy),
    )


def _ruled(topic: Topic, me: Me, policy: Policy) -> tuple[str, str]:
    if not policy.rules:
        return ("", "")
    found = delegate_of(topic, policy.rules, policy.sections, me.people, away=policy.away)
    return (str(found.who) if found.who.address else "", found.by)


def _count_givers(trailers: Trailers) -> tuple[tuple[str, int], ...]:
    """Distinct givers of each review trailer that would be applied to the newest view, and of
    nacks."""
    known: dict[str, set[str]] = {}
    counts: Counter[str] = Counter()
    for name, keys in chain.from_iterable(trailers.of_view):
        seen = known.setdefault(name, set())
        counts[name] += seen.isdisjoint(keys)
        seen |= keys
    return tuple(sorted(counts.items()))


def _review_marks(topic: Topic, me: Me) -> tuple[str, ...]:
    mine = len(my_patches(topic, me))
    return (f"mine: {mine}",) if mine else ()


def _marks(topic: Topic) -> tuple[str, ...]:
    patches = [patch for patch in topic.view if patch]
    marks = []
    if any(trailer.name == "Fixes" for patch in patches for trailer in patch.trailers):
        marks.append("fix")
    if "regression" in topic.root.full_subject.lower() or _is_tracked(topic):
        marks.append("regression")
    if any(note.startswith("mangled") for patch in patches for note in patch.oddities):
        marks.append("mangled")
    if any(patch is None for patch in topic.view):
        marks.append("incomplete")
    if any(patch.subject.rfc for patch in patches):
        marks.append("rfc")
    if any(patch.subject.resend for patch in patches):
        marks.append("resend")
    return tuple(marks)


def _is_tracked(topic: Topic) -> bool:
    """Whether a report was made known to the tracker of regressions."""
    return topic.kind is TopicKind.REPORT and any(
        command.startswith("regzbot introduced")
        for message in topic.messages
        for command in message.commands
    )
