# SPDX-License-Identifier: GPL-2.0-or-later
"""The whole comparison: which patch became which, and what the code differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from maintainer_kit.workflow.comparing.interdiff import Interdiff, Named, interdiff
from maintainer_kit.workflow.comparing.pairing import Pair, pair_patches
from maintainer_kit.workflow.comparing.series_file import Contents, NoContents
from maintainer_kit.workflow.comparing.shape import shape_of
from maintainer_kit.workflow.comparing.side import Side, Sides


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides, and what became of each patch."""

    old: Side
    new: Side
    pairs: tuple[Pair, ...]
    problems: tuple[str, ...]
    """What is missing or mangled, a line each; the rest is compared."""
    contents: Contents

    def whole(self) -> Interdiff:
        """The code after all new patches beside that after all old ones."""
        return interdiff(_named(self.old), _named(self.new), self.contents)

    def interdiff(self, pair: Pair) -> Interdiff:
        """The same of one pair alone; what others do is left out."""
        return interdiff(_one(self.old, pair.old), _one(self.new, pair.new), self.contents)


def compare(sides: Sides, contents: Contents | None = None) -> Comparison:
    """Tell two sides apart; contents of files are those of a repository, where there is one."""
    sides, told = _limited(sides)
    pairs = pair_patches(sides)
    problems = (*told, *_problems(sides.old), *_problems(sides.new))
    return Comparison(
        sides.old, sides.new, pairs, tuple(dict.fromkeys(problems)), contents or NoContents()
    )


def _limited(sides: Sides) -> tuple[Sides, Sequence[str]]:
    """One patch against a whole series is compared with its counterpart there."""
    old, new = list(sides.old.received), list(sides.new.received)
    if min(len(old), len(new)) != 1 or len(old) == len(new):
        return sides, ()
    kept = next((one for one in pair_patches(sides) if None not in (one.old, one.new)), None)
    if kept is None:
        return sides, ("none of the patches is like the one",)
    told = f"one patch against {max(len(old), len(new))}: the most alike of them is compared"
    return replace(sides, old=_only(sides.old, kept.old), new=_only(sides.new, kept.new)), (told,)


def _only(side: Side, number: int | None) -> Side:
    """The side with all other patches left out."""
    if number is None or len(side.patches) == 1:
        return side
    return replace(side, patches=(side.patches[number],))


def _problems(side: Side) -> Iterator[str]:
    yield from side.problems
    if words := side.shortfall:
        yield words
    for number, patch in side.received:
        if patch.is_mail and (damage := shape_of(patch.diff_text).damage):
            yield f"{side.name}: patch {side.number_of(number)} is mangled: {damage}"


def _named(side: Side) -> list[Named]:
    return [(_name(side, number), patch) for number, patch in side.received]


def _one(side: Side, number: int | None) -> list[Named]:
    patch = side.patches[number] if number is not None else None
    return [(_name(side, number or 0), patch)] if patch else []


def _name(side: Side, number: int) -> str:
    return f"patch {side.number_of(number)} of {side.name}"
