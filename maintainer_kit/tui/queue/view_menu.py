# SPDX-License-Identifier: GPL-2.0-or-later
"""The menu of all views with what they hold."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.model.query.view import View
from maintainer_kit.tui.parts.menu import Choice, Menu, letters
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.tui.queue.view_counts import ViewCounts
from maintainer_kit.tui.queue.view_keys import NUMBERED


def view_menu(look: Look, views: Sequence[View], counts: ViewCounts) -> Menu:
    """Gives the name of a view."""
    keys = {view.name: str(number) for number, view in enumerate(views[:NUMBERED], 1)}
    rest = [view.name for view in views[NUMBERED:]]
    keys |= {name: key for key, name in letters(rest, {}).items()}
    choices = [
        Choice(keys.get(view.name, ""), view.words, view.name, held(view, counts)) for view in views
    ]
    return Menu(look, "view", choices, width=76)


def held(view: View, counts: ViewCounts) -> str:
    """How much a view holds, and what it asks; a reason where that cannot be told."""
    number = str(counts.known.get(view.name, ""))
    if view.name in counts.unknown:
        number = "-"
    asks = counts.unknown.get(view.name) or view.query or "*"
    return f"{number:>6}  {asks}"
