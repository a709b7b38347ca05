# SPDX-License-Identifier: GPL-2.0-or-later
"""The line in which a search is typed: Tab completes, up and down lead through earlier ones; what
is wrong with it is said below its place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.widgets import Input

from maintainer_kit.errors import MkitError
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.query.completing import Completion, Values, complete, known_values
from maintainer_kit.tui.parts.prompt import Prompt
from maintainer_kit.tui.parts.themes import Look

_HELP = "turn:me  state:accepted  author:jane  file:fs/  age:>30d  mkit:starred  Tab completes"
_PLACE = re.compile(r"query, column (\d{1,6}): ")
_NOTHING = Completion(0, ())


class SearchBar(Prompt):
    """Asks for a query."""

    def __init__(self, look: Look, query: str, asked: Sequence[str] = ()) -> None:
        """``asked``: earlier queries, the last one at the end."""
        super().__init__(look, "search", _HELP, query)
        self._values: Values = known_values(look.states)
        self._offered = _NOTHING
        self._chosen = -1
        """Which of what is offered stands in the line; -1 while none does."""
        self._shown = query
        """What the line holds by our own doing: no news when it tells so."""
        self._past = [*asked]
        self._past_at = len(self._past)
        self._draft = ""

    def know(self, values: Values) -> None:
        """Values that were looked up."""
        self._values = values

    @property
    def _line(self) -> Input:
        return self.query_one(Input)

    # completing

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what may follow; the base class forgets what was wrong."""
        if event.value == self._shown:
            return
        self._shown, self._chosen = event.value, -1
        self._offered = complete(event.value, self._line.cursor_position, self._values)
        is_begun = self._line.cursor_position > self._offered.start
        self._tell_offers(self._offered.words if is_begun else ())

    def on_key(self, event: events.Key) -> None:
        moves = {"tab": self._next, "shift+tab": self._previous, "up": self._back}
        moves["down"] = self._forth
        if event.key in moves:
            event.stop()
            event.prevent_default()
            moves[event.key]()

    def _next(self) -> None:
        self._choose(1)

    def _previous(self) -> None:
        self._choose(-1)

    def _choose(self, by: int) -> None:
        """Put the next of the words that fit into the line; behind a lone one, what follows it."""
        if self._chosen < 0 or len(self._offered.words) == 1:
            line = self._line
            self._offered = complete(line.value, line.cursor_position, self._values)
            self._chosen = -1 if by > 0 else 0
        words = self._offered.words
        if words:
            self._chosen = (self._chosen + by) % len(words)
            self._put_word(words[self._chosen])
        self._tell_offers(words)

    def _put_word(self, word: str) -> None:
        line = self._line
        rest = line.value[line.cursor_position :]
        self._put(line.value[: self._offered.start] + word, rest)

    def _put(self, text: str, rest: str = "") -> None:
        self._shown = text + rest
        self._line.value = self._shown
        self._line.cursor_position = len(text)

    def _tell_offers(self, words: Sequence[str]) -> None:
        """Those around the chosen one, which stands in brackets."""
        first = max(0, self._chosen - 1)
        told = [f"[{one}]" if at == self._chosen else one for at, one in enumerate(words)]
        self.below.help = visible_line("  ".join(told[first:])) or _HELP
        self.below.refresh()

    # earlier ones

    def _back(self) -> None:
        if self._past_at == len(self._past):
            self._draft = self._line.value
        self._go(self._past_at - 1)

    def _forth(self) -> None:
        self._go(self._past_at + 1)

    def _go(self, at: int) -> None:
        if 0 <= at <= len(self._past):
            self._past_at = at
            self._put(self._past[at] if at < len(self._past) else self._draft)
            self._offered, self._chosen = _NOTHING, -1
            self._tell_offers(())

    # what is wrong

    def complain(self, error: MkitError) -> None:
        """A sign below the place in the query, with the words beside it where there is room."""
        words = visible_line(error.message)
        found = _PLACE.match(words)
        line = self._line
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
