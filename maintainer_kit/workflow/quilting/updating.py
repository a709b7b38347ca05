# SPDX-License-Identifier: GPL-2.0-or-later
"""An export over an earlier one: what is written, what goes, and what of the owner's stays.

A file that is not as it was exported is the owner's, and so is an order of the series, a patch
taken out of it, and one put into it. None of these is lost; each is told of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from maintainer_kit.workflow.quilting.names import spare_name, words_of
from maintainer_kit.workflow.quilting.record import (
    Noted,
    Record,
    digest_of,
    noted_by_name,
    record_lines,
    split_record,
)
from maintainer_kit.workflow.quilting.series import read_series


@dataclass(frozen=True, slots=True)
class Made:
    """A patch file as it is exported now."""

    name: str
    content: bytes
    message_id: str
    title: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of the owner's, and why it was left as it is."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done in the folder, in this order: write, series, remove."""

    write: tuple[tuple[str, bytes], ...]
    series: str
    remove: tuple[str, ...]
    kept: tuple[Kept, ...] = ()

    @property
    def is_idle(self) -> bool:
        """Whether nothing that is there is touched but the series file."""
        return not self.write and not self.remove


def plan_update(
    record: Record, made: Sequence[Made], series: str, digests: Mapping[str, str | None]
) -> Plan:
    """``record`` tells of the new export, its files left out; ``series`` is the file that is there,
    empty where none is; ``digests`` tell of each file that either export names what it is now:
    None where it is not there."""
    return _Update(record, made, series, digests).plan()


class _Update:
    def __init__(
        self,
        record: Record,
        made: Sequence[Made],
        series: str,
        digests: Mapping[str, str | None],
    ) -> None:
        self._record = record
        self._made = made
        self._digests = digests
        before, self._lines = split_record(series)
        self._before = before.files if before else ()
        self._known = noted_by_name(self._before)
        self._listed = [one.name for one in read_series("\n".join(self._lines))]
        self._slots = self._pair()
        self._taken = frozenset(self._slots.values())
        self._kept: list[Kept] = []
        self._write: list[tuple[str, bytes]] = []
        self._notes: list[Noted] = []
        self._out: set[str] = set()
        """Files of patches that the owner took out of the series."""
        self._now: dict[str, str] = {}
        """What files of the earlier export are called now, where that is another name."""

    def plan(self) -> Plan:
        wanted = [self._take(one) for one in self._made]
        staying = {*wanted, *self._out}
        gone = [one for one in self._before if one.name not in staying]
        remove = tuple(one.name for one in gone if self._leave(one))
        lines = _arranged(self._lines, self._order(wanted), self._now, {*remove})
        told = replace(self._record, files=tuple(self._notes))
        text = "\n".join([*record_lines(told), *lines]) + "\n"
        there = tuple(one for one in remove if self._digests.get(one) is not None)
        return Plan(tuple(self._write), text, there, tuple(self._kept))

    def _pair(self) -> dict[str, str]:
        """The file of the earlier export that each new one takes the place of: by Message-ID, by
        its name, by the words of the name; where there is none its own name, or a spare one."""
        by_id = {one.message_id: one.name for one in self._before if one.message_id}
        by_words: defaultdict[str, list[str]] = defaultdict(list)
        for old in self._before:
            by_words[words_of(old.name)].append(old.name)
        ways: tuple[Callable[[Made], Sequence[str]], ...] = (
            lambda one: [by_id[one.message_id]] if one.message_id in by_id else [],
            lambda one: [one.name] if one.name in self._known else [],
            lambda one: by_words[words_of(one.name)],
        )
        found: dict[str, str] = {}
        taken: set[str] = set()
        for way in ways:
            for one in self._made:
                slot = next((name for name in way(one) if name not in taken), "")
                if slot and one.name not in found:
                    found[one.name] = slot
                    taken.add(slot)
        for one in self._made:
            if one.name not in found:
                found[one.name] = spare_name(one.name) if one.name in taken else one.name
        return found

    def _take(self, made: Made) -> str:
        """Take a patch in; under what name it is in the series then, none where it is not."""
        slot = self._slots[made.name]
        noted, now = self._known.get(slot), self._digests.get(slot)
        digest = digest_of(made.content)
        if noted and slot not in self._listed:
            self._notes.append(noted)
            self._out.add(slot)
            self._keep(slot, "you took it out of the series")
            return ""
        if now is not None and now not in (noted.digest if noted else "", digest):
            self._notes.append(noted or Noted(slot, digest, made.message_id))
            self._keep(slot, "you changed it" if noted else "it is not of this export")
            return slot
        name = made.name if self._is_free(made.name) else slot
        if name != slot:
            self._now[slot] = name
        self._notes.append(Noted(name, digest, made.message_id))
        if self._digests.get(name) != digest:
            self._write.append((name, made.content))
        return name

    def _is_free(self, name: str) -> bool:
        """Whether a file may be written under a name that it did not have before."""
        noted, now = self._known.get(name), self._digests.get(name)
        is_ours = now is None or (noted is not None and now == noted.digest)
        return is_ours and name not in self._taken

    def _leave(self, one: Noted) -> bool:
        """Whether a file that is of no patch any more goes."""
        now = self._digests.get(one.name)
        if now in (None, one.digest):
            return True
        self._notes.append(one)
        self._keep(one.name, "you changed it, and the series has no such patch any more")
        return False

    def _keep(self, name: str, reason: str) -> None:
        self._kept.append(Kept(name, reason))

    def _order(self, wanted: Sequence[str]) -> list[str]:
        """Our patches in the order of the series: the owner's, where he has one of his own."""
        names = list(dict.fromkeys(name for name in wanted if name))
        known, listed = frozenset(names), frozenset(self._listed)
        ours = [name for name in self._listed if name in self._known]
        if ours == [one.name for one in self._before if one.name in listed]:
            return names
        there = (self._now.get(name, name) for name in ours)
        order = list(dict.fromkeys(name for name in there if name in known))
        for at, name in enumerate(names):
            if name not in order:
                above = next((one for one in reversed(names[:at]) if one in order), None)
                order.insert(order.index(above) + 1 if above else 0, name)
        return order


def _arranged(
    lines: Sequence[str], order: Sequence[str], renamed: Mapping[str, str], gone: set[str]
) -> list[str]:
    """The lines of the series: each of our patches with what its owner wrote below it."""
    head: list[str] = []
    entries: dict[str, str] = {}
    below: dict[str, list[str]] = {}
    last = ""
    wanted = frozenset(order)
    for line in lines:
        found = read_series(line)
        old = found[0].name if found else ""
        name = renamed.get(old, old)
        if name in wanted and name not in entries:
            entries[name], last = line if name == old else name, name
        elif old and (old in gone or name in wanted):
            continue
        elif last:
            below.setdefault(last, []).append(line)
        else:
            head.append(line)
    made = list(head)
    for name in order:
        made += [entries.get(name, name), *below.pop(name, ())]
    return made
