# SPDX-License-Identifier: GPL-2.0-or-later
"""How far many tips are apart: one walk of their history, each commit with a bit for each tip that
reaches it.

The walk ends where all that is still to come is reached by both tips of every pair that is asked
about, or by neither. Memory holds the commits that were read lately, and a count for each set of
tips; not the history.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from maintainer_kit.lazy.dataclass import dataclass

Pair = tuple[str, str]
"""Two tips that are to be compared, by their full ids."""

_WINDOW = 1 << 15
"""Commits that are remembered at least: within so many a parent may come before its child, as it
does where clocks were wrong."""
_QUIET = 1000
"""Commits that are read on once nothing seems to be left to tell: git waits for a few, too."""
_ROWS = 4096
_MOST_ALIKE = 1000
_MOST_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Distance:
    """Commits that the one has and the other has not, and the other way round."""

    ahead: int
    behind: int


@dataclass(frozen=True, slots=True)
class _Part:
    """Some of the counts: for each tip, and for each binary digit of the counts, a bit a count."""

    columns: Sequence[int]
    digits: Sequence[int]

    def total(self, chosen: int) -> int:
        """The sum of the counts whose bits are chosen."""
        return sum((chosen & one).bit_count() << at for at, one in enumerate(self.digits))


class Counted:
    """What a walk found."""

    def __init__(
        self,
        numbers: Mapping[str, int],
        counts: Mapping[int, int],
        shared: Iterable[str],
        kept: Mapping[int, list[str]],
    ) -> None:
        self._numbers = numbers
        self._parts = list(_parts(counts, len(numbers)))
        self._shared = [numbers[one] for one in shared]
        self._kept = kept

    def distance(self, one: str, other: str) -> Distance:
        """Of two tips that were asked about as a pair."""
        mine, theirs = self._numbers[one], self._numbers[other]
        ahead = behind = 0
        for part in self._parts:
            left, right = part.columns[mine], part.columns[theirs]
            ahead += part.total(left & ~right)
            behind += part.total(right & ~left)
        return Distance(ahead, behind)

    def alone(self, tip: str) -> int:
        """How many commits a tip has that no shared one has."""
        at, total = self._numbers[tip], 0
        for part in self._parts:
            left = part.columns[at]
            for other in self._shared:
                left &= ~part.columns[other]
            total += part.total(left)
        return total

    def kept_of(self, tip: str) -> list[str]:
        """These commits, as far as they were kept, in no order that can be relied on."""
        bit = 1 << self._numbers[tip] if tip in self._numbers else 0
        return [name for mask, names in self._kept.items() if mask & bit for name in names]


def _parts(counts: Mapping[int, int], tips: int) -> Iterator[_Part]:
    listed = [(mask, count) for mask, count in counts.items() if count]
    for start in range(0, len(listed), _ROWS):
        some = listed[start : start + _ROWS]
        rows = [f"{mask:0{tips}b}" for mask, _ in some]
        columns = [int("".join(one), 2) for one in zip(*rows, strict=True)]
        size = max(count for _, count in some).bit_length()
        digits = [
            int("".join("1" if count >> at & 1 else "0" for _, count in some), 2)
            for at in range(size)
        ]
        yield _Part(columns[::-1], digits)


def count_apart(
    pairs: Iterable[Pair],
    history: Callable[[Sequence[str]], Iterable[Sequence[bytes]]],
    shared: Iterable[str] = (),
    own: Iterable[str] = (),
) -> Counted:
    """``history`` gives lines ``ID PARENT...`` of all ancestors of tips, themselves included, in
    portions, by and large the newest first; it is left as soon as all is known.

    Commits of ``own`` tips that none of the ``shared`` ones has are kept by name, as far as they
    are few; each own tip is to be in a pair with each shared one.
    """
    pairs, shared, own = list(dict.fromkeys(pairs)), sorted(set(shared)), set(own)
    tips = list(dict.fromkeys([*(one for pair in pairs for one in pair), *shared, *sorted(own)]))
    numbers = {tip: at for at, tip in enumerate(tips)}
    bits = [1 << numbers[one] | 1 << numbers[other] for one, other in pairs]
    keeping = _Keeping(*(sum(1 << numbers[one] for one in some) for some in (own, set(shared))))
    walk = _Walk({tip.encode(): 1 << at for tip, at in numbers.items()}, _joined(bits), keeping)
    quiet = 0
    for lines in history(tips) if tips else ():
        walk.read(lines)
        quiet = 0 if walk.apart else quiet + len(lines)
        if quiet > _QUIET:
            break
    return Counted(numbers, walk.counts, shared, walk.kept())


def _joined(pairs: Iterable[int]) -> list[int]:
    """Sets of bits that have nothing in common, each of pairs that hang together."""
    found: list[int] = []
    for pair in pairs:
        apart = [one for one in found if not one & pair]
        for one in found:
            pair |= one if one & pair else 0
        found = [*apart, pair]
    return found


class _Told(dict[int, int]):
    """Whether a set of tips tells any that are compared apart: 1 or 0."""

    def __init__(self, groups: Sequence[int]) -> None:
        super().__init__()
        self._groups = groups

    def __missing__(self, mask: int) -> int:
        found = int(any(mask & one not in (0, one) for one in self._groups))
        self[mask] = found
        return found


_Seen = dict[bytes, tuple[int, list[bytes]]]


class _Keeping:
    """The names of commits that some tips have and others have not, those read first."""

    def __init__(self, own: int, shared: int) -> None:
        self._own, self._shared = own, shared
        self._room = _MOST_KEPT
        self.names: dict[int, list[str]] = {}

    def take(self, seen: _Seen) -> None:
        for name, (mask, _) in seen.items():
            if mask & self._own and not mask & self._shared and self._room:
                alike = self.names.setdefault(mask, [])
                if len(alike) < _MOST_ALIKE:
                    alike.append(name.decode("ascii"))
                    self._room -= 1


class _Walk:
    """Gives each commit on to its parents."""

    def __init__(self, tips: dict[bytes, int], groups: Sequence[int], keeping: _Keeping) -> None:
        self._coming = tips
        """Commits that were named, and not read yet."""
        self._tells = _Told(groups)
        self._keeping = keeping
        self._lately: _Seen = {}
        self._before: _Seen = {}
        self.counts: dict[int, int] = {}
        self.apart = sum(self._tells[mask] for mask in tips.values())
        """How many that are to come make a difference."""

    def read(self, lines: Sequence[bytes]) -> None:
        coming, tells, counts = self._coming, self._tells, self.counts
        lately, before = self._lately, self._before
        for line in lines:
            name, *parents = line.split()
            mask = coming.pop(name, 0)
            if not mask:
                continue
            self.apart -= tells[mask]
            counts[mask] = counts.get(mask, 0) + 1
            lately[name] = mask, parents
            for parent in parents:
                known = coming.get(parent, 0)
                if known:
                    if known | mask != known:
                        coming[parent] = known | mask
                        self.apart += tells[known | mask] - tells[known]
                elif parent in lately or parent in before:
                    self._again(parent, mask)
                else:
                    coming[parent] = mask
                    self.apart += tells[mask]
        if len(lately) > _WINDOW:
            self._keeping.take(before)
            self._before, self._lately = lately, {}

    def _again(self, parent: bytes, mask: int) -> None:
        """A commit came before its child: it and what is below it learn of the child's tips."""
        waiting = [parent]
        while waiting:
            name = waiting.pop()
            seen = self._lately if name in self._lately else self._before
            if name in seen:
                known, parents = seen[name]
                if known | mask != known:
                    seen[name] = known | mask, parents
                    self.counts[known] -= 1
                    self.counts[known | mask] = self.counts.get(known | mask, 0) + 1
                    waiting += parents
            elif known := self._coming.get(name, 0):
                self._coming[name] = known | mask
                self.apart += self._tells[known | mask] - self._tells[known]

    def kept(self) -> dict[int, list[str]]:
        """What is kept, once all was read."""
        for seen in (self._before, self._lately):
            self._keeping.take(seen)
        return self._keeping.names
