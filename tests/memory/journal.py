# SPDX-License-Identifier: GPL-2.0-or-later
"""A Journal in memory."""

from __future__ import annotations

from collections.abc import Iterable

from maintainer_kit.model.decision.event import Group
from maintainer_kit.workflow.ports import JournalView


class MemoryJournal:
    """Implements the port ``Journal``; ``lines`` is the file, open to tests."""

    def __init__(self) -> None:
        self.lines: list[Group | frozenset[tuple[str, str]]] = []

    def append(self, group: Group) -> None:
        self.lines.append(group)

    def mark_written(self, group_ids: Iterable[str], uuid: str) -> None:
        listed = frozenset((one, uuid) for one in group_ids)
        if listed:
            self.lines.append(listed)

    def read(self, since: str = "") -> JournalView:
        start = self._position(since)
        fresh = self.lines[start or 0 :]
        groups = tuple(one for one in fresh if isinstance(one, Group))
        notes = [one for one in fresh if not isinstance(one, Group)]
        marks = frozenset[tuple[str, str]]().union(*notes)
        return JournalView(groups, marks, self._mark(len(self.lines)), start is None)

    def _mark(self, length: int) -> str:
        return f"{length}:{hash(tuple(self.lines[:length]))}"

    def _position(self, mark: str) -> int | None:
        """Where a mark points; None when the journal before it is another one."""
        length, _, _ = mark.partition(":")
        if not length.isdecimal() or int(length) > len(self.lines):
            return None
        return int(length) if self._mark(int(length)) == mark else None
