# SPDX-License-Identifier: GPL-2.0-or-later
"""The last line of a screen: the keys that are used most, as many as fit."""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip

from maintainer_kit.tui.parts.bar import Bar
from maintainer_kit.tui.parts.cells import Piece, line
from maintainer_kit.tui.parts.themes import Look

Hint = tuple[str, str]
"""A key with one or two words."""

QUEUE_HINTS: tuple[Hint, ...] = (
    ("Enter", "open"),
    ("a", "accept"),
    ("c", "changes"),
    ("s", "state"),
    ("u", "undo"),
    ("Space", "mark"),
    ("/", "search"),
    ("?", "help"),
    ("Z", "snooze"),
    ("d", "delegate"),
    (";", "note"),
    ("v", "views"),
    ("R", "reject"),
    ("A", "archive"),
    ("*", "star"),
    ("L", "landed"),
    ("P", "prune"),
    ("e", "everything"),
    ("F5", "sync"),
    ("q", "quit"),
)
TOPIC_HINTS: tuple[Hint, ...] = (
    ("q", "back"),
    ("n N", "item"),
    ("[ ]", "patch"),
    ("a", "accept"),
    ("c", "changes"),
    ("s", "state"),
    ("u", "undo"),
    ("?", "help"),
    ("J K", "topic"),
    ("t", "trailers"),
    ("h", "history"),
    ("Z", "snooze"),
    ("d", "delegate"),
    (";", "note"),
    ("L", "landed"),
    ("z", "quotes"),
    ("R", "reject"),
)
LANDING_HINTS: tuple[Hint, ...] = (
    ("q", "back"),
    ("y", "is it"),
    ("n", "not it"),
    ("[ ]", "candidate"),
    ("d", "range-diff"),
    ("u", "undo"),
    ("P", "prune"),
    ("?", "help"),
    ("Tab", "next"),
    ("z", "fold"),
)


class Hints(Bar):
    """Keys with what they do."""

    def __init__(self, look: Look, hints: Sequence[Hint]) -> None:
        super().__init__(look, "hints")
        self._hints = hints

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
