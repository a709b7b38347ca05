# SPDX-License-Identifier: GPL-2.0-or-later
"""Which patch of one side is which of the other: kept, changed, moved, new, dropped, split."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from maintainer_kit.checks.patch import Patch
from maintainer_kit.matching.assignment import MOST, assign
from maintainer_kit.model.patch.rising import rising
from maintainer_kit.workflow.comparing.changed import (
    bare_diff,
    changed_parts,
    likeness,
    shares_file,
)
from maintainer_kit.workflow.comparing.likeness import Prints
from maintainer_kit.workflow.comparing.side import Sides

_PART = 0.6
"""So much of a patch is in another one, beside what that one's own counterpart has, when it was
taken out of it or put into it."""
_MANY = 8


class Fate(StrEnum):
    """What became of a patch."""

    KEPT = "kept"
    CHANGED = "changed"
    NEW = "new"
    DROPPED = "dropped"
    SPLIT = "split"
    """A new patch that was taken out of an old one."""
    MERGED = "merged"
    """An old patch that was put into a new one."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A patch of either side, or of both; numbers count from 0."""

    old: int | None
    new: int | None
    fate: Fate
    is_moved: bool = False
    """Its place among the others changed."""
    changed: tuple[str, ...] = ()
    """What of it changed: author, title, message, trailers, code, context."""
    likeness: float = 0.0
    """Of the changed lines, 0 to 1."""
    others: tuple[int, ...] = ()
    """Of one that was split or merged: the patches of the other side that it came from or went
    into."""


def pair_patches(sides: Sides) -> tuple[Pair, ...]:
    """All patches that are there, in the order of the new side; what was dropped stands where it
    was."""
    return _Pairing(sides).pairs()


class _Pairing:
    def __init__(self, sides: Sides) -> None:
        self._sides = sides
        self._old_numbers, old = _unzip(sides.old.received)
        self._new_numbers, new = _unzip(sides.new.received)
        self._old, self._new = old, new
        self._prints = Prints(old, new)
        self._partner: dict[int, int] = {}
        """New by old, both by their places among those that are there."""

    def pairs(self) -> tuple[Pair, ...]:
        self._take_linked()
        self._take_same()
        self._take_titled()
        self._take_equal()
        self._take_alike()
        return tuple(self._in_order())

    def _take_linked(self) -> None:
        old = {number: at for at, number in enumerate(self._old_numbers)}
        new = {number: at for at, number in enumerate(self._new_numbers)}
        for one, other in self._sides.links.items():
            if one in old and other in new:
                self._partner[old[one]] = new[other]

    def _take_same(self) -> None:
        """Patches that do the same, as most do: nothing else of them has to be read."""
        self._take(lambda at: bare_diff(self._old[at]), lambda at: bare_diff(self._new[at]))

    def _take_equal(self) -> None:
        """Patches with the same changed lines."""
        old, new = self._prints.old, self._prints.new
        self._take(lambda at: old[at].lines_hash, lambda at: new[at].lines_hash)

    def _take(self, of_old: Callable[[int], str], of_new: Callable[[int], str]) -> None:
        """Those of which something is equal; of several equal ones in their order."""
        waiting: defaultdict[str, list[int]] = defaultdict(list)
        for at in reversed(self._free_new()):
            if key := of_new(at):
                waiting[key].append(at)
        for at in self._free_old() if waiting else ():
            if found := waiting.get(of_old(at)):
                self._partner[at] = found.pop()

    def _take_titled(self) -> None:
        """Those whose title each side has once, if they touch a file in common."""
        mine = _once((_key(self._old[at]), at) for at in self._free_old())
        theirs = _once((_key(self._new[at]), at) for at in self._free_new())
        for title, old in mine.items():
            new = theirs.get(title)
            if new is not None and shares_file(self._old[old], self._new[new]):
                self._partner[old] = new

    def _take_alike(self) -> None:
        old, new = self._free_old()[:MOST], self._free_new()[:MOST]
        gains = [[self._prints.fit(one, other).gain for other in new] for one in old]
        self._partner |= {old[row]: new[column] for row, column in assign(gains)}

    def _free_old(self) -> list[int]:
        return [at for at in range(len(self._old)) if at not in self._partner]

    def _free_new(self) -> list[int]:
        taken = set(self._partner.values())
        return [at for at in range(len(self._new)) if at not in taken]

    def _in_order(self) -> Iterator[Pair]:
        owner = {new: old for old, new in self._partner.items()}
        moved = _moved([owner[new] for new in sorted(owner)])
        done = 0
        for new in range(len(self._new)):
            old = owner.get(new)
            if old is not None and old not in moved:
                yield from (self._left(at) for at in range(done, old) if at not in self._partner)
                done = old
            yield self._both(old, new, old in moved) if old is not None else self._come(new)
        yield from (self._left(at) for at in range(done, len(self._old)) if at not in self._partner)

    def _both(self, old: int, new: int, is_moved: bool) -> Pair:
        changed = changed_parts(self._old[old], self._new[new])
        return Pair(
            self._old_numbers[old],
            self._new_numbers[new],
            Fate.CHANGED if changed else Fate.KEPT,
            is_moved,
            changed,
            likeness(self._old[old], self._new[new]) if "code" in changed else 1.0,
        )

    def _come(self, new: int) -> Pair:
        """A new patch, perhaps taken out of an old one."""
        source = part_of(self._prints.new[new].lines, self._sources)
        others = (self._old_numbers[source],) if source is not None else ()
        fate = Fate.SPLIT if others else Fate.NEW
        return Pair(None, self._new_numbers[new], fate, others=others)

    def _left(self, old: int) -> Pair:
        """An old patch that is no more, perhaps put into a new one."""
        target = part_of(self._prints.old[old].lines, self._targets)
        others = (self._new_numbers[target],) if target is not None else ()
        fate = Fate.MERGED if others else Fate.DROPPED
        return Pair(self._old_numbers[old], None, fate, others=others)

    @cached_property
    def _unequal(self) -> list[tuple[int, int]]:
        """Pairs that do not do the same."""
        pairs = self._partner.items()
        return [
            one for one in pairs if bare_diff(self._old[one[0]]) != bare_diff(self._new[one[1]])
        ]

    @cached_property
    def _sources(self) -> Holders:
        """What old patches lost on their way."""
        pairs = self._unequal
        old, new = self._prints.old, self._prints.new
        return holders_of((one, set(old[one].lines).difference(new[at].lines)) for one, at in pairs)

    @cached_property
    def _targets(self) -> Holders:
        """What new patches got on their way."""
        pairs = self._unequal
        old, new = self._prints.old, self._prints.new
        return holders_of((at, set(new[at].lines).difference(old[one].lines)) for one, at in pairs)


Holders = Mapping[int, Sequence[int]]


def holders_of(lines: Iterable[tuple[int, Iterable[int]]]) -> Holders:
    """By line the patches that have it; a line that many have says nothing."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for number, some in lines:
        for line in some:
            found[line].append(number)
    return {line: some for line, some in found.items() if len(some) <= _MANY}


def part_of(lines: Sequence[int], holders: Holders) -> int | None:
    """The patch that has the most of these lines, if it has enough."""
    counts = Counter(number for line in lines for number in holders.get(line, ()))
    best, count = max(counts.items(), key=lambda one: (one[1], -one[0]), default=(None, 0))
    return best if lines and count >= _PART * len(lines) else None


def _unzip(numbered: Iterator[tuple[int, Patch]]) -> tuple[list[int], list[Patch]]:
    found = list(numbered)
    return [number for number, _ in found], [one for _, one in found]


def _key(patch: Patch) -> str:
    return patch.subject.key


def _once(titles: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Titles that only one has."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for title, at in titles:
        found[title].append(at)
    return {title: at[0] for title, at in found.items() if title and len(at) == 1}


def _moved(order: Sequence[int]) -> set[int]:
    """Those that are not in the longest run that rises."""
    kept = {one for _, one in rising(list(enumerate(order)))}
    return set(order) - kept
