# SPDX-License-Identifier: GPL-2.0-or-later
"""The files of a patch, to go to one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from maintainer_kit.tui.parts.menu import Choice, Menu
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.tui.topic.page import FilePart

_MOST = 2000
_WIDTH = 76
_LONGEST = 44
"""Characters of a path: what the menu shows."""
_INDENT = 20


def files_menu(look: Look, files: Sequence[FilePart]) -> Menu:
    """Gives the first line of the file's diff, as a number in letters."""
    note = f"and {len(files) - _MOST} more" if len(files) > _MOST else ""
    return Menu(look, "Files", list(_choices(files[:_MOST])), width=_WIDTH, note=note)


def _choices(files: Sequence[FilePart]) -> Iterator[Choice]:
    """Files below their folder, as a tree has them; a digit picks one of the first nine."""
    number = 0
    for folder, group in groupby(files, key=_folder):
        for at, one in enumerate(group):
            number += 1
            indent = len(folder) + 1 if folder and at else 0
            # The end of a long path tells more than its beginning.
            words = " " * min(indent, _INDENT) + one.path[indent:][-_LONGEST:]
            key = str(number) if number <= 9 else ""
            yield Choice(key, words, str(one.start), _counts(one))


def _folder(file: FilePart) -> str:
    return file.path.rpartition("/")[0]


def _counts(file: FilePart) -> str:
    how = "" if file.change == "modified" else f"  {file.change}"
    return f"+{file.added} -{file.removed}{how}"
