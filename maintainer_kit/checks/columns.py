# SPDX-License-Identifier: GPL-2.0-or-later
"""Columns that text takes on a terminal, and text filled into them."""

from __future__ import annotations

from collections.abc import Iterable

from maintainer_kit.model.mail.width import char_width

TAB = 8


def columns(text: str) -> int:
    """How many columns a line takes: a tab goes to the next stop, wide characters take two,
    combining ones none."""
    if text.isascii() and "\t" not in text:
        return len(text)
    at = 0
    for char in text:
        at += TAB - at % TAB if char == "\t" else char_width(char)
    return at


def fill(words: Iterable[str], limit: int, first: str = "", rest: str = "") -> list[str]:
    """Lines of at most ``limit`` columns, where words allow it; ``first`` begins the first line,
    ``rest`` the others."""
    lines: list[str] = []
    line, used = first, columns(first)
    is_empty = True
    for word in words:
        size = columns(word)
        if not is_empty and used + 1 + size > limit:
            lines.append(line)
            line, used, is_empty = rest, columns(rest), True
        line += word if is_empty else f" {word}"
        used += size + (not is_empty)
        is_empty = False
    return lines if is_empty else [*lines, line]
