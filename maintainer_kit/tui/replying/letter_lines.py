# SPDX-License-Identifier: GPL-2.0-or-later
"""Replies as they will be sent, in lines with their styles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.style import Style

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.render.reply_text import letter_text
from maintainer_kit.tui.parts.cells import Piece
from maintainer_kit.tui.parts.palette import Palette
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.workflow.replying.previewing import Letter

_RULE = 60


def letter_lines(letters: Sequence[Letter], look: Look) -> Iterator[list[Piece]]:
    """One letter after the other, a rule between two."""
    for at, letter in enumerate(letters):
        if at:
            yield [(f" {look.signs.rule * _RULE}", look.palette.faint)]
        head = True
        given = frozenset(letter.draft.trailers)
        for line in "\n".join(letter_text(letter)).split("\n"):
            head = head and bool(line)
            text = f" {visible_line(line.expandtabs(8))}"
            yield _head(text, look.palette) if head else [(text, _style(line, given, look.palette))]


def _head(text: str, palette: Palette) -> list[Piece]:
    name, colon, value = text.partition(": ")
    return [(name + colon, palette.faint), (value, palette.text)]


def _style(line: str, given: frozenset[str], palette: Palette) -> Style:
    """What is quoted is less visible than one's own words."""
    if line.startswith(">"):
        return palette.quote
    return palette.trailer if line in given else palette.strong
