# SPDX-License-Identifier: GPL-2.0-or-later
"""Two patches told apart as ``git range-diff`` does, from their texts alone.

git compares what it prints of two commits, their trees do not matter; so mails can be compared in
the same way, without a repository.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from maintainer_kit.checks.patch import Patch
from maintainer_kit.render.line_diff import diff_lines
from maintainer_kit.workflow.comparing.shape import FileShape, shape_of

_SECTION = re.compile(r" ## (.*) ##$")
_HUNK = re.compile(r".?@@ (.*)$")
_FAR = 2000
"""Lines above that are looked through for a heading."""


def range_diff_lines(old: Patch, new: Patch) -> list[str]:
    """What differs, line by line, without git's indent; nothing where nothing does. Not fit for a
    terminal as they are."""
    return diff_lines(told_lines(old), told_lines(new), _heading)


def told_lines(patch: Patch) -> list[str]:
    """A patch as git range-diff reads commits."""
    return list(_told(patch))


def _told(patch: Patch) -> Iterator[str]:
    yield " ## Metadata ##"
    yield f"Author: {patch.author.name} <{patch.author.address}>"
    yield ""
    yield " ## Commit message ##"
    for line in (patch.title, *(("", *patch.body) if patch.body else ())):
        yield f"    {line.rstrip()}" if line.strip() else ""
    for file in shape_of(patch.diff_text).files:
        yield ""
        yield f" ## {_name(file)} ##"
        yield from file.binary
        for hunk in file.hunks:
            yield f"@@ {file.path}: {hunk.heading}" if hunk.heading else "@@"
            yield from hunk.lines


def _name(file: FileShape) -> str:
    modes = f" (mode change {' => '.join(file.modes)})" if len(file.modes) == 2 else ""
    if file.change == "added":
        return f"{file.path} (new)"
    if file.change == "deleted":
        return f"{file.path} (deleted)"
    if file.old_path != file.path:
        return f"{file.old_path} => {file.path}{modes}"
    return f"{file.path}{modes}"


def _heading(lines: Sequence[str], at: int) -> str:
    """What stands behind ``@@``: the nearest heading above a line."""
    for line in reversed(lines[max(0, at - _FAR) : at]):
        if line[:4] != " ## " and "@@" not in line[:3]:
            continue
        if found := _SECTION.match(line) or _HUNK.match(line):
            return f"@@ {found[1]}"[:80]
    return "@@"
