# SPDX-License-Identifier: GPL-2.0-or-later
"""The series file of quilt(1): which patches, in what order, with how many folders taken off.

Lines may begin with guards, as guards(1) of quilt's authors reads them: ``+NAME`` stands before a
patch that is for NAME alone, ``-NAME`` before one that is for all others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST = 10_000
"""Patches of one series."""
_STRIP = re.compile(r"-p(?P<count>[0-9]|ab)")
_USUAL = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A patch that a series lists."""

    name: str
    line: int
    """Of the series file, from 1."""
    strip: int = _USUAL
    """How many folders are taken off its paths, as ``patch -p`` does."""
    guard: str = ""
    """The guard that leaves it out, while nothing is asked for; else empty."""
    unknown: str = ""
    """An option that only quilt understands; else empty."""


def read_series(text: str) -> list[Entry]:
    """The entries of a series file; what cannot be understood of one stands in it."""
    found: list[Entry] = []
    for at, line in enumerate(text.split("\n"), 1):
        words = _entry_words(line)
        if words and len(found) < MOST:
            found.append(_entry(words, at))
    return found


def _entry_words(line: str) -> list[str]:
    """Without a comment; none where a line lists no patch."""
    words = line.split()
    end = next((at for at, word in enumerate(words) if word.startswith("#")), len(words))
    return words[:end]


def _entry(words: list[str], line: int) -> Entry:
    start = next((at for at, word in enumerate(words) if word[0] not in "+-"), len(words) - 1)
    guard = next((word for word in words[:start] if word[0] == "+"), "")
    strip, unknown = _USUAL, ""
    options = iter(words[start + 1 :])
    for option in options:
        word = option + next(options, "") if option == "-p" else option
        if found := _STRIP.fullmatch(word):
            strip = _USUAL if found["count"] == "ab" else int(found["count"])
        else:
            unknown = unknown or word
    return Entry(words[start], line, strip, guard, unknown)
