# SPDX-License-Identifier: GPL-2.0-or-later
"""White space that git calls an error (core.whitespace by default), in the lines a diff adds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maintainer_kit.checks.changed_lines import ChangedLine
from maintainer_kit.checks.patch import Patch
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.lazy.pattern import lazy_pattern

_BLANKS = " \t\r\f\v"
_ENDS = frozenset(_BLANKS)
_INDENT = lazy_pattern(r"\n\+[ \t]* \t")
_BLANK_LINE = lazy_pattern(r"\n\+[ \t\r]*(?:\n(?:diff --git |-- ?\n|$)|$)")
_HUNK = lazy_pattern(r"(@@ -(\d{1,12})(?:,\d{1,12})? \+\d{1,12},)(\d{1,12})( @@.*)$")


@dataclass(frozen=True, slots=True)
class Blank:
    """One error; columns count the sign."""

    words: str
    line: ChangedLine
    start: int
    end: int
    mended: str
    """The line of the diff without it."""


@dataclass(frozen=True, slots=True)
class BlankEnd:
    """Blank lines that a diff adds at the end of a file."""

    line: ChangedLine
    """The first of them."""
    count: int
    header: int
    """Index of the header of their hunk."""
    shorter: str
    """That header without them; empty when the hunk adds nothing else."""


def blanks(patch: Patch) -> Iterator[Blank]:
    """Blanks at the end of added lines, and spaces in front of tabs in their indentation."""
    if not _may_have_blanks(patch):
        return
    for one in patch.changes:
        if one.sign != "+":
            continue
        bare = one.text.rstrip(_BLANKS)
        if len(bare) < len(one.text):
            yield Blank(
                "white space at the end of the line",
                one,
                len(bare) + 1,
                len(one.text) + 1,
                "+" + bare,
            )
        elif " \t" in (indent := one.text[: len(one.text) - len(one.text.lstrip(" \t"))]):
            columns = len(indent.expandtabs(8))
            mended = "+" + "\t" * (columns // 8) + " " * (columns % 8) + one.text[len(indent) :]
            yield Blank("a space before a tab in the indentation", one, 1, len(indent) + 1, mended)


def _may_have_blanks(patch: Patch) -> bool:
    """A cheap look first: nearly all patches have none, and need not be walked through."""
    if any(line[-1:] in _ENDS and line[0] == "+" for line in patch.diff_lines):
        return True
    text = patch.diff_text
    return " \t" in text and _INDENT.search(text) is not None


def blank_ends(patch: Patch) -> Iterator[BlankEnd]:
    """Blank lines at the end of files. A hunk without context below reaches the end of its file,
    when it has some above or is all of the file."""
    if not _BLANK_LINE.search(patch.diff_text):
        return
    lines, changes = patch.diff_lines, patch.changes
    for at, one in enumerate(changes):
        following = changes[at + 1] if at + 1 < len(changes) else None
        is_last = following is None or following.index != one.index + 1
        if (
            one.sign == "+"
            and not one.text.strip()
            and is_last
            and _ends_file(lines, one.index + 1)
        ):
            first = at
            while first and _is_blank_above(changes[first - 1], changes[first]):
                first -= 1
            if end := _blank_end(lines, changes[first], at - first + 1):
                yield end


def _ends_file(lines: Sequence[str], at: int) -> bool:
    if at >= len(lines):
        return True
    return (
        lines[at].startswith("diff --git ")
        or lines[at] in ("-- ", "--")
        or (not lines[at] and at == len(lines) - 1)
    )


def _is_blank_above(above: ChangedLine, line: ChangedLine) -> bool:
    return above.sign == "+" and above.index == line.index - 1 and not above.text.strip()


def _blank_end(lines: Sequence[str], first: ChangedLine, count: int) -> BlankEnd | None:
    header = first.index - 1
    has_context = has_more = False
    while header >= 0 and not lines[header].startswith("@@ "):
        has_context = has_context or lines[header][:1] in ("", " ")
        has_more = has_more or lines[header][:1] in ("+", "-")
        header -= 1
    found = _HUNK.match(lines[header]) if header >= 0 else None
    if found is None or not (has_context or found[2] == "0"):
        return None
    if not has_context and first.line == 1:
        return None  # nothing but blank lines: a file that is empty on purpose
    shorter = f"{found[1]}{int(found[3]) - count}{found[4]}" if has_more else ""
    return BlankEnd(first, count, header, shorter)
