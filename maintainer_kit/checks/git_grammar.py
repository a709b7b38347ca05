# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether git-apply(1) can read a diff: its grammar, without looking at any file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NoReturn

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.patch.hunk import Lines, hunk_counts, lines_of, whole_hunk
from maintainer_kit.model.patch.paths import unquote_path

_BODY = lazy_pattern(r"[-+ \\\n]*")
_NAMES = ("--- ", "+++ ")
_SIDES = {
    "--- ": "old", "copy from ": "old", "rename from ": "old", "rename old ": "old",
    "+++ ": "new", "copy to ": "new", "rename to ": "new", "rename new ": "new",
}  # fmt: skip
"""Lines of a header that name the file before or after the change."""
_HEADER = (
    *_SIDES, "old mode ", "new mode ", "deleted file mode ", "new file mode ",
    "similarity index ", "dissimilarity index ", "index ",
)  # fmt: skip
_NOTHING = "/dev/null"
_MAX_NAMES = 8192  # twice what Linux takes for a path
_NO_NEWLINE = 11
"""git takes what begins with a backslash for ``\\ No newline at end of file`` in any language when
it is that long."""
_NEXT = ("@@ -", "diff --git ")
_MARGINS = lazy_pattern(r"[d@-]")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why git does not take a diff."""

    reason: str
    index: int
    """The line in the diff, from 0."""


def refusal(text: str) -> Refusal | None:
    """Why git would refuse ``text``, at the first line where it does; None when it takes it."""
    return _Walk(lines_of(text)).run()


class _Refused(Exception):
    def __init__(self, reason: str, index: int) -> None:
        super().__init__(reason)
        self.refusal = Refusal(reason, index)


class _Walk:
    """From header to header; what stands between them is none of git's business, save hunks."""

    def __init__(self, text: Lines) -> None:
        self.text = text
        self.lines: Sequence[str] = text.lines

    def run(self) -> Refusal | None:
        at = 0
        try:
            while found := _MARGINS.search(self.text.margin, at, self.text.end):
                at = self._step(found.start())
        except _Refused as refused:
            return refused.refusal
        return None

    def _step(self, at: int) -> int:
        """Read what begins at a line that may be a header; where to look on."""
        line = self.lines[at]
        if line.startswith("@@ -") and hunk_counts(line):
            raise _Refused("a hunk that belongs to no file", at)
        if line.startswith("diff --git "):
            return self._hunks(self._git_header(at))
        if (
            line.startswith("--- ")
            and self._starts(at + 1, "+++ ")
            and self._starts(at + 2, "@@ -")
        ):
            return self._hunks(at + 2)
        return at + 1

    def _starts(self, at: int, words: str) -> bool:
        return at < self.text.end and self.lines[at].startswith(words)

    def _git_header(self, first: int) -> int:
        """Read git's own header; the line behind it."""
        default = _common_name(self.lines[first][11:])
        names = {"old": "", "new": ""}
        is_new = is_deleted = False
        at = first + 1
        while at < self.text.end and self.lines[at].startswith(_HEADER):
            line = self.lines[at]
            if side := next((_SIDES[words] for words in _SIDES if line.startswith(words)), ""):
                name = _named_in(line)
                # Where a file moves to counts more than what was said before.
                is_move = not line.startswith(_NAMES)
                if names[side] and not is_move and name not in (names[side], _NOTHING):
                    raise _Refused("a header that names two files", at)
                names[side] = name if is_move else names[side] or name
            elif line.startswith("new file mode "):
                is_new, names["new"] = True, names["new"] or default
            elif line.startswith("deleted file mode "):
                is_deleted, names["old"] = True, names["old"] or default
            at += 1
        both = (names["old"] or is_new) and (names["new"] or is_deleted)
        if not (both if any(names.values()) else default):
            raise _Refused("a header that does not name its file as 'a/path b/path'", first)
        return at

    def _hunks(self, at: int) -> int:
        while self._starts(at, "@@ -"):
            counts = hunk_counts(self.lines[at])
            if counts is None:
                raise _Refused("the header of a hunk that cannot be read", at)
            at = self._hunk(at, counts)
        return at

    def _hunk(self, header: int, counts: tuple[int, int]) -> int:
        at = header + 1
        whole = whole_hunk(self.text, at, counts, _BODY)
        end, added, removed = whole or self._by_line(at, counts)
        self._check_backslashes(at, end)
        if not added and not removed:
            raise _Refused("a hunk that changes nothing", header)
        if self._starts(end, "\\ "):
            end += 1
        return end

    def _check_backslashes(self, at: int, end: int) -> None:
        """All but one behind the last line, which may say anything."""
        while (at := self.text.margin.find("\\", at, end - 1)) >= 0:
            if not self.lines[at].startswith("\\ ") or len(self.lines[at]) < _NO_NEWLINE:
                raise _Refused("a line that is no part of its hunk", at)
            at += 1

    def _by_line(self, at: int, counts: tuple[int, int]) -> tuple[int, int, int]:
        old, new = counts
        added = removed = 0
        margin, end = self.text.margin, self.text.end
        while (old or new) and at < end:
            sign = margin[at]
            if sign not in "+- \n\\" or old < 0 or new < 0:
                self._refuse_hunk(at)
            added += sign == "+"
            removed += sign == "-"
            old -= sign in "- \n"
            new -= sign in "+ \n"
            at += 1
        if old or new:
            raise _Refused("the text ends within a hunk", max(at - 1, 0))
        return at, added, removed

    def _refuse_hunk(self, at: int) -> NoReturn:
        """At the line that breaks it, or at its header where the next thing begins too early."""
        is_over = self.lines[at - 1].rstrip() == "--" or self.lines[at].startswith(_NEXT)
        if not is_over:
            raise _Refused("a line that is no part of its hunk", at)
        header = next(one for one in range(at - 1, -1, -1) if self._starts(one, "@@ -"))
        raise _Refused("a hunk that is shorter than its header says", header)


def _named_in(line: str) -> str:
    """The file that a line of a header names, without its first directory where it has one, as
    ``-p1`` takes it; empty when nothing is left."""
    if not line.startswith(_NAMES):
        return unquote_path(line[:_MAX_NAMES].partition(" ")[2].partition(" ")[2])
    path = unquote_path(line[4:_MAX_NAMES])
    return _NOTHING if path == _NOTHING else path.partition("/")[2]


def _common_name(names: str) -> str:
    """The name that both halves of ``diff --git`` give, without their first directories; empty
    when they differ."""
    names = names[:_MAX_NAMES].rstrip()
    if '"' in names:
        parts = re.findall(r'"(?:[^"\\]|\\.)*"|\S+', names)
        sides = [unquote_path(one).partition("/")[2] for one in parts]
        return sides[0] if len(sides) == 2 and sides[0] == sides[1] else ""
    # The second name is as long as the first one, and either may hold spaces.
    first = names.partition("/")[2]
    slash = first.find("/")
    while slash >= 0:
        cut = len(first) - slash - 1
        is_gap = 0 < cut < slash and first[cut] in " \t" and first.find("/", cut) == slash
        if is_gap and first[:cut] == first[slash + 1 :]:
            return first[:cut]
        slash = first.find("/", slash + 1)
    return ""
