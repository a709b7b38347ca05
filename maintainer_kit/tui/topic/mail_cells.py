# SPDX-License-Identifier: GPL-2.0-or-later
"""One line of a mail, with colours: made when it comes on the screen."""

from __future__ import annotations

import re

from rich.style import Style
from textual.strip import Strip

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.tui.parts.cells import Piece, line
from maintainer_kit.tui.parts.palette import Palette
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.tui.topic.document import Line, LineKind

_QUOTED_DIFF = re.compile(r"^[ >|]*> ?([+-])(?!\1)")
_STAT_SIGNS = re.compile(r"^(.*\| +\d+ )(\+*)(-*)$")
# C, as kernels are written in, and what its neighbours share; good enough for the eye.
_TOKENS = re.compile(
    r"(?P<comment>/\*.*?(?:\*/|$)|//.*$|^\s+\*(?:\s.*|/)?$)"
    r"|(?P<string>\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')"
    r"|(?P<keyword>\b(?:if|else|for|while|do|switch|case|default|return|goto|break|continue|"
    r"struct|union|enum|static|const|inline|extern|typedef|sizeof|void|def|class|import|from)\b"
    r"|^\s*#\s*(?:include|define|ifn?def|if|endif|else|undef|elif)\b)"
)
_FILE_NAMES = frozenset({"diff ", "renam"})
_LONGEST_LEXED = 400
_LONGEST = 4000


def mail_strip(found: Line, width: int, look: Look) -> Strip:
    """A line of a mail in ``width`` cells or more."""
    kind, text = found
    text = visible_line(text[:_LONGEST])
    palette = look.palette
    if kind is LineKind.ADDED:
        return _changed(text, width, palette.added_sign, palette.added, palette)
    if kind is LineKind.REMOVED:
        return line(
            [(text[:1], palette.removed_sign), (text[1:], palette.removed)], width, palette.removed
        )
    if kind is LineKind.CONTEXT:
        return _changed(text, width, palette.soft, palette.soft, palette)
    if kind is LineKind.NOTE:
        return line([(f"{look.signs.fold} {text} {look.signs.fold}", palette.accent)], width)
    return line(_pieces(kind, text, palette), width)


def _changed(text: str, width: int, sign: Style, base: Style, palette: Palette) -> Strip:
    pieces: list[Piece] = [(text[:1], sign)]
    code = text[1:]
    at = 0
    for token in _TOKENS.finditer(code) if len(code) < _LONGEST_LEXED else ():
        pieces.append((code[at : token.start()], base))
        style = getattr(palette, token.lastgroup or "text")
        pieces.append((token[0], base + style))
        at = token.end()
    pieces.append((code[at:], base))
    return line(pieces, width, base)


def _pieces(kind: LineKind, text: str, palette: Palette) -> list[Piece]:
    if kind is LineKind.QUOTE:
        return [(text, _quote_style(text, palette))]
    if kind is LineKind.TRAILER:
        name, colon, value = text.partition(":")
        return [(name + colon, palette.trailer), (value, palette.text)]
    if kind is LineKind.STAT and (found := _STAT_SIGNS.match(text)):
        return [(found[1], palette.soft), (found[2], palette.good), (found[3], palette.bad)]
    if kind is LineKind.HUNK:
        head, at, rest = text.rpartition("@@")
        return [(head + at, palette.hunk), (rest, palette.faint)]
    if kind is LineKind.FILE:
        return [(text, palette.file if text[:5] in _FILE_NAMES else palette.faint)]
    return [(text, _STYLES[kind](palette))]


def _quote_style(text: str, palette: Palette) -> Style:
    found = _QUOTED_DIFF.match(text)
    if not found:
        return palette.quote
    return palette.quote_added if found[1] == "+" else palette.quote_removed


_STYLES = {
    LineKind.TEXT: lambda palette: palette.text,
    LineKind.CUT: lambda palette: palette.faint,
    LineKind.STAT: lambda palette: palette.soft,
    LineKind.SIGNATURE: lambda palette: palette.faint,
}
