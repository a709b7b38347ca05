# SPDX-License-Identifier: GPL-2.0-or-later
"""Comparisons as lines: how a patch differs, and what was said of the old one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maintainer_kit.model.mail.text import count_of
from maintainer_kit.render.compare_remarks import compared_remarks_text, remark_words
from maintainer_kit.render.compare_text import (
    cover_text,
    fates_words,
    has_other_code,
    pair_notes,
    pair_range_diff,
)
from maintainer_kit.render.interdiff import interdiff_lines
from maintainer_kit.render.line_diff import diff_lines
from maintainer_kit.tui.topic.document import Line, LineKind, classify, text_lines
from maintainer_kit.workflow.comparing.comparison import Comparison
from maintainer_kit.workflow.comparing.interdiff import Interdiff
from maintainer_kit.workflow.comparing.pairing import Fate, Pair
from maintainer_kit.workflow.comparing.remarks import ComparedRemark

_BY_HUNKS = "by the hunks of the mails: no repository here has all files they were made on"
_SAYS = {
    Fate.KEPT: "the same in both",
    Fate.NEW: "a new patch: there is nothing to compare it with",
    Fate.DROPPED: "the old patch, which is no more",
    Fate.SPLIT: "the new patch",
    Fate.MERGED: "the old patch",
    Fate.CHANGED: "no difference in the code",
}


def comparison_lines(found: Comparison, remarks: Sequence[ComparedRemark]) -> list[Line]:
    """What is to be known of all patches, and what became of all comments."""
    lines = [_note(f"{found.old.name} -> {found.new.name}: {fates_words(found)}")]
    lines += [_note(one) for one in found.problems]
    lines += [_text(""), *map(_text, compared_remarks_text(found, remarks))]
    return lines


def whole_lines(found: Comparison) -> list[Line]:
    """What the code after all new patches differs from the code after all old ones."""
    return list(_interdiff(found.whole()))


def cover_lines(found: Comparison, remarks: Sequence[ComparedRemark]) -> list[Line]:
    """What of the cover letter is other than it was."""
    old, new = found.old.cover, found.new.cover
    if not old or not new:
        return []
    said = diff_lines(cover_text(old), cover_text(new), lambda lines, at: "@@")
    told = [_told(line) for line in said] or [_note("the same in both")]
    return [*_remarks(found, remarks), *told]


def pair_lines(
    found: Comparison, pair: Pair, remarks: Sequence[ComparedRemark], *, as_interdiff: bool
) -> list[Line]:
    """How a patch differs, below what was said of the old one."""
    lines = [_note(one) for one in pair_notes(found, pair)]
    lines += _remarks(found, remarks)
    if as_interdiff and has_other_code(pair):
        return [*lines, *_interdiff(found.interdiff(pair))]
    said = [] if as_interdiff else pair_range_diff(found, pair)
    if said:
        return [*lines, *map(_told, said)]
    return [*lines, _note(_SAYS[pair.fate]), *_alone(found, pair)]


def _alone(found: Comparison, pair: Pair) -> Iterator[Line]:
    """A patch that only one side has, as it is."""
    side, at = (found.old, pair.old) if pair.new is None else (found.new, pair.new)
    patch = side.patches[at] if at is not None and None in (pair.old, pair.new) else None
    if patch is not None:
        text = "\n".join((patch.title, "", *patch.body, "", patch.diff_text))
        yield from (line for line in text_lines(text) if line[0] is not LineKind.SIGNATURE)


def _interdiff(found: Interdiff) -> Iterator[Line]:
    yield from (_note(one) for one in found.problems)
    lines = [line.expandtabs(8) for line in interdiff_lines(found)]
    if lines and not found.by_contents:
        yield _note(_BY_HUNKS)
    yield from classify(lines) if lines else [_note("no difference in the code")]


def _remarks(found: Comparison, remarks: Sequence[ComparedRemark]) -> Iterator[Line]:
    """Each comment with what became of its line."""
    if remarks:
        yield _note(f"{count_of(len(remarks), 'comment')} on {found.old.name}")
    for one in remarks:
        who = one.remark.message.author.name or one.remark.message.author.address
        first, *rest = one.remark.comment.text.strip().split("\n")[:_MOST_SAID]
        yield LineKind.REMARK, f"{who}: {first.expandtabs(8)}"
        yield from ((LineKind.REMARK_ON, line.expandtabs(8)) for line in rest)
        yield _note(remark_words(found, one))
        yield from (_changed(line.expandtabs(8)) for line in one.now)


_MOST_SAID = 12
"""Lines of a comment; the topic has the rest."""


def _note(words: str) -> Line:
    return LineKind.NOTE, words


def _text(words: str) -> Line:
    return LineKind.TEXT, words


def _told(text: str) -> Line:
    """A line of a range-diff: what its first column says."""
    text = text.expandtabs(8)
    if text.startswith("@@"):
        return LineKind.HUNK, text
    if text[1:4] == "## ":
        return LineKind.FILE, text
    return _changed(text)


def _changed(text: str) -> Line:
    kinds = {"+": LineKind.ADDED, "-": LineKind.REMOVED}
    return kinds.get(text[:1], LineKind.CONTEXT), text
