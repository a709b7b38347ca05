# SPDX-License-Identifier: GPL-2.0-or-later
"""The line in which a search is typed; what is wrong with it is said below its place."""

from __future__ import annotations

import re

from rich.cells import cell_len
from textual.widgets import Input

from maintainer_kit.errors import MkitError
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.tui.parts.prompt import Prompt
from maintainer_kit.tui.parts.themes import Look

_HELP = "turn:me  state:accepted  author:jane  file:fs/  age:>30d  mkit:starred  subject:leak"
_PLACE = re.compile(r"query, column (\d{1,6}): ")


class SearchBar(Prompt):
    """Asks for a query."""

    def __init__(self, look: Look, query: str) -> None:
        super().__init__(look, "search", _HELP, query)

    def complain(self, error: MkitError) -> None:
        """A sign below the place in the query, with the words beside it where there is room."""
        words = visible_line(error.message)
        found = _PLACE.match(words)
        line = self.query_one(Input)
        width = self.size.width
        if found is None:
            self.point(words)
            return
        column = int(found[1])
        at = 1 + cell_len(line.value[: column - 1]) - line.scroll_offset.x
        rest = words[found.end() :]
        told = cell_len(rest) + 2
        if at >= 0 and at + told < width:
            self.point(f"^ {rest}", at)
        elif told + 2 <= at < width:
            self.point(f"{rest} ^", at - told + 1)
        else:
            self.point(f"column {column}: {rest}")
