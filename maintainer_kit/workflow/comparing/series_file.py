# SPDX-License-Identifier: GPL-2.0-or-later
"""The files of a side after all of its patches, as far as these show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from maintainer_kit.checks.patch import Patch
from maintainer_kit.model.mail.text import count_of
from maintainer_kit.workflow.comparing.shape import FileShape, Hunk, shape_of
from maintainer_kit.workflow.comparing.sparse import SparseFile

_MOST_HUNKS = 2000
"""Of one file; nobody writes more, and each is looked for among the others."""


class Contents(Protocol):
    """Where contents of files are found. Raises nothing: what is not there is None."""

    def lines(self, blob: str) -> list[str] | None:
        """The lines of a text by the id of its blob, which may be abbreviated; None where no
        repository has it, or it is no text."""


class NoContents:
    """Where there is no repository."""

    def lines(self, blob: str) -> list[str] | None:
        return None


@dataclass(slots=True)
class SeriesFile:
    """One file on its way."""

    origin: str
    """Its path before all patches; of a new file its first one."""
    path: str
    text: SparseFile
    is_new: bool = False
    is_gone: bool = False
    first_mode: str = ""
    """What it was before a patch gave it another; empty where none did."""
    mode: str = ""
    """The last that a patch gave it."""
    binary: tuple[str, ...] = ()
    unfit: list[str] = field(default_factory=list)
    """Which patches do not fit, in words."""
    taken: list[tuple[Hunk, ...]] = field(default_factory=list)
    """The hunks of each patch so far."""

    def take(self, name: str, shape: FileShape) -> None:
        """Change it as a patch does. One that does not fit is told of, and the file is known by its
        hunks alone from then on."""
        self.taken.append(shape.hunks)
        unfit = self.text.apply(shape.hunks)
        if not unfit:
            return
        self.unfit.append(f"{name} does not apply to {shape.path}: {count_of(unfit, 'hunk')}")
        if self.text.is_whole:
            self.text = SparseFile()
            for hunks in self.taken:
                self.text.apply(hunks)


class SeriesFiles:
    """All files that some patches change, one after the other."""

    def __init__(self, patches: Iterable[tuple[str, Patch]], contents: Contents) -> None:
        """``patches`` come with what they are called in words."""
        self._by_path: dict[str, SeriesFile] = {}
        self._done: list[SeriesFile] = []
        """Those whose path another one has now."""
        self.problems: list[str] = []
        self._contents = contents
        for name, patch in patches:
            self._apply(name, patch)

    @property
    def files(self) -> Iterator[SeriesFile]:
        yield from self._done
        yield from self._by_path.values()

    @property
    def told(self) -> Iterator[str]:
        """What is wrong, a line each."""
        yield from self.problems
        for file in self.files:
            yield from file.unfit

    def _apply(self, name: str, patch: Patch) -> None:
        shape = shape_of(patch.diff_text)
        if shape.damage:
            self.problems.append(f"{name} is mangled: {shape.damage}")
        for file in shape.files:
            found = self._file(file)
            if sum(map(len, found.taken)) + len(file.hunks) > _MOST_HUNKS:
                told = f"{file.path} is changed in more than {_MOST_HUNKS} places"
                self.problems += [told] if told not in self.problems else []
                continue
            found.take(name, file)

    def _file(self, shape: FileShape) -> SeriesFile:
        """The file that a part of a diff speaks of, renamed, deleted or made as it says."""
        found = self._by_path.get(shape.old_path)
        if found is None or shape.change == "copied":
            found = self._begin(shape)
        if shape.path != found.path:
            self._by_path.pop(found.path, None)
        other = self._by_path.get(shape.path)
        if other is not None and other is not found:
            self._done.append(other)
        found.path = shape.path
        self._by_path[shape.path] = found
        found.is_gone = shape.change == "deleted"
        if shape.modes:
            found.first_mode = found.first_mode or shape.modes[0]
            found.mode = shape.modes[-1]
        found.binary = shape.binary or found.binary
        return found

    def _begin(self, shape: FileShape) -> SeriesFile:
        is_new = shape.change == "added"
        base = [] if is_new else self._contents.lines(shape.blob) if shape.blob else None
        return SeriesFile(shape.old_path, shape.old_path, SparseFile(base), is_new=is_new)
