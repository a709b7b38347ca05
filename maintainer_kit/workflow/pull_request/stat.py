# SPDX-License-Identifier: GPL-2.0-or-later
"""Diffstats (git diff --stat): what a mail says was changed, held against what was."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from maintainer_kit.model.mail.text import count_of

_TOTAL = re.compile(
    r"^ (\d{1,9}) files? changed(?:, (\d{1,9}) insertions?\(\+\))?"
    r"(?:, (\d{1,9}) deletions?\(-\))?$",
    re.MULTILINE,
)
_COUNT = re.compile(r"\s{0,12}(?:(\d{1,9})(?: [+-]{1,200})?|Bin\b.{0,100})\s{0,4}")
_LONGEST = 1000
_MOST_LINES = 200_000
_CUT = "..."


class Changed(NamedTuple):
    """What became of a file."""

    path: str
    """After the change."""
    added: int | None
    """Lines; None where it is no text."""
    removed: int | None

    @property
    def lines(self) -> int:
        return (self.added or 0) + (self.removed or 0)


class Total(NamedTuple):
    """The last line of a diffstat."""

    files: int
    added: int
    removed: int

    def __str__(self) -> str:
        return f"{count_of(self.files, 'file')}, +{self.added} -{self.removed}"


class Stat(NamedTuple):
    """A diffstat as a mail has it."""

    files: tuple[tuple[str, int | None], ...]
    """Path after the change, cut as it stands there, and how many lines; None of what is no text.
    """
    total: Total | None


def read_stat(text: str) -> Stat:
    """The last diffstat of a text; without a total there is none."""
    ends = list(_TOTAL.finditer(text))
    if not ends:
        return Stat((), None)
    above = text[: ends[-1].start()].split("\n")[:-1][-_MOST_LINES:]
    files: list[tuple[str, int | None]] = []
    for line in reversed(above):
        found = _file(line)
        if found is None:
            break
        files.append(found)
    count, added, removed = (int(one or 0) for one in ends[-1].groups())
    return Stat(tuple(reversed(files)), Total(count, added, removed))


def _file(line: str) -> tuple[str, int | None] | None:
    path, bar, rest = line.rpartition(" |")
    if not bar or not line.startswith(" ") or len(line) > _LONGEST:
        return None
    count = _COUNT.fullmatch(rest)
    return (_after(path.strip()), int(count[1]) if count[1] else None) if count else None


def _after(path: str) -> str:
    """Of ``a/{old => new}/b`` and of ``old => new`` what it is called now."""
    if " => " not in path:
        return path
    before, opened, rest = path.partition("{")
    inside, closed, after = rest.partition("}")
    if opened and closed and " => " in inside:
        return f"{before}{inside.partition(' => ')[2]}{after}".replace("//", "/")
    return path.partition(" => ")[2]


def total_of(changed: Sequence[Changed]) -> Total:
    """What the last line of their diffstat would say."""
    return Total(
        len(changed),
        sum(one.added or 0 for one in changed),
        sum(one.removed or 0 for one in changed),
    )


def differences(told: Stat, changed: Sequence[Changed]) -> list[str]:
    """Where a diffstat is not that of what was changed, a line each; none where it is."""
    found = []
    real = total_of(changed)
    if told.total is not None and told.total != real:
        found.append(f"the mail says {told.total}; it is {real}")
    known = _Known(changed)
    for path, count in told.files:
        one = known.take(path)
        if one is None:
            found.append(f"{path} is not changed")
        elif count is not None and count != one.lines:
            found.append(f"{path}: the mail says {count}; it is {one.lines}")
    if told.files:
        found += (f"{one.path} is not in the mail" for one in known.left())
    return found


class _Known:
    """Changed files, each of which a line of a diffstat can stand for once."""

    def __init__(self, changed: Iterable[Changed]) -> None:
        self._by_path = {one.path: one for one in changed}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for path in self._by_path:
            self._by_name[path.rpartition("/")[2]].append(path)

    def take(self, told: str) -> Changed | None:
        """The file that is meant: git cuts long paths from the left."""
        path = _unquoted(told)
        if not told.startswith(_CUT):
            return self._by_path.pop(path, None)
        end = path.removeprefix(_CUT)
        for one in self._by_name[end.rpartition("/")[2]][:100]:
            if one.endswith(end) and one in self._by_path:
                return self._by_path.pop(one)
        return None

    def left(self) -> list[Changed]:
        return list(self._by_path.values())


_OCTAL = re.compile(r"((?:\\[0-3][0-7]{2})+)")


def _unquoted(path: str) -> str:
    """A path that git put into quotes, as it does with letters that are not ASCII."""
    if not (path.startswith('"') and path.endswith('"') and len(path) > 1):
        return path
    return _OCTAL.sub(_letters, path[1:-1]).replace('\\"', '"').replace("\\\\", "\\")


def _letters(found: re.Match[str]) -> str:
    digits = found[1].split("\\")[1:]
    return bytes(int(one, 8) for one in digits).decode("utf-8", "replace")
