# SPDX-License-Identifier: GPL-2.0-or-later
"""Suggested changes in drafts: what was changed in the code becomes diffs below the lines that they
are about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from maintainer_kit.errors import Refused
from maintainer_kit.model.reply.answered import Answered
from maintainer_kit.model.reply.draft import Draft, id_of
from maintainer_kit.model.reply.suggestion import joined, split_fences, suggested_notes
from maintainer_kit.workflow.replying.desk import Desk
from maintainer_kit.workflow.replying.drafting import change

_MOST_LINES = 3000
"""Of one suggestion: more is a patch of one's own."""


def suggest(desk: Desk, message_id: str, diff: str) -> Draft:
    """Put a diff that applies on top of a patch into the reply to it, in place of what was
    suggested before; an empty one takes that away. Raises Refused for one that is too long."""
    if diff.count("\n") > _MOST_LINES:
        words = f"the change has more than {_MOST_LINES} lines"
        raise Refused(words, "send it as a patch of its own")

    def changed(draft: Draft, answered: Answered) -> Draft:
        words = {one.line: split_fences(one.text)[0] for one in draft.notes}
        made = suggested_notes(answered.text, diff) if diff else []
        written = split_fences(draft.written)[0] if suggestions_of(draft) else draft.written
        return replace(draft, notes=joined(words, made), written=written)

    return change(desk, message_id, changed)


def suggested(desk: Desk, message_id: str) -> str:
    """What is suggested in the reply to a patch: diffs, to be applied in their order."""
    draft = desk.drafts.get(id_of(message_id))
    return "".join(suggestions_of(draft)) if draft else ""


def suggestions_of(draft: Draft) -> list[str]:
    """The diffs, in the order in which they stand; also in a text that came out of an editor."""
    texts = [draft.written, *(one.text for one in draft.notes)]
    return [one for text in texts for one in split_fences(text)[1]]


def by_patch(changes: Mapping[str, str], touching: Mapping[str, str], last: str) -> dict[str, str]:
    """Diffs of files by path, gathered by the Message-ID of the patch that each is for: the last
    one that touches the file, whose state the diff was made on; else the ``last`` patch."""
    found: dict[str, list[str]] = {}
    for path, diff in changes.items():
        found.setdefault(touching.get(path, last), []).append(diff)
    return {message_id: "".join(diffs) for message_id, diffs in found.items()}
