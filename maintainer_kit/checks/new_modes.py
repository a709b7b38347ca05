# SPDX-License-Identifier: GPL-2.0-or-later
"""Files that a diff makes executable."""

from __future__ import annotations

from collections.abc import Iterator

from maintainer_kit.checks.patch import Patch
from maintainer_kit.lazy.dataclass import dataclass

_NEW_FILE = "new file mode 100755"
_CHANGED = "new mode 100755"


@dataclass(frozen=True, slots=True)
class NewMode:
    """A file, and the line of the diff that makes it executable."""

    path: str
    index: int
    line: str
    is_new: bool
    first_line: str | None
    """Of the file, where the diff shows it."""


def new_modes(patch: Patch) -> Iterator[NewMode]:
    """All of a diff, in order; lines of a file's contents begin with a sign, and are none."""
    files = patch.diff.files if patch.diff else ()
    first = {
        one.path: one.text for one in reversed(patch.changes) if one.sign == "+" and one.line == 1
    }
    at_file = -1
    inside = False
    for at, line in enumerate(patch.diff_lines):
        if line.startswith("diff --git "):
            at_file, inside = at_file + 1, True
        elif line.startswith(("@@ -", "--- ")):
            inside = False
        elif inside and line in (_NEW_FILE, _CHANGED) and 0 <= at_file < len(files):
            path = files[at_file].path
            is_empty = line == _NEW_FILE and path not in first
            yield NewMode(path, at, line, line == _NEW_FILE, "#!" if is_empty else first.get(path))
