# SPDX-License-Identifier: GPL-2.0-or-later
"""What a Fixes: line says: which commit, by what title, and whether in the usual form."""

from __future__ import annotations

import re

from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.placed_trailers import PlacedTrailer
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.lazy.pattern import lazy_pattern

_ID = lazy_pattern(
    r"(?P<before>(?:the )?(?:commit:? )?)(?P<id>[0-9a-fA-F]{5,64})(?![\w.-])", re.ASCII
)
_MOST_LINES = 4
"""Lines over which somebody wraps a title."""
_DATE = lazy_pattern(r",? \d{4}-\d\d-\d\d$")
_MARKS = "\"'`\u201c\u201d\u2018\u2019"


@dataclass(frozen=True, slots=True)
class FixesTag:
    """A Fixes: line that names a commit."""

    at: PlacedTrailer
    count: int
    """Lines that it takes, those included that git does not take for its own."""
    commit: str
    """The abbreviated id, in lower case."""
    title: str
    """What it quotes as title, without quotation marks; empty when it quotes none."""
    is_formal: bool
    """It is written as ``Fixes: <id> ("<title>")``, in one line."""
    is_dated: bool
    """It is written as git's own references: ``<id> (<title>, <date>)``."""

    @property
    def id_start(self) -> int:
        """Column of the id on its first line."""
        return self.at.value_at + self.at.value.lower().find(self.commit)


def fixes_tags(patch: Patch) -> tuple[FixesTag, ...]:
    """All of them that name a commit, in order."""
    found = (_read(patch, one) for one in patch.named("Fixes")[:100])
    return tuple(one for one in found if one)


def formal(commit: str, title: str) -> str:
    """The value as the kernel writes it."""
    return f'{commit} ("{title}")'


def _read(patch: Patch, one: PlacedTrailer) -> FixesTag | None:
    found = _ID.match(one.value)
    if found is None:
        return None
    rest, count = _with_tail(patch, one, one.value[found.end() :].strip())
    title, is_formal, is_dated = _title(rest)
    usual = is_formal and not found["before"] and count == 1
    return FixesTag(one, count, found["id"].lower(), title, usual, is_dated)


def _with_tail(patch: Patch, one: PlacedTrailer, rest: str) -> tuple[str, int]:
    """What follows the id, with lines below that a mailer or a hand has wrapped."""
    count = one.count
    if not rest.startswith("(") or rest.endswith(")"):
        return rest, count
    joined = rest
    start = one.index + count
    for line in patch.body[start : start + _MOST_LINES]:
        if not line.strip() or len(line) > 200:
            break
        joined, count = f"{joined} {line.strip()}", count + 1
        if line.rstrip().endswith(")"):
            return joined, count
    return rest, one.count


def _title(rest: str) -> tuple[str, bool, bool]:
    """The title that stands behind the id, and whether in either usual form."""
    if not rest:
        return "", False, False
    if rest.startswith('("') and rest.endswith('")') and len(rest) > 4:
        return rest[2:-2], True, False
    bare = rest
    if bare.startswith("(") and bare.endswith(")"):
        bare = bare[1:-1]
        if _DATE.search(bare[-12:]):
            return _DATE.sub("", bare).strip(_MARKS), False, True
    elif bare.startswith(("(", ": ", ", ", "- ")):
        bare = bare[1:]
    return bare.strip().strip(_MARKS), False, False
