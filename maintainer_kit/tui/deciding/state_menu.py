# SPDX-License-Identifier: GPL-2.0-or-later
"""The menu of all states that can be set."""

from __future__ import annotations

from maintainer_kit.tui.parts.menu import Choice, Menu, letters
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.tui.queue.cells import style_of_state

USUAL = {
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


def state_menu(look: Look) -> Menu:
    """Gives the name of a state."""
    keys = {name: key for key, name in letters(look.states.settable, USUAL).items()}
    choices = []
    for name in look.states.settable:
        style = style_of_state(name, look)
        # What has no colour of its own elsewhere must be read here all the same.
        style = look.palette.text if style is look.palette.faint else style
        choices.append(Choice(keys.get(name, ""), name, name, style=style))
    return Menu(look, "state", choices, width=30)
