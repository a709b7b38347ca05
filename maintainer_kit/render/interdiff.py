# SPDX-License-Identifier: GPL-2.0-or-later
"""What the code after two series differs, as a unified diff."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from maintainer_kit.render.aligned import Level, align
from maintainer_kit.render.line_diff import hunks_of, signed
from maintainer_kit.workflow.comparing.interdiff import FileInterdiff, Interdiff, Stretch

_FUNCTION = re.compile(r"[A-Za-z_$]")
_FAR = 2000
"""Lines above that are looked through for a function."""
_NOWHERE = "/dev/null"
_USUAL = "100644"


def interdiff_lines(found: Interdiff) -> list[str]:
    """File by file; not fit for a terminal as they are. Line numbers are those of the files after
    the patches, as far as these tell."""
    return [line for file in found.files for line in _file(file)]


def _file(file: FileInterdiff) -> Iterator[str]:
    old, new = file.old_path or file.new_path, file.new_path or file.old_path
    yield f"diff --git a/{old} b/{new}"
    if not file.old_path:
        yield f"new file mode {file.new_mode or _USUAL}"
    elif not file.new_path:
        yield f"deleted file mode {file.old_mode or _USUAL}"
    else:
        if file.old_mode != file.new_mode:
            yield from (f"old mode {file.old_mode}", f"new mode {file.new_mode}")
        if old != new:
            yield from (f"rename from {old}", f"rename to {new}")
    if file.is_binary:
        yield f"Binary file {new} differs"
    if file.stretches:
        yield f"--- {f'a/{old}' if file.old_path else _NOWHERE}"
        yield f"+++ {f'b/{new}' if file.new_path else _NOWHERE}"
    for stretch in file.stretches:
        yield from _stretch(stretch)


def _stretch(stretch: Stretch) -> Iterator[str]:
    levels = align(stretch.old, stretch.new)
    old_at, new_at = stretch.old_at, stretch.new_at
    done = 0
    starts = {id(one): at for at, one in enumerate(levels)}
    for hunk in hunks_of(levels):
        first = starts[id(hunk[0])]
        passed = levels[done:first]
        old_at, new_at = old_at + _count(passed, 0), new_at + _count(passed, 1)
        counts = _count(hunk, 0), _count(hunk, 1)
        ranges = f"-{_range(old_at, counts[0])} +{_range(new_at, counts[1])}"
        yield f"@@ {ranges} @@{_function(stretch, hunk)}"
        yield from signed(hunk, stretch.old, stretch.new)
        old_at, new_at, done = old_at + counts[0], new_at + counts[1], first + len(hunk)


def _count(levels: Sequence[Level], side: int) -> int:
    return sum(one[side] is not None for one in levels)


def _range(at: int, count: int) -> str:
    if not count:
        return f"{at - 1},0"
    return str(at) if count == 1 else f"{at},{count}"


def _function(stretch: Stretch, hunk: Sequence[Level]) -> str:
    """The nearest line above a hunk that begins in the first column, as git names functions."""
    lines = stretch.new
    first = next((one.right for one in hunk if one.right is not None), 0)
    above = (
        line for line in reversed(lines[max(0, first - _FAR) : first]) if _FUNCTION.match(line)
    )
    found = next(above, stretch.function)
    return f" {found.rstrip()[:80]}" if found else ""
