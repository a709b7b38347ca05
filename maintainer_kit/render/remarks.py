# SPDX-License-Identifier: GPL-2.0-or-later
"""Comments on the lines of patches: a line of text each, and JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from maintainer_kit.model.mail.text import storable, visible_line
from maintainer_kit.model.message.greeting import is_greeting
from maintainer_kit.model.patch.places import OLD, Place

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.workflow.comments import Remark, Remarks

_CALLED = re.compile(r"([A-Za-z_]\w*) ?\(")
_WIDTH = 100


def remarks_text(remarks: Sequence[Remark], indent: str) -> Iterator[str]:
    """``fs/a.c:12 (f): Bo Reviewer: what is said``, and whether it still asks for an answer."""
    for one in remarks:
        first = one.comment.text.lstrip().partition("\n")[0].rstrip()
        if not one.comment.place.at and not one.question and _says_nothing(one, first):
            continue
        said = visible_line(first[:_WIDTH]) + ("..." if len(first) > _WIDTH else "")
        who = visible_line(one.message.author.name or one.message.author.address)
        tail = "  [unanswered question]" if one.question and not one.answered else ""
        yield f"{indent}{_where(one.comment.place)}: {who}: {said}{tail}"


def _says_nothing(remark: Remark, line: str) -> bool:
    """``Many thanks,`` below a trailer, or only the writer's name."""
    words = line.strip(" .,!-").split()
    if len(words) == 1:
        return words[0] in remark.message.author.name.split()
    return len(line) < _WIDTH and is_greeting(line)


def _where(place: Place) -> str:
    if not place.at:
        return "as a whole"
    if not place.path:
        return f"message, line {place.line}"
    line = f":{place.line}" if place.line else ""
    notes = [_function(place.function), "removed line" if place.side == OLD else ""]
    words = ", ".join(note for note in notes if note)
    return visible_line(f"{place.path}{line}" + (f" ({words})" if words else ""))


def _function(heading: str) -> str:
    """The name in ``static int name(struct a *b)``; else the heading, cut."""
    found = _CALLED.search(heading[:200])
    return found[1] if found else heading[:40].strip(" \t{(=")


def remarks_json(remarks: Remarks) -> dict[str, Any]:
    """All comments by the Message-ID of the patch or cover letter they are about."""
    return {head: [_remark(one) for one in said] for head, said in remarks.items()}


def _remark(remark: Remark) -> dict[str, Any]:
    comment, place, newer = remark.comment, remark.comment.place, remark.newer
    return {
        "message_id": remark.message.message_id,
        "author": str(remark.message.author),
        "path": storable(place.path),
        "line": place.line,
        "side": place.side,
        "hunk": storable(place.hunk),
        "function": storable(place.function),
        "mail_line": place.at,
        "quoted": storable("\n".join(comment.quoted)),
        "text": storable(comment.text),
        "question": remark.question,
        "answered": remark.answered,
        "newer": {"path": storable(newer.path), "line": newer.line} if newer else None,
    }
