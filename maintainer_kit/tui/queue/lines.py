# SPDX-License-Identifier: GPL-2.0-or-later
"""Where in the queue's lines which topic is: groups with headings, reckoned and not stored."""

from __future__ import annotations

from bisect import bisect_right

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.queue.listed import Listed


@dataclass(frozen=True, slots=True)
class Heading:
    """The line above a group."""

    turn: str
    count: int


class QueueLines:
    """Topics in the order of the queue; a blank line between groups, a heading above each."""

    def __init__(self, found: Listed) -> None:
        self.ids = found.ids
        self._headings: list[Heading] = []
        self._starts: list[int] = []
        self._firsts: list[int] = []
        first = line = 0
        for turn, count in found.groups:
            self._headings.append(Heading(turn, count))
            self._starts.append(line)
            self._firsts.append(first)
            line += count + (2 if first else 1)
            first += count
        self.line_count = line

    def at(self, line: int) -> Heading | str | None:
        """A heading, a topic's id, or None for the blank line between groups."""
        group = bisect_right(self._starts, line) - 1
        if group < 0 or line >= self.line_count:
            return None
        offset = line - self._starts[group] - (1 if group else 0)
        if offset < 0:
            return None
        if offset == 0:
            return self._headings[group]
        return self.ids[self._firsts[group] + offset - 1]

    def line_of(self, topic_id: str) -> int | None:
        """The line of a topic; None when it is not in the list."""
        at = self.number_of(topic_id)
        if at < 0:
            return None
        group = bisect_right(self._firsts, at) - 1
        return self._starts[group] + (1 if group else 0) + 1 + at - self._firsts[group]

    def number_of(self, topic_id: str) -> int:
        """Which of all topics it is, from 0; -1 when it is not in the list."""
        return self.ids.find(topic_id)

    def ids_between(self, first: int, last: int) -> list[str]:
        """Topics on the lines from ``first`` to ``last``, that one not included."""
        shown = (self.at(line) for line in range(max(0, first), min(last, self.line_count)))
        return [one for one in shown if isinstance(one, str)]
