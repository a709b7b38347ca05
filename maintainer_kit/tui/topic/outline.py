# SPDX-License-Identifier: GPL-2.0-or-later
"""A topic as a list: its revisions, their patches, and the replies below what they answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from maintainer_kit.model.message.message import Message
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.model.topic.linking import Revision
from maintainer_kit.workflow.reading import Detail

_Talk = Mapping[str, Sequence[Message]]
"""Replies by the Message-ID of the head that they belong to."""
_DEEPEST = 8
"""Replies below this depth are not indented further."""


class ItemKind(Enum):
    """What a line of the outline is."""

    SERIES = "series"
    """A posting: shows its cover letter, else its first patch; stands for all its patches."""
    PATCH = "patch"
    MISSING = "missing"
    ROOT = "root"
    """The first mail of a topic without patches."""
    FOLLOW_UP = "follow-up"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the outline."""

    kind: ItemKind
    message: Message | None
    """The mail that it shows; None for a patch that has not arrived."""
    targets: tuple[str, ...]
    """Message-IDs that a decision on it speaks of."""
    revision: Revision | None = None
    number: int = 0
    """The k of k/n."""
    depth: int = 0

    @property
    def key(self) -> tuple[str, str, int]:
        """The same item after the topic was read again."""
        series = self.revision.series.first.message_id if self.revision else ""
        return (self.kind.value, self.message.message_id if self.message else series, self.number)


def outline(detail: Detail) -> list[Item]:
    """All items, the newest revision first."""
    topic = detail.topic
    whole = detail.row.decidable
    talk: dict[str, list[Message]] = {}
    for one in topic.follow_ups:
        talk.setdefault(one.head_id, []).append(one.message)
    if not topic.revisions:
        root = Item(ItemKind.ROOT, topic.root, whole)
        return [root, *_replies(talk, topic.root.message_id, whole, None)]
    items: list[Item] = []
    for at, revision in enumerate(reversed(topic.revisions)):
        items.extend(_posting(detail, talk, revision, whole if at == 0 else ()))
    return items


def _posting(
    detail: Detail, talk: _Talk, revision: Revision, whole: tuple[str, ...]
) -> Iterator[Item]:
    """A posting with what was said to it; ``whole`` is empty for an older one."""
    series = revision.series
    patches = tuple(patch.message_id for patch in series.patches if patch)
    if detail.topic.kind is TopicKind.STABLE_REVIEW:
        patches = tuple(one for one in patches if one in whole)
    targets = whole or patches
    yield Item(ItemKind.SERIES, series.first, targets, revision)
    if series.cover:
        yield from _replies(talk, series.cover.message_id, targets, revision)
    for number, patch in enumerate(series.patches, 1):
        if patch is None:
            yield Item(ItemKind.MISSING, None, (), revision, number)
            continue
        mine = (patch.message_id,) if patch.message_id in patches else ()
        yield Item(ItemKind.PATCH, patch, mine, revision, number)
        yield from _replies(talk, patch.message_id, mine, revision)


def _replies(
    talk: _Talk,
    head_id: str,
    targets: tuple[str, ...],
    revision: Revision | None,
) -> Iterator[Item]:
    """The replies below one mail, each below the one that it answers."""
    mine = {one.message_id: one for one in talk.get(head_id, ())}
    children: dict[str, list[Message]] = {}
    for message in mine.values():
        parent = next((one for one in message.parents if one in mine), head_id)
        children.setdefault(parent, []).append(message)
    todo = [(message, 1) for message in reversed(children.get(head_id, []))]
    seen: set[str] = set()
    while todo:
        message, depth = todo.pop()
        if message.message_id in seen:
            continue
        seen.add(message.message_id)
        shown = min(depth, _DEEPEST)
        yield Item(ItemKind.FOLLOW_UP, message, targets, revision, depth=shown)
        below = children.get(message.message_id, [])
        todo.extend((one, depth + 1) for one in reversed(below))
    # Mails that answer each other in a circle hang below nothing.
    for message_id, message in mine.items():
        if message_id not in seen:
            yield Item(ItemKind.FOLLOW_UP, message, targets, revision, depth=1)
