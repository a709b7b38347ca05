# SPDX-License-Identifier: GPL-2.0-or-later
"""Words that are looked for in a line of text, whatever their case."""

from __future__ import annotations


def words_of(value: str) -> tuple[str, ...]:
    """The words of a term's value, to be looked for."""
    return tuple(value.casefold().split())


def holds(text: str, words: tuple[str, ...]) -> bool:
    """Whether each of the words is in the text, within another word too."""
    low = text.casefold()
    return all(word in low for word in words)
