# SPDX-License-Identifier: GPL-2.0-or-later
"""The file that two sides began with, put together from what each shows of it.

They need not have begun with the same: lines that moved are found again by their texts, and what
differs below the patches is left out of the comparison.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maintainer_kit.model.patch.rising import rising

# Four letters or digits, without looking back.
_SAYS = re.compile(r"(?:[\W_]*+[^\W_]){4}")
_RUN = 3
"""Of files of which only parts are known, a line that both parts show once may be two lines; with
its neighbours it is one."""


@dataclass(frozen=True, slots=True)
class BaseLine:
    """A line that both began with, by its number on either side; ``old`` is 0 where the old side
    never had it."""

    old: int
    new: int
    text: str


def common_base(
    old: Mapping[int, str], new: Mapping[int, str], *, is_whole: bool
) -> list[BaseLine]:
    """Lines in the order of the new side. ``is_whole`` tells that both are known from their
    beginnings to their ends: what one lacks is not there."""
    if old == new:
        return [BaseLine(at, at, text) for at, text in sorted(old.items())]
    anchors = _anchors(old, new, least=1 if is_whole else _RUN)
    if not is_whole and _agree(old, new, anchors):
        return [BaseLine(at, at, text) for at, text in sorted({**old, **new}.items())]
    return _moved_base(old, new, _spread(anchors, old, new), is_whole)


def _agree(
    old: Mapping[int, str], new: Mapping[int, str], anchors: Sequence[tuple[int, int]]
) -> bool:
    """Whether both number their lines alike."""
    if any(one != other for one, other in anchors):
        return False
    return all(new[number] == text for number, text in old.items() if number in new)


def _moved_base(
    old: Mapping[int, str],
    new: Mapping[int, str],
    pairs: Sequence[tuple[int, int]],
    is_whole: bool,
) -> list[BaseLine]:
    """``pairs`` are the numbers of lines that are the same."""
    partner = dict(pairs)
    backward = {theirs: mine for mine, theirs in pairs}
    found = [BaseLine(backward.get(at, 0), at, text) for at, text in new.items()]
    if not is_whole:
        found = [_guessed(one, pairs, old) if not one.old else one for one in found]
        found += _of_old_alone(old, new, pairs, partner)
    return sorted(found, key=lambda one: (one.new, one.old))


def _guessed(line: BaseLine, pairs: Sequence[tuple[int, int]], old: Mapping[int, str]) -> BaseLine:
    """The number that a line of the new side most likely has on the old one, by its neighbours."""
    if not pairs:
        return line
    at = _last_before(pairs, line.new, 1)
    mine, theirs = pairs[at]
    number = line.new - theirs + mine
    following = pairs[at + 1][0] if at + 1 < len(pairs) else number + 1
    fits = 0 < number < following and number not in old
    return BaseLine(number, line.new, line.text) if fits else line


def _of_old_alone(
    old: Mapping[int, str],
    new: Mapping[int, str],
    pairs: Sequence[tuple[int, int]],
    partner: Mapping[int, int],
) -> list[BaseLine]:
    """Lines that only the old side shows, where nothing speaks against the new one having them."""
    found: list[BaseLine] = []
    for number, text in old.items():
        if number in partner:
            continue
        if not pairs:
            found.append(BaseLine(number, number, text))
            continue
        at = _last_before(pairs, number, 0)
        mine, theirs = pairs[at]
        place = number - mine + theirs
        following = pairs[at + 1][1] if at + 1 < len(pairs) else place + 1
        if 0 < place < following and place not in new:
            found.append(BaseLine(number, place, text))
    return found


def _last_before(pairs: Sequence[tuple[int, int]], number: int, side: int) -> int:
    """The last pair at or above a line; the first where none is."""
    at = bisect_right(pairs, number, key=lambda pair: pair[side]) - 1
    return max(0, at)


def _anchors(old: Mapping[int, str], new: Mapping[int, str], least: int) -> list[tuple[int, int]]:
    """Lines that each side shows once, the most that are in one order on both, as long as so many
    lines that follow one another are equal there."""
    counts = Counter(old.values()), Counter(new.values())
    places = {text: at for at, text in new.items() if counts[1][text] == 1 and _says(text)}
    alone = (at for at, text in old.items() if text in places and counts[0][text] == 1)
    pairs = sorted((at, places[old[at]]) for at in alone)
    pairs = [pair for pair in pairs if _run(*pair, old, new, least) >= least]
    return rising(pairs)


def _run(one: int, other: int, old: Mapping[int, str], new: Mapping[int, str], most: int) -> int:
    """How many equal lines follow one another where two are equal, as far as that matters."""
    count = 1
    for step in (1, -1):
        far = step
        while count < most and one + far in old and old[one + far] == new.get(other + far):
            count += 1
            far += step
    return count


def _spread(
    anchors: Sequence[tuple[int, int]], old: Mapping[int, str], new: Mapping[int, str]
) -> list[tuple[int, int]]:
    """The anchors, and the equal lines above and below each."""
    found = dict(anchors)
    taken = set(found.values())
    for step in (1, -1):
        for mine, theirs in anchors if step > 0 else reversed(anchors):
            one, other = mine + step, theirs + step
            while (
                one not in found
                and other not in taken
                and one in old
                and old[one] == new.get(other)
            ):
                found[one] = other
                taken.add(other)
                one, other = one + step, other + step
    return sorted(found.items())


def _says(text: str) -> bool:
    return _SAYS.match(text) is not None
