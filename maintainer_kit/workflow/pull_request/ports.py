# SPDX-License-Identifier: GPL-2.0-or-later
"""What pull requests need from the outside besides a desk, as protocols."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Note:
    """What is kept beside the draft of a request."""

    ref: str
    tip: str
    url: str
    why: str
    """The reason that was given for sending it in spite of what was found; empty without one."""
    failed: tuple[str, ...]
    """What that was, a line each."""
    text_hash: str
    """Of the text as it was made: an editor may have changed it since."""


class Notes(Protocol):
    """Where they are kept; they outlive the drafts."""

    def get(self, draft_id: str) -> Note | None: ...

    def put(self, draft_id: str, note: Note) -> None:
        """Durable when it returns."""
