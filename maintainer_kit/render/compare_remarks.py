# SPDX-License-Identifier: GPL-2.0-or-later
"""Comments on an old revision, and what the new one makes of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from maintainer_kit.model.mail.text import count_of, storable, visible_line
from maintainer_kit.render.envelope import Json
from maintainer_kit.render.remarks import remarks_json, remarks_text
from maintainer_kit.workflow.comparing.comparison import Comparison
from maintainer_kit.workflow.comparing.line_fate import LineFate
from maintainer_kit.workflow.comparing.remarks import ComparedRemark

_INDENT = "    "


def compared_remarks_text(found: Comparison, remarks: Sequence[ComparedRemark]) -> Iterator[str]:
    """Patch by patch of the old side: each comment, and below it what became of its line."""
    if not remarks:
        yield f"No comments on {visible_line(found.old.name)}."
        return
    yield f"{count_of(len(remarks), 'comment')} on {found.old.name}: {_counts(remarks)}"
    for old, group in groupby(remarks, key=lambda one: one.old):
        yield ""
        yield visible_line(_head(found, old))
        for one in group:
            yield from _told(found, one)


def remark_words(found: Comparison, one: ComparedRemark) -> str:
    """What became of the line of a comment, and whether its writer got an answer."""
    words = {
        LineFate.UNCHANGED: "the line is unchanged",
        LineFate.CHANGED: "changed there",
        LineFate.GONE: "gone",
        LineFate.WHOLE: "",
    }[one.fate]
    if one.newer and one.newer.path:
        line = f":{one.newer.line}" if one.newer.line else ""
        words += f": {one.newer.path}{line}"
        if one.new is not None and one.new != one.old:
            words += f" in patch {found.new.number_of(one.new)}"
    told = [words, "answered" if one.replied else "no answer by mail"]
    return visible_line("; ".join(filter(None, told)))


def _told(found: Comparison, one: ComparedRemark) -> Iterator[str]:
    line = next(remarks_text([one.remark], _INDENT), "")
    if not line:
        return
    yield line
    yield f"{_INDENT}  -> {remark_words(found, one)}"
    yield from (f"{_INDENT}     {visible_line(text.expandtabs(8))}".rstrip() for text in one.now)


def _counts(remarks: Sequence[ComparedRemark]) -> str:
    counts = Counter(one.fate for one in remarks)
    words = {
        LineFate.UNCHANGED: "lines unchanged",
        LineFate.CHANGED: "changed",
        LineFate.GONE: "gone",
        LineFate.WHOLE: "on no line",
    }
    told = [f"{counts[fate]} {words[fate]}" for fate in LineFate if counts[fate]]
    return ", ".join([*told, f"{sum(one.replied for one in remarks)} answered"])


def _head(found: Comparison, old: int | None) -> str:
    patch = found.old.cover if old is None else found.old.patches[old]
    number = "cover letter" if old is None else f"patch {found.old.number_of(old)}"
    return f"{number}: {patch.title if patch else ''}"


def compared_remarks_json(found: Comparison, remarks: Sequence[ComparedRemark]) -> list[Json]:
    """As ``show`` tells comments, with what the new side makes of each."""
    return [_json(found, one) for one in remarks]


def _json(found: Comparison, one: ComparedRemark) -> Json:
    (value,) = remarks_json({"": [one.remark]})[""]
    assert isinstance(value, dict)
    there = one.newer
    value["newer"] = {"path": storable(there.path), "line": there.line} if there else None
    return {
        **value,
        "old": None if one.old is None else found.old.number_of(one.old),
        "new": None if one.new is None else found.new.number_of(one.new),
        "fate": one.fate.value,
        "now": [storable(line) for line in one.now],
        "replied": one.replied,
    }
