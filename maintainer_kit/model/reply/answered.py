# SPDX-License-Identifier: GPL-2.0-or-later
"""The mail that is answered: who wrote it to whom, and what of it may be quoted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from maintainer_kit.model.mail.charset import decode_words
from maintainer_kit.model.mail.date import read_date
from maintainer_kit.model.mail.mail import Mail
from maintainer_kit.model.mail.person import NOBODY, Person, parse_people
from maintainer_kit.model.mail.text import storable
from maintainer_kit.model.message.envelope import read_envelope
from maintainer_kit.model.message.finding import find_patch
from maintainer_kit.model.message.subject import Subject

_MAX_TEXT = 8 << 20
_LONGEST_DATE = 60


@dataclass(frozen=True, slots=True)
class Answered:
    """A mail, as far as a reply to it goes by it."""

    message_id: str
    sender: Person
    """With a list's rewriting of From: taken back."""
    date: str
    """As its header has it; empty where that cannot be read."""
    subject: str
    parents: tuple[str, ...]
    """Message-IDs that it answers, the root first."""
    to: tuple[Person, ...]
    cc: tuple[Person, ...]
    reply_to: tuple[Person, ...]
    follow_up_to: tuple[Person, ...]
    """Mail-Followup-To: whom its writer wants replies to all to go to."""
    text: str
    """What is quoted; of a patch the text that its comments are anchored in."""
    is_head: bool
    """A patch or a cover letter."""


ANSWERS_NOTHING = Answered("", NOBODY, "", "", (), (), (), (), (), "", is_head=False)
"""What a mail answers that begins a thread."""


def read_answered(mail: Mail, message_id: str, *, is_head: bool) -> Answered:
    """What a reply to a mail needs of it."""
    envelope = read_envelope(mail, message_id)
    date = storable(mail.header("date"))
    is_date = len(date) <= _LONGEST_DATE and date.isprintable() and read_date(date) is not None
    return Answered(
        message_id=message_id,
        sender=envelope.submitter,
        date=date if is_date else "",
        subject=envelope.full_subject,
        parents=tuple(reversed(envelope.parents)),
        to=_people(mail.headers.get("to", ())),
        cc=_people(mail.headers.get("cc", ())),
        reply_to=_people(mail.headers.get("reply-to", ())),
        follow_up_to=_people(mail.headers.get("mail-followup-to", ())),
        text=_patch_text(mail, envelope.subject) if is_head else _plain_text(mail),
        is_head=is_head,
    )


def _people(values: Iterable[str]) -> tuple[Person, ...]:
    """Names are decoded once the addresses are known (RFC 2047, 5)."""
    return tuple(
        Person(storable(decode_words(one.name)).strip('" '), storable(one.address))
        for value in values
        for one in parse_people(_one_line(value))
        if "@" in one.address
    )


def _one_line(value: str) -> str:
    if not value.isascii():
        value = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return " ".join(value.split())


def _patch_text(mail: Mail, subject: Subject) -> str:
    """The text in which ``workflow.comments`` counts lines."""
    text = mail.text[:_MAX_TEXT]
    found = find_patch(mail, text, subject, is_reply=False).text
    return text if text.endswith(found) else found[:_MAX_TEXT]


def _plain_text(mail: Mail) -> str:
    """Flowed lines as they came: what is quoted is not wrapped anew."""
    return (mail.unjoined or mail.text)[:_MAX_TEXT]
