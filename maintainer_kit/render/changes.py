# SPDX-License-Identifier: GPL-2.0-or-later
"""What a decision would change, for ``--dry-run``: as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.render.json_topics import envelope

if TYPE_CHECKING:
    from maintainer_kit.workflow.decide import Change


def changes_text(changes: Sequence[Change], subjects: Mapping[str, str]) -> Iterator[str]:
    """A line for each message that would change: ``new -> accepted  [PATCH v2 1/3] ...``."""
    real = [one for one in changes if one.is_one]
    for one in real:
        before, after = one.before or "-", one.event.value or "-"
        words = subjects.get(one.event.message_id) or one.event.message_id
        yield visible_line(f"{one.event.kind}: {before} -> {after}  {words}")
    same = len(changes) - len(real)
    rest = f"; {same} already so" if same else ""
    yield f"{count_of(len(real), 'message')} would change{rest}; nothing was decided"


def changes_json(changes: Sequence[Change]) -> dict[str, Any]:
    """``{"dry_run": true, "changes": [{"message_id", "kind", "before", "after"}]}``."""
    listed = [
        {
            "message_id": one.event.message_id,
            "kind": one.event.kind.value,
            "before": one.before,
            "after": one.event.value,
        }
        for one in changes
        if one.is_one
    ]
    return envelope(dry_run=True, changes=listed)
