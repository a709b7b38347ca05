# SPDX-License-Identifier: GPL-2.0-or-later
"""What replying needs from the outside, as protocols."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from maintainer_kit.errors import MkitError
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.reply.draft import Draft
from maintainer_kit.workflow.one_sender import OnTheirWay


@dataclass(frozen=True, slots=True)
class Posting:
    """A mail as it is handed over."""

    message_id: str
    sender: str
    to: tuple[str, ...]
    """Addresses as they stand in headers, names encoded."""
    cc: tuple[str, ...]
    raw: bytes


WritePosting = Callable[[Draft, Person, str, int], Posting]
"""Makes the mail of a draft, its sender, its text and the time, in seconds since the epoch."""


class NotSent(MkitError):
    """The mail did not go out."""


class MaybeSent(MkitError):
    """Nobody can tell whether the mail went out."""


class Drafts(OnTheirWay, Protocol):
    """Where drafts are kept."""

    def get(self, draft_id: str) -> Draft | None:
        """None where there is none; raises StateError for one that cannot be understood."""

    def all(self) -> list[Draft]:
        """Those that can be understood, in no order."""

    def put(self, draft: Draft) -> None:
        """Durable when it returns; on an error the last one stands."""

    def remove(self, draft_id: str) -> None: ...

    def changing(self) -> AbstractContextManager[None]:
        """One at a time; raises Busy where another does not end."""


class Outbox(Protocol):
    """Where mail goes."""

    @property
    def sends(self) -> bool:
        """Whether mail goes out; else it is left somewhere for another program."""

    @property
    def words(self) -> str:
        """What becomes of a mail: ``sent``, ``left in FILE``."""

    def post(self, posting: Posting) -> None:
        """Raises NotSent, or MaybeSent."""

    def holds(self, message_id: str) -> bool:
        """Whether a mail was left here before."""


class Templates(Protocol):
    """Texts that replies begin with."""

    def names(self) -> Sequence[str]: ...

    def read(self, name: str) -> str:
        """Raises NotFound, with the names that there are."""
