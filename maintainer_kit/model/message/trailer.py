# SPDX-License-Identifier: GPL-2.0-or-later
"""Trailers (git-interpret-trailers(1)): in a commit message, and as given in a reply."""

from __future__ import annotations

import re
from dataclasses import dataclass

from maintainer_kit.model.mail.person import parse_person

_TRAILER = re.compile(r"^([A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*):[ \t]*(\S.*)$")
_REVIEW = re.compile(
    r"^((?:Reviewed|Acked|Tested|Nacked|Reported|Suggested|Signed-off|Co-developed|Reported-and-tested)"
    r"-by):[ \t]*(\S.*)$",
    re.IGNORECASE,
)
_KNOWN = frozenset({"fixes", "link", "closes", "cc", "message-id", "change-id", "bugzilla", "git"})
_SIGNATURE = "-- "
_LIMIT = 400

REVIEW_TRAILERS = ("Reviewed-by", "Acked-by", "Tested-by")
"""What a reviewer gives to say that a patch may go in."""


@dataclass(frozen=True, slots=True)
class Trailer:
    """One ``Name: value`` line; the name in its usual spelling."""

    name: str
    value: str

    @property
    def giver(self) -> str:
        """The address in the value, in lower case; empty when there is none."""
        key = parse_person(self.value.split("#")[0]).key
        return key if "@" in key else ""


def canonical(name: str) -> str:
    """``REVIEWED-BY`` and ``reviewed-By`` as ``Reviewed-by``."""
    return name[:1].upper() + name[1:].lower() if name else name


def _is_trailer_name(name: str) -> bool:
    low = name.lower()
    return low.endswith("-by") or low in _KNOWN


def message_trailers(message: str) -> tuple[Trailer, ...]:
    """Trailers of a commit message: those of its last paragraphs that are trailers in the main.

    Lists that strip or add blank lines between trailers are common, so paragraphs are taken from
    the end for as long as half of their lines are trailers.
    """
    found: list[Trailer] = []
    for paragraph in reversed(re.split(r"\n\s*\n", message.strip())[-6:]):
        lines = paragraph.strip().split("\n")[-_LIMIT:]
        pairs = [_TRAILER.match(line) for line in lines]
        good = [
            Trailer(canonical(pair[1]), pair[2].strip())
            for pair in pairs
            if pair and _is_trailer_name(pair[1])
        ]
        folded = sum(line[:1] in " \t" for line in lines)
        if not good or 2 * len(good) < len(lines) - folded:
            break
        found = good + found
    return tuple(found[-_LIMIT:])


def given_trailers(text: str) -> tuple[Trailer, ...]:
    """Review trailers that a reply gives: at the start of a line, not quoted, above a signature."""
    if "-by:" not in text and "-By:" not in text and "-BY:" not in text:
        return ()
    found: list[Trailer] = []
    for line in text.split("\n"):
        if line == _SIGNATURE:
            break
        match = _REVIEW.match(line.strip())
        if match and not line.startswith((">", "+", "-")) and "@" in match[2]:
            found.append(Trailer(canonical(match[1]), match[2].strip()))
    return tuple(found[:_LIMIT])
