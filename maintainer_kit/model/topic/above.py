# SPDX-License-Identifier: GPL-2.0-or-later
"""The mail of a posting that a mail of a thread speaks of: the nearest one above it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from maintainer_kit.model.message.message import Message

_Place = tuple[str | None, str]
"""The nearest mail of a posting above a mail, and where the climb from it ended."""


class Heads:
    """Mails of postings above the mails of a cluster.

    What was climbed once is remembered, so that 2,000 patches below 2,000 answers of one another
    cost no more than as many mails.
    """

    def __init__(self, messages: Mapping[str, Message], heads: Container[str]) -> None:
        self._messages = messages
        self._heads = heads
        self._places: dict[str, _Place] = {}

    def above(self, message: Message) -> str | None:
        """The nearest one above a mail; itself does not count.

        The thread is followed from mail to mail, because References are often shortened; where
        that ends without one, they are believed.
        """
        return self._place(message)[0]

    def top(self, message: Message) -> Message:
        """The mail at the top of the thread of one that has none above it."""
        return self._messages[self._place(message)[1]]

    def all_above(self, message: Message) -> Iterator[str]:
        """One after the other, the nearest first, each once."""
        seen = {message.message_id}
        above = self.above(message)
        while above is not None and above not in seen:
            seen.add(above)
            yield above
            above = self.above(self._messages[above])

    def _place(self, message: Message) -> _Place:
        path: dict[str, Message] = {}
        current = message
        while (place := self._places.get(current.message_id)) is None:
            path[current.message_id] = current
            parent = next(self._known(current, path), None)
            if parent is None or parent in self._heads:
                place = parent, current.message_id
                break
            current = self._messages[parent]
        found, top = place
        for one in reversed(path.values()):
            found = found or next((p for p in self._known(one, {}) if p in self._heads), None)
            place = self._places[one.message_id] = found, top
        return place

    def _known(self, message: Message, climbed: Mapping[str, Message]) -> Iterator[str]:
        return (one for one in message.parents if one in self._messages and one not in climbed)
