# SPDX-License-Identifier: GPL-2.0-or-later
"""A reply part by part: what its writer says, and what is quoted in between."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_SIGNATURE = re.compile(r"^(?:-- ?|_{20,})$")
_ATTRIBUTION = re.compile(
    r"(?:\bwrote|\bwrites|\bsaid|\ba \u00e9crit|\u5199\u9053|\u5beb\u9053)\s*[:\uff1a]\s*$"
    # Where the verb comes first: "Am 05.01.26 um 10:00 schrieb Bo Reviewer:".
    r"|(?:^|\s)(?:schrieb|schreef|skrev|napisa\u0142|escribi\u00f3|ha scritto)\b[^\n]*:$"
)
# "On Mon, 5 Jan 2026 at 10:00, Somebody of a long name" when the mailer broke the line there.
_BROKEN = re.compile(r"^On .{0,200}\d{4}\b|^On .{0,40}\b\d{1,2}:\d\d\b")
_DIFF = re.compile(r"diff --git |--- [\w./]|@@ -\d")
_IN_DIFF = re.compile(
    r"[-+ @\\\t]|$|diff --git |index [0-9a-f]|(?:new|old|deleted) (?:file )?mode |"
    r"similarity index |rename |copy |Binary files |GIT binary"
)
DIFF = "diff --git "
"""What stands for a diff in the lines of a passage."""
_MARKS = ">|\uff1e"
_QUOTED = _MARKS + " \t\xa0"
_COLONS = ":\uff1a"
_MAX_LINES = 4000
_MAX_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines of one kind in a row, without quote marks and surrounding space."""

    is_quote: bool
    lines: tuple[str, ...]
    """An empty one where a paragraph ends."""


@lru_cache(maxsize=1)
def passages_of(text: str) -> tuple[Passage, ...]:
    """What the writer said and what he quoted, in turns; no attribution, no signature.

    Only the first 4,000 lines count, and of a line the first 1,000 characters. Kept for the next
    who asks about the same mail.
    """
    lines = text.split("\n", _MAX_LINES)[:_MAX_LINES]
    parts: list[tuple[bool, list[str]]] = [(False, [])]
    current = parts[0][1]
    is_quote = in_diff = False
    for at, line in enumerate(lines):
        if line[:1] == ">":
            # Most lines of a reply; what they say is looked at later, where it asks something.
            in_diff = False
            if not is_quote:
                is_quote = True
                current = []
                parts.append((True, current))
            current.append(line)
            continue
        if in_diff and line != "-- " and _IN_DIFF.match(line):
            continue
        stripped = line[:_MAX_LENGTH].strip()
        if not stripped:
            current.append("")
            continue
        quoted = stripped[0] in _MARKS
        in_diff = not quoted and line[0] in "d-@" and _DIFF.match(line) is not None
        if in_diff:
            stripped = DIFF
        elif not quoted:
            if _ends(line):
                break
            if _is_attribution(stripped, lines, at):
                continue
        if quoted is not is_quote:
            is_quote = quoted
            current = []
            parts.append((quoted, current))
        current.append(stripped)
    return tuple(_passage(is_quote, found) for is_quote, found in parts if found)


def _passage(is_quote: bool, lines: list[str]) -> Passage:
    if is_quote:
        return Passage(True, tuple([line.lstrip(_QUOTED)[:_MAX_LENGTH].rstrip() for line in lines]))
    return Passage(False, tuple(lines))


def _ends(line: str) -> bool:
    """Whether the signature, or another mail without quote marks, begins here."""
    return line[0] in "-_" and (
        _SIGNATURE.match(line) is not None or line.startswith("-----Original Message-----")
    )


def _is_attribution(line: str, lines: list[str], at: int) -> bool:
    if line[-1] in _COLONS:
        return _ATTRIBUTION.search(line[-200:]) is not None
    if not line.startswith("On ") or not _BROKEN.match(line):
        return False
    below = lines[at + 1][:_MAX_LENGTH].strip() if at + 1 < len(lines) else ""
    return below[-1:] in tuple(_COLONS) and _ATTRIBUTION.search(below[-200:]) is not None
