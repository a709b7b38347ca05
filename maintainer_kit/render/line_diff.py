# SPDX-License-Identifier: GPL-2.0-or-later
"""Two texts as the lines that one has and the other has not, with what is around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from maintainer_kit.render.aligned import Level, align

CONTEXT = 3

Heading = Callable[[Sequence[str], int], str]
"""The header of a hunk, by the new text and the line (from 0) that it begins with."""


def diff_lines(old: Sequence[str], new: Sequence[str], heading: Heading) -> list[str]:
    """Hunks as a unified diff has them; nothing where nothing differs."""
    start, end = _differing(old, new)
    mine, theirs = old[start : len(old) - end], new[start : len(new) - end]
    found: list[str] = []
    for levels in hunks_of(align(mine, theirs)) if mine != theirs else ():
        first = next((one.right for one in levels if one.right is not None), len(theirs))
        found.append(heading(new, start + first))
        found += signed(levels, mine, theirs)
    return found


def _differing(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many lines at the beginning and at the end need not be looked at: what is equal, but for
    the context."""
    most = min(len(old), len(new))
    start = next((at for at in range(most) if old[at] != new[at]), most)
    far = (at for at in range(1, most - start + 1) if old[-at] != new[-at])
    end = next(far, most - start + 1) - 1
    return max(0, start - CONTEXT), max(0, end - CONTEXT)


def signed(levels: Sequence[Level], old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """The lines with their signs; what goes stands above what comes."""
    for is_same, group in groupby(levels, key=lambda one: one.is_same):
        some = list(group)
        if is_same:
            yield from (f" {new[one.right]}" for one in some if one.right is not None)
            continue
        yield from (f"-{old[one.left]}" for one in some if one.left is not None)
        yield from (f"+{new[one.right]}" for one in some if one.right is not None)


def hunks_of(levels: Sequence[Level]) -> Iterator[Sequence[Level]]:
    """Cut at stretches of equal lines that are longer than the context of both sides."""
    differing = [at for at, one in enumerate(levels) if not one.is_same]
    start: int | None = None
    last = 0
    for at in differing:
        if start is not None and at - last > 2 * CONTEXT + 1:
            yield levels[max(0, start - CONTEXT) : last + CONTEXT + 1]
            start = None
        start = at if start is None else start
        last = at
    if start is not None:
        yield levels[max(0, start - CONTEXT) : last + CONTEXT + 1]
