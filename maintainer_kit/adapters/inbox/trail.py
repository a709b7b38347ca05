# SPDX-License-Identifier: GPL-2.0-or-later
"""How far each epoch may count as read, once so many of the mails that were given are in."""

from __future__ import annotations

from collections import deque

from maintainer_kit.workflow.inbox import Mark, Marks

_MOST_MISSING = 1000
"""Blobs of an epoch that are remembered as missing; with more of them it is read again."""


class Trail:
    """Which commit was reached after how many mails."""

    def __init__(self, marks: Marks) -> None:
        self._marks = dict(marks)
        self._steps: deque[tuple[int, str, str]] = deque()
        self._missing: dict[str, list[str]] = {}
        self._stuck: set[str] = set()

    def forget(self, epoch: str) -> None:
        """The mark of an epoch means nothing any more."""
        self._marks.pop(epoch, None)

    def lost(self, epoch: str, blob: str) -> None:
        """A mail of an epoch could not be read."""
        missing = self._missing.setdefault(epoch, [])
        if len(missing) < _MOST_MISSING:
            missing.append(blob)
        else:
            self._stuck.add(epoch)

    def reach(self, given: int, epoch: str, commit: str) -> None:
        """All of a commit was given, with the mail of number ``given`` as the last."""
        if epoch in self._stuck:
            return
        if self._steps and self._steps[-1][:2] == (given, epoch):
            self._steps.pop()
        self._steps.append((given, epoch, commit))

    def marks(self, given: int | None) -> Marks:
        """The marks after so many mails, or after all."""
        while self._steps and (given is None or self._steps[0][0] <= given):
            _, epoch, commit = self._steps.popleft()
            self._marks[epoch] = Mark(commit, tuple(self._missing.get(epoch, ())))
        return dict(self._marks)
