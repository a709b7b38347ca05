# SPDX-License-Identifier: GPL-2.0-or-later
"""The patches of a folder of quilt's, and what is to be said of those that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.reading import patch_of_mail
from maintainer_kit.errors import NotFound
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.workflow.quilting.as_git import as_git, has_dos_ends
from maintainer_kit.workflow.quilting.names import SUFFIX, words_of
from maintainer_kit.workflow.quilting.ports import QuiltFolder
from maintainer_kit.workflow.quilting.record import Record, split_record
from maintainer_kit.workflow.quilting.series import MOST, Entry, read_series

_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}:[ \t]|From [^\n]{1,200}\n")
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class FolderSeries:
    """What a folder holds."""

    place: str
    patches: tuple[Patch, ...]
    """In the order of the series; ``path`` is the name that it has there."""
    problems: tuple[str, ...]
    """What was left out, or read otherwise than it is, a line each."""
    record: Record | None
    """Of the export that it comes from."""
    lacks: tuple[str, ...] = ()
    """Names that the series lists, and whose patches could not be read."""


def read_folder(folder: QuiltFolder) -> FolderSeries:
    """Raises NotFound without a series file, and Refused for one that leads out of its folder."""
    text = folder.series()
    if text is None:
        raise NotFound(f"{folder.place} has no series file", "quilt series, or name DIR")
    record, _ = split_record(text)
    reader = _Reader(folder)
    patches = tuple(reader.patches(read_series(text)))
    problems = list(reader.problems)
    if has_dos_ends(text.encode("utf-8", "surrogateescape")):
        problems.insert(0, "series has CRLF line ends, which are taken for plain ones")
    return FolderSeries(folder.place, patches, tuple(problems), record, tuple(reader.lacks))


class _Reader:
    def __init__(self, folder: QuiltFolder) -> None:
        self._folder = folder
        self.problems: list[str] = []
        self.lacks: list[str] = []

    def patches(self, entries: list[Entry]) -> Iterator[Patch]:
        if len(entries) == MOST:
            self.problems.append(f"no more than {MOST} patches of the series are read")
        for entry in entries:
            name = visible_line(entry.name)[:_SHOWN]
            if entry.guard:
                self.problems.append(f"{name}: left out by its guard {visible_line(entry.guard)}")
            elif entry.unknown:
                self._lack(entry, f"{name}: only quilt understands {visible_line(entry.unknown)}")
            elif patch := self._read(entry, name):
                yield patch

    def _read(self, entry: Entry, name: str) -> Patch | None:
        try:
            data = self._folder.read(entry.name)
        except NotFound:
            self._lack(entry, f"{name}: listed in line {entry.line}, and not there")
            return None
        if has_dos_ends(data):
            self.problems.append(f"{name}: CRLF line ends, which are taken for plain ones")
            data = data.replace(b"\r\n", b"\n")
        patch = patch_of_mail(_with_head(entry.name, as_git(data, entry.strip)), entry.name)
        if not patch.diff_text:
            self.problems.append(f"{name}: holds no diff")
            return None
        if patch.diff and patch.diff.damage:
            self.problems.append(f"{name}: {patch.diff.damage}")
        return patch

    def _lack(self, entry: Entry, words: str) -> None:
        self.problems.append(words)
        self.lacks.append(entry.name)


def _with_head(name: str, data: bytes) -> bytes:
    """A patch file without a head of a mail's has the title that its name tells, as git
    quiltimport does it."""
    if _HEADER.match(data):
        return data
    title = words_of(name.rpartition("/")[2].removesuffix(SUFFIX).removesuffix(".diff"))
    return b"Subject: " + visible_line(title).encode("utf-8", "replace") + b"\n\n" + data
