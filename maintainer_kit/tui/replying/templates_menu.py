# SPDX-License-Identifier: GPL-2.0-or-later
"""The menu of texts that a reply may begin with."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.tui.parts.menu import Choice, Menu, letters
from maintainer_kit.tui.parts.themes import Look

NO_TEMPLATES = "no templates; a file in templates/ of mkit's home is one: see docs/reply.md"


def templates_menu(look: Look, names: Sequence[str]) -> Menu:
    """Gives the name of a template."""
    keys = {name: key for key, name in letters(names, {}).items()}
    return Menu(
        look, "begin with", [Choice(keys.get(one, ""), one, one) for one in names], width=40
    )
