# SPDX-License-Identifier: GPL-2.0-or-later
"""Patches that are posted together, and what was there before them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from maintainer_kit.checks.patch import Origin, Patch
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.trailer import Trailer


@dataclass(frozen=True, slots=True)
class EarlierPatch:
    """A patch of an older revision, and what it was given."""

    title: str
    message_id: str
    number: int | None
    given: tuple[Trailer, ...]
    """Review trailers given to it, to its cover letter, or carried by it."""
    likeness: float
    """How much of its changed lines the patch now checked has, 0 to 1; 0 without a counterpart."""
    counterpart: int | None
    """Index in ``Series.patches`` of the patch that has taken its place."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question on an older revision that nobody answered."""

    person: Person
    message_id: str
    title: str
    """Of the patch that it was asked about."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The last revision before the one that is checked, as the index knows it."""

    revision: int
    message_ids: frozenset[str]
    """Of its cover letter and patches."""
    posted: int
    """When it was posted, and
    ``last_mail`` when its thread drew the last mail, in seconds since the epoch."""
    last_mail: int
    last_writer: Person
    patches: tuple[EarlierPatch, ...]
    commenters: tuple[Person, ...]
    """Who answered it, bots and its author left out."""
    questions: tuple[OpenQuestion, ...]


@dataclass(frozen=True, slots=True)
class Pending:
    """Another series that waits and changes the same lines."""

    topic_id: str
    subject: str
    author: Person
    patch: int
    """Index in ``Series.patches`` of the patch that meets it."""
    path: str
    line: int
    """Where both change the file, from 1."""


@dataclass(frozen=True)
class Series:
    """One posting, or a lone patch, or a range of commits."""

    patches: tuple[Patch, ...]
    """In order of their numbers, or of the commits."""
    cover: Patch | None = None
    others: tuple[Patch, ...] = ()
    """What was given with them and is no patch and no cover letter."""
    earlier: Earlier | None = None
    """None when there is no older revision, or nobody looked."""
    pending: tuple[Pending, ...] = ()
    posted: int = 0
    """When it was or is to be posted, in seconds since the epoch; 0 when nobody knows."""
    archived: frozenset[str] | None = None
    """Review trailers known to be given by mail, each as ``Name: key``, once for each of the keys
    that ``People`` knows its giver by; None when nobody looked."""
    is_complete: bool = True
    """All that is to come is here: gaps are gaps."""
    is_range: bool = False
    """Commits or lone files that nobody has numbered: what is asked of a posting is not asked."""

    @cached_property
    def all(self) -> tuple[Patch, ...]:
        """Cover letter, patches, others."""
        return (*((self.cover,) if self.cover else ()), *self.patches, *self.others)

    def heads(self) -> Iterator[tuple[int, Patch]]:
        """Cover letter and patches with their index in ``all``."""
        yield from enumerate(self.all[: len(self.all) - len(self.others)])

    def index(self, patch: Patch) -> int:
        """Where a patch stands in ``all``."""
        return next(at for at, one in enumerate(self.all) if one is patch)

    @cached_property
    def first(self) -> Patch | None:
        """What stands for the whole series: the cover letter, else the first patch."""
        return self.all[0] if self.all else None

    @property
    def revision(self) -> int:
        return max((one.subject.revision for _, one in self.heads()), default=1)

    @property
    def is_rfc(self) -> bool:
        return any(one.subject.rfc for _, one in self.heads())

    @property
    def is_mail(self) -> bool:
        return self.first is not None and self.first.is_mail

    @property
    def is_sent(self) -> bool:
        """It went over the wire already: what may be asked of its author differs."""
        return self.first is not None and self.first.origin is Origin.MAIL

    @cached_property
    def designations(self) -> tuple[str, ...]:
        """Where its subjects say that it is to go: ``net-next``, ``5.10.y``."""
        found = (name for _, one in self.heads() for name in one.subject.designations)
        return tuple(dict.fromkeys(found))
