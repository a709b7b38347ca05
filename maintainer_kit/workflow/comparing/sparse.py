# SPDX-License-Identifier: GPL-2.0-or-later
"""A file of which only what diffs show is known, while patches change it one after the other.

What is known of it as it was before is told apart from what patches added, so that two series can
be compared by what they make of the same lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from maintainer_kit.workflow.comparing.shape import Hunk

_END = 1 << 40
"""Behind the last line of any file."""
_FAR = 400
"""So many lines up and down a hunk is looked for that does not fit where it says."""
_TRIES = 20_000
"""Lines that are compared for all hunks of a file that do not fit."""


@dataclass(slots=True)
class _Run:
    """Lines that follow one another: of the file as it was, or added ones."""

    start: int
    """The first line as it was, from 1; 0 for added ones."""
    length: int
    added: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Slot:
    """One line as it is now."""

    base: int
    """Its number in the file as it was; 0 for an added one."""
    text: str | None
    """None where nobody has shown it."""


class SparseFile:
    """One file on its way through the patches of a side."""

    def __init__(self, base: Sequence[str] | None = None) -> None:
        """``base`` are all lines as they were, where they can be had."""
        self.is_whole = base is not None
        self.known: dict[int, str] = dict(enumerate(base, 1)) if base is not None else {}
        """Lines as they were, by number."""
        self._runs = [_Run(1, len(base) if base is not None else _END)]
        self._tries = _TRIES

    def apply(self, hunks: Sequence[Hunk]) -> int:
        """Change it as one patch does; gives how many hunks do not fit what is known of it. These
        overrule what was known."""
        shift = unfit = 0
        for hunk in hunks:
            at = max(0, hunk.at - (1 if _takes_lines(hunk) else 0)) + shift
            place = self._place(hunk, at)
            unfit += place is None
            place = at if place is None else place
            shift += place - at
            shift += self._change(hunk, place)
        return unfit

    def added_after(self) -> dict[int, list[str]]:
        """Added lines, by the last line as it was above them; 0 at the top."""
        found: dict[int, list[str]] = {}
        last = 0
        for run in self._runs:
            if run.added:
                found.setdefault(last, []).extend(run.added)
            elif run.length:
                last = run.start + run.length - 1
        return found

    def touched(self, around: int) -> set[int]:
        """Numbers of the lines as they were that are gone, and of so many around each change."""
        found: set[int] = set()
        behind = 1
        edges = self.kept()
        if self.is_whole and (not edges or edges[-1][1] <= len(self.known)):
            edges.append((len(self.known) + 1, len(self.known) + 1))
        for at, (start, stop) in enumerate(edges):
            if at or start > 1 or self._runs[0].added:
                found.update(range(max(1, behind - around), start + around))
            behind = stop
        if self._runs and self._runs[-1].added:
            found.update(range(max(1, behind - around), behind + around))
        return found

    def kept(self) -> list[tuple[int, int]]:
        """Ranges of lines as they were that are still there: first and one behind the last."""
        return [(run.start, run.start + run.length) for run in self._runs if not run.added]

    def _place(self, hunk: Hunk, at: int) -> int | None:
        """Where a hunk fits what is known, as near to ``at`` (from 0) as can be."""
        wanted = [line[1:] for line in hunk.lines if line[0] in " -"]
        if self._fits(wanted, at):
            return at
        for far in range(1, _FAR):
            for place in (at - far, at + far):
                if self._tries <= 0:
                    return None
                if place >= 0 and self._fits(wanted, place, is_moved=True):
                    return place
        return None

    def _fits(self, wanted: Sequence[str], at: int, *, is_moved: bool = False) -> bool:
        """Whether lines can stand there; where nothing is known, only unmoved."""
        seen = 0
        slots = self._slots(at, len(wanted))
        for slot, text in zip(slots, wanted, strict=False):
            self._tries -= is_moved
            if slot.text is not None and slot.text != text:
                return False
            seen += slot.text is not None
        if len(slots) < len(wanted):
            return False
        return not is_moved or seen == len(wanted)

    def _slots(self, at: int, count: int) -> list[Slot]:
        """Lines as they are now, from number ``at`` (from 0) on."""
        found: list[Slot] = []
        for run in self._runs:
            if at >= run.length:
                at -= run.length
                continue
            for offset in range(at, min(run.length, at + count - len(found))):
                base = 0 if run.added else run.start + offset
                text = run.added[offset] if run.added else self.known.get(base)
                found.append(Slot(base, text))
            if len(found) >= count:
                break
            at = 0
        return found

    def _change(self, hunk: Hunk, at: int) -> int:
        """Put a hunk in; gives by how much the file grew."""
        taken = [line for line in hunk.lines if line[0] in " -"]
        slots = self._slots(at, len(taken))
        pieces = _pieces(hunk, slots, self.known)
        before, rest = _cut(self._runs, at)
        _, after = _cut(rest, len(slots))
        self._runs = _joined([*before, *pieces, *after])
        signs = [line[0] for line in hunk.lines]
        return signs.count("+") - signs.count("-")


def _takes_lines(hunk: Hunk) -> bool:
    return any(line[0] in " -" for line in hunk.lines)


def _pieces(hunk: Hunk, slots: Sequence[Slot], known: dict[int, str]) -> list[_Run]:
    """What a hunk makes of the lines that it takes; what it shows is learnt."""
    made: list[_Run] = []
    waiting = iter(slots)
    for line in hunk.lines:
        if line[0] == "+":
            made.append(_Run(0, 1, [line[1:]]))
        elif line[0] in " -" and (slot := next(waiting, None)):
            if slot.base:
                known[slot.base] = line[1:]
            if line[0] == " ":
                made.append(_Run(slot.base, 1) if slot.base else _Run(0, 1, [line[1:]]))
    return made


def _cut(runs: Sequence[_Run], at: int) -> tuple[list[_Run], list[_Run]]:
    """The runs up to a line, counted from 0, and those from it on."""
    before: list[_Run] = []
    for number, run in enumerate(runs):
        if at >= run.length:
            before.append(run)
            at -= run.length
            continue
        if not at:
            return before, list(runs[number:])
        if run.added:
            head, tail = _Run(0, at, run.added[:at]), _Run(0, run.length - at, run.added[at:])
        else:
            head, tail = _Run(run.start, at), _Run(run.start + at, run.length - at)
        return [*before, head], [tail, *runs[number + 1 :]]
    return before, []


def _joined(runs: Sequence[_Run]) -> list[_Run]:
    """Runs that follow one another made one; empty ones left out."""
    found: list[_Run] = []
    for run in runs:
        last = found[-1] if found else None
        if not run.length:
            continue
        if last and last.added and run.added:
            last.added.extend(run.added)
            last.length += run.length
        elif last and not last.added and not run.added and last.start + last.length == run.start:
            last.length += run.length
        else:
            found.append(run)
    return found
