# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines by which mailers and writers part a reply: signatures, and what stands above quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ATTRIBUTION = re.compile(
    r"(?:\bwrote|\bwrites|\bsaid|\u00e9crit|\u5199\u9053|\u5beb\u9053"
    r"|\u043d\u0430\u043f\u0438\u0441\u0430\u043b\w?)\s*[:\uff1a]\s*$"
    # Where the verb comes first: "Am 05.01.26 um 10:00 schrieb Bo Reviewer:".
    r"|(?:^|\s)(?:schrieb|schreef|skrev|napisa\u0142|escribi\u00f3|ha scritto)\b[^\n]*:$"
)
# "On Mon, 5 Jan 2026 at 10:00, Somebody of a long name" when the mailer broke the line there.
_BROKEN = re.compile(r"^On .{0,200}\d{4}\b|^On .{0,40}\b\d{1,2}:\d\d\b")
_COLONS = (":", "\uff1a")
_REACH = 200

_RULE = "-_*="
_BAR = re.compile(r"[_-]{10,200}$")
_HEADER = re.compile(r"[*_ \t]{0,3}(?![\w-]{0,40}-by\b)[^\W\d_][\w -]{0,24}[*_ \t]{0,3}[:\uff1a]")
_FROM = ("From:", "Von:", "De:", "De\xa0:", "De :", "\u53d1\u4ef6\u4eba", "\u5bc4\u4ef6\u8005")


def is_signature(line: str) -> bool:
    """Whether a signature begins here, or the footer of a list."""
    return line in ("-- ", "--") or (len(line) >= 20 and not line.strip("_"))


def ruled_words(line: str) -> str:
    """The words in ``-----Original Message-----``, in any language; empty for other lines."""
    line = line.rstrip()
    if not 10 <= len(line) <= 200 or line[0] not in _RULE:
        return ""
    if line[:2] != line[:1] * 2 or line[-2:] != line[-1:] * 2:
        return ""
    words = line.strip(_RULE + " \t")
    return words if "".join(words.split()).isalpha() else ""


def is_attribution(lines: Sequence[str], at: int) -> bool:
    """``On Monday, Bo wrote:``, or its first line when the mailer broke it."""
    line = lines[at].strip()
    if line.endswith(_COLONS):
        return _ATTRIBUTION.search(line[-_REACH:]) is not None
    if not line.startswith("On ") or not _BROKEN.match(line):
        return False
    below = lines[at + 1].rstrip() if at + 1 < len(lines) else ""
    return below.endswith(_COLONS) and _ATTRIBUTION.search(below[-_REACH:]) is not None


def begins_mail(lines: Sequence[str], at: int) -> bool:
    """Whether another mail begins here without quote marks: ``-----Original Message-----`` or a
    bar, with mail headers below it, or ``From:``, ``Sent:``, ``To:`` one below the other, as
    Outlook puts them above a full quote, or a patch that is put into a reply has them."""
    line = lines[at]
    if line[:1] in _RULE:
        if ruled_words(line):
            return _headers(lines, at + 1) >= 1
        if _BAR.match(line.rstrip()):
            return _headers(lines, at + 1) >= 2
    return line.lstrip("*").startswith(_FROM) and _headers(lines, at) >= 3


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
