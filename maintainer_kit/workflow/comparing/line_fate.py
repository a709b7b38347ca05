# SPDX-License-Identifier: GPL-2.0-or-later
"""What became of a line of an old patch in a new one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from maintainer_kit.checks.patch import Patch
from maintainer_kit.model.message.finding import find_patch
from maintainer_kit.model.patch.carry import carry
from maintainer_kit.model.patch.places import Place
from maintainer_kit.model.patch.sheet import Sheet, sheet_of_patch

_AROUND = 3
"""Lines above and below the one that is spoken of which count as the code there."""
_SHOWN = 3
_MAX_TEXT = 8 << 20


class LineFate(StrEnum):
    """What became of the line that a comment speaks of."""

    UNCHANGED = "unchanged"
    """It is there, and so is what is around it."""
    CHANGED = "changed"
    """It, or what is around it, is other than it was."""
    GONE = "gone"
    """Neither it nor what was around it is in the new patches."""
    WHOLE = "whole"
    """The comment speaks of no line."""


@dataclass(frozen=True, slots=True)
class Text:
    """A patch as it was mailed, in whose lines comments are anchored."""

    lines: list[str]
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one line."""

    fate: LineFate
    place: Place | None = None
    """Where it is, or what stands there now."""
    now: tuple[str, ...] = ()
    """What stands there now; empty where it is as it was."""


_GONE = Judged(LineFate.GONE)


def text_of(patch: Patch) -> Text:
    """The text of a mail as comments are anchored in it; of a commit one in the form of a mail."""
    text = _mailed(patch)
    return Text(text.split("\n"), sheet_of_patch(text))


def _mailed(patch: Patch) -> str:
    if patch.mail is None:
        return "\n".join((patch.title, "", *patch.body, "---", patch.diff_text))[:_MAX_TEXT]
    text = patch.mail.text[:_MAX_TEXT]
    found = find_patch(patch.mail, text, patch.subject, is_reply=False).text
    return text if text.endswith(found) else found[:_MAX_TEXT]


def judge(place: Place, older: Text, newer: Text, *, is_partner: bool) -> Judged:
    """Look for a line of ``older`` in a new patch; in one that is no counterpart of the old patch
    only the line itself counts, in the same file."""
    old, new = older.sheet, newer.sheet
    if not place.path:
        return _of_message(place, old, new) if is_partner else _GONE
    there = carry(place, old, new)
    if there is not None and (is_partner or there.path == place.path):
        if _same_around(old, place.at - 1, new, there.at - 1):
            return Judged(LineFate.UNCHANGED, there)
        return Judged(LineFate.CHANGED, there, _shown(newer, there.at - 1))
    near = _nearest(place, old, new) if is_partner else None
    return Judged(LineFate.CHANGED, near, _shown(newer, near.at - 1)) if near else _GONE


def _of_message(place: Place, old: Sheet, new: Sheet) -> Judged:
    """Of a line of a commit message or a cover letter: as it was, or not."""
    key = old.keys[place.at - 1] if place.at <= len(old.keys) else ""
    places = (new.places[at] for at in new.index.get(key, ()))
    found = next((one for one in places if one and not one.path), None)
    return Judged(LineFate.UNCHANGED if found else LineFate.CHANGED, found)


def _same_around(old: Sheet, at: int, new: Sheet, there: int) -> bool:
    """Whether the line and its neighbours are the same, signs included, as far as the hunks of
    both go."""
    for step in range(-_AROUND, _AROUND + 1):
        one = _key(old, at + step, old.places[at])
        other = _key(new, there + step, new.places[there])
        if one and other and one != other:
            return False
    return True


def _key(sheet: Sheet, at: int, center: Place | None) -> str:
    """A line of the same hunk; empty outside of it."""
    place = sheet.places[at] if 0 <= at < len(sheet.keys) else None
    if place is None or center is None or (place.hunk, place.path) != (center.hunk, center.path):
        return ""
    return sheet.keys[at]


def _nearest(place: Place, old: Sheet, new: Sheet) -> Place | None:
    """Where the nearest neighbour of a line went that is there still."""
    for far in range(1, _AROUND + 1):
        for at in (place.at - 1 - far, place.at - 1 + far):
            beside = old.places[at] if 0 <= at < len(old.keys) else None
            if beside is None or (beside.path, beside.hunk) != (place.path, place.hunk):
                continue
            if place.hunk and (found := carry(beside, old, new)):
                return found
    return None


def _shown(text: Text, at: int) -> tuple[str, ...]:
    """The lines there, as far as the hunk goes."""
    places = text.sheet.places
    wanted = range(max(0, at - 1), min(len(places), at + _SHOWN))
    return tuple(text.lines[one] for one in wanted if _key(text.sheet, one, places[at]))
