# SPDX-License-Identifier: GPL-2.0-or-later
"""From indexed files to records: read a mail, understand it, choose between copies."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from maintainer_kit.errors import NotFound
from maintainer_kit.model.mail.fingerprint import fingerprint
from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.message.bots import BUILT_IN, Bots
from maintainer_kit.model.message.copies import Copy, choose_speaker, unreadable
from maintainer_kit.model.message.reading import (
    derived_message_id,
    own_message_id,
    read_message,
)
from maintainer_kit.workflow.ports import IndexedMessage, MailFile, MailFolder, Record


def base_name(path: str) -> str:
    """A Maildir file's unique name: without folder and flags, it never changes."""
    return path.rpartition("/")[2].partition(":2,")[0]


def understand(raw: bytes, message_id: str = "", bots: Bots = BUILT_IN) -> Copy:
    """The facts and the fingerprint of a mail; its own Message-ID where none is given.

    A mail that trips a bug of ours must not stop all others: it becomes one that cannot be read,
    which doctor names.
    """
    try:
        mail = read_mail(raw)
        message = read_message(mail, message_id or own_message_id(mail, raw), bots)
        return Copy(message, fingerprint(mail))
    except Exception as error:
        known = message_id or derived_message_id(raw)
        reason = f"mkit does not understand it: {type(error).__name__}: {error}"[:200]
        return Copy(unreadable(known, reason), sha256(raw).hexdigest())


def make_record(
    folder: MailFolder, indexed: IndexedMessage, known: Record | None, bots: Bots = BUILT_IN
) -> Record:
    """The record of an indexed message; a mail that merely moved is not read again."""
    if known and (files := _moved(indexed, known)):
        return Record(known.message, files, indexed.tags)
    copies: list[Copy] = []
    files_read: list[MailFile] = []
    reason = "no file is left"
    for path in sorted(indexed.paths):
        try:
            copy = understand(folder.read(path), indexed.message_id, bots)
        except NotFound as error:
            reason = error.message
            continue
        copies.append(copy)
        files_read.append(MailFile(path, copy.fingerprint))
    if not copies:
        files_read = [MailFile(path, "") for path in indexed.paths]
        message = unreadable(indexed.message_id, reason)
        return Record(message, tuple(files_read), indexed.tags)
    return Record(choose_speaker(copies), tuple(files_read), indexed.tags)


def _moved(indexed: IndexedMessage, known: Record) -> tuple[MailFile, ...] | None:
    """The same files under new paths, None when there is anything to read."""
    if any(not file.fingerprint for file in known.files):
        return None
    by_name = {base_name(file.path): file.fingerprint for file in known.files}
    names = [base_name(path) for path in indexed.paths]
    if len(names) != len(known.files) or set(names) != set(by_name) or len(by_name) != len(names):
        return None
    pairs = sorted(zip(indexed.paths, names, strict=True))
    return tuple(MailFile(path, by_name[name]) for path, name in pairs)


def _is_other(known: Record, indexed: IndexedMessage) -> bool:
    """Whether there is anything to read: other files, or some that could not be read before."""
    if any(not file.fingerprint for file in known.files):
        return True
    return {file.path for file in known.files} != set(indexed.paths)


def make_records(
    folder: MailFolder,
    indexed: Iterable[IndexedMessage],
    known: dict[str, Record],
    bots: Bots = BUILT_IN,
) -> list[Record]:
    """Records of messages whose files are new or changed; unchanged ones are left out."""
    found: list[Record] = []
    for one in indexed:
        old = known.get(one.message_id)
        if old is None or _is_other(old, one):
            found.append(make_record(folder, one, old, bots))
    return found
