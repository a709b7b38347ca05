# SPDX-License-Identifier: GPL-2.0-or-later
"""Topics as ``list --json`` has them: one as an object, many as the text of all.

The text of thousands is put together of parts, because most parts are the same in many topics: only
what differs in each is encoded each time. Either way the fields stand in one table of this module.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

from maintainer_kit.model.queue.line import Line
from maintainer_kit.render.checks import counts_json
from maintainer_kit.render.envelope import Json, dumps, envelope, escaped, utc
from maintainer_kit.render.topic_findings import finding_counts_json

_NAMES = Line._fields
_POSTED, _NOW, _REST = (_NAMES.index(one) for one in ("lists", "turn", "trailers"))
"""Where parts of a line begin; before the first all are texts of this mail alone."""
_TURN = ("turn", "turn_reason", "updated")
_HEAD_TEXT, _TURN_TEXT = (
    ", ".join(f'"{name}": %s' for name in names) for names in (_NAMES[:_POSTED], _TURN)
)
_PIECE = 100
"""Topics in one piece."""
_Part = tuple[Any, ...]


def line_json(line: Line) -> Json:
    """A topic as ``list`` gives it."""
    return {
        **dict(zip(_NAMES, line[:_POSTED], strict=False)),
        **_posted(line[_POSTED:_NOW]),
        **dict(zip(_TURN, _now(line[_NOW:_REST]), strict=True)),
        **_rest(line[_REST:]),
    }


def list_json_text(lines: Sequence[Line]) -> Iterator[str]:
    """The same of many, as ``dumps`` gives them in their envelope: in pieces, as all of it at once
    would be copied several times on its way out."""
    empty = dumps(envelope(topics=[]))
    before = empty[:-2]
    for at in range(0, len(lines), _PIECE):
        yield before + ", ".join([_text(line) for line in lines[at : at + _PIECE]])
        before = ", "
    yield empty[-2:] if lines else empty


def _text(line: Line) -> str:
    texts: _Part = line[:_POSTED]
    head = _HEAD_TEXT % tuple(map(encode_basestring, texts))
    turn, reason, updated = _now(line[_NOW:_REST])
    told = encode_basestring(updated) if updated else "null"
    now = _TURN_TEXT % (encode_basestring(turn), encode_basestring(reason), told)
    posted, rest = _posted_text(line[_POSTED:_NOW]), _rest_text(line[_REST:])
    return escaped(f"{{{head}, {posted}, {now}, {rest}}}")


def _posted(part: _Part) -> Json:
    lists, revision, revisions, received, total, state, states = part
    return {
        "lists": list(lists),
        "revision": revision,
        "revisions": revisions,
        "received": received,
        "total": total,
        "state": state,
        "states": dict(states),
    }


def _now(part: _Part) -> _Part:
    """The values of ``_TURN``."""
    turn, reason, updated = part
    return turn, reason, utc(updated)


def _rest(part: _Part) -> Json:
    """What was counted, and what was decided.

    ``snoozed`` are the words of the event ("until:TIME mail:N tag:NAME"), ``back`` what has ended
    it; ``confidential`` is true, or the end of the embargo; ``turn_by_mail`` is whose turn it would
    be had nobody decided anything; ``ignored`` the rule that keeps it out of the queue.
    """
    (trailers, checks, overdue, findings, landed, archived, marks, deadline, *decided) = part
    (delegate, by, by_mail, snoozed, back, starred, attention, confidential, *told) = decided
    notes, ignored = told
    return {
        "trailers": dict(trailers),
        "checks": counts_json(checks),
        "overdue": list(overdue),
        "findings": finding_counts_json(findings),
        "checked": findings is not None,
        "landed": landed,
        "archived": archived,
        "marks": list(marks),
        "deadline": utc(deadline),
        "delegate": delegate or None,
        "delegated_by": by or None,
        "turn_by_mail": by_mail,
        "snoozed": snoozed or None,
        "back": back or None,
        "starred": starred,
        "attention": attention or None,
        "confidential": _confidential(confidential),
        "notes": list(notes),
        "ignored": ignored,
    }


def _confidential(words: str) -> bool | str:
    end = words.removeprefix("until:")
    return end if end != words else bool(words)


def _inner(value: Json) -> str:
    """An object without its braces."""
    return _encode(value)[1:-1]


_encode = json.JSONEncoder(ensure_ascii=False).encode


@lru_cache(maxsize=4096)
def _posted_text(part: _Part) -> str:
    return _inner(_posted(part))


@lru_cache(maxsize=4096)
def _rest_text(part: _Part) -> str:
    return _inner(_rest(part))
