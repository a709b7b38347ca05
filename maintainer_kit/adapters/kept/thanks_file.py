# SPDX-License-Identifier: GPL-2.0-or-later
"""Which thanks were drafted: ``thanks.jsonl`` of the home, JSON lines that are only added to.

``{"thanks": Message-ID, "tree": ..., "branch": ..., "patches": [[Message-ID, commit], ...],
"text": ...}``, as ``workflow.thanking.ports.Thanked`` has them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from maintainer_kit.adapters.journal import FileJournal
from maintainer_kit.errors import StateError
from maintainer_kit.workflow.thanking.ports import Thanked

NAME = "thanks.jsonl"
_WORDS = ("thanks", "tree", "branch", "text")


class ThanksFile:
    """Implements the port ``ThanksRecords``."""

    def __init__(self, home: Path) -> None:
        self._file = FileJournal(home / NAME)
        self._known: list[Thanked] | None = None

    def about(self, message_ids: Collection[str]) -> Sequence[Thanked]:
        wanted = set(message_ids)
        if self._known is None:
            found = (one for line in self._file.lines() if (one := _load(line)))
            self._known = list({one.message_id: one for one in found}.values())
        return [one for one in self._known if any(patch in wanted for patch, _ in one.patches)]

    def add(self, thanked: Thanked) -> None:
        fields = {
            **dict(zip(_WORDS, _words(thanked), strict=True)),
            "patches": [list(pair) for pair in thanked.patches],
        }
        try:
            self._file.append_all([json.dumps(fields, separators=(",", ":")).encode()])
        except StateError as error:
            words = error.message.removesuffix("; nothing was decided")
            raise StateError(f"{words}; the draft is kept", "make room") from error
        self._known = None


def _words(one: Thanked) -> tuple[str, ...]:
    return one.message_id, one.tree, one.branch, one.text


def _load(line: bytes) -> Thanked | None:
    """None for what means nothing."""
    try:
        fields: Any = json.loads(line)
        message_id, tree, branch, text = (fields[name] for name in _WORDS)
        patches = tuple((one, commit) for one, commit in fields["patches"])
    except (ValueError, TypeError, KeyError):
        return None
    words = (message_id, tree, branch, text, *(word for pair in patches for word in pair))
    if not all(isinstance(one, str) for one in words):
        return None
    return Thanked(message_id, tree, branch, patches, text)
