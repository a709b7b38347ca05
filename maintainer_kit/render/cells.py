# SPDX-License-Identifier: GPL-2.0-or-later
"""Text in terminal cells: cut and padded so that columns hold, with wide characters too."""

from __future__ import annotations

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.mail.width import char_width


def cell_width(text: str) -> int:
    """How many cells a terminal takes for ``text``."""
    if text.isascii():
        return len(text)
    return sum(char_width(char) for char in text)


def fit(text: str, width: int) -> str:
    """Exactly ``width`` cells: cut with an ellipsis, or padded with spaces; controls visible."""
    is_plain = text.isascii()
    if not (is_plain and text.isprintable()):
        text = visible_line(text)
        is_plain = text.isascii()
    if is_plain:
        if len(text) <= width:
            return text.ljust(width)
        return text[: width - 1] + "\u2026" if width > 0 else ""
    used = 0
    kept: list[str] = []
    total = cell_width(text)
    if total <= width:
        return text + " " * (width - total)
    for char in text:
        size = char_width(char)
        if used + size > width - 1:
            break
        kept.append(char)
        used += size
    return "".join(kept) + "\u2026" + " " * (width - 1 - used) if width > 0 else ""
