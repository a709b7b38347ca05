# SPDX-License-Identifier: GPL-2.0-or-later
"""Sharing in memory: the other end as a dictionary, and a journal by its lines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from maintainer_kit.errors import RepositoryError
from maintainer_kit.model.decision.event_codec import dump_group
from maintainer_kit.workflow.sharing.lines import read_line
from maintainer_kit.workflow.sharing.ports import Seen, Shared
from tests.memory.journal import MemoryJournal

Entry = tuple[bytes, tuple[tuple[str, int], ...]]
"""A line, with how many lines of others were known when it was committed."""


@dataclass
class Hub:
    """The other end: what each machine has published."""

    refs: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    online: bool = True


class MemoryExchange:
    """Implements the port ``Exchange``."""

    def __init__(self, hub: Hub, machine: str) -> None:
        self._hub = hub
        self.machine = machine
        self._own: tuple[Entry, ...] = ()
        self._fetched: dict[str, tuple[Entry, ...]] = {}
        self._accepted: dict[str, tuple[Entry, ...]] = {}

    def copy(self) -> MemoryExchange:
        """What a copy of the whole home has."""
        made = MemoryExchange(self._hub, self.machine)
        made._own = self._own
        made._fetched, made._accepted = dict(self._fetched), dict(self._accepted)
        return made

    def own(self) -> Shared:
        return Shared(self.machine, _lines(self._own))

    def published(self) -> int:
        return 0 if self.is_taken() else len(self._fetched.get(self.machine, ()))

    def others(self) -> list[Shared]:
        names = sorted((self._fetched.keys() | self._accepted.keys()) - {self.machine})
        return [self._other(name) for name in names]

    def _other(self, name: str) -> Shared:
        old, new = self._accepted.get(name, ()), self._fetched.get(name, ())
        lines, known = _lines(new), _lines(old)
        fresh = enumerate(new, 1)
        seen = tuple(Seen(at, dict(of)) for at, (_, of) in fresh if at > len(old))
        odd = () if not new or new[: len(old)] == old else ("was written anew",)
        lost = tuple(line for line in known if line not in lines)
        return Shared(name, (*lines, *lost), seen, odd)

    def commit(self, lines: Sequence[bytes]) -> None:
        seen = tuple((name, len(has)) for name, has in sorted(self._accepted.items()))
        self._own += tuple((line, seen) for line in lines)

    def fetch(self) -> None:
        if not self._hub.online:
            raise RepositoryError("no answer", "mkit share again")
        self._fetched = dict(self._hub.refs)

    def is_taken(self) -> bool:
        there = self._fetched.get(self.machine, ())
        return self._own[: len(there)] != there

    def rename(self) -> None:
        self.machine += "-too"
        self._own = ()

    def accept(self) -> None:
        for name, has in self._fetched.items():
            old = self._accepted.get(name, ())
            if name != self.machine and has[: len(old)] == old:
                self._accepted[name] = has

    def push(self) -> bool:
        there = self._hub.refs.get(self.machine, ())
        if self._own[: len(there)] != there:
            return False
        if self._own:
            self._hub.refs[self.machine] = self._fetched[self.machine] = self._own
        return True


def _lines(entries: Sequence[Entry]) -> tuple[bytes, ...]:
    return tuple(line for line, _ in entries)


class MemoryLines:
    """Implements the port ``JournalLines`` over a journal in memory."""

    def __init__(self, journal: MemoryJournal) -> None:
        self._journal = journal
        self.unknown: list[bytes] = []

    def lines(self) -> list[bytes]:
        groups = self._journal.read().groups
        return [*(json.dumps(dump_group(one)).encode() for one in groups), *self.unknown]

    def append_all(self, lines: Sequence[bytes]) -> None:
        for raw in lines:
            line = read_line(raw)
            assert line, raw
            if line.group:
                self._journal.append(line.group)
            else:
                self.unknown.append(raw)
