# SPDX-License-Identifier: GPL-2.0-or-later
"""Two revisions told apart, as text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from maintainer_kit.checks.patch import Patch
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.render.cells import fit
from maintainer_kit.render.interdiff import interdiff_lines
from maintainer_kit.render.line_diff import diff_lines
from maintainer_kit.render.range_diff import range_diff_lines
from maintainer_kit.workflow.comparing.comparison import Comparison
from maintainer_kit.workflow.comparing.interdiff import Interdiff
from maintainer_kit.workflow.comparing.pairing import Fate, Pair
from maintainer_kit.workflow.comparing.side import Side

SIGNS = {
    Fate.KEPT: "=",
    Fate.CHANGED: "!",
    Fate.NEW: ">",
    Fate.DROPPED: "<",
    Fate.SPLIT: ">",
    Fate.MERGED: "<",
}
"""As git range-diff marks them."""
_SHORTLOG = re.compile(r"\S[^():]* \(\d+\):")
_STAT = re.compile(r" \S[^|]*\| +(?:\d+ [-+]*|Bin .*)$")
_NONE = "-"
_INDENT = "    "


def summary_text(found: Comparison, width: int) -> Iterator[str]:
    """What became of each patch, a line each, below how many of each fate there are."""
    yield visible_line(f"{found.old.name} -> {found.new.name}: {fates_words(found)}")
    yield from (visible_line(f"note: {one}") for one in found.problems)
    if words := cover_words(found):
        yield f"cover letter: {words}"
    for pair in found.pairs:
        yield fit(visible_line(pair_line(found, pair)), width).rstrip()


def fates_words(found: Comparison) -> str:
    """``3 kept, 2 changed, 1 new``."""
    counts = Counter(pair.fate for pair in found.pairs)
    moved = sum(pair.is_moved for pair in found.pairs)
    words = [f"{counts[fate]} {fate.value}" for fate in Fate if counts[fate]]
    return ", ".join([*words, *([f"{moved} moved"] if moved else [])]) or "no patches"


def cover_words(found: Comparison) -> str:
    """What became of the cover letter; empty where neither side has one."""
    old, new = found.old.cover, found.new.cover
    if not old or not new:
        return "new" if new else "none any more" if old else ""
    return "changed" if cover_text(old) != cover_text(new) else "the same"


def pair_line(found: Comparison, pair: Pair) -> str:
    """`` 2:  3 ! changed  title  (moved; code, 63 % alike)``."""
    numbers = f"{_number(found.old, pair.old):>3}: {_number(found.new, pair.new):>3}"
    notes = "; ".join(pair_notes(found, pair))
    tail = f"  ({notes})" if notes else ""
    return f"{numbers} {SIGNS[pair.fate]} {pair.fate.value:<8} {pair_title(found, pair)}{tail}"


def pair_title(found: Comparison, pair: Pair) -> str:
    """The title that the patch has now."""
    patch = _patch(found.new, pair.new) or _patch(found.old, pair.old)
    return patch.title if patch else ""


def pair_notes(found: Comparison, pair: Pair) -> Iterator[str]:
    """What is to be said of a pair beside its fate."""
    if pair.is_moved:
        yield "moved"
    if pair.changed:
        alike = f" {pair.likeness:.0%} alike" if "code" in pair.changed else ""
        yield ", ".join(pair.changed) + (f",{alike}" if alike else "")
    if pair.fate is Fate.SPLIT:
        yield f"out of old {_numbers(found.old, pair.others)}"
    if pair.fate is Fate.MERGED:
        yield f"into new {_numbers(found.new, pair.others)}"


def range_diff_text(found: Comparison, pairs: Sequence[Pair]) -> Iterator[str]:
    """Cover letter and changed patches as git range-diff tells them."""
    if found.old.cover and found.new.cover:
        letters = cover_text(found.old.cover), cover_text(found.new.cover)
        if lines := diff_lines(*letters, lambda lines, at: "@@ cover letter"):
            yield from ("", "cover letter:", *_indented(lines))
    for pair in pairs:
        if lines := pair_range_diff(found, pair):
            yield from ("", visible_line(pair_line(found, pair)), *_indented(lines))


def pair_range_diff(found: Comparison, pair: Pair) -> list[str]:
    """As ``range_diff_lines``; nothing for a patch that only one side has."""
    old, new = _patch(found.old, pair.old), _patch(found.new, pair.new)
    return range_diff_lines(old, new) if old and new and pair.fate is Fate.CHANGED else []


def has_other_code(pair: Pair) -> bool:
    """Whether the code after the two may differ: the same lines in other surroundings may stand
    elsewhere."""
    return not {"code", "context"}.isdisjoint(pair.changed)


def interdiff_text(found: Interdiff) -> Iterator[str]:
    """A unified diff below what is to be known of it."""
    lines = interdiff_lines(found)
    yield from (visible_line(f"note: {one}") for one in found.problems)
    if lines and not found.by_contents:
        yield "note: by the hunks of the mails: no repository here has all files they were made on"
    yield from (shown_line(line).rstrip() for line in lines)
    if not lines:
        yield "no difference in the code"


def each_interdiff_text(found: Comparison, pairs: Sequence[Pair]) -> Iterator[str]:
    """Patch by patch, those that both sides have."""
    for pair in pairs:
        if has_other_code(pair):
            yield from ("", visible_line(pair_line(found, pair)))
            yield from interdiff_text(found.interdiff(pair))


def cover_text(cover: Patch) -> list[str]:
    """What is compared of a cover letter: its title and its words, without shortlog and diffstat,
    which the patches themselves tell."""
    lines = [line.rstrip() for line in cover.body]
    end = next((at for at in range(len(lines)) if _is_shortlog(lines, at)), len(lines))
    while end and not lines[end - 1]:
        end -= 1
    return [cover.title, "", *lines[:end]]


def _is_shortlog(lines: Sequence[str], at: int) -> bool:
    """``Ada Author (3):`` with titles below it, or a line of a diffstat."""
    below = lines[at + 1] if at + 1 < len(lines) else ""
    is_name = below.startswith("  ") and bool(_SHORTLOG.fullmatch(lines[at][:200]))
    return is_name or bool(_STAT.match(lines[at][:1000]))


def shown_line(line: str) -> str:
    """A line of a diff as a terminal may have it; most are fit as they are."""
    line = line.expandtabs(8)
    return line if line.isascii() and line.isprintable() else visible_line(line)


def told_pairs(found: Comparison, numbers: Sequence[int]) -> Sequence[Pair]:
    """Those of new patches that were posted under these numbers; all, without any."""
    if not numbers:
        return found.pairs
    return [
        pair
        for pair in found.pairs
        if (found.new.number_of(pair.new) if pair.new is not None else 0) in numbers
    ]


def _number(side: Side, at: int | None) -> str:
    return _NONE if at is None else str(side.number_of(at))


def _numbers(side: Side, places: Sequence[int]) -> str:
    return ", ".join(str(side.number_of(at)) for at in places)


def _patch(side: Side, at: int | None) -> Patch | None:
    return None if at is None else side.patches[at]


def _indented(lines: Sequence[str]) -> Iterator[str]:
    return (f"{_INDENT}{shown_line(line)}".rstrip() for line in lines)
