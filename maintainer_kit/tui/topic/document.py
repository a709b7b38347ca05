# SPDX-License-Identifier: GPL-2.0-or-later
"""A mail's text as lines of known kinds: what is quoted, what is a diff, what a trailer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from maintainer_kit.model.mail.mail import Mail
from maintainer_kit.model.mail.text import storable
from maintainer_kit.model.patch.diff import starts_diff

_TRAILER = re.compile(
    r"^(?:[A-Z][A-Za-z]*(?:-[A-Za-z]+)*-by|Fixes|Closes|Link|Cc|Reported-by|Message-I[Dd]|"
    r"base-commit|change-id|prerequisite-[a-z-]+): \S"
)
# Of a count nine digits: int() refuses thousands of them.
_HUNK = re.compile(r"^@@ -\d+(?:,(\d{1,9})\d*)? \+\d+(?:,(\d{1,9})\d*)? @@")
_STAT = re.compile(r"^ \S.* \| +(?:\d+|Bin)\b|^ \d+ files? changed|^ (?:create|delete|rename) ")
_FOOTER = re.compile(r"^_{20,}$")
_MAX_TEXT = 32 << 20
"""Characters; nobody reads more, and the rest is told of."""


class LineKind(StrEnum):
    """What a line of a mail is, as a letter: those of all lines make a text to search in."""

    TEXT = "t"
    QUOTE = ">"
    TRAILER = ":"
    CUT = "c"
    """``---``, below which nothing goes into the commit."""
    STAT = "|"
    BEGIN = "d"
    """Where a diff goes on to another file."""
    FILE = "f"
    """What else stands above the hunks of a file."""
    HUNK = "@"
    ADDED = "+"
    REMOVED = "-"
    CONTEXT = " "
    UNENDED = "\\"
    """That the line above has no newline."""
    SIGNATURE = "s"
    NOTE = "n"
    """Ours: between parts, instead of what is folded."""
    REMARK = "R"
    """Ours: what a reviewer says of the line above."""
    REMARK_ON = "r"
    """And goes on to say."""


Line = tuple[LineKind, str]


def document(mail: Mail) -> list[Line]:
    """The text that a person reads, then the other parts, each under its name."""
    return [*text_lines(mail.text), *attached_lines(mail)]


def attached_lines(mail: Mail) -> Iterator[Line]:
    """The other parts, each under its name."""
    for part in mail.attachments:
        name = part.filename or part.content_type
        yield (LineKind.TEXT, "")
        yield (LineKind.NOTE, f"attached: {name} ({part.content_type})")
        yield from text_lines(part.text)


def text_lines(text: str) -> list[Line]:
    """The lines of a text that may hold a diff."""
    return classify(_split(text))


def _split(text: str) -> list[str]:
    """Lines with tabs set as a terminal sets them; controls are left for the drawing."""
    rest = len(text) - _MAX_TEXT
    lines = storable(text[:_MAX_TEXT]).expandtabs(8).rstrip("\n").split("\n")
    if rest > 0:
        lines.append(f"... and {rest} characters more")
    return lines


def classify(lines: Sequence[str]) -> list[Line]:
    """Tell for each line what it is."""
    reader = _Reader(list(lines))
    return [(reader.kind(at, text), text) for at, text in enumerate(lines)]


class _Reader:
    """Goes through a text once, line by line."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._in_diff = self._in_names = False
        """Whether git's own header of a file was read, and not yet the names below it."""
        self._after_cut = False
        self._signed = False
        self._old = self._new = 0
        """Lines that the hunk still has, by its own counts."""

    def kind(self, at: int, text: str) -> LineKind:
        if self._old > 0 or self._new > 0:
            found = self._in_hunk(text)
            if found is not None:
                return found
            self._old = self._new = 0
        first = text[:1]
        if first in "d-" and starts_diff(self._lines, at):
            self._in_diff, self._signed = True, False
            goes_on = self._in_names and first == "-"
            self._in_names = first == "d"
            return LineKind.FILE if goes_on else LineKind.BEGIN
        if self._signed or text in ("-- ", "--") or _FOOTER.match(text):
            self._signed = True
            return LineKind.SIGNATURE
        return self._in_header(text) if self._in_diff else self._in_prose(text, first)

    def _in_hunk(self, text: str) -> LineKind | None:
        first = text[:1]
        if first == "+":
            self._new -= 1
            return LineKind.ADDED
        if first == "-":
            self._old -= 1
            return LineKind.REMOVED
        if first in (" ", ""):
            self._old -= 1
            self._new -= 1
            return LineKind.CONTEXT
        return LineKind.UNENDED if first == "\\" else None

    def _in_header(self, text: str) -> LineKind:
        """Between hunks: the next one, the names of a file, or something that follows the diff."""
        if found := _HUNK.match(text):
            self._old, self._new = (int(one) if one else 1 for one in found.groups())
            return LineKind.HUNK
        if text[:1] == "\\":
            return LineKind.UNENDED
        return LineKind.FILE if text.strip() else LineKind.TEXT

    def _in_prose(self, text: str, first: str) -> LineKind:
        if first in (">", "|") or text.startswith(" >"):
            return LineKind.QUOTE
        if text.rstrip() == "---":
            self._after_cut = True
            return LineKind.CUT
        if self._after_cut and _STAT.match(text):
            return LineKind.STAT
        return LineKind.TRAILER if first and _TRAILER.match(text) else LineKind.TEXT
