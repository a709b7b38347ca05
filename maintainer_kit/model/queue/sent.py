# SPDX-License-Identifier: GPL-2.0-or-later
"""What I posted, and what became of it at others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from maintainer_kit.model.message.message import Message, Says
from maintainer_kit.model.queue.case import Case
from maintainer_kit.model.queue.make_case import make_case
from maintainer_kit.model.queue.reviews import asks
from maintainer_kit.model.queue.taken import last_of_all, pulled_by, tellings
from maintainer_kit.model.queue.turn import Turn, mail_turn
from maintainer_kit.model.queue.turn_taken import taken_turn
from maintainer_kit.model.queue.verdict import Me, Verdict
from maintainer_kit.model.topic.applied import Trailers
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.model.topic.topic import Topic


class Fate(StrEnum):
    """What became of a series."""

    CHANGES = "changes-requested"
    """I am to act: something was asked for, or a bot found something broken."""
    UNANSWERED = "unanswered"
    """No person but me said anything about the newest posting."""
    DISCUSSED = "discussed"
    REVIEWED = "reviewed"
    """Somebody gave a review trailer, and nothing is left open for me."""
    TAKEN = "taken"
    """Applied, or become commits."""
    MERGED = "merged-into-another"
    """Its patches went on in another series."""
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Sent:
    """A topic of mine, as others left it."""

    fate: Fate
    posted: int
    """Date of the newest posting, seconds since the epoch."""
    answered: int
    """Date of the newest word of another person about it; 0 for none."""
    moved: int
    """Date of the newest word of anybody about it, mine and the posting itself included."""
    turn: Verdict
    requests: tuple[Message, ...] = ()
    """Mails of others that asked for something and got no approval of their writer since, by
    date."""
    taken: Message | None = None
    """The mail by which all of it was taken."""
    taken_patches: int = 0
    """How many of its patches mails say to have been taken."""
    goes_on: tuple[str, ...] = ()
    """Message-IDs of series that its patches went on in."""


def sent_by_me(topic: Topic, me: Me) -> Sent | None:
    """What became of a topic; None for one that I did not post."""
    if topic.kind is TopicKind.SERIES:
        case = make_case(topic, me, Trailers(topic, me.people))
        return _series(case) if case.is_mine else None
    if topic.kind is TopicKind.PULL_REQUEST and me.sent(topic.root):
        return _pull_request(topic, me)
    return None


def _series(case: Case) -> Sent:
    verdict = mail_turn(case.topic, case.me, case.trailers)
    left = taken_turn(case)
    others = [one for one in case.people if not _is_mine(case, one)]
    requests = tuple(_requests(case))
    return Sent(
        fate=_fate(left, case, others, verdict),
        posted=case.newest.series.date,
        answered=max((one.date for one in others), default=0),
        moved=max([case.newest.series.date, *(one.date for one in case.persons)]),
        turn=verdict,
        requests=requests,
        taken=last_of_all(case) if isinstance(left, Verdict) else None,
        taken_patches=len(_taken_patches(case)),
        goes_on=tuple(one.message_id for one in case.topic.relations if one.kind == "merged-into"),
    )


def _fate(left: Verdict | Case, case: Case, others: Sequence[Message], verdict: Verdict) -> Fate:
    if isinstance(left, Verdict):
        if last_of_all(case):
            return Fate.TAKEN
        merged = any(one.kind == "merged-into" for one in case.topic.relations)
        return Fate.MERGED if merged and not case.people else Fate.WITHDRAWN
    given = any(case.trailers.of_view)
    is_ready = given and not any(asks(one) for one in others)
    if verdict.turn is Turn.ME and not is_ready:
        return Fate.CHANGES
    if given:
        return Fate.REVIEWED
    return Fate.DISCUSSED if others else Fate.UNANSWERED


def _requests(case: Case) -> Iterator[Message]:
    """What was asked for, whether I answered or not: a new posting settles it, or an approval."""
    for at, message in enumerate(case.persons):
        is_open = asks(message) and case.approved_at(message) < at
        if is_open and not _is_mine(case, message):
            yield message
    yield from (one for one in case.talk if one.bot and Says.FAILED in one.says)


def _taken_patches(case: Case) -> frozenset[str]:
    told = (one.patches for one in tellings(case) if not one.is_subset)
    return frozenset[str]().union(*told)


def _is_mine(case: Case, message: Message) -> bool:
    return case.me.sent(message) or case.is_author(message)


def _pull_request(topic: Topic, me: Me) -> Sent:
    people = [one.message for one in topic.follow_ups if one.message.is_from_person]
    others = [one for one in people if not me.sent(one)]
    by = pulled_by(topic)
    fate = Fate.TAKEN if by else Fate.DISCUSSED if others else Fate.UNANSWERED
    return Sent(
        fate=fate,
        posted=topic.root.date,
        answered=max((one.date for one in others), default=0),
        moved=max([topic.root.date, *(one.date for one in people)]),
        turn=mail_turn(topic, me),
        requests=tuple(one for one in others if asks(one)),
        taken=by,
        taken_patches=1 if by else 0,
    )
