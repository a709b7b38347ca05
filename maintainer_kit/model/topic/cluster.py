# SPDX-License-Identifier: GPL-2.0-or-later
"""Which mails can belong to one topic at all: the connected sets that are understood together.

Each mail names keys (ids, change-id, submitter with title); mails that share a key are connected.
What a set of connected mails means is worked out from the set alone, so the order in which mail
arrived cannot matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from maintainer_kit.model.mail.names import name_keys
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.topic.about import named_title
from maintainer_kit.model.topic.evidence import ALIKE_WINDOW
from maintainer_kit.model.topic.posting import people_keys
from maintainer_kit.model.topic.review import review_key
from maintainer_kit.model.topic.series import NEAR

_LONG_TITLE = 30
_LONG_TITLE_SPACES = 3


_NO_LINKS: Mapping[str, str] = {}


def keys_of(message: Message, joined: Mapping[str, str] = _NO_LINKS) -> tuple[str, ...]:
    """The keys of one mail; a constant number of them however long its References are.

    ``joined`` are the links that a person made, as in ``Mended``.
    """
    keys = ["m" + message.message_id]
    if other := joined.get(message.message_id):
        keys.append("m" + other)
    if message.parents:
        # The nearest ones survive a missing mail, the root survives a broken chain.
        near = message.parents[:3]
        keys.extend("m" + parent for parent in dict.fromkeys((*near, message.parents[-1])))
    if message.review_of:
        # Every patch of a stable review is in the reviews of other trees too: only its thread
        # holds it together, and for a cover letter the release.
        if release := review_key(message):
            keys.append("r" + release)
    elif message.is_head:
        keys.extend(_reroll_keys(message))
    if title := named_title(message):
        keys.extend(_title_keys(title, (*message.to, *message.cc)[:20]))
    keys.extend("y" + one for one in (message.reported, *message.mends) if one and "@" not in one)
    keys.extend("m" + one for one in message.mends[:10] if "@" in one)
    return tuple(keys)


def _reroll_keys(message: Message) -> Iterator[str]:
    """What a patch or cover letter shares with its rerolls, whoever sends them.

    A long title tells enough by itself; a short one, or a line of the diff, with its author.
    """
    yield from _title_keys(message.subject.key, sorted(people_keys(message)))
    author = min(name_keys(message.author.name), default=message.author.key)
    # In two spans of time, so that any two mails that are nearer than one span share one.
    span = message.date // ALIKE_WINDOW
    for mark in message.landmarks:
        yield f"d{author} {mark:08x} {span}"
        yield f"d{author} {mark:08x} {span + 1}"
    for link in (*message.links[:10], *message.listed[:20]):
        yield "m" + link
    if message.change_id:
        yield "c" + message.change_id
    if message.subject.number is not None and not message.parents:
        # Posted without a thread: only number and time hold such a series together.
        near = message.date // NEAR
        for at in (near, near + 1):
            yield f"n{message.submitter.key} {message.subject.total} {at}"


def _title_keys(title: str, people: Iterable[str]) -> Iterator[str]:
    if len(title) >= _LONG_TITLE and title.count(" ") >= _LONG_TITLE_SPACES:
        yield f"t{title}"
    else:
        for person in people:
            yield f"s{person} {title}"


class _Sets:
    """Union-find over keys."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, key: str) -> str:
        parent = self._parent
        root = key
        while (above := parent.setdefault(root, root)) != root:
            root = above
        while key != root:
            parent[key], key = root, parent[key]
        return root

    def join(self, one: str, other: str) -> None:
        root, second = self.find(one), self.find(other)
        if root != second:
            self._parent[max(root, second)] = min(root, second)


def split_clusters(
    messages: Iterable[Message], joined: Mapping[str, str] = _NO_LINKS
) -> list[Sequence[Message]]:
    """Connected sets of ``messages``, in the order of their first mail."""
    listed = list(messages)
    sets = _Sets()
    for message in listed:
        first, *rest = keys_of(message, joined)
        for key in rest:
            sets.join(first, key)
    groups: dict[str, list[Message]] = {}
    for message in listed:
        groups.setdefault(sets.find("m" + message.message_id), []).append(message)
    return list(groups.values())
