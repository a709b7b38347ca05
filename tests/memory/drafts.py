# SPDX-License-Identifier: GPL-2.0-or-later
"""Drafts, templates and an outbox in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from maintainer_kit.errors import MkitError, NotFound
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.reply.draft import Draft
from maintainer_kit.render.reply_mail import reply_mail
from maintainer_kit.workflow.replying.desk import Desk
from maintainer_kit.workflow.replying.ports import Posting
from maintainer_kit.workflow.stores import Stores

ROBIN = Person("Robin Maintainer", "robin@lumen.example")


class MemoryDrafts:
    """Implements the port ``Drafts``."""

    def __init__(self) -> None:
        self.kept: dict[str, Draft] = {}
        self.is_sending = False

    def get(self, draft_id: str) -> Draft | None:
        return self.kept.get(draft_id)

    def all(self) -> list[Draft]:
        return list(self.kept.values())

    def put(self, draft: Draft) -> None:
        self.kept[draft.id] = draft

    def remove(self, draft_id: str) -> None:
        self.kept.pop(draft_id, None)

    @contextmanager
    def changing(self) -> Iterator[None]:
        yield

    @contextmanager
    def sending(self, wait: float = 0.0) -> Iterator[bool]:
        before, self.is_sending = self.is_sending, True
        try:
            yield not before
        finally:
            self.is_sending = before


@dataclass
class MemoryOutbox:
    """Implements the port ``Outbox``: keeps what it is given, or raises what it is told to."""

    sends: bool = True
    words: str = "sent"
    posted: list[Posting] = field(default_factory=list)
    trouble: dict[int, MkitError] = field(default_factory=dict)
    """By the number of the posting, from 0."""
    tried: int = 0

    def post(self, posting: Posting) -> None:
        self.tried += 1
        if error := self.trouble.get(self.tried - 1):
            raise error
        self.posted.append(posting)

    def holds(self, message_id: str) -> bool:
        return not self.sends and any(one.message_id == message_id for one in self.posted)


class MemoryTemplates(dict[str, str]):
    """Implements the port ``Templates``."""

    def names(self) -> Sequence[str]:
        return list(self)

    def read(self, name: str) -> str:
        if name not in self:
            raise NotFound(f"no template {name}")
        return self[name]


def reply_desk(stores: Stores, sender: Person = ROBIN) -> Desk:
    """A desk for replies over stores in memory."""
    return Desk(
        stores=stores,
        drafts=MemoryDrafts(),
        outbox=MemoryOutbox(),
        write=reply_mail,
        sender=sender,
        templates=MemoryTemplates(),
        process=7,
    )
