# SPDX-License-Identifier: GPL-2.0-or-later
"""What only a patch or a cover letter says."""

from __future__ import annotations

from dataclasses import dataclass

from maintainer_kit.model.mail.charset import decode_words
from maintainer_kit.model.mail.mail import Mail
from maintainer_kit.model.mail.person import NOBODY, Person, parse_person
from maintainer_kit.model.mail.text import storable
from maintainer_kit.model.message import marks
from maintainer_kit.model.message.envelope import Envelope
from maintainer_kit.model.message.finding import Found
from maintainer_kit.model.message.message import Kind
from maintainer_kit.model.message.pull import Pull, read_pull
from maintainer_kit.model.message.report import mended_reports
from maintainer_kit.model.message.stable_review import below_notice, deadline_of, review_of
from maintainer_kit.model.message.trailer import (
    Trailer,
    cover_trailers,
    message_trailers,
    storable_trailers,
)


@dataclass(frozen=True, slots=True)
class Head:
    """Fields of ``Message`` by the same names."""

    author: Person = NOBODY
    trailers: tuple[Trailer, ...] = ()
    change_id: str = ""
    base_commit: str = ""
    prerequisites: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    mends: tuple[str, ...] = ()
    review_of: str = ""
    deadline: int = 0
    pull: Pull | None = None


NO_HEAD = Head()


def read_head(mail: Mail, envelope: Envelope, patch: Found, kind: Kind, text: str) -> Head:
    """Read a patch or a cover letter; ``text`` is the whole mail's, ``patch`` a part of it."""
    prose = patch.prose
    above = patch.text[: patch.outline.start] if patch.outline else patch.text
    reviewed = review_of(mail, patch.subject, text)
    if reviewed and patch.outline:
        above = below_notice(above)
    author, above = _author(above, envelope.submitter)
    message = marks.commit_message(above)
    is_cover = kind is Kind.COVER
    trailers = cover_trailers(message) if is_cover else message_trailers(message)
    return Head(
        author=author,
        trailers=storable_trailers(trailers),
        change_id=storable(marks.change_id(prose)),
        base_commit=marks.base_commit(prose),
        prerequisites=marks.prerequisites(prose),
        links=tuple(map(storable, marks.older_revisions(prose))),
        listed=tuple(map(storable, marks.listed_revisions(prose))),
        mends=() if is_cover or reviewed else mended_reports(trailers),
        review_of=reviewed,
        deadline=deadline_of(text) if is_cover and reviewed else 0,
        pull=read_pull(text, asks=False) if is_cover else None,
    )


def _author(body: str, submitter: Person) -> tuple[Person, str]:
    """Who wrote the patch, by a ``From:`` at the top of the text, and the text below that."""
    headers, rest = marks.in_body_headers(body)
    if "from" not in headers:
        return submitter, rest
    person = parse_person(decode_words(headers["from"]))
    if "@" not in person.address:
        return submitter, body
    return Person(storable(person.name), storable(person.address)), rest
