# SPDX-License-Identifier: GPL-2.0-or-later
"""Text in cells as Rich counts them, so that what Textual cuts and what we pad agree."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from maintainer_kit.model.mail.text import visible_line

Piece = tuple[str, Style]
"""Text that is safe to show, with its style."""


def fit(text: str, width: int, ellipsis: str = "\u2026") -> str:
    """Exactly ``width`` cells of a text from mail: cut with an ellipsis or padded."""
    if width <= 0:
        return ""
    # A mail may hold a Subject of a megabyte; nobody sees more of it than the width.
    text = visible_line(text[: width * 4 + 16])
    if text.isascii():
        if len(text) <= width:
            return text.ljust(width)
        return text[: width - 1] + ellipsis
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1) + ellipsis


def line(pieces: list[Piece], width: int, base: Style | None = None) -> Strip:
    """One line of the screen, filled or cut to ``width`` cells."""
    strip = Strip([Segment(text, style) for text, style in pieces if text])
    strip = strip.adjust_cell_length(width, base)
    return strip.apply_style(base) if base else strip


def two_sided(
    left: list[Piece], right: list[Piece], width: int, base: Style | None = None
) -> Strip:
    """A line with a right end that stays as long as the width allows it."""
    taken = sum(cell_len(text) for text, _ in right)
    if taken >= width:
        return line(left, width, base)
    room = width - taken
    return line([*_cut(left, room - 1), *right], width, base)


def _cut(pieces: list[Piece], width: int) -> list[Piece]:
    """Pieces cut or padded to ``width`` cells and one more."""
    cut: list[Piece] = []
    left = max(0, width)
    for text, style in pieces:
        size = cell_len(text)
        if size > left:
            cut.append((fit(text, left), style))
            left = 0
            break
        cut.append((text, style))
        left -= size
    cut.append((" " * (left + 1), Style.null()))
    return cut
