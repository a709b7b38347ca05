# SPDX-License-Identifier: GPL-2.0-or-later
"""The last line of a screen: the keys that are used most, as many as fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.strip import Strip

from maintainer_kit.tui.actions import Action
from maintainer_kit.tui.keys import Keymap, shown_key
from maintainer_kit.tui.parts.bar import Bar
from maintainer_kit.tui.parts.cells import Piece, line
from maintainer_kit.tui.parts.themes import Look

QUEUE_HINTS = (
    "open accept changes state undo mark search help filter preview reply snooze delegate note"
    " views reject archive star landings prune everything findings browse"
    " copy link complete work sync quit"
)
"""Names of actions, the most wanted first; those with a plus between stand together."""
TOPIC_HINTS = (
    "back next+previous next-patch+previous-patch accept changes reply reviewed state undo help"
    " next-topic+previous-topic next-hunk+previous-hunk next-comment+previous-comment"
    " next-unread+previous-unread next-file+previous-file compare trailers history snooze delegate"
    " note landings fold reject drafts findings browse copy"
)
LANDING_HINTS = (
    "back is-it is-not-it next-candidate+previous-candidate range-diff undo prune help next fold"
)


class Hints(Bar):
    """Keys with what they do."""

    def __init__(self, look: Look, keymap: Keymap, actions: Sequence[Action], names: str) -> None:
        """``names`` of some of the ``actions``."""
        super().__init__(look, "hints")
        self._hints = tuple(_hints(keymap, {one.name: one for one in actions}, names))

    def left(self) -> list[Piece]:
        palette = self.look.palette
        pieces: list[Piece] = [(" ", palette.faint)]
        room = self.size.width - 1
        for key, words in self._hints:
            room -= len(key) + len(words) + 3
            if room < 0:
                break
            pieces += [(key, palette.key), (f" {words}  ", palette.faint)]
        return pieces

    def render_line(self, y: int) -> Strip:
        return line(self.left(), self.size.width, self.look.palette.ground)


def _hints(keymap: Keymap, known: dict[str, Action], names: str) -> Iterator[tuple[str, str]]:
    for together in names.split():
        found = [known[name] for name in together.split("+")]
        keys = (keymap.get(one.name, one.keys).partition(",")[0] for one in found)
        shown = " ".join(filter(None, (shown_key(key) for key in keys)))
        if shown:
            yield shown, found[0].short
