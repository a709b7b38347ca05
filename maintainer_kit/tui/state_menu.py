# SPDX-License-Identifier: GPL-2.0-or-later
"""A small menu of all states, one letter each."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.strip import Strip

from maintainer_kit.model.decision.state import SETTABLE
from maintainer_kit.tui.cells import line
from maintainer_kit.tui.lines import CursorView
from maintainer_kit.tui.queue_cells import style_of_state
from maintainer_kit.tui.themes import Look

LETTERS = {
    "n": "new",
    "u": "under-review",
    "c": "changes-requested",
    "f": "rfc",
    "w": "awaiting-upstream",
    "d": "deferred",
    "a": "accepted",
    "x": "not-applicable",
    "r": "rejected",
}


class _States(CursorView):
    DEFAULT_CSS = "_States { height: auto; }"

    def on_mount(self) -> None:
        self.set_lines(len(SETTABLE))

    def can_stand(self, number: int) -> bool:
        return 0 <= number < len(SETTABLE)

    def body_at(self, number: int, width: int) -> Strip:
        state = SETTABLE[number]
        letter = next((key for key, name in LETTERS.items() if name == state), " ")
        palette = self.look.palette
        # What has no colour of its own elsewhere must be read here all the same.
        style = style_of_state(state, self.look)
        style = palette.text if style is palette.faint else style
        return line([(f" {letter}  ", palette.key), (state, style)], width)


class StateMenu(ModalScreen[str | None]):
    """Gives the state that is picked, None when Escape is."""

    DEFAULT_CSS = """
    StateMenu { align: center middle; background: $background 60%; }
    StateMenu:ansi { background: transparent; }
    StateMenu > Vertical {
        width: 30; height: auto; background: $background;
        border-title-color: $accent;
    }
    StateMenu > .round { border: round $accent; }
    StateMenu > .ascii { border: ascii $accent; }
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._states = _States(look)

    def compose(self) -> ComposeResult:
        with Vertical(classes=self._states.look.frame) as box:
            box.border_title = "state"
            yield self._states

    def on_mount(self) -> None:
        self._states.focus()

    def on_key(self, event: events.Key) -> None:
        if event.key in ("escape", "q"):
            event.stop()
            self.dismiss(None)
        elif event.key in LETTERS:
            event.stop()
            self.dismiss(LETTERS[event.key])

    @on(CursorView.Chosen)
    def _choose(self) -> None:
        self.dismiss(SETTABLE[self._states.cursor])
