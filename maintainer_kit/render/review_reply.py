# SPDX-License-Identifier: GPL-2.0-or-later
"""A drafted reply to an author, as a mail (RFC 5322): what was found, and how it is mended.

It is a draft: who sends it reads it first. Date and Message-ID are left to what sends it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy

from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.report import Checked
from maintainer_kit.model.mail.lists import list_from_address
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.mail.text import storable, visible_line
from maintainer_kit.render.review_words import first_name, reply_text, worth_telling

_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,190}")
_ID = re.compile(r"[!-;=?-~]{3,250}")
_MOST_PARENTS = 3
_MOST_CC = 50
_LONGEST = 400
_REPLY = re.compile(r"(?:(?:re|aw|sv|antw)\s{0,2}:\s{0,4}){1,5}", re.IGNORECASE)


class _Policy(EmailPolicy):
    """Leaves Message-IDs whole: Python would encode what it cannot break at 78 characters."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if name not in ("In-Reply-To", "References"):
            return super().fold_binary(name, value)
        ids = "\n ".join(str(value).split())
        return f"{name}: {ids}\n".encode("ascii")


def review_reply(checked: Checked, writer: Person, lists: Collection[str] = ()) -> bytes | None:
    """The mail to the author of a series, from ``writer``: to whoever sent it, with copies to the
    lists that it went to; ``lists`` are addresses that are known to be lists.

    None when there is nothing that the author should hear of, or nobody who could.
    """
    first = checked.series.first
    found = worth_telling(checked)
    if first is None or not first.is_mail or not found:
        return None
    to = _addresses(_authors(first), without=[writer])
    sender = _addresses([writer])
    if not to or not sender:
        return None
    mail = EmailMessage(policy=_Policy(cte_type="8bit"))
    mail["From"] = sender
    mail["To"] = to
    if copies := _copies(first, lists, [writer, first.submitter, first.author]):
        mail["Cc"] = copies
    mail["Subject"] = f"Re: {_subject(first)}"
    _thread(mail, first)
    text = reply_text(checked, found, writer.name, first_name(first.submitter))
    mail.set_content(text, charset="utf-8", cte="8bit")
    return mail.as_bytes()


def _authors(patch: Patch) -> list[Person]:
    """Who sent it and who wrote it; a list's address only where nobody else is known."""
    people = [patch.submitter, patch.author]
    return [one for one in people if list_from_address(one.address) is None] or people[:1]


def _subject(patch: Patch) -> str:
    shown = storable(visible_line(patch.title_line))[:_LONGEST]
    return _REPLY.sub("", shown, count=1) if _REPLY.match(shown) else shown


def _thread(mail: EmailMessage, patch: Patch) -> None:
    """Answer the patch; ids that no mail can have are left out."""
    if patch.message_id is None or not _ID.fullmatch(patch.message_id):
        return
    above = [one for one in reversed(patch.parents[:_MOST_PARENTS]) if _ID.fullmatch(one)]
    mail["In-Reply-To"] = f"<{patch.message_id}>"
    mail["References"] = " ".join(f"<{one}>" for one in (*above, patch.message_id))


def _copies(patch: Patch, lists: Collection[str], without: Iterable[Person]) -> list[Address]:
    known = {one.lower() for one in lists}
    there = [
        one
        for one in (*patch.to, *patch.cc)
        if one.key in known or list_from_address(one.address) is not None
    ]
    return _addresses(there, without)[:_MOST_CC]


def _addresses(people: Iterable[Person], without: Iterable[Person] = ()) -> list[Address]:
    """Each address once; one that cannot stand in a header is left out."""
    seen = {one.key for one in without}
    found = []
    for one in people:
        if one.key not in seen and _ADDRESS.fullmatch(one.address):
            seen.add(one.key)
            name = storable(visible_line(one.name))[:_LONGEST]
            user, _, host = one.address.rpartition("@")
            found.append(Address(name, user, host))
    return found
