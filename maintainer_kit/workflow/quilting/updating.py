# SPDX-License-Identifier: GPL-2.0-or-later
"""An export over an earlier one: what is written, what goes, and what of the owner's stays.

A file that is not as it was exported is the owner's, and so is an order of the series, a patch
taken out of it, and one put into it. None of these is lost; each is told of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maintainer_kit.workflow.quilting.names import words_of
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

    @property
    def noted(self) -> Noted:
        return Noted(self.name, digest_of(self.content), self.message_id)


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
        self._kept: list[Kept] = []
        self._write: list[tuple[str, bytes]] = []
        self._notes: list[Noted] = []
        self._out: set[str] = set()
        """Files of patches that the owner took out of the series."""
        self._now: dict[str, str] = {}
        """What files of the earlier export are called now, where that is another name."""

    def plan(self) -> Plan:
        slots = self._pair()
        wanted = [self._slot(one, slots[one.name]) for one in self._made]
        names = {name for name in wanted if name}
        gone = [one for one in self._before if one.name not in names | self._out]
        remove = tuple(one.name for one in gone if self._leave(one))
        lines = _arranged(self._lines, self._order(wanted), self._now, {*remove})
        told = Record(
            self._record.topic,
            self._record.revision,
            self._record.title,
            self._record.cover,
            tuple(self._notes),
        )
        text = "\n".join([*record_lines(told), *lines]) + "\n"
        there = tuple(one for one in remove if self._digests.get(one) is not None)
        return Plan(tuple(self._write), text, there, tuple(self._kept))

    def _pair(self) -> dict[str, str]:
        """The file of the earlier export that each new one takes the place of; its own name where
        there was none: by Message-ID, else by the words of the name."""
        by_id = {one.message_id: one.name for one in self._before if one.message_id}
        by_words = {words_of(one.name): one.name for one in self._before}
        taken: set[str] = set()
        found: dict[str, str] = {}
        for one in self._made:
            near = (by_id.get(one.message_id), by_words.get(words_of(one.name)), one.name)
            slot = next(name for name in near if name and (name not in taken or name == one.name))
            taken.add(slot)
            found[one.name] = slot
        return found

    def _slot(self, made: Made, slot: str) -> str:
        """Take a patch in; under what name it is in the series then, none where it is not."""
        noted = self._known.get(slot)
        now = self._digests.get(slot)
        if noted and slot not in self._listed:
            self._notes.append(noted)
            self._out.add(slot)
            self._keep(slot, "you took it out of the series")
            return ""
        if now is not None and now not in (noted.digest if noted else "", made.noted.digest):
            self._notes.append(noted or made.noted)
            words = "you changed it" if noted else "it is not of this export"
            self._keep(slot, words)
            return slot
        self._notes.append(made.noted)
        if made.name != slot:
            self._now[slot] = made.name
        if self._digests.get(made.name) != made.noted.digest:
            if made.name != slot and self._digests.get(made.name) is not None:
                return self._beside(made)
            self._write.append((made.name, made.content))
        return made.name

    def _beside(self, made: Made) -> str:
        """The name is taken by a file of another patch: of ours it is written over in its turn."""
        noted = self._known.get(made.name)
        if noted is None or self._digests[made.name] != noted.digest:
            self._keep(made.name, "it has the name of another patch of the series")
        else:
            self._write.append((made.name, made.content))
        return made.name

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
        known = frozenset(names)
        listed = frozenset(self._listed)
        ours = [name for name in self._listed if name in self._known]
        if ours == [one.name for one in self._before if one.name in listed]:
            return names
        order = [now for name in ours if (now := self._now.get(name, name)) in known]
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
        elif old and old in gone:
            continue
        elif last:
            below.setdefault(last, []).append(line)
        else:
            head.append(line)
    made = list(head)
    for name in order:
        made += [entries.get(name, name), *below.pop(name, ())]
    return made
