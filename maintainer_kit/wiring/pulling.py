# SPDX-License-Identifier: GPL-2.0-or-later
"""The archives that a pull asks, opened once each, and its memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING

from maintainer_kit.adapters.lore.lore import LoreArchive
from maintainer_kit.adapters.lore.marks import FileMarks
from maintainer_kit.workflow.ports import Progress
from maintainer_kit.workflow.pulling.pull import Pull

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.wiring.workspace import Workspace


@contextmanager
def open_pull(
    workspace: Workspace, heard: Callable[[int], None], progress: Progress, *, fresh: bool = False
) -> Iterator[Pull]:
    """A run of ``pull``; ``heard`` is told of each answer's size in bytes."""
    cache = workspace.home.root / "cache" / "lore"
    opened: dict[str, LoreArchive] = {}
    with ExitStack() as stack:

        def archive(address: str) -> LoreArchive:
            if address not in opened:
                made = LoreArchive(address, cache, heard)
                opened[address] = stack.enter_context(closing(made))
            return opened[address]

        marks = FileMarks(workspace.home.root)
        yield Pull(workspace.stores, archive, marks, progress, fresh)
