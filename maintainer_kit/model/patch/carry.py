# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a line of a patch went in a newer revision of it."""

from __future__ import annotations

from maintainer_kit.model.patch.places import Place
from maintainer_kit.model.patch.sheet import Sheet, says_much

_AROUND = 3
"""Neighbours that are compared on each side."""
_TRIES = 60


def carry(place: Place, older: Sheet, newer: Sheet) -> Place | None:
    """The place in the newer patch of what stood at ``place`` in the older one; None when it is
    gone. Both are sheets of patch mails.

    A line is the same by its text without white space and sign. Of several equal ones that wins
    whose neighbours are the same; a line that says little, as ``}`` does, needs two of them.
    """
    if not place.path or not 0 < place.at <= len(older.keys):
        return None
    key = older.keys[place.at - 1]
    found = [at for one in _signed(key) for at in newer.near(one, 0, _TRIES, 0)]
    if not place.hunk:
        return _header(place, found, newer)
    best: Place | None = None
    best_score = (0, 0, 0)
    around = _around(older, place.at - 1, place)
    is_weak = not says_much(key)
    for at in found:
        other = newer.places[at]
        if other is None or not other.hunk:
            continue
        same_path = other.path == place.path
        beside = len(around & _around(newer, at, other))
        is_only = same_path and len(found) == 1
        if beside < (2 if is_weak else 1) and (is_weak or not is_only):
            continue
        score = (same_path + beside, newer.keys[at] == key, -abs(other.line - place.line))
        if best is None or score > best_score:
            best, best_score = other, score
    return best


def _header(place: Place, found: list[int], newer: Sheet) -> Place | None:
    """The same line of the header of the same file."""
    others = (newer.places[at] for at in found)
    return next((one for one in others if one and one.path == place.path and not one.hunk), None)


def _signed(key: str) -> tuple[str, ...]:
    """The line as added, removed and context: a patch before it may add now what it added."""
    bare = key[1:] if key[:1] in ("+", "-") else key
    return tuple(dict.fromkeys((key, f"+{bare}", bare))) if bare else ()


def _around(sheet: Sheet, at: int, place: Place) -> set[tuple[int, str]]:
    """The neighbours in its hunk, above it and below it."""
    found: set[tuple[int, str]] = set()
    for step in (-1, 1):
        other, seen = at + step, 0
        while 0 <= other < len(sheet.keys) and seen < _AROUND:
            near = sheet.places[other]
            if near is None or near.hunk != place.hunk or near.path != place.path:
                break
            bare = sheet.keys[other].lstrip("+-")
            if bare:
                seen += 1
                found.add((step, bare))
            other += step
    return found
