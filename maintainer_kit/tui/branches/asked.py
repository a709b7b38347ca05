# SPDX-License-Identifier: GPL-2.0-or-later
"""What the screen of branches asks the app for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:  # not before somebody asks
    from maintainer_kit.tui.branches.screen import BranchesScreen


class BranchesWanted(Message):
    """The repositories are to be looked at."""

    def __init__(self, screen: BranchesScreen) -> None:
        super().__init__()
        self.screen = screen
