# SPDX-License-Identifier: GPL-2.0-or-later
"""Which mails can belong to one topic at all: the connected sets that are understood together.

Each mail names keys (ids, change-id, submitter with title); mails that share a key are connected.
What a set of connected mails means is worked out from the set alone, so the order in which mail
arrived cannot matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from maintainer_kit.model.message.message import Message


def keys_of(message: Message) -> tuple[str, ...]:
    """The keys of one mail; a constant number of them however long its References are."""
    keys = ["m" + message.message_id]
    if message.parents:
        # The nearest ones survive a missing mail, the root survives a broken chain.
        near = message.parents[:3]
        keys.extend("m" + parent for parent in dict.fromkeys((*near, message.parents[-1])))
    if message.is_head:
        keys.append(f"s{message.submitter.key} {message.subject.key}")
        keys.extend("m" + link for link in message.links[:10])
        if message.change_id:
            keys.append("c" + message.change_id)
    return tuple(keys)


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


def split_clusters(messages: Iterable[Message]) -> list[Sequence[Message]]:
    """Connected sets of ``messages``, in the order of their first mail."""
    listed = list(messages)
    sets = _Sets()
    for message in listed:
        first, *rest = keys_of(message)
        for key in rest:
            sets.join(first, key)
    groups: dict[str, list[Message]] = {}
    for message in listed:
        groups.setdefault(sets.find("m" + message.message_id), []).append(message)
    return list(groups.values())
