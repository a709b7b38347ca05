# SPDX-License-Identifier: GPL-2.0-or-later
"""What replies are written on: the stores, the drafts, the way out."""

from __future__ import annotations

from dataclasses import dataclass

from maintainer_kit.errors import NotFound
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.reply.answered import ANSWERS_NOTHING, Answered, read_answered
from maintainer_kit.model.reply.draft import id_of
from maintainer_kit.workflow.messages import read_text
from maintainer_kit.workflow.replying.ports import Drafts, Outbox, Templates, WritePosting
from maintainer_kit.workflow.stores import Stores


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that replying works on."""

    stores: Stores
    drafts: Drafts
    outbox: Outbox
    write: WritePosting
    sender: Person
    templates: Templates
    process: int
    """The number of this process, for Message-IDs."""

    @property
    def me(self) -> frozenset[str]:
        """My addresses, in lower case."""
        return frozenset((*(one.lower() for one in self.stores.settings.me), self.sender.key))

    @property
    def giver(self) -> Person:
        """Who gives trailers: by the settings, else the sender."""
        settings = self.stores.settings
        name = settings.name[0] if settings.name else self.sender.name
        return Person(name, settings.me[0] if settings.me else self.sender.address)


def answered_mail(desk: Desk, message_id: str) -> Answered:
    """The mail that is answered; raises NotFound where it is unknown, or its files are gone.

    A draft that begins a thread (a pull request) names itself as what it answers.
    """
    record = desk.stores.catalogue.records([message_id]).get(message_id)
    if record is None:
        kept = desk.drafts.get(id_of(message_id))
        if kept is not None and kept.begins:
            return ANSWERS_NOTHING
        raise NotFound(f"no message {message_id}", "mkit sync, or mkit import what holds it")
    mail = read_text(desk.stores, message_id)
    return read_answered(mail, message_id, is_head=record.message.is_head)
