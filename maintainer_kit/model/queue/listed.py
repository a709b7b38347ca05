# SPDX-License-Identifier: GPL-2.0-or-later
"""The topics of a list, by their ids alone: of tens of thousands a screen shows fifty."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice, pairwise
from typing import overload

_BATCH = 512
"""Ids that are in memory by themselves while a list is made."""

Pair = tuple[str, str]


class Ids(Sequence[str]):
    """Ids in one text: each by itself would take four times as much, and leave a hole later."""

    __slots__ = ("_starts", "_text")

    def __init__(self, ids: Iterable[str] = ()) -> None:
        """None of them has a newline."""
        parts = ["\n"]
        starts = array("I", [1])
        left = iter(ids)
        while batch := list(islice(left, _BATCH)):
            parts.append("\n".join((*batch, "")))
            starts.extend(accumulate((len(one) + 1 for one in batch), initial=starts.pop()))
        self._text = "".join(parts)
        self._starts = starts

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __iter__(self) -> Iterator[str]:
        text = self._text
        return (text[start : end - 1] for start, end in pairwise(self._starts))

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> list[str]: ...

    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        number = range(len(self))[at]
        return self._text[self._starts[number] : self._starts[number + 1] - 1]

    def find(self, wanted: str) -> int:
        """Which of them it is, from 0; -1 when it is none."""
        at = self._text.find(f"\n{wanted}\n")
        return -1 if at < 0 or "\n" in wanted else bisect_left(self._starts, at + 1)

    def __contains__(self, wanted: object) -> bool:
        return isinstance(wanted, str) and self.find(wanted) >= 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


class Listed(Sequence[Pair]):
    """Topic ids with turns, in the order of the queue."""

    __slots__ = ("_starts", "_turns", "ids")

    def __init__(self, pairs: Iterable[Pair] = ()) -> None:
        self._turns: list[str] = []
        self._starts: list[int] = []
        """Of each run of one turn the number of its first topic."""
        self.ids = Ids(self._note(pairs))

    def _note(self, pairs: Iterable[Pair]) -> Iterator[str]:
        """The ids of pairs; whose turn it is is noted as they are taken."""
        last = None
        for number, (topic_id, turn) in enumerate(pairs):
            if turn != last:
                self._turns.append(turn)
                self._starts.append(number)
                last = turn
            yield topic_id

    @property
    def groups(self) -> list[tuple[str, int]]:
        """Turns with how many topics each has."""
        runs = pairwise((*self._starts, len(self)))
        return [(turn, end - start) for turn, (start, end) in zip(self._turns, runs, strict=True)]

    def of_turn(self, turn: str) -> Listed:
        """Those of one turn."""
        return Listed(pair for pair in self if pair[1] == turn)

    def count_of(self, turn: str) -> int:
        """How many these are."""
        return sum(count for one, count in self.groups if one == turn)

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[Pair]:
        ids = iter(self.ids)
        for turn, count in self.groups:
            for one in islice(ids, count):
                yield one, turn

    @overload
    def __getitem__(self, at: int) -> Pair: ...

    @overload
    def __getitem__(self, at: slice) -> Listed: ...

    def __getitem__(self, at: int | slice) -> Pair | Listed:
        if isinstance(at, slice):
            return Listed(self[one] for one in range(*at.indices(len(self))))
        number = range(len(self))[at]
        return self.ids[number], self._turns[bisect_right(self._starts, number) - 1]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]
