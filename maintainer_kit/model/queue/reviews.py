# SPDX-License-Identifier: GPL-2.0-or-later
"""Reviews that were given, counted by the quarter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from maintainer_kit.model.message.message import Kind, Message, Says
from maintainer_kit.model.queue.saying import approves, wants_answer

_OWN_MOVE = frozenset({Says.APPLIED, Says.WILL_LOOK})


@dataclass(frozen=True, slots=True)
class Tally:
    """How much was reviewed."""

    series: int = 0
    """Topics of which any posting was reviewed."""
    mails: int = 0
    tags: int = 0
    """Review trailers that were given."""


def asks(message: Message) -> bool:
    """Whether a mail wants more than to tell what its writer did or is going to do."""
    is_question = Says.QUESTION in message.says
    return is_question or (wants_answer(message) and not message.says & _OWN_MOVE)


def is_review(message: Message) -> bool:
    """Whether a reply reviews: it asks for something, or approves."""
    is_talk = message.kind is Kind.FOLLOW_UP and message.is_from_person
    return is_talk and (asks(message) or approves(message))


def tally(reviews: Iterable[tuple[str, Message]]) -> Tally:
    """Count reviews, each with the id of its topic."""
    listed = list(reviews)
    tags = sum(bool(one.reviews) for _, message in listed for one in message.trailers)
    return Tally(len({topic_id for topic_id, _ in listed}), len(listed), tags)


def by_quarter(reviews: Iterable[tuple[str, Message]]) -> dict[str, Tally]:
    """The same by ``2026Q1`` (UTC); mails without a date count in none."""
    found: dict[str, list[tuple[str, Message]]] = {}
    for topic_id, message in reviews:
        if message.date:
            found.setdefault(_quarter(message.date), []).append((topic_id, message))
    return {name: tally(listed) for name, listed in sorted(found.items())}


def _quarter(seconds: int) -> str:
    day = datetime.fromtimestamp(seconds, UTC)
    return f"{day.year}Q{(day.month + 2) // 3}"
