# SPDX-License-Identifier: GPL-2.0-or-later
"""Judge by one's own eyes whether a patch is some commit: what is to be judged, and how."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.decision.event import Event, EventKind
from maintainer_kit.model.decision.judgement import judgement
from maintainer_kit.model.message.message import Kind, Message
from maintainer_kit.model.queue.landed import Landing, Landings, Place
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.workflow.decide import Plan
from maintainer_kit.workflow.landing.known import known_landings
from maintainer_kit.workflow.stores import Stores

_WHOLE = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SHORT = re.compile(r"[0-9a-f]{7,63}")


def plan_judged(stores: Stores, message_id: str, commit: str, is_it: bool) -> Plan:
    """Say that a patch is a commit, or that it is not and is never to be taken for it again.

    ``commit`` is a whole id; or, of what the patch was seen as, the first seven digits or more, or
    the id of a copy in another ref. Raises NotFound for what is no patch here, and Refused for a
    commit that is not known so.
    """
    record = stores.catalogue.records([message_id]).get(message_id)
    if record is None or record.message.kind is not Kind.PATCH:
        raise NotFound(f"{message_id} is no patch that is known here", "mkit show MESSAGE-ID")
    value = judgement(_whole_id(stores, message_id, commit.lower()), is_it)
    return Plan((Event(EventKind.LANDING, message_id, value),))


def _whole_id(stores: Stores, message_id: str, name: str) -> str:
    """A commit by the id that the patch was seen as, where it was seen as that or as a copy."""
    if not (_WHOLE.fullmatch(name) or _SHORT.fullmatch(name)):
        raise Refused(f"{name!r} is no id of a commit", "seven hexadecimal digits or more")
    seen = stores.catalogue.landings([message_id]).get(message_id, ())
    found = {
        one.commit
        for one in seen
        if any(each.startswith(name) for each in (one.commit, *(p.commit for p in one.places)))
    }
    if len(found) == 1:
        return found.pop()
    if _WHOLE.fullmatch(name):
        return name
    words = f"{name} begins the ids of {len(found)} commits" if found else f"no commit {name}"
    raise Refused(f"{words} that {message_id} was seen as", "give its whole id")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A patch and a commit that a person has to look at."""

    row: TopicRow
    message: Message
    landing: Landing

    @property
    def place(self) -> Place:
        return self.landing.places[0]


def undecided(stores: Stores, topic_ids: Collection[str] | None = None) -> Iterator[Candidate]:
    """Of topics that are not archived, in the order of the queue, the patches of the newest view of
    which nothing is sure, each with all commits that it may be, what fits best first. Of topics
    that were named all, archived or not."""
    catalogue = stores.catalogue
    known = known_landings(catalogue)
    asked = {one for one, found in known.items() if not any(each.is_sure for each in found)}
    topics = set(catalogue.topic_ids(asked).values())
    for row in catalogue.rows(topics if topic_ids is None else topics & set(topic_ids)):
        if not row.standing.archived or topic_ids is not None:
            yield from _of_row(stores, row, known)


def _of_row(stores: Stores, row: TopicRow, known: Landings) -> Iterator[Candidate]:
    records = stores.catalogue.records(row.decidable)
    for one in row.decidable:
        found = [each for each in known.get(one, ()) if each.places]
        if one not in records or any(each.is_sure for each in found):
            continue
        for each in sorted(found, key=lambda each: (-each.score, each.commit)):
            yield Candidate(row, records[one].message, each)


def candidates(stores: Stores, topic_ids: Collection[str] | None = None) -> Iterator[Candidate]:
    """The same, of each patch with the commit that fits best alone."""
    last = ""
    for one in undecided(stores, topic_ids):
        if one.message.message_id != last:
            last = one.message.message_id
            yield one
