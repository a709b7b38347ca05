# SPDX-License-Identifier: GPL-2.0-or-later
"""Where lei leaves mails until they are imported: a Maildir of mkit's home for each search.

It is apart from the mail that notmuch knows, so that nothing which lei does to its own output (it
overwrites one that is asked for again, and writes flags) can touch a mail that is in.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.adapters.notmuch.new_directory import make_directory
from maintainer_kit.errors import StateError
from maintainer_kit.workflow.ports import BrokenMail, SourceMail

NAME = "track"
_PARTS = ("cur", "new")
_ASIDE = "broken"
_AT_ONCE = 1000


class TrackSpool:
    """Implements the port ``Spool``."""

    def __init__(self, home: Path) -> None:
        self._folder = home / NAME

    def path(self, name: str) -> str:
        """The Maildir of a search, which is there afterwards."""
        place = self._folder / name
        try:
            for part in (*_PARTS, "tmp"):
                make_directory(place / part)
        except OSError as error:
            raise _trouble(place, error) from error
        return str(place)

    def holds(self, path: str) -> bool:
        """Whether a Maildir is one of these."""
        return Path(path).parent == self._folder

    def count(self, name: str) -> int:
        """How many mails are waiting."""
        return sum(1 for _ in self._files(name))

    def mails(self, name: str) -> Iterator[list[SourceMail | BrokenMail]]:
        """Those that are waiting, some at a time."""
        files = iter(sorted(self._files(name)))
        while some := list(islice(files, _AT_ONCE)):
            yield list(MailSource([Path(one) for one in some]))

    def done(self, mails: Iterable[SourceMail | BrokenMail], broken: Iterable[str]) -> None:
        """They are imported for good; those that could not be are put aside, and kept."""
        kept = set(broken)
        for path in {one.path for one in mails}:
            try:
                if path in kept:
                    self._put_aside(Path(path))
                else:
                    Path(path).unlink(missing_ok=True)
            except OSError as error:
                raise _trouble(Path(path), error) from error

    def aside(self) -> Iterator[tuple[str, int]]:
        """The folders with what could not be imported, and how many files are in each."""
        for folder in sorted(self._folder.glob(f"*/{_ASIDE}")):
            with contextlib.suppress(OSError):
                if count := len(os.listdir(folder)):
                    yield str(folder), count

    def drop(self, name: str) -> None:
        """Remove the directories of a search, as far as they are empty."""
        place = self._folder / name
        for one in (*(place / part for part in (*_PARTS, "tmp")), place):
            with contextlib.suppress(OSError):
                one.rmdir()

    def _files(self, name: str) -> Iterator[str]:
        for part in _PARTS:
            try:
                with os.scandir(self._folder / name / part) as entries:
                    yield from (one.path for one in entries if one.is_file(follow_symlinks=False))
            except FileNotFoundError:
                continue
            except OSError as error:
                raise _trouble(self._folder / name / part, error) from error

    def _put_aside(self, path: Path) -> None:
        aside = path.parent.parent / _ASIDE
        make_directory(aside)
        with contextlib.suppress(FileNotFoundError):
            os.replace(path, aside / path.name)


def _trouble(path: Path, error: OSError) -> StateError:
    return StateError(f"{path}: {error.strerror}", "mkit doctor; then run the same again")
