# SPDX-License-Identifier: GPL-2.0-or-later
"""Diffs whose white space is no longer what the author wrote: tabs that became spaces, spaces that
became something else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from maintainer_kit.checks.patch import Patch
from maintainer_kit.model.patch.paths import strip_prefix

NBSP = "\u00a0"
_TAB = 8
_FEWEST = 3
_MOST_LINES = 2000


def body_lines(lines: Sequence[str]) -> Iterator[str]:
    """Lines of hunks, their signs included; names of files and the signature are left out."""
    for line in lines[:_MOST_LINES]:
        if line[:1] in ("+", "-", " ") and not line.startswith(("--- ", "+++ ", "-- ")):
            yield line


def strange_indents(patch: Patch) -> Iterator[tuple[int, int, int]]:
    """Lines of hunks that have a no-break space in, or in the place of, their sign or indentation:
    index, first column and the one behind the last. Lines that go are as they were."""
    if NBSP not in patch.diff_text:
        return
    for at, line in enumerate(patch.diff_lines):
        if NBSP in line and line[0] in f"+{NBSP}":
            rest = line.lstrip(f"+ \t{NBSP}")
            width = len(line) - len(rest)
            if NBSP in line[:width]:
                yield at, line.index(NBSP), width


def is_expanded(patch: Patch) -> bool:
    """Whether each tab was replaced by the spaces that a screen shows for it.

    With its sign in the first column, such a line is indented to a multiple of eight; who indents
    by spaces has an even number of them behind the sign.
    """
    if "\t" in patch.diff_text:
        return False
    widths = [_width(line) for line in body_lines(patch.diff_lines) if line[1:2] == " "]
    fitting = [width for width in widths if width % _TAB == 0]
    # A table's column is at one width; code goes in and out.
    is_nested = len(set(fitting)) > 1
    return is_nested and len(fitting) >= _FEWEST and 2 * len(fitting) > len(widths)


def _width(line: str) -> int:
    """Columns in front of the text, that of the sign included; 1 for a blank line."""
    rest = line[1:].lstrip(" ")
    return len(line) - len(rest) if rest else 1


def differs_in_space(patch: Patch, read_file: Callable[[str], str | None]) -> str:
    """The first file whose old lines are in the base when white space does not count, and are not
    when it does; empty when there is none."""
    if patch.diff is None:
        return ""
    for file, lines in _old_lines(patch):
        # Where a tab is left, nothing turned tabs into spaces.
        is_suspect = len(lines) >= _FEWEST and not any("\t" in line for line in lines)
        text = read_file(file) if is_suspect else None
        if text is None:
            continue
        base = set(text.split("\n"))
        if base.issuperset(lines):
            continue
        squeezed = {"".join(line.split()) for line in base}
        other = [line for line in lines if line not in base]
        alike = sum("".join(line.split()) in squeezed for line in other)
        if alike == len(other) and 2 * len(other) > len(lines):
            return file
    return ""


def _old_lines(patch: Patch) -> Iterator[tuple[str, list[str]]]:
    """Of each changed file its indented lines before the change."""
    files = patch.diff.files if patch.diff else ()
    paths = {one.path: one.old_path or one.path for one in files}
    path, lines = "", list[str]()
    for line in patch.diff_lines[:_MOST_LINES]:
        if line.startswith("+++ "):
            if path:
                yield path, lines
            path, lines = paths.get(strip_prefix(line[4:]), ""), []
        elif line[:1] in ("-", " ") and line[1:2] in (" ", "\t") and line.strip("- \t"):
            lines.append(line[1:])
    if path:
        yield path, lines
