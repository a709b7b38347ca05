# SPDX-License-Identifier: GPL-2.0-or-later
"""Drafts that are changed in memory only: to show what would be sent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from maintainer_kit.model.reply.draft import Draft
from maintainer_kit.workflow.replying.ports import Drafts


class ScratchDrafts:
    """Implements the port ``Drafts`` over another one, which is only read."""

    def __init__(self, kept: Drafts) -> None:
        self._kept = kept
        self._changed: dict[str, Draft | None] = {}

    def get(self, draft_id: str) -> Draft | None:
        if draft_id in self._changed:
            return self._changed[draft_id]
        return self._kept.get(draft_id)

    def all(self) -> list[Draft]:
        found: dict[str, Draft | None] = {one.id: one for one in self._kept.all()}
        return [one for one in (found | self._changed).values() if one is not None]

    def put(self, draft: Draft) -> None:
        self._changed[draft.id] = draft

    def remove(self, draft_id: str) -> None:
        self._changed[draft_id] = None

    @contextmanager
    def changing(self) -> Iterator[None]:
        yield

    def sending(self, wait: float = 0.0) -> AbstractContextManager[bool]:
        return self._kept.sending(wait)
