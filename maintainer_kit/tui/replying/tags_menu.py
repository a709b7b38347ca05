# SPDX-License-Identifier: GPL-2.0-or-later
"""The menu of trailers that one can give."""

from __future__ import annotations

from maintainer_kit.model.reply.words import NAMES
from maintainer_kit.tui.parts.menu import Choice, Menu
from maintainer_kit.tui.parts.themes import Look


def tags_menu(look: Look) -> Menu:
    """Gives the name of a trailer."""
    choices = [Choice(name[0].lower(), name, name) for name in NAMES]
    return Menu(look, "give", choices, width=30)
