# SPDX-License-Identifier: GPL-2.0-or-later
"""Words that a text must hold for an expression to match it, so that most texts need no match."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from maintainer_kit.model.maintainers.perl_regex import tokens

Words = frozenset[str] | None
"""One of them, in lower case, is in each text that matches; None: nothing is known."""

_SHORTEST = 2
_DEEPEST = 100
_REPEAT = re.compile(r"[*+?].?|\{.+")
_LOOK = re.compile(r"\(\?<?[=!]")


@lru_cache(maxsize=4096)
def needed_words(pattern: str) -> Words:
    """Read from an extended Perl expression; None also for one with a comment or a rare group."""
    pieces = [one for one in tokens(pattern) if not one.isspace()]
    rare = any(one == "(" and other[0] in "?*" for one, other in pairwise(pieces))
    if rare or "#" in pieces or sum(one[0] == "(" for one in pieces) > _DEEPEST:
        return None
    return _Reader(pieces).alternatives()


def _better(one: Words, other: Words) -> Words:
    if one is None or other is None:
        return other if one is None else one
    return max(one, other, key=lambda words: min(map(len, words)))


class _Reader:
    """Goes through the pieces once."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self.pieces = pieces
        self.at = 0

    def alternatives(self) -> Words:
        """Up to the end of the group: a text matches one of its alternatives."""
        found = self.sequence()
        while self.at < len(self.pieces) and self.pieces[self.at] == "|":
            self.at += 1
            other = self.sequence()
            found = None if found is None or other is None else found | other
        self.at += 1
        return found

    def sequence(self) -> Words:
        """Up to the end of the alternative: a text matches all of its parts."""
        best: Words = None
        run = ""
        while self.at < len(self.pieces) and self.pieces[self.at] not in "|)":
            piece = self.pieces[self.at]
            self.at += 1
            letter = _literal(piece)
            inner = self.group(piece) if piece[0] == "(" else None
            least, repeats = self.repeat()
            if letter and least:
                run += letter
            if not letter or repeats:
                best, run = _better(best, _word(run)), ""
            if inner and least:
                best = _better(best, inner)
        return _better(best, _word(run))

    def group(self, opening: str) -> Words:
        """The words of a group; none of one that only looks ahead or behind, or sets flags."""
        if opening[-1] == ")":
            return None
        words = self.alternatives()
        return None if _LOOK.match(opening) else words

    def repeat(self) -> tuple[bool, bool]:
        """Whether what stands before is there at least once, and whether it is repeated."""
        if self.at >= len(self.pieces) or not _REPEAT.fullmatch(self.pieces[self.at]):
            return True, False
        sign = self.pieces[self.at]
        self.at += 1
        return sign[0] == "+" or (sign[0] == "{" and sign[1] not in "0,"), True


def _literal(piece: str) -> str:
    """The character that a piece stands for, in lower case; empty when it is not one."""
    if piece in (".", "^", "$", "("):
        return ""
    if len(piece) == 2 and piece[0] == "\\" and not piece[1].isalnum():
        piece = piece[1]
    return piece.lower() if len(piece) == 1 and piece.isascii() else ""


def _word(run: str) -> Words:
    return frozenset((run,)) if len(run) >= _SHORTEST else None
