# SPDX-License-Identifier: GPL-2.0-or-later
"""Keywords, strings and comments in one line of code, as Pygments tells them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any

CodeSpan = tuple[int, int, str]
"""First character, the one behind the last, and ``keyword``, ``string`` or ``comment``."""

_LONGEST = 200
"""Characters: what is longer was not written to be read."""
_SUFFIXES = {
    **dict.fromkeys(("c", "h", "cc", "cpp", "hpp", "S", "dts", "dtsi", "l", "y"), "c"),
    **dict.fromkeys(("py", "pyi"), "python"),
    **dict.fromkeys(("sh", "bash"), "shell"),
    "mk": "make",
    "rs": "rust",
}
_NAMES = {"Makefile": "make", "Kbuild": "make", "GNUmakefile": "make"}
_LEXERS = {
    # Of C the state within a body: in that of a file Pygments looks for functions, which takes it
    # long on lines that are none.
    "c": ("c_cpp", "CLexer", ("statement",)),
    "python": ("python", "PythonLexer", ("root",)),
    "shell": ("shell", "BashLexer", ("root",)),
    "make": ("make", "BaseMakefileLexer", ("root",)),
    "rust": ("rust", "RustLexer", ("root",)),
}
_READY: set[str] = set()
# A line within a comment of C or Rust does not say so by itself, but for its star.
_STARRED = re.compile(r"\s*\*(?:\s|/|$)")
_WITH_STARS = frozenset({"c", "rust"})


def language_of(path: str) -> str:
    """The language of a file by its name; empty where it is none of ours."""
    name = path.rpartition("/")[2]
    return _NAMES.get(name, "") or _SUFFIXES.get(name.rpartition(".")[2], "")


def code_words(language: str, text: str) -> list[CodeSpan]:
    """The spans of a line in order, told from this line alone; none of a very long line."""
    if not language or not text.strip() or len(text) > _LONGEST:
        return []
    if language in _WITH_STARS and _STARRED.match(text):
        return [(0, len(text), "comment")]
    return list(_joined(language, text))


def warm_up(language: str) -> None:
    """Load what the first line of a language needs, which takes longer than many lines."""
    code_words(language, "x")
    _READY.add(language)


def is_ready(language: str) -> bool:
    """Whether nothing has to be loaded for a language any more."""
    return language in _READY


def _joined(language: str, text: str) -> Iterator[CodeSpan]:
    """Tokens of one kind that follow one another are one span."""
    lexer, state = _lexer(language)
    start = end = 0
    kind = ""
    for at, token, value in lexer.get_tokens_unprocessed(f"{text}\n", stack=state):
        found = _kind(str(token))
        if found != kind or at != end:
            if kind:
                yield start, min(end, len(text)), kind
            start, kind = at, found
        end = at + len(value)
    if kind and start < len(text):
        yield start, min(end, len(text)), kind


def _kind(token: str) -> str:
    """Ours for one of Pygments', as ``Token.Comment.Preproc``."""
    if token.startswith("Token.Comment"):
        return "keyword" if "Preproc" in token or "Hashbang" in token else "comment"
    if token.startswith(("Token.Keyword", "Token.Operator.Word")):
        return "keyword"
    return "string" if token.startswith("Token.Literal.String") else ""


@lru_cache(maxsize=8)
def _lexer(language: str) -> tuple[Any, tuple[str, ...]]:
    module, name, state = _LEXERS[language]
    return getattr(import_module(f"pygments.lexers.{module}"), name)(), state
