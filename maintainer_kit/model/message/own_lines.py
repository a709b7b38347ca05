# SPDX-License-Identifier: GPL-2.0-or-later
"""The lines of a reply that its writer wrote where a trailer may stand: no quotes, marked or not,
no diff, no signature."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SIGNATURE = "-- "
_QUOTED = re.compile(r"[ \t\xa0]*[\w.-]{0,12}>")
_RULE = "-_*="
_BAR = re.compile(r"[_-]{10,200}$")
_HEADER = re.compile(r"[*_ \t]{0,3}(?![\w-]{0,40}-by\b)[^\W\d_][\w -]{0,24}[*_ \t]{0,3}[:\uff1a]")
_ATTRIBUTION = re.compile(
    r"(?:\b(?:wrote|writes|said|schrieb|schreef|skrev|escribi\u00f3|scritto|napisa\u0142)\b.{0,80}"
    r"|\u00e9crit ?|\u5199\u9053 ?|\u5beb\u9053 ?|\u043d\u0430\u043f\u0438\u0441\u0430\u043b\w? ?)"
    r"[:\uff1a]$"
)
_PATCHED = re.compile(r"^(?:diff --git |@@ -\d|---$|Signed-off-by: )")
_DIFF = re.compile(r"diff --git |--- [\w./]|@@ -\d")
_IN_DIFF = frozenset("-+ @\\\t")
_DIFF_WORDS = re.compile(
    r"diff --git |index [0-9a-f]|(?:new|old|deleted) (?:file )?mode |similarity index |rename |"
    r"copy |Binary files |GIT binary"
)
_FROM = ("From:", "Von:", "De:", "De\xa0:", "De :", "\u53d1\u4ef6\u4eba", "\u5bc4\u4ef6\u8005")
_ENDS = frozenset("-_*=FVD\u53d1\u5bc4")
_MAX_LINES = 20_000


def own_lines(text: str) -> list[str]:
    """Lines in order; an empty one where something else stood, so that what stands on both sides
    of a quote is never taken for neighbours."""
    lines = text.split("\n", _MAX_LINES)[:_MAX_LINES]
    quoted = [line[:1] == ">" or (">" in line[:20] and _is_quoted(line)) for line in lines]
    open_from = _last_quoted(quoted) + 1
    own: list[str] = []
    in_diff = False
    for at, line in enumerate(lines):
        if quoted[at] or not line:
            own.append("")
            continue
        first = line[0]
        if first in _ENDS and _is_end(lines, at):
            break
        if at >= open_from and line[-1] in ":\uff1a" and _ATTRIBUTION.search(line[-200:]):
            if any(map(_PATCHED.match, lines[at + 1 :])):
                break
            open_from = len(lines)
        in_diff = (
            (first in _IN_DIFF or _DIFF_WORDS.match(line) is not None)
            if in_diff
            else (first in "d-@" and _DIFF.match(line) is not None)
        )
        own.append("" if in_diff or first in "+-|" else line)
    return own


def _is_quoted(line: str) -> bool:
    return _QUOTED.match(line) is not None


def _last_quoted(quoted: Sequence[bool]) -> int:
    return next((at for at in range(len(quoted) - 1, -1, -1) if quoted[at]), -1)


def _is_end(lines: Sequence[str], at: int) -> bool:
    """Whether the signature begins here, or a mail that is quoted without marks."""
    return lines[at] == _SIGNATURE or _begins_mail(lines, at) or _is_header_block(lines, at)


def _begins_mail(lines: Sequence[str], at: int) -> bool:
    """``-----Original Message-----`` in any language, or a bar, with mail headers below it."""
    line = lines[at].rstrip()
    if line[0] not in _RULE or len(line) < 10 or len(line) > 200:
        return False
    words = line.strip(_RULE + " \t")
    if not words:
        return bool(_BAR.match(line)) and _headers(lines, at + 1) >= 2
    is_ruled = line[:2] == line[:1] * 2 and line[-2:] == line[-1:] * 2
    return is_ruled and "".join(words.split()).isalpha() and _headers(lines, at + 1) >= 1


def _is_header_block(lines: Sequence[str], at: int) -> bool:
    """``From:``, ``Sent:``, ``To:`` one below the other, as Outlook puts them above a full quote,
    or a patch that is put into a reply has them."""
    is_first = lines[at].lstrip("*").startswith(_FROM)
    return is_first and _headers(lines, at) >= 3


def _headers(lines: Sequence[str], at: int) -> int:
    """How many lines that look like headers stand one below the other."""
    found = 0
    for line in lines[at : at + 8]:
        if not line.strip() and not found:
            continue
        if not _HEADER.match(line):
            break
        found += 1
    return found
