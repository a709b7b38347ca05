# SPDX-License-Identifier: GPL-2.0-or-later
"""One copy of a mail that gives orders: what it says, and whether its signatures cover all that
counts of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from maintainer_kit.model.mail.date import is_credible, read_date
from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.mail.strict import StrictMail, read_strict
from maintainer_kit.model.message.identity import IDS, id_text
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.message.orders import Order, orders_of
from maintainer_kit.model.message.subject import Subject, parse_subject
from maintainer_kit.workflow.orders.attestation import Attestation

IN_REPLY_TO = "in-reply-to"
_REFERENCES = "references"
_MIME = frozenset({"content-type", "content-transfer-encoding"})
_PART_HEAD = re.compile(rb"^content-type[ \t]*:", re.IGNORECASE | re.MULTILINE)
_MAX_IDS = 20_000


@dataclass(frozen=True, slots=True)
class OrderMail:
    """A copy of a mail, read."""

    raw: bytes
    sender: str
    """The address in From, in small letters."""
    subject: Subject
    date: int
    """By its Date; 0 where that is none."""
    parent: str
    """The Message-ID that it answers; empty for none, or several."""
    said_by: str
    """The header field that says so."""
    orders: tuple[Order, ...]
    body: bytes

    def __str__(self) -> str:
        return "; ".join(dict.fromkeys(map(str, self.orders)))


def read_copy(raw: bytes) -> OrderMail:
    """Read one copy; raises Doubtful where it could be read in more than one way."""
    strict = read_strict(raw)
    mail = read_mail(strict.raw)
    seconds = read_date(mail.header("date"))
    parent, said_by = _parent(strict)
    return OrderMail(
        raw=strict.raw,
        sender=strict.sender,
        subject=parse_subject(mail.header("subject")),
        date=seconds if seconds is not None and is_credible(seconds) else 0,
        parent=parent,
        said_by=said_by,
        orders=orders_of(mail),
        body=strict.body,
    )


def _parent(mail: StrictMail) -> tuple[str, str]:
    """The one id of In-Reply-To; without that field the last one of References."""
    for name in (IN_REPLY_TO, _REFERENCES):
        for value in mail.values(name):
            ids = IDS.findall(value[-_MAX_IDS:].decode("ascii", "surrogateescape"))
            if len(ids) == 1 or (ids and name == _REFERENCES):
                return id_text("".join(ids[-1].split())), name
            return "", name
    return "", ""


def uncovered(copy: OrderMail, attestation: Attestation, head: Message | None) -> str:
    """What of the mail could have been changed although its signature holds; empty for nothing
    that counts. ``head`` is the patch or cover letter that is answered."""
    covers = attestation.covers
    if "date" not in covers and not attestation.time:
        return "its date is not signed"
    if copy.said_by not in covers and not _is_named(copy, attestation, head):
        return f"what it answers is not signed ({copy.said_by})"
    if attestation.text is not None and not _stands_in(copy, attestation.text):
        return "its orders are not in the text that is signed"
    if not covers >= _MIME and not _stands_plainly(copy):
        return f"how its text is to be read is not signed ({', '.join(sorted(_MIME - covers))})"
    return ""


def sent_at(copy: OrderMail, attestation: Attestation) -> int:
    """When the mail was written, as far as that is signed."""
    return copy.date if "date" in attestation.covers else attestation.time


def _is_named(copy: OrderMail, attestation: Attestation, head: Message | None) -> bool:
    """Whether the Subject tells what is answered, and a copy with another Message-ID is another
    mail: the next best, for those whose signatures leave out In-Reply-To."""
    if head is None or "message-id" not in attestation.covers:
        return False
    if "subject" in attestation.covers:
        return _what(copy.subject) == _what(head.subject)
    return "title" in attestation.covers and copy.subject.title == head.subject.title


def _what(subject: Subject) -> tuple[object, ...]:
    return (subject.title, subject.revision, subject.minor, subject.number, subject.total)


def _stands_plainly(copy: OrderMail) -> bool:
    """Whether orders stand in the signed bytes as they were read, and no other part of a mail could
    have been passed off for its text."""
    return _stands_in(copy, copy.body) and not _PART_HEAD.search(copy.body)


def _stands_in(copy: OrderMail, text: bytes) -> bool:
    lines = {line.rstrip() for line in text.split(b"\n")}
    return all(one.line.encode() in lines for one in copy.orders)
