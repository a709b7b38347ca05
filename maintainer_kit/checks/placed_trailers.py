# SPDX-License-Identifier: GPL-2.0-or-later
"""Trailers of a commit message with their places, the badly written ones too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.message.trailer import Trailer, canonical, is_trailer_name

# Looser than git's: what was meant as a trailer is to be found too.
_LIKE = lazy_pattern(
    r"([ \t]{0,4})([A-Za-z][A-Za-z0-9]*(?:-+[A-Za-z0-9]+)*)([ \t]{0,4}):([ \t]*)(.*)$"
)
_SPACED = lazy_pattern(
    r"([ \t]{0,4})((?i:signed off by|reviewed by|acked by|tested by))([ \t]{0,4}):([ \t]*)(.*)$"
)


@dataclass(frozen=True, slots=True)
class PlacedTrailer:
    """One ``Name: value`` of a commit message, as it is written and as it is meant."""

    name: str
    """In its usual spelling: ``Signed-off-by``."""
    value: str
    """What it says, continued lines joined by a space."""
    written: str
    """The name as it stands there."""
    index: int
    """The line in the body, from 0."""
    count: int
    """How many lines it takes."""
    indent: str
    gap: str
    """What stands between the name and the colon."""
    space: str
    """What stands between the colon and the value."""
    in_block: bool
    """It is of the block at the end that git-interpret-trailers(1) reads, or of a block of nothing
    but trailers just above it."""

    @property
    def trailer(self) -> Trailer:
        return Trailer(self.name, self.value)

    @property
    def value_at(self) -> int:
        """Column where the value begins, on the first line."""
        return sum(map(len, (self.indent, self.written, self.gap, self.space))) + 1


def placed_trailers(body: Sequence[str]) -> tuple[PlacedTrailer, ...]:
    """All lines that are meant as trailers of a name that people use, in order; in the block at
    the end those of any name."""
    block = _block_start(body)
    found: list[PlacedTrailer] = []
    at = 0
    while at < len(body):
        one = _read(body, at, at >= block)
        if one:
            found.append(one)
        at += one.count if one else 1
    return tuple(found)


def _read(body: Sequence[str], at: int, in_block: bool) -> PlacedTrailer | None:
    pair = _match(body[at])
    if pair is None:
        return None
    indent, written, gap, space, value = pair.groups()
    known = is_trailer_name(written.replace(" ", "-"))
    if not known and not (in_block and not indent and not gap):
        return None
    if not in_block and (indent or not value) and not written.lower().endswith("-by"):
        return None
    if value.startswith("//"):  # a URL on a line of its own
        return None
    rest = list(_continued(body, at)) if in_block and value else []
    joined = " ".join([value.strip(), *(line.strip() for line in rest)])
    name = canonical(written.replace(" ", "-"))
    return PlacedTrailer(name, joined, written, at, 1 + len(rest), indent, gap, space, in_block)


def _match(line: str) -> re.Match[str] | None:
    if ":" not in line[:64]:
        return None
    return _LIKE.match(line) or _SPACED.match(line)


def _continued(body: Sequence[str], at: int) -> Iterator[str]:
    for later in range(at + 1, len(body)):
        line = body[later]
        if line[:1] not in (" ", "\t") or not line.strip() or _match(line):
            return
        yield line


def _block_start(body: Sequence[str]) -> int:
    """Index of the first line of the paragraphs at the end that are trailers in the main."""
    start = end = len(body)
    while end > 0:
        while end > 0 and not body[end - 1].strip():
            end -= 1
        first = end
        while first > 0 and body[first - 1].strip():
            first -= 1
        if first == end or not _is_block(body[first:end]):
            break
        start = end = first
    return start


def _is_block(paragraph: Sequence[str]) -> bool:
    """As git has it: all are trailers, or one is of a well-known name and a quarter of them are;
    a lone line of a name that nobody knows is prose."""
    heads = [line for line in paragraph if line[:1] not in (" ", "\t")]
    pairs = [found for line in heads if (found := _match(line))]
    known = [one for one in pairs if is_trailer_name(one[2].replace(" ", "-"))]
    if not known:
        return False
    return len(pairs) == len(heads) or 4 * len(pairs) >= len(heads)
