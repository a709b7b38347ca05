# SPDX-License-Identifier: GPL-2.0-or-later
"""The block of trailers: its gaps, what stands outside, and its order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maintainer_kit.checks.finding import Edit, Part, Spot
from maintainer_kit.checks.patch import Patch, in_body
from maintainer_kit.checks.placed_trailers import PlacedTrailer
from maintainer_kit.checks.trailer_names import PEOPLE
from maintainer_kit.lazy.dataclass import dataclass

_LAST = 400
"""Lines at the end of a body among which the block is sought."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Blank lines between trailers."""

    above: str
    """The name of the trailer that they follow."""
    spot: Spot
    edit: Edit


@dataclass(frozen=True, slots=True)
class Disorder:
    """Two trailers that stand the wrong way round, and the block as it should be."""

    early: PlacedTrailer
    late: PlacedTrailer
    """It stands below the other, and belongs above it."""
    edit: Edit | None


def first_gaps(patch: Patch) -> Iterator[Gap]:
    """Blank lines between paragraphs that are nothing but trailers."""
    if not patch.trailers:
        return
    covered = _covered(patch)
    end = _end(patch.body)
    start = max(0, end - _LAST)
    at = end - 1
    while at > start and _is_trailing(patch.body[at], at in covered):
        at -= 1
        if not patch.body[at].strip():
            blank = at
            while at > start and not patch.body[at].strip():
                at -= 1
            if at not in covered or not _is_pure(patch.body, at, covered):
                return
            if not _is_meant(covered[at]) and covered[at].name in PEOPLE:
                return
            edit = Edit(Part.BODY, at + 1, blank - at, ())
            yield Gap(covered[at].name, in_body(at + 1), edit)


def strays(patch: Patch) -> list[PlacedTrailer]:
    """Trailers of people, and Fixes:, that stand in the text above the last paragraph."""
    if not patch.trailers:
        return []
    pure = _last_pure(patch)
    return [one for one in patch.trailers if one.index < pure and not one.indent and _is_meant(one)]


def _is_meant(one: PlacedTrailer) -> bool:
    """Whether a line is a trailer and not a sentence that begins like one."""
    if one.name in PEOPLE:
        return "@" in one.value and "<" in one.value
    digits = one.value[:10]
    return one.name == "Fixes" and all(c in "0123456789abcdef" for c in digits) and bool(digits)


def _last_pure(patch: Patch) -> int:
    """Index where the paragraphs of nothing but trailers begin, or git's last one does."""
    covered = _covered(patch)
    end = _end(patch.body)
    start = end
    at = end - 1
    while at >= 0:
        first = _paragraph_start(patch.body, at)
        pure = _is_pure(patch.body, at, covered)
        if not pure and start != end:
            return start
        start = first
        if not pure:
            block = [one.index for one in patch.trailers if one.in_block and one.index >= first]
            return first if block else end
        at = first - 1
        while at >= 0 and not patch.body[at].strip():
            at -= 1
    return start


def _covered(patch: Patch) -> dict[int, PlacedTrailer]:
    """The trailer of each line that is a part of one."""
    return {
        line: one
        for one in patch.trailers
        if one.in_block
        for line in range(one.index, one.index + one.count)
    }


def _end(body: Sequence[str]) -> int:
    """Behind the last line that is not blank."""
    end = len(body)
    while end and not body[end - 1].strip():
        end -= 1
    return end


def _paragraph_start(body: Sequence[str], at: int) -> int:
    while at > 0 and body[at - 1].strip():
        at -= 1
    return at


def _is_pure(body: Sequence[str], last: int, covered: dict[int, PlacedTrailer]) -> bool:
    """Whether the paragraph that ends with a line is of nothing but trailers and remarks."""
    first = _paragraph_start(body, last)
    if first not in covered:
        return False
    return all(_is_trailing(body[at], at in covered) for at in range(first, last + 1))


def _is_trailing(line: str, is_covered: bool) -> bool:
    return is_covered or line.startswith(("[", "(cherry picked from "))


def sorted_block(patch: Patch, order: Sequence[str]) -> Disorder | None:
    """The first two trailers of the block that an order has the other way round.

    Sign-offs below the first others' are the way that the patch took, and stay where they are.
    """
    ranks = {name.lower(): at for at, name in enumerate(order)}
    block = [one for one in patch.trailers if one.in_block][:_LAST]
    signed = ranks.get("signed-off-by", -1)
    highest: tuple[int, PlacedTrailer] | None = None
    above: PlacedTrailer | None = None
    seen_signed = False
    for one in block:
        rank = ranks.get(one.name.lower())
        if rank is None:
            continue
        if highest is None or rank >= highest[0]:
            highest = (rank, one)
        elif (rank != signed or not seen_signed) and not _belongs(one, above):
            return Disorder(highest[1], one, _sorted(block, ranks))
        seen_signed = seen_signed or rank == signed
        above = one
    return None


def _sorted(block: Sequence[PlacedTrailer], ranks: dict[str, int]) -> Edit | None:
    """The block in order; None where it holds more than trailers of one line each."""
    first, count = block[0].index, len(block)
    if block[-1].index - first + 1 != count or any(x.count > 1 for x in block) or count > 100:
        return None
    units: list[tuple[int, list[PlacedTrailer]]] = []
    for one in block:
        rank = ranks.get(one.name.lower())
        glued = bool(units) and (rank is None or _belongs(one, units[-1][1][-1]))
        if glued:
            units[-1][1].append(one)
        else:
            units.append((rank if rank is not None else -1, [one]))
    if _is_chain(units, ranks):
        return None
    lines = [_line(one) for _, unit in sorted(units, key=lambda pair: pair[0]) for one in unit]
    return Edit(Part.BODY, first, count, tuple(lines))


def _belongs(one: PlacedTrailer, above: PlacedTrailer | None) -> bool:
    """Whether it speaks of the trailer above it: the report of a Reported-by:, the sign-off of a
    co-author."""
    match above.name if above else "":
        case "Reported-by":
            return one.name in ("Closes", "Link")
        case "Co-developed-by":
            return one.name == "Signed-off-by"
        case _:
            return False


def _is_chain(units: Sequence[tuple[int, list[PlacedTrailer]]], ranks: dict[str, int]) -> bool:
    """Whether others signed below what was given to the patch: there the order tells its way."""
    signed = ranks.get("signed-off-by")
    places = [at for at, (rank, _) in enumerate(units) if rank == signed]
    return len(places) > 1 and places[-1] - places[0] >= len(places)


def _line(one: PlacedTrailer) -> str:
    return f"{one.indent}{one.written}{one.gap}:{one.space}{one.value}"
