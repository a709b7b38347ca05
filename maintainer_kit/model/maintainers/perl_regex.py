# SPDX-License-Identifier: GPL-2.0-or-later
"""Perl's regular expressions, in the extended form of MAINTAINERS, as Python's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_TOKEN = re.compile(
    r"\\[xopPN]\{[^}]*\}|\\.|"
    r"\[\^?\]?(?:\[:\^?[a-z]+:\]|\\.|[^\]\\])*\]|"
    r"\((?:\?(?:<?[=!]|[|>:]|<\w+>|[\^a-z]*(?:-[a-z]+)?[:)]))?|"
    r"\{\d*,?\d*\}[?+]?|[*+?][?+]?|.",
    re.DOTALL,
)
_FLAGS = re.compile(r"\(\?([imsx]*(?:-[imsx]+)?)\)")
_POSIX = {
    "alnum": "A-Za-z0-9",
    "alpha": "A-Za-z",
    "blank": r" \t",
    "digit": "0-9",
    "lower": "a-z",
    "space": r"\s",
    "upper": "A-Z",
    "word": r"\w",
    "xdigit": "A-Fa-f0-9",
}
_ESCAPES = {r"\h": r"[ \t]", r"\H": r"[^ \t]", r"\z": r"\Z", r"\Z": r"(?=\n?\Z)", r"\R": r"\n"}
_IN_CLASS = re.compile(r"\[:([a-z]+):\]|\\.|--|[\[&~|]", re.DOTALL)


def tokens(pattern: str) -> list[str]:
    """The pieces of an expression: characters, escapes, classes, openings of groups, repeats."""
    return _TOKEN.findall(pattern)


def _translated_class(text: str) -> str:
    """A class in which nothing looks like the sets of sets that Python keeps for later."""

    def one(found: re.Match[str]) -> str:
        if found[1]:
            return _POSIX.get(found[1], found[0])
        return found[0] if found[0][0] == "\\" else "\\" + found[0]

    return text[0] + _IN_CLASS.sub(one, text[1:-1]) + text[-1]


def _translated_token(token: str) -> str:
    if token[0] == "[" and len(token) > 1:
        return _translated_class(token)
    if token.startswith("(?<") and token[3] not in "=!":
        return "(?P" + token[2:]
    if token.startswith(r"\x{"):
        return re.escape(chr(int(token[3:-1], 16)))
    return _ESCAPES.get(token, token)


def _translated(pieces: Iterable[str]) -> str:
    """Perl's ``(?i)`` holds to the end of its group, over all its alternatives: Python wants the
    part of each alternative in a group of its own."""
    made: list[str] = []
    opened: list[list[str]] = [[]]
    for piece in pieces:
        flags = _FLAGS.fullmatch(piece)
        if flags:
            opened[-1].append(f"(?{flags[1]}:")
            made.append(opened[-1][-1])
        elif piece == "|":
            made.append(")" * len(opened[-1]) + "|" + "".join(opened[-1]))
        elif piece == ")":
            inner = opened.pop() if len(opened) > 1 else []
            made.append(")" * len(inner) + ")")
        else:
            if piece[0] == "(":
                opened.append([])
            made.append(_translated_token(piece))
    return "".join(made) + ")" * len(opened[0])


@lru_cache(maxsize=4096)
def compile_perl(pattern: str, before: str = "") -> re.Pattern[str] | None:
    """The expression, with ``before`` in front of its text; None when Python cannot read it.

    White space in it means nothing, and letters are ASCII's: the script reads bytes.
    """
    pieces = tokens(pattern)
    if "[" in pieces:  # a class without an end
        return None
    try:
        return re.compile(before + _translated(pieces), re.VERBOSE | re.ASCII)
    except (re.error, OverflowError, RecursionError, ValueError):
        return None
