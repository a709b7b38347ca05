# SPDX-License-Identifier: GPL-2.0-or-later
"""Find public-inbox archives, of both versions, among files: see public-inbox-v2-format(5)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.inbox.history import find_tip, open_epoch
from maintainer_kit.adapters.inbox.news import GitNews
from maintainer_kit.adapters.mail.source import MAILDIR, REPOSITORY, is_repository
from maintainer_kit.errors import RepositoryError
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.workflow.inbox import Marks, News

_EPOCH = re.compile(r"(\d{1,6})\.git")
_TREE = re.compile(r"100\d{3} blob [0-9a-f]+\t[md]|040000 tree [0-9a-f]+\t[0-9a-f]{2}")
_MOST_OF_TREE = 1 << 16


@dataclass(frozen=True, slots=True)
class GitInbox:
    """One archive; implements the port ``Inbox``."""

    path: Path
    """Its folder, or its only repository."""
    folders: tuple[Path, ...]
    """Its repositories, the oldest first."""

    @property
    def name(self) -> str:
        return str(self.path)

    @property
    def epochs(self) -> tuple[str, ...]:
        return tuple(map(str, self.folders))

    def news(self, marks: Marks) -> AbstractContextManager[News]:
        return GitNews(self.folders, marks)


def find_inboxes(paths: Sequence[Path]) -> list[GitInbox]:
    """The archives in some files and folders, each once, in a fixed order."""
    found: dict[Path, GitInbox] = {}
    for path in paths:
        for inbox in _walk(path.resolve()):
            found.setdefault(inbox.path, inbox)
    return list(found.values())


def _walk(top: Path) -> Iterator[GitInbox]:
    left = [top]
    while left:
        folder = left.pop()
        names = _folders_and_head(folder)
        inbox = _inbox_at(folder, names)
        if inbox is not None:
            yield inbox
        elif not names >= REPOSITORY:
            below = names - {"HEAD", "tmp", *(MAILDIR if names >= MAILDIR else ())}
            left += [folder / name for name in sorted(below, reverse=True) if name[0] != "."]


def _folders_and_head(folder: Path) -> frozenset[str]:
    """Names of the folders in one, and ``HEAD``; what cannot be read is told by who reads it."""
    try:
        with os.scandir(folder) as entries:
            return frozenset(
                one.name
                for one in entries
                if one.name == "HEAD" or one.is_dir(follow_symlinks=False)
            )
    except OSError:
        return frozenset()


def _inbox_at(folder: Path, names: frozenset[str]) -> GitInbox | None:
    """The archive whose place this is."""
    if names >= REPOSITORY:
        return _inbox_of_repository(folder)
    if "git" in names and (epochs := _epochs(folder / "git")):
        return GitInbox(folder, epochs)
    if folder.name == "git" and (epochs := _epochs(folder)):
        return GitInbox(folder.parent, epochs)
    if ".git" in names and _may_be_checkout(folder, names) and _holds_mails(Git(folder)):
        return GitInbox(folder, (folder,))
    return None


def _inbox_of_repository(folder: Path) -> GitInbox | None:
    if folder.name == "all.git" and (epochs := _epochs(folder.parent / "git")):
        return GitInbox(folder.parent, epochs)
    if _EPOCH.fullmatch(folder.name) or _holds_mails(open_epoch(folder)):
        return GitInbox(folder, (folder,))
    return None


def _epochs(folder: Path) -> tuple[Path, ...]:
    """The repositories of a folder that are named by numbers, in their order."""
    try:
        names = [found for name in os.listdir(folder) if (found := _EPOCH.fullmatch(name))]
    except OSError:
        return ()
    ordered = sorted(names, key=lambda found: (int(found[1]), found[0]))
    paths = (folder / found[0] for found in ordered)
    return tuple(path for path in paths if is_repository(path))


def _may_be_checkout(folder: Path, names: frozenset[str]) -> bool:
    """Whether a work tree could be one of an archive: git is asked of no other."""
    others = names - {".git"}
    if others:
        return all(re.fullmatch("[0-9a-f]{2}", name) for name in others)
    return any((folder / name).is_file() for name in "md")


def _holds_mails(git: Git) -> bool:
    """Whether the newest commit has the tree of an archive."""
    try:
        tip = find_tip(git)
        if not tip:
            return False
        with git.start("ls-tree", "--full-tree", tip, "--") as running:
            lines = running.read()[:_MOST_OF_TREE].decode("utf-8", "replace").split("\n")
    except RepositoryError:
        return False
    whole = lines[:-1]
    return bool(whole) and all(_TREE.fullmatch(line) for line in whole)
