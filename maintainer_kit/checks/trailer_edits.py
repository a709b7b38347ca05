# SPDX-License-Identifier: GPL-2.0-or-later
"""Mending lines of the body that are trailers."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.checks.finding import Edit, Part, Spot
from maintainer_kit.checks.patch import Patch, in_body
from maintainer_kit.checks.placed_trailers import PlacedTrailer


def shown(text: str, limit: int = 60) -> str:
    """Text of a mail, short enough to be quoted in a message."""
    flat = " ".join(text[: 4 * limit].split())
    return flat if len(flat) <= limit else f"{flat[: limit - 1]}\u2026"


def at_trailer(patch: Patch, one: PlacedTrailer) -> Spot:
    """The whole first line of a trailer."""
    return in_body(one.index, len(one.indent), len(patch.body[one.index].rstrip()))


def at_name(one: PlacedTrailer) -> Spot:
    """The name of a trailer."""
    start = len(one.indent)
    return in_body(one.index, start, start + len(one.written))


def at_value(patch: Patch, one: PlacedTrailer) -> Spot:
    """What a trailer says, on its first line."""
    return in_body(one.index, one.value_at, len(patch.body[one.index].rstrip()))


def rewritten(one: PlacedTrailer, value: str, name: str = "") -> Edit:
    """The trailer with another value, in one line."""
    return Edit(Part.BODY, one.index, one.count, (f"{name or one.name}: {value}",))


def renamed(patch: Patch, one: PlacedTrailer, name: str) -> Edit:
    """The trailer under another name, in the usual form; what continues it stays as it is."""
    first = patch.body[one.index][one.value_at :].strip()
    return Edit(Part.BODY, one.index, 1, (f"{name}: {first}".rstrip(),))


def removed(patch: Patch, one: PlacedTrailer) -> Edit:
    """The trailer taken out; with the blank line above it where nothing else is between blanks."""
    first, count = one.index, one.count
    below = patch.body[first + count] if first + count < len(patch.body) else ""
    if first and not patch.body[first - 1].strip() and not below.strip():
        first, count = first - 1, count + 1
    return Edit(Part.BODY, first, count, ())


def moved(patch: Patch, one: PlacedTrailer, before: int) -> tuple[Edit, Edit]:
    """The trailer put in front of another line of the body."""
    lines: Sequence[str] = patch.body[one.index : one.index + one.count]
    return removed(patch, one), Edit(Part.BODY, before, 0, tuple(lines))
