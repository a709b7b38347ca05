# SPDX-License-Identifier: GPL-2.0-or-later
"""The ancestors of one commit: its history, read from git as far as it was needed."""

from __future__ import annotations

from itertools import islice

from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.revisions import is_ancestor
from maintainer_kit.adapters.git.running import Running

_AT_ONCE = 50_000
"""Commits that are read for one question; older ones are asked for singly."""
_DIGITS = 16
"""Hexadecimal digits that are kept of an id: 1.3 million ids of Linux take about 110 MB."""


class Ancestry:
    """The ancestors of one commit, itself included."""

    def __init__(self, git: Git, commit: str, at_once: int = _AT_ONCE) -> None:
        self._git = git
        self._commit = commit
        self._at_once = at_once
        self._known: set[int] = set()
        self._running: Running | None = None
        self._is_whole = False
        self._rest = b""
        self._asked: dict[str, bool] = {}

    def has(self, older: str) -> bool:
        """Whether a commit, by its full id, is one of them."""
        key = int(older[:_DIGITS], 16)
        if key in self._known:
            return True
        if older in self._asked:
            return self._asked[older]
        if not self._is_whole and not self._read_until(key):
            # git knows tricks (commit-graph) that make one question cheaper than the walk.
            self._asked[older] = self._ask(older)
            return self._asked[older]
        return key in self._known

    def close(self) -> None:
        if self._running is not None:
            self._running.close()
            self._running = None

    def _read_until(self, key: int) -> bool:
        """Read on until the commit turns up or all is read; False when it takes too long."""
        if self._running is None:
            self._running = self._git.start("rev-list", self._commit, "--")
        limit = len(self._known) + self._at_once
        while key not in self._known:
            if len(self._known) > limit:
                return False
            more = self._running.read()
            if not more:
                self._finish(self._running)
                return True
            lines = (self._rest + more).split(b"\n")
            self._rest = lines[-1]
            self._known.update(int(line[:_DIGITS], 16) for line in islice(lines, len(lines) - 1))
        return True

    def _finish(self, running: Running) -> None:
        result = running.end()
        self.close()
        if result.code:
            raise self._git.failure("rev-list", result.stderr)
        self._is_whole = True

    def _ask(self, older: str) -> bool:
        return is_ancestor(self._git, older, self._commit)
