# SPDX-License-Identifier: GPL-2.0-or-later
"""What a patch says about how it differs from its older revisions, and where it says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.message.trailer import is_trailer_name

_V = r"(?:\(?(?:patch |rfc |rfc-|version |revision |rev )?v ?\d{1,2}(?:\.\d)?\)?|rfc(?: ?v\d)?)"
_OLDER = (
    r"(?:the )?(?:last|previous|prior|earlier|initial|first|original|old) "
    r"(?:version|revision|patch(?:es|set)?|series|submission|posting|post|v\d|rfc|iteration)"
)
_HEAD = lazy_pattern(
    r"[ \t*#>=~(\[-]{0,6}(?:(?:(?:major |minor |main |other )?"
    r"(?:changes?|changelogs?|change ?log|history|differences?|updates?|modifications?|diff|delta|"
    r"what(?:'s| is) (?:new|changed))\b"
    rf"[ \t]{{0,3}}(?:since|in|from|for|of|to|with|between|against|made|log|:|,|\(|-)?[ \t]{{0,3}}"
    rf"(?:the )?(?:{_V}|{_OLDER}))"
    rf"|{_V}[ \t]{{0,3}}(?:-+>|=+>|\u2192|<-+|\.\.|-)[ \t]{{0,3}}{_V}"
    rf"|{_V}[ \t]{{0,3}}(?:changes?|changelog|updates?)\b"
    r"|(?:changes?|change ?logs?|(?:revision |version |patch )?history)[ \t]{0,3}:?[ \t]*$)",
    re.IGNORECASE,
)
"""A line that begins a list of changes: ``Changes since v1:``, ``v1 -> v2:``, ``Changelog``."""
_ITEM = lazy_pattern(
    r"[ \t*#>(\[-]{0,6}(?:patch |in )?(?:v\d{1,2}(?:\.\d)?|rfc ?v\d)\)?"
    r"[ \t]{0,3}(?:[:,]|\]|-+(?=[ \t]|$)|$|\()",
    re.IGNORECASE,
)
"""``v2: rename it``."""
_TOLD = lazy_pattern(
    r"\bv ?\d{1,2}\b(?!\.\d)|range-diff|interdiff|supersedes:|change-?log|"
    r"compared (?:to|with)|no (?:functional |code |other )?changes?\b|unchanged|"
    r"new (?:patch|in this)|rebase|respin|reroll|re-?sen[dt]|as (?:suggested|requested|per) |"
    rf"\b(?:rfc|{_OLDER})\b"
)
"""In small letters."""
_SIGNS = (
    *("chang", "diff", "supersed", "previous", "prior", "earlier", "last ", "initial", "first "),
    *("original", "old ", "compare", "rebas", "respin", "reroll", "resen", "re-sen", "new patch"),
    *("new in ", "as sugg", "as requ", "as per ", "history", "update", "modif", "delta", "rfc"),
    *("what's", "what is"),
)
"""One of these, or a version, stands in every line that the others find."""
_VERSION = lazy_pattern(r"v ?\d")
_LONG = 300


@dataclass(frozen=True, slots=True)
class Changelog:
    """Lines of a commit message that only who knows older revisions can read."""

    start: int
    end: int
    """Behind its last line, from 0."""


def is_heading(line: str) -> bool:
    """Whether a line begins a list of what changed between revisions."""
    return _HEAD.match(line[:_LONG]) is not None


def is_item(line: str) -> bool:
    """Whether a line says what a revision brings: ``v2: rename it``."""
    return _ITEM.match(line[:_LONG]) is not None


def tells_changes(lines: Sequence[str]) -> bool:
    """Whether a text says anything at all about an older revision."""
    for line in lines:
        low = line[:_LONG].lower()
        if _may_tell(low) and (_TOLD.search(low) or is_heading(low)):
            return True
    return False


def _may_tell(line: str) -> bool:
    """Of a line in small letters; cheap, and right when it says no."""
    return any(map(line.__contains__, _SIGNS)) or _VERSION.search(line) is not None


def find_changelog(body: Sequence[str]) -> Changelog | None:
    """The list of changes in a commit message; None where there is none.

    One that only names a version within a sentence is prose.
    """
    start = next((at for at, line in enumerate(body) if _starts(body, at, line)), None)
    if start is None:
        return None
    end = start + 1
    while end < len(body) and not _is_trailer(body[end]) and not _goes_on(body, end):
        end += 1
    while not body[end - 1].strip():
        end -= 1
    return Changelog(start, end)


def _starts(body: Sequence[str], at: int, line: str) -> bool:
    # Within a paragraph it is a line that happens to begin so, unless trailers are above.
    if not line or (at and body[at - 1].strip() and not _is_trailer(body[at - 1])):
        return False
    if not _may_tell(line[:_LONG].lower()) or not (is_heading(line) or is_item(line)):
        return False
    if at and body[at - 1].strip():
        return True
    return line.rstrip().endswith((":", "-", "]", ")")) or is_item(line) or _lists(body, at + 1)


def _lists(body: Sequence[str], at: int) -> bool:
    """Whether items of a list follow."""
    below = next((line for line in body[at : at + 2] if line.strip()), "")
    return below.lstrip()[:1] in tuple("-*+") or is_item(below)


def _goes_on(body: Sequence[str], at: int) -> bool:
    """Whether prose begins again: a paragraph that is no list, indented or headed by a version."""
    line = body[at]
    if not line.strip() or body[at - 1].strip():
        return False
    return not (line[:1] in (" ", "\t", "-", "*", "+", "[") or is_heading(line) or is_item(line))


def _is_trailer(line: str) -> bool:
    name, colon, value = line.partition(":")
    return bool(colon and value.strip()) and " " not in name and is_trailer_name(name)
