# SPDX-License-Identifier: GPL-2.0-or-later
"""A small menu of all states, one letter each."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.strip import Strip

from maintainer_kit.tui.cells import line
from maintainer_kit.tui.lines import CursorView
from maintainer_kit.tui.queue_cells import style_of_state
from maintainer_kit.tui.themes import Look

_LETTERS = {
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


def letters(settable: Sequence[str]) -> dict[str, str]:
    """A key for each state: the usual ones, then the first free letter of a name."""
    found = {key: name for key, name in _LETTERS.items() if name in settable}
    for name in settable:
        if name not in found.values():
            free = (one for one in name + ascii_lowercase if one.isalpha() and one not in found)
            key = next((one for one in free if one != "q"), "")
            found.update({key: name} if key else {})
    return found


class _States(CursorView):
    DEFAULT_CSS = "_States { height: auto; }"

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.settable = look.states.settable
        self.letters = letters(self.settable)

    def on_mount(self) -> None:
        self.set_lines(len(self.settable))

    def can_stand(self, number: int) -> bool:
        return 0 <= number < len(self.settable)

    def body_at(self, number: int, width: int) -> Strip:
        state = self.settable[number]
        letter = next((key for key, name in self.letters.items() if name == state), " ")
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
        elif event.key in self._states.letters:
            event.stop()
            self.dismiss(self._states.letters[event.key])

    @on(CursorView.Chosen)
    def _choose(self) -> None:
        self.dismiss(self._states.settable[self._states.cursor])
