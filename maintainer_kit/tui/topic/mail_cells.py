# SPDX-License-Identifier: GPL-2.0-or-later
"""One line of a mail, with colours: made when it comes on the screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from rich.style import Style
from textual.strip import Strip

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.render.code_words import CodeSpan
from maintainer_kit.render.diff_words import Span
from maintainer_kit.tui.parts.cells import Piece, line
from maintainer_kit.tui.parts.palette import Palette
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.tui.topic.document import Line, LineKind
from maintainer_kit.tui.topic.web_links import links_of_row

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
_LONGEST_LEXED = 400
_LONGEST = 4000


def mail_strip(
    found: Line,
    width: int,
    look: Look,
    code: Sequence[CodeSpan] | None = None,
    words: Sequence[Span] = (),
    whole: str = "",
) -> Strip:
    """A line of a mail in ``width`` cells or more; of a changed line the ``words`` that are others
    than before, without its sign. Where nobody says what is ``code``, it is guessed. ``whole`` is
    the line of which this is a piece."""
    kind, text = found
    palette = look.palette
    if kind in _STYLED:
        styles = _STYLED[kind](palette)
        return _code(text[:_LONGEST], width, styles, palette, code, words)
    text = visible_line(text[:_LONGEST])
    if kind is LineKind.NOTE:
        return line([(f"{look.signs.fold} {text} {look.signs.fold}", palette.accent)], width)
    if kind in (LineKind.REMARK, LineKind.REMARK_ON):
        who, colon, said = text.partition(": ") if kind is LineKind.REMARK else ("", "", text)
        pieces = [(f" {look.signs.bar} ", palette.accent), (who, palette.strong)]
        return line([*pieces, (colon + said, palette.text)], width, palette.bar)
    pieces = _pieces(kind, text, palette)
    if "://" in text:
        pieces = [part for piece in pieces for part in _linked(piece, whole or text)]
    return line(pieces, width)


def _linked(piece: Piece, whole: str) -> Iterator[Piece]:
    """A piece in which addresses are links, which terminals know by OSC 8."""
    text, style = piece
    at = 0
    for start, end, address in links_of_row(text, whole):
        yield text[at:start], style
        yield text[start:end], style + Style(underline=True, link=address)
        at = end
    yield text[at:], style


def _code(
    text: str,
    width: int,
    styles: tuple[Style, Style, Style],
    palette: Palette,
    code: Sequence[CodeSpan] | None,
    words: Sequence[Span],
) -> Strip:
    """A line of a diff: its sign, then what it says; each piece is made safe by itself, as the
    spans count characters of the mail."""
    sign, base, changed = styles
    said = text[1:]
    marks = _guessed(said) if code is None else code
    pieces: list[Piece] = [(visible_line(text[:1]), sign)]
    for start, end in pairwise(_edges(len(said), marks, words)):
        style = base
        kind = next((one for first, last, one in marks if first <= start < last), "")
        if kind and base is not palette.removed:
            style += getattr(palette, kind)
        if any(first <= start < last for first, last in words):
            style += changed
        pieces.append((visible_line(said[start:end]), style))
    return line(pieces, width, base)


def _edges(length: int, code: Sequence[CodeSpan], words: Sequence[Span]) -> list[int]:
    """Where a style begins or ends."""
    found = {0, length}
    found.update(at for start, end, _ in code for at in (start, end))
    found.update(at for word in words for at in word)
    return sorted(at for at in found if at <= length)


def _guessed(code: str) -> list[CodeSpan]:
    found = _TOKENS.finditer(code) if len(code) < _LONGEST_LEXED else ()
    return [(one.start(), one.end(), one.lastgroup or "text") for one in found]


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
        return [(text, palette.file if text.startswith("rename") else palette.faint)]
    return [(text, _STYLES[kind](palette))]


def _quote_style(text: str, palette: Palette) -> Style:
    found = _QUOTED_DIFF.match(text)
    if not found:
        return palette.quote
    return palette.quote_added if found[1] == "+" else palette.quote_removed


_STYLED: dict[LineKind, Callable[[Palette], tuple[Style, Style, Style]]] = {
    LineKind.ADDED: lambda palette: (palette.added_sign, palette.added, palette.added_word),
    LineKind.REMOVED: lambda palette: (palette.removed_sign, palette.removed, palette.removed_word),
    LineKind.CONTEXT: lambda palette: (palette.soft, palette.soft, palette.soft),
}
"""Of a sign, of a line, of the words in it that changed."""
_STYLES = {
    LineKind.TEXT: lambda palette: palette.text,
    LineKind.CUT: lambda palette: palette.faint,
    LineKind.STAT: lambda palette: palette.soft,
    LineKind.BEGIN: lambda palette: palette.file,
    LineKind.UNENDED: lambda palette: palette.faint,
    LineKind.SIGNATURE: lambda palette: palette.faint,
}
