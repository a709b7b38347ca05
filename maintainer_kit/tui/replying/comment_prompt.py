# SPDX-License-Identifier: GPL-2.0-or-later
"""The line in which a comment is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from maintainer_kit.tui.parts.prompt import Prompt
from maintainer_kit.tui.parts.themes import Look

_HELP = "Enter keeps it as a draft; ^E, or an empty line, opens your editor; Esc leaves"


class CommentPrompt(Prompt):
    """Asks for a comment, or leads to an editor for a longer one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the line itself, where it leads to the end.
        Binding("ctrl+e", "editor", "editor", show=False, priority=True)
    ]

    def __init__(self, look: Look, value: str, longer: Callable[[str], None]) -> None:
        """``longer`` is called with what is typed so far."""
        super().__init__(look, "comment", _HELP, value)
        self._longer = longer

    def action_editor(self) -> None:
        self._longer(self.query_one(Input).value)
