# SPDX-License-Identifier: GPL-2.0-or-later
"""Records of postings as objects of JSON, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.reply.draft import Stage
from maintainer_kit.workflow.posting.record import Letter, Mail, Posted, Record

_WORDS = ("id", "name", "place", "change_id", "tip", "why")


def dump_record(record: Record) -> dict[str, Any]:
    """Mails are written byte for byte (a patch may hold any), each as a character."""
    return {
        **{name: getattr(record, name) for name in _WORDS},
        "letter": _letter(record.letter) if record.letter else None,
        "revision": record.revision,
        "sender": _person(record.sender),
        "mails": [_mail(one) for one in record.mails],
        "posted": [
            [one.revision, list(one.message_ids), one.tip, one.why] for one in record.posted
        ],
    }


def load_record(fields: Mapping[str, Any]) -> Record | None:
    """None of what is no record."""
    try:
        letter = fields["letter"]
        return Record(
            **{name: _word(fields[name]) for name in _WORDS},
            letter=_read_letter(letter) if letter else None,
            revision=int(fields["revision"]),
            sender=_read_person(fields["sender"]),
            mails=tuple(map(_read_mail, fields["mails"])),
            posted=tuple(map(_read_posted, fields["posted"])),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _letter(one: Letter) -> dict[str, Any]:
    return {
        "revision": one.revision,
        "to": [_person(person) for person in one.to],
        "cc": [_person(person) for person in one.cc],
        "title": one.title,
        "text": one.text,
    }


def _mail(one: Mail) -> dict[str, Any]:
    return {
        "message_id": one.message_id,
        "subject": one.subject,
        "to": [_person(person) for person in one.to],
        "cc": [_person(person) for person in one.cc],
        "raw": one.raw.decode("latin-1"),
        "commit": one.commit,
        "stage": one.stage.value,
        "is_left": one.is_left,
    }


def _person(one: Person) -> list[str]:
    return [one.name, one.address]


def _read_letter(found: Mapping[str, Any]) -> Letter:
    return Letter(
        int(found["revision"]),
        _people(found["to"]),
        _people(found["cc"]),
        _word(found["title"]),
        _word(found["text"]),
    )


def _read_mail(found: Mapping[str, Any]) -> Mail:
    return Mail(
        _word(found["message_id"]),
        _word(found["subject"]),
        _people(found["to"]),
        _people(found["cc"]),
        _word(found["raw"]).encode("latin-1"),
        _word(found["commit"]),
        Stage(found["stage"]),
        bool(found.get("is_left", False)),
    )


def _read_posted(found: list[Any]) -> Posted:
    revision, ids, tip, why = found
    return Posted(int(revision), tuple(map(_word, ids)), _word(tip), _word(why))


def _people(found: list[Any]) -> tuple[Person, ...]:
    return tuple(map(_read_person, found))


def _read_person(found: list[Any]) -> Person:
    name, address = found
    return Person(_word(name), _word(address))


def _word(found: Any) -> str:
    if not isinstance(found, str):
        raise TypeError
    return found
