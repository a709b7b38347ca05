# SPDX-License-Identifier: GPL-2.0-or-later
"""The posting that is exported, or that a folder came from: its patches in order, with what they
would be applied with."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from maintainer_kit.errors import Refused
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.topic.view import View
from maintainer_kit.workflow.applying.chosen import Chosen, ChosenSeries, choose
from maintainer_kit.workflow.applying.message import Manner, commit_body
from maintainer_kit.workflow.comparing.mailed import Posted, read_posted
from maintainer_kit.workflow.project import topic_of
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.targets import Target, resolve

_REVISION = re.compile(r"(?P<topic>[a-z2-7]{1,10})@v(?P<number>[1-9][0-9]{0,3})")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A posting of a topic."""

    series: ChosenSeries
    revision: int
    manner: Manner

    @property
    def topic_id(self) -> str:
        return self.series.topic.id

    @property
    def cover(self) -> Message | None:
        found = (one.series for one in reversed(self.series.topic.revisions))
        return next((one.cover for one in found if one.revision == self.revision), None)

    @property
    def title(self) -> str:
        if self.cover:
            return self.cover.subject.title
        return self.series.patches[0].patch.title

    def body(self, one: Chosen) -> tuple[str, ...]:
        """The message that a patch would be applied with."""
        return commit_body(one.patch, one.given, self.manner)


def read_wanted(stores: Stores, word: str, manner: Manner) -> Wanted:
    """The posting that a user names: a topic means its newest complete view, TOPIC@v2 and a
    Message-ID that posting with what it left as it was.

    Raises NotFound, and Refused for what has no patches or never arrived.
    """
    found = _REVISION.fullmatch(word)
    if found and not stores.catalogue.topic_ids([word]):
        return _wanted(stores, word, int(found["number"]), manner)
    target = resolve(stores, word)
    posted = _posted(stores, target)
    if target.named == target.row.id:
        return _newest(stores, posted, manner)
    return _of(stores, posted, posted.revision_of(target.named), manner)


def read_origin(
    stores: Stores, topic_id: str, message_ids: Collection[str], manner: Manner
) -> Wanted:
    """The posting of a topic, or its newest complete view, that has the most of some mails; of
    several the newest."""
    posted = _posted(stores, resolve(stores, topic_id))
    ids = frozenset(message_ids)
    views = [(_count(posted.view(at), ids), at) for at in range(len(posted.topic.revisions))]
    count, at = max(views)
    if _count(posted.topic.view, ids) >= count:
        return _newest(stores, posted, manner)
    return _of(stores, posted, at, manner)


def _count(view: View, message_ids: frozenset[str]) -> int:
    return sum(one is not None and one.message_id in message_ids for one in view)


def _posted(stores: Stores, target: Target) -> Posted:
    posted = read_posted(topic_of(stores.catalogue, target.row))
    if not posted.topic.revisions:
        raise Refused(f"{target.row.id} has no patches", f"mkit show {target.row.id}")
    return posted


def _newest(stores: Stores, posted: Posted, manner: Manner) -> Wanted:
    number = posted.topic.revisions[-1].series.revision
    return _wanted(stores, posted.topic.id, number, manner)


def _of(stores: Stores, posted: Posted, at: int, manner: Manner) -> Wanted:
    number = posted.topic.revisions[at].series.revision
    return _wanted(stores, f"{posted.topic.id}@v{number}", number, manner)


def _wanted(stores: Stores, word: str, revision: int, manner: Manner) -> Wanted:
    (series,) = choose(stores, [word])
    return Wanted(series, revision, manner)
