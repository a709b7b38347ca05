# SPDX-License-Identifier: GPL-2.0-or-later
"""Count a person's decisions into a row of the queue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from maintainer_kit.model.decision.event import MUTE, NO, WATCH, YES, Decisions, EventKind, latest
from maintainer_kit.model.decision.snooze import AWAKE, Snooze, load_snooze
from maintainer_kit.model.decision.state import NEW
from maintainer_kit.model.mail.person import parse_person
from maintainer_kit.model.queue.delegate_turn import delegated
from maintainer_kit.model.queue.delegation import Delegation, by_hand
from maintainer_kit.model.queue.intake import ignored_by
from maintainer_kit.model.queue.policy import Policy
from maintainer_kit.model.queue.standing import CONFIDENTIAL, Standing
from maintainer_kit.model.queue.turn import overruled
from maintainer_kit.model.queue.verdict import Me, Turn, Verdict

if TYPE_CHECKING:
    from maintainer_kit.model.queue.row import TopicRow


def stand(
    row: TopicRow, message_ids: Collection[str], decisions: Decisions, me: Me, policy: Policy
) -> Standing:
    """What ``decisions`` make of the topic of a row, which holds these messages."""
    decidable = row.decidable
    states = [_value(decisions, one, EventKind.STATE) or NEW for one in decidable]
    archived = [_value(decisions, one, EventKind.ARCHIVE) == YES for one in decidable]
    state = policy.states.least_advanced(states)
    is_archived = bool(archived) and all(archived)
    topic_wide = {kind: latest(decisions, message_ids, kind) for kind in _TOPIC_WIDE}
    values = {kind: one.value if one else "" for kind, one in topic_wide.items()}
    delegation = by_hand(values[EventKind.DELEGATE]) or _ruled(row)
    verdict = delegated(row.by_mail, delegation, me, [parse_person(row.submitter)])
    is_past = _was_before(row.landed_at, decidable, decisions)
    verdict = overruled(verdict, state, is_archived, policy.states, is_past=is_past)
    if values[EventKind.ATTENTION] == MUTE and verdict.turn is not Turn.NOBODY:
        verdict = Verdict(Turn.NOBODY, "muted")
    ignored = "" if verdict.turn is Turn.NOBODY else ignored_by(row.intake, policy.lists)
    if ignored and _is_wanted(values, message_ids, decisions):
        ignored = ""
    if ignored:
        verdict = Verdict(Turn.NOBODY, f"ignored by {ignored}")
    return Standing(
        state=state,
        states=tuple(sorted(Counter(states).items())),
        archived=is_archived,
        verdict=verdict,
        delegate=str(delegation.who) if delegation.who.address else "",
        delegated_by=delegation.by,
        snooze=_snooze(decidable, decisions),
        starred=values[EventKind.STAR] == YES,
        attention=values[EventKind.ATTENTION],
        confidential=_confidential(values[EventKind.CONFIDENTIAL], row.lists, policy),
        notes=_notes(message_ids, decisions),
        ignored=ignored,
    )


_SECOND = 1_000_000
_TOPIC_WIDE = (
    EventKind.DELEGATE,
    EventKind.STAR,
    EventKind.ATTENTION,
    EventKind.CONFIDENTIAL,
)


_ON_MAILS = (EventKind.STATE, EventKind.SNOOZE, EventKind.NOTE)


def _is_wanted(
    values: Mapping[EventKind, str], message_ids: Collection[str], decisions: Decisions
) -> bool:
    """Whether anything was decided about a topic that somebody wants to see again: whatever rules
    of intake say, it stays."""
    if values[EventKind.DELEGATE] or values[EventKind.STAR] == YES:
        return True
    if values[EventKind.ATTENTION] == WATCH:
        return True
    return any(_value(decisions, one, kind) for one in message_ids for kind in _ON_MAILS)


def _value(decisions: Decisions, message_id: str, kind: EventKind) -> str:
    found = decisions.get((message_id, kind))
    return found.value if found else ""


def _was_before(landed_at: int, decidable: Sequence[str], decisions: Decisions) -> bool:
    """Whether all patches landed after a state was set last."""
    state = latest(decisions, decidable, EventKind.STATE)
    return state is not None and state.time // _SECOND < landed_at


def _ruled(row: TopicRow) -> Delegation:
    who, by = row.ruled
    return Delegation(parse_person(who), by)


def _snooze(decidable: Sequence[str], decisions: Decisions) -> Snooze:
    """The latest, if all patches are snoozed, as those of a new revision are not; a state that was
    set later ends it."""
    found = [decisions.get((one, EventKind.SNOOZE)) for one in decidable]
    last = latest(decisions, decidable, EventKind.SNOOZE)
    if last is None or not all(one and one.value for one in found):
        return AWAKE
    state = latest(decisions, decidable, EventKind.STATE)
    return AWAKE if state and state.time > last.time else load_snooze(last.value)


def _confidential(by_hand: str, lists: Collection[str], policy: Policy) -> str:
    if by_hand:
        return "" if by_hand == NO else by_hand
    return CONFIDENTIAL if policy.confidential and policy.confidential.intersection(lists) else ""


def _notes(message_ids: Collection[str], decisions: Decisions) -> tuple[str, ...]:
    """Of each message its notes, in the order in which they were last added to."""
    found = [
        one for each in message_ids if (one := decisions.get((each, EventKind.NOTE))) and one.value
    ]
    found.sort(key=lambda one: (one.time, one.group))
    return tuple(line for one in found for line in one.value.split("\n"))
