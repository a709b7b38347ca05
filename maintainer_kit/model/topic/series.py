# SPDX-License-Identifier: GPL-2.0-or-later
"""Series: the patches and the cover letter of one posting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.message import Kind, Message

NEAR = 20 * 60
"""Seconds within which unthreaded mails of one submitter count as one posting."""


@dataclass(frozen=True)
class Series:
    """One posting of a set of patches."""

    revision: int
    cover: Message | None
    patches: tuple[Message | None, ...]
    """By number; None where a patch has not arrived."""

    @cached_property
    def messages(self) -> tuple[Message, ...]:
        """What has arrived, the cover letter first."""
        found = tuple(patch for patch in self.patches if patch is not None)
        return (self.cover, *found) if self.cover else found

    @property
    def first(self) -> Message:
        """The mail that stands for the series: its cover letter, else its first patch."""
        return self.messages[0]

    @property
    def submitter(self) -> Person:
        return self.first.submitter

    @property
    def date(self) -> int:
        """Date of the earliest mail that has one."""
        dates = [message.date for message in self.messages if message.date]
        return min(dates, default=0)

    @property
    def title(self) -> str:
        return self.first.subject.title

    @property
    def change_id(self) -> str:
        return next((one.change_id for one in self.messages if one.change_id), "")

    @property
    def base_commit(self) -> str:
        return next((one.base_commit for one in self.messages if one.base_commit), "")

    @property
    def prerequisites(self) -> tuple[str, ...]:
        """Patch-ids that the series is based on, in the order of its mails."""
        found = (one for message in self.messages for one in message.prerequisites)
        return tuple(dict.fromkeys(found))

    @property
    def received(self) -> int:
        """How many patches are there, the cover letter not counted."""
        return sum(patch is not None for patch in self.patches)

    @property
    def is_complete(self) -> bool:
        return None not in self.patches


def sort_key(message: Message) -> tuple[int, str]:
    """An order of mails that does not depend on which arrived first."""
    return (message.date, message.message_id)


def effective_revision(message: Message, heads: Mapping[str, Message]) -> int:
    """The revision of a patch: its own, else that of the cover letter ("[PATCH 0/4] [v3] ...") or
    patch that it was sent below."""
    own = message.subject.revision
    if own > 1 or message.kind is not Kind.PATCH or not message.parents:
        return own
    above = heads.get(message.parents[0])
    if above is None or not same_posting(above, message):
        return own
    first = above.kind is Kind.COVER or (
        (above.subject.number or 0) < (message.subject.number or 0)
        and abs(above.date - message.date) <= NEAR
    )
    return above.subject.revision if first else own


def same_posting(one: Message, other: Message) -> bool:
    """Whether two mails of one thread can be of one posting, revision and numbers apart."""
    if one.subject.total != other.subject.total:
        return False
    if one.submitter.key == other.submitter.key:
        return True
    # A tree's maintainer sends others' patches, each from its author's address.
    return abs(one.date - other.date) <= NEAR
