# SPDX-License-Identifier: GPL-2.0-or-later
"""Drafts as objects of JSON, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.reply.draft import Draft, Note, Stage, id_of

_WORDS = ("answers", "message_id", "subject", "text", "written", "raw")
_TIMES = ("created", "changed")


def dump_draft(draft: Draft) -> dict[str, Any]:
    """The fields of a draft; its id follows from what it answers."""
    return {
        **{name: getattr(draft, name) for name in (*_WORDS, *_TIMES)},
        "to": [[one.name, one.address] for one in draft.to],
        "cc": [[one.name, one.address] for one in draft.cc],
        "parents": list(draft.parents),
        "trailers": list(draft.trailers),
        "notes": [[one.line, one.text] for one in draft.notes],
        "stage": draft.stage.value,
    }


def load_draft(fields: Mapping[str, Any]) -> Draft | None:
    """None of what is no draft."""
    if not all(isinstance(fields.get(name), str) for name in _WORDS):
        return None
    if not all(isinstance(fields.get(name), int) for name in _TIMES):
        return None
    to, cc = _people(fields.get("to")), _people(fields.get("cc"))
    parents, trailers = _words(fields.get("parents")), _words(fields.get("trailers"))
    notes, stage = _notes(fields.get("notes")), _stage(fields.get("stage"))
    if None in (to, cc, parents, trailers, notes, stage):
        return None
    return Draft(
        id=id_of(fields["answers"]),
        **{name: fields[name] for name in (*_WORDS, *_TIMES)},
        to=to or (),
        cc=cc or (),
        parents=parents or (),
        trailers=trailers or (),
        notes=notes or (),
        stage=stage or Stage.OPEN,
    )


def _words(found: object) -> tuple[str, ...] | None:
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        return None
    return tuple(found)


def _people(found: object) -> tuple[Person, ...] | None:
    if not isinstance(found, list):
        return None
    pairs = [_words(one) for one in found]
    people = [Person(*one) for one in pairs if one is not None and len(one) == 2]
    return tuple(people) if len(people) == len(pairs) else None


def _notes(found: object) -> tuple[Note, ...] | None:
    if not isinstance(found, list):
        return None
    notes = [
        Note(one[0], one[1])
        for one in found
        if isinstance(one, list)
        and len(one) == 2
        and isinstance(one[0], int)
        and isinstance(one[1], str)
    ]
    return tuple(notes) if len(notes) == len(found) else None


def _stage(found: object) -> Stage | None:
    return next((one for one in Stage if one.value == found), None)
