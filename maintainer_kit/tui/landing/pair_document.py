# SPDX-License-Identifier: GPL-2.0-or-later
"""A patch and a commit as rows: line beside line, or one text that tells them apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from maintainer_kit.model.mail.text import count_of
from maintainer_kit.model.queue.landed import Landing
from maintainer_kit.model.queue.verdict import day
from maintainer_kit.render.aligned import align
from maintainer_kit.tui.topic.document import Line, LineKind, text_lines
from maintainer_kit.workflow.landing.pair import Pair, Version

_AROUND = 3
"""Equal rows that stay at either side of others."""
_WORTH = 4
"""Rows that are not hidden for less."""
_ID = 12
_MOST = 120_000
"""Lines of either side: nobody reads more, and they are laid out anew for each width."""

Head = tuple[str, str]
"""Two lines: a title, and who made it when; not fit for a terminal as they are."""


@dataclass(frozen=True, slots=True)
class PairRow:
    """Lines that stand beside each other."""

    left: Line | None
    right: Line | None
    is_same: bool = True


@dataclass(frozen=True, slots=True)
class PairDocument:
    """What the screen shows."""

    rows: Sequence[PairRow]
    heads: tuple[Head, Head] | None = None
    """Of the patch and of the commit; None where neither is there."""
    is_single: bool = False
    """The rows are one text, on the left."""


def told(*words: str) -> PairDocument:
    """Words of ours in place of a pair."""
    return PairDocument([_note(one) for one in words], is_single=True)


def beside(pair: Pair, problem: str = "") -> PairDocument:
    """Line beside line; what is a problem stands above."""
    rows = [_note(one) for one in (problem, pair.problem) if one]
    left, right = _lines(pair.patch), _lines(pair.commit)
    if pair.patch and pair.commit:
        levels = align([_key(one) for one in left], [_key(one) for one in right])
        for level in levels:
            mine = left[level.left] if level.left is not None else None
            theirs = right[level.right] if level.right is not None else None
            rows.append(PairRow(mine, theirs, level.is_same))
        if all(level.is_same for level in levels):
            rows.insert(0, _note("message and diff are the same, line by line"))
        return PairDocument(rows, _heads(pair))
    rows += [PairRow(one, None) for one in left or right]
    return PairDocument(rows, _heads(pair), is_single=True)


def compared(pair: Pair, said: Sequence[str]) -> PairDocument:
    """What git range-diff says of the two."""
    rows = [PairRow(_told_line(one.expandtabs(8)), None, is_same=False) for one in said[:_MOST]]
    if len(said) > _MOST:
        rows.append(_note("the rest is not shown: mkit land --range-diff tells it"))
    words = "git range-diff finds no difference, neither in the message nor in the diff"
    return PairDocument(rows or [_note(words)], _heads(pair), is_single=True)


def folded(rows: Sequence[PairRow]) -> Iterator[PairRow]:
    """The rows that differ, with what is around them; all, where none does."""
    if all(row.is_same for row in rows):
        yield from rows
        return
    for same, group in groupby(rows, key=lambda row: row.is_same):
        some = list(group)
        hidden = len(some) - 2 * _AROUND
        if not same or hidden < _WORTH:
            yield from some
            continue
        yield from some[:_AROUND]
        yield _note(f"{count_of(hidden, 'line')} that are the same (z shows them)")
        yield from some[-_AROUND:]


def _note(words: str) -> PairRow:
    line = (LineKind.NOTE, words)
    return PairRow(line, line)


def _lines(version: Version | None) -> list[Line]:
    """The message and the diff, without a mail's signature."""
    if version is None:
        return []
    whole = "\n".join((*version.body, "", version.diff)).split("\n", _MOST)
    lines = text_lines("\n".join(whole[:_MOST]))
    while lines and (lines[-1][0] is LineKind.SIGNATURE or not lines[-1][1].strip()):
        lines.pop()
    if version.left_out or len(whole) > _MOST:
        lines.append((LineKind.NOTE, "the rest of the diff is not shown"))
    return lines


def _key(line: Line) -> str:
    """What makes a line the same: not where a hunk lies, nor the ids of files."""
    kind, text = line
    if kind is LineKind.HUNK:
        return "@@"
    return "index" if kind is LineKind.FILE and text.startswith("index ") else text


def _heads(pair: Pair) -> tuple[Head, Head]:
    return _head(pair.patch, pair.landing.message_id), _head(pair.commit, _place(pair.landing))


def _head(version: Version | None, name: str) -> Head:
    if version is None:
        return "not there", name
    author, address = version.author
    return version.title, f"{author or address}  {day(version.date)}  {name}"


def _place(landing: Landing) -> str:
    held = dict.fromkeys(place.branch for place in landing.places)
    tag = next((place.tag for place in landing.places if place.tag), "")
    words = f"{landing.commit[:_ID]} in {', '.join(held)}" if held else landing.commit[:_ID]
    return f"{words} ({tag})" if tag else words


def _told_line(text: str) -> Line:
    """A line of a range-diff: what its first column says."""
    if text.startswith("@@"):
        return LineKind.HUNK, text
    if text[1:4] == "## ":
        return LineKind.FILE, text
    kinds = {"+": LineKind.ADDED, "-": LineKind.REMOVED}
    return kinds.get(text[:1], LineKind.CONTEXT), text
