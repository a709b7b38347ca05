# SPDX-License-Identifier: GPL-2.0-or-later
"""Prints of mailed patches, from the mails themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from maintainer_kit.errors import NotFound
from maintainer_kit.matching.mailed import patch_print
from maintainer_kit.matching.prints import PatchPrint
from maintainer_kit.model.mail.mail import Mail, read_mail
from maintainer_kit.model.message.finding import MAX_TEXT, find_patch
from maintainer_kit.model.message.message import Kind, Message
from maintainer_kit.workflow.records import Record
from maintainer_kit.workflow.stores import Stores


def patch_prints(stores: Stores, records: Iterable[Record]) -> Iterator[PatchPrint]:
    """Of those of the mails that are patches, and of which a file is left."""
    people = stores.people
    for record in records:
        message = record.message
        if message.kind is not Kind.PATCH or (mail := read_file(stores, record)) is None:
            continue
        text = find_patch(mail, mail.text[:MAX_TEXT], message.subject, is_reply=False).text
        yield patch_print(message, text, series=_series(message), people=people)


def read_file(stores: Stores, record: Record) -> Mail | None:
    """A mail from the first of its files that is left."""
    for file in record.files:
        try:
            return read_mail(stores.folder.read(file.path))
        except NotFound:
            continue
    return None


def _series(message: Message) -> str:
    """Equal in the patches of one posting: the top of its thread, and what its subjects count."""
    top = message.parents[-1] if message.parents else message.message_id
    subject = message.subject
    return f"{subject.revision} {subject.total or 1} {top}" if (subject.total or 1) > 1 else ""
