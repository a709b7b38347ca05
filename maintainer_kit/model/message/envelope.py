# SPDX-License-Identifier: GPL-2.0-or-later
"""What the header fields of a mail say: who wrote to whom, when, and in answer to what."""

from __future__ import annotations

from functools import lru_cache

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.mail.charset import decode_words
from maintainer_kit.model.mail.date import is_credible, read_date
from maintainer_kit.model.mail.lists import list_from_address
from maintainer_kit.model.mail.mail import Mail
from maintainer_kit.model.mail.person import Person, parse_people, parse_person, without_via
from maintainer_kit.model.mail.route import Route, lists_of, route_of
from maintainer_kit.model.mail.text import storable
from maintainer_kit.model.message.identity import IDS, id_text
from maintainer_kit.model.message.subject import Subject, parse_subject

_MAX_PARENTS = 60
_MAX_IDS = 20000


@dataclass(frozen=True, slots=True)
class Envelope:
    """Header fields, understood; ``Message`` says what each is."""

    full_subject: str
    subject: Subject
    sender: Person
    submitter: Person
    date: int
    parents: tuple[str, ...]
    to: tuple[str, ...]
    cc: tuple[str, ...]
    lists: tuple[str, ...]
    oddities: tuple[str, ...]


def read_envelope(mail: Mail, message_id: str) -> Envelope:
    """Read the header fields of a mail that is known by ``message_id``."""
    notes: list[str] = []
    full_subject = storable(mail.header("subject"))
    _note_ids(mail, notes)
    sender = _person(next(iter(mail.headers.get("from", ())), ""))
    submitter = _submitter(mail, sender)
    if submitter is not sender:
        notes.append("From: rewritten by a list")
    to, cc = (_addresses(tuple(mail.headers.get(name, ()))) for name in ("to", "cc"))
    return Envelope(
        full_subject=full_subject,
        subject=parse_subject(full_subject),
        sender=sender,
        submitter=submitter,
        date=_date(mail, notes),
        parents=_parents(mail, message_id),
        to=to,
        cc=cc,
        lists=_lists(route_of(mail.headers), to, cc),
        oddities=tuple(notes),
    )


def _note_ids(mail: Mail, notes: list[str]) -> None:
    message_id = mail.raw_header("message-id")
    if not message_id.strip():
        notes.append("no Message-ID")
    elif not IDS.search(message_id):
        notes.append("a Message-ID without angle brackets")
    if len(IDS.findall(mail.raw_header("in-reply-to")[:_MAX_IDS])) > 1:
        notes.append("several ids in In-Reply-To")


@lru_cache(maxsize=4096)
def _person(value: str) -> Person:
    """Names are decoded once the address is known: an encoded word could hold another address
    (RFC 2047, 5)."""
    person = parse_person(_one_line(value))
    if "@" not in person.address:
        person = parse_person(decode_words(value))
    return Person(storable(decode_words(person.name).strip('" ')), storable(person.address))


def _one_line(value: str) -> str:
    """Unfolded; bytes of eight bits, which no header should have, are taken for UTF-8."""
    if not value.isascii():
        value = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return " ".join(value.split())


@lru_cache(maxsize=2048)
def _addresses(values: tuple[str, ...]) -> tuple[str, ...]:
    """The addresses in fields of people; a thread has the same fields in each of its mails."""
    people = parse_people(", ".join(map(_one_line, values)))
    return tuple(dict.fromkeys(storable(one.key) for one in people if one.address))


@lru_cache(maxsize=2048)
def _lists(route: Route, to: tuple[str, ...], cc: tuple[str, ...]) -> tuple[str, ...]:
    return lists_of(route, to + cc)


def _date(mail: Mail, notes: list[str]) -> int:
    value = mail.header("date")
    seconds = read_date(value) if value else None
    if seconds is None:
        notes.append("no Date" if not value else "a Date that cannot be read")
        return 0
    if not is_credible(seconds):
        notes.append(f"an absurd Date: {value[:40]}")
        return 0
    return seconds


def _parents(mail: Mail, message_id: str) -> tuple[str, ...]:
    """In-Reply-To, then References from the end, the root kept; at most ``_MAX_PARENTS`` ids."""
    replied = IDS.findall(mail.raw_header("in-reply-to")[:_MAX_IDS])
    references = IDS.findall(mail.raw_header("references"))
    if not replied and not references:
        return ()
    if len(references) > _MAX_PARENTS:
        references = [references[0], *references[-_MAX_PARENTS + 1 :]]
    ids = [*reversed(replied[:5]), *reversed(references)]
    # Of several ids in In-Reply-To, References tells which one is the parent.
    if len(replied) > 1 and references:
        ids = [*reversed(references), *replied[:5]]
    cleaned = (id_text("".join(one.split())) for one in ids)
    return tuple(one for one in dict.fromkeys(cleaned) if one and one != message_id)


def _submitter(mail: Mail, sender: Person) -> Person:
    """The sender, with ``NAME via LIST`` undone where the mail says who it was."""
    name = without_via(sender.name)
    if name is None:
        return sender
    for header in ("x-original-from", "reply-to"):
        for person in parse_people(mail.joined_header(header)):
            if person.address and not list_from_address(person.address):
                return Person(storable(name or person.name), storable(person.address))
    return Person(storable(name), sender.address)
