# SPDX-License-Identifier: GPL-2.0-or-later
"""The views of the queue, on the number keys in this order."""

from __future__ import annotations

from dataclasses import dataclass

from maintainer_kit.model.queue.verdict import Turn


@dataclass(frozen=True, slots=True)
class View:
    """A part of the queue."""

    name: str
    words: str
    short: str
    empty: str
    """What is said when there is nothing in it."""
    turn: Turn | None = None
    open_only: bool = True


VIEWS = (
    View("all", "needs action", "action", "Nothing needs anybody."),
    View("me", "your turn", "yours", "Nothing waits for you.", Turn.ME),
    View("author", "author", "author", "Nothing waits for its author.", Turn.AUTHOR),
    View("reviewer", "review", "review", "Nothing waits for review.", Turn.REVIEWER),
    View("everything", "everything", "all", "There is no mail yet.", open_only=False),
)
BY_NAME = {view.name: view for view in VIEWS}
