# SPDX-License-Identifier: GPL-2.0-or-later
"""The union of our journal and others', line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from maintainer_kit.model.decision.event import Group
from maintainer_kit.model.mail.text import count_of
from maintainer_kit.workflow.sharing.conflicts import Placed
from maintainer_kit.workflow.sharing.lines import Line, is_same, read_line, read_lines
from maintainer_kit.workflow.sharing.ports import Shared

_DAY = 24 * 3600 * 1_000_000


@dataclass(frozen=True, slots=True)
class Oddity:
    """What is strange about another machine's decisions."""

    machine: str
    words: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """What one machine has brought."""

    shared: Shared
    fresh: dict[int, Line]
    """Groups that our journal had not, by their place among the lines."""
    oddities: tuple[Oddity, ...]

    @property
    def placed(self) -> Iterator[Placed]:
        """Those that we understand."""
        return (Placed(one.group, at) for at, one in self.fresh.items() if one.group)


class Union:
    """All groups that our journal holds, and those that are about to come to it."""

    def __init__(self, journal: Iterable[bytes]) -> None:
        self._held = read_lines(journal)
        self._read: dict[bytes, Line | None] = {one.raw: one for one in self._held.values()}

    @property
    def groups(self) -> list[Group]:
        """Those that we understand."""
        return [one.group for one in self._held.values() if one.group]

    def lines_of(self, shared: Shared) -> Iterator[tuple[int, Line | None]]:
        """The lines of a machine with their places; None for what is no decision."""
        for place, raw in enumerate(shared.lines):
            if raw not in self._read:
                self._read[raw] = read_line(raw)
            yield place, self._read[raw]

    def beside(self, known: Sequence[Shared]) -> list[Line]:
        """Groups that none of these journals has, in the order of ours."""
        there = {line.id for one in known for _, line in self.lines_of(one) if line}
        return [line for one, line in self._held.items() if one not in there]

    def target(self, line: Line) -> Group | None:
        """The group with events that a line is about, undos followed to their end; None where
        nobody here understands it."""
        seen: set[str] = set()
        found: Line | None = line
        while found and found.group and found.group.undoes:
            if found.id in seen:
                return None
            seen.add(found.id)
            found = self._held.get(found.group.undoes)
        return found.group if found else None

    def take(self, shared: Shared, now: int) -> Arrived:
        """Take over what is new; of two groups with one id the one that is held stays."""
        fresh: dict[int, Line] = {}
        broken, others = 0, []
        for place, line in self.lines_of(shared):
            if line is None:
                broken += 1
                continue
            held = self._held.get(line.id)
            if held is None:
                self._held[line.id] = fresh[place] = line
            elif not is_same(held, line):
                others.append(line.id)
        words = (*shared.oddities, *_told(broken, others), *_ahead(fresh.values(), now))
        return Arrived(shared, fresh, tuple(Oddity(shared.machine, one) for one in words))


def _told(broken: int, others: Sequence[str]) -> Iterator[str]:
    if broken:
        yield f"{count_of(broken, 'line')} that are no decisions, left out"
    if others:
        ids = ", ".join(sorted(others)[:3])
        words = "known with other content, which stays as it is here"
        yield f"{count_of(len(others), 'group')} {words}: {ids}"


def _ahead(lines: Iterable[Line], now: int) -> Iterator[str]:
    """A clock that is wrong by more than a day makes its decisions win over all of today's."""
    ahead = [one.group.time for one in lines if one.group and one.group.time > now + _DAY]
    if ahead:
        first = datetime.fromtimestamp(min(ahead) // 1_000_000, UTC)
        count = count_of(len(ahead), "group")
        yield f"{count} from the future, the first of {first:%Y-%m-%d}: its clock is wrong, or ours"
