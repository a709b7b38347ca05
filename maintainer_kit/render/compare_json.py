# SPDX-License-Identifier: GPL-2.0-or-later
"""Two revisions told apart, as JSON: docs/schemas/compare.json."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.checks.patch import Patch
from maintainer_kit.model.mail.text import storable
from maintainer_kit.render.compare_remarks import compared_remarks_json
from maintainer_kit.render.compare_text import cover_text, has_other_code, pair_range_diff
from maintainer_kit.render.envelope import Json, envelope, utc
from maintainer_kit.render.interdiff import interdiff_lines
from maintainer_kit.render.word_pairs import word_pairs
from maintainer_kit.workflow.comparing.comparison import Comparison
from maintainer_kit.workflow.comparing.interdiff import Interdiff
from maintainer_kit.workflow.comparing.pairing import Fate, Pair
from maintainer_kit.workflow.comparing.remarks import ComparedRemark
from maintainer_kit.workflow.comparing.side import Side


def compare_json(
    found: Comparison, pairs: Sequence[Pair], remarks: Sequence[ComparedRemark]
) -> Json:
    """All of it: both ways of comparing, whole and patch by patch."""
    return envelope(
        old=_side(found.old),
        new=_side(found.new),
        problems=list(found.problems),
        cover=_cover(found),
        pairs=[_pair(found, one) for one in pairs],
        interdiff=_interdiff(found.whole()),
        comments=compared_remarks_json(found, remarks),
    )


def _side(side: Side) -> Json:
    cover = side.cover
    return {
        "name": storable(side.name),
        "topic": side.topic or None,
        "revision": side.revision,
        "cover": cover.message_id if cover else None,
        "patches": [
            _patch(side.number_of(at), one) if one else None for at, one in enumerate(side.patches)
        ],
    }


def _patch(number: int, patch: Patch) -> Json:
    return {
        "number": number,
        "message_id": patch.message_id,
        "commit": patch.commit,
        "subject": storable(patch.title),
        "author": storable(str(patch.author)),
        "date": utc(patch.date),
    }


def _cover(found: Comparison) -> list[Json] | None:
    """Null where not both have a cover letter."""
    old, new = found.old.cover, found.new.cover
    return _words(cover_text(old), cover_text(new)) if old and new else None


def _pair(found: Comparison, pair: Pair) -> Json:
    old = found.old.patches[pair.old] if pair.old is not None else None
    new = found.new.patches[pair.new] if pair.new is not None else None
    is_split = pair.fate in (Fate.SPLIT, Fate.MERGED)
    others = found.old if pair.fate is Fate.SPLIT else found.new
    code = has_other_code(pair)
    return {
        "old": None if pair.old is None else found.old.number_of(pair.old),
        "new": None if pair.new is None else found.new.number_of(pair.new),
        "fate": pair.fate.value,
        "moved": pair.is_moved,
        "changed": list(pair.changed),
        "likeness": pair.likeness if old and new else None,
        "others": [others.number_of(at) for at in pair.others] if is_split else [],
        "message": _words(_message(old), _message(new)) if old and new else [],
        "range_diff": [storable(line) for line in pair_range_diff(found, pair)],
        "interdiff": _interdiff(found.interdiff(pair)) if code else None,
    }


def _message(patch: Patch) -> list[str]:
    return [patch.title, "", *(line.rstrip() for line in patch.body)]


def _words(old: Sequence[str], new: Sequence[str]) -> list[Json]:
    return [
        {
            "old": None if one.old is None else storable(one.old),
            "new": None if one.new is None else storable(one.new),
            "old_spans": [list(span) for span in one.old_spans],
            "new_spans": [list(span) for span in one.new_spans],
        }
        for one in word_pairs(old, new)
    ]


def _interdiff(found: Interdiff) -> Json:
    return {
        "by_contents": found.by_contents,
        "problems": list(found.problems),
        "files": [one.new_path or one.old_path for one in found.files],
        "lines": [storable(line) for line in interdiff_lines(found)],
    }
