# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a series is looked at: where the user is, or else in the tree of its list."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from maintainer_kit.adapters.closing import Closing
from maintainer_kit.adapters.git.checking.facts import GitFacts
from maintainer_kit.adapters.settings import absolute_path
from maintainer_kit.checks.series import Series
from maintainer_kit.errors import ConfigError, RepositoryError
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.wiring.checkroom import Checkroom
from maintainer_kit.workflow.check import lists_of
from maintainer_kit.workflow.list_settings import TREE, list_trees, said_of

_ENOUGH = 100
"""Files of a series by which it is told whether a repository is that of its project."""


class Trees(Closing):
    """Rooms in the trees of lists, each opened once; a context manager."""

    def __init__(self, room: Checkroom) -> None:
        """``room`` is where the user is."""
        self._here = room
        self._rooms: dict[str, Checkroom] = {}
        self._stack = ExitStack()

    def close(self) -> None:
        self._stack.close()

    def room_of(self, series: Sequence[Series]) -> Checkroom:
        """Where the user is, if that is named or has any of the files that are changed; else where
        the list is collected, of which ``mkit.listTree`` says so. Raises ConfigError where that is
        no repository, and RepositoryError where a base is named and no repository is known."""
        here = self._here
        if here.wish.repository is None and here.settings.list_tree and not self._is_home(series):
            names = [one.lower().replace("@", ".") for one in lists_of(series)]
            if found := said_of(list_trees(here.settings), names):
                name, path = found[0], absolute_path(found[1])
                if path not in self._rooms:
                    self._rooms[path] = self._open(name, path)
                return self._rooms[path]
        if here.facts is None and here.wish.base:
            raise RepositoryError("this is no git repository", "name one: --repo DIR")
        return here

    def _is_home(self, series: Sequence[Series]) -> bool:
        facts = self._here.facts
        if facts is None:
            return False
        diffs = (patch.diff for one in series for patch in one.patches if patch.diff)
        changed = (file for diff in diffs for file in diff.files if file.change != "added")
        paths = (file.old_path or file.path for file in islice(changed, _ENOUGH))
        return any(facts.has_path(path) for path in paths if _is_inside(path))

    def _open(self, name: str, path: str) -> Checkroom:
        here = self._here
        facts = self._stack.enter_context(GitFacts(Path(path), here.wish.base))
        try:
            _ = facts.layout
        except RepositoryError as error:
            words = f"{TREE} of {visible_line(name)}: {visible_line(path)} is no git repository"
            raise ConfigError(words, f"git clone URL {path}, or mkit check --repo DIR") from error
        return Checkroom(here.wish, here.settings, facts, lambda series: here.background(series))


def _is_inside(path: str) -> bool:
    return not os.path.isabs(path) and ".." not in path.split("/") and "\0" not in path
