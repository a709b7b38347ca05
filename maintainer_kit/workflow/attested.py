# SPDX-License-Identifier: GPL-2.0-or-later
"""What is told of a patch's signatures, in four words, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from maintainer_kit.workflow.orders.attestation import Attestation, Verdict

KINDS = ("patatt", "dkim")
"""The one that vouches for a person first: the other one vouches for a domain."""


class Word(StrEnum):
    """What a signature says."""

    GOOD = "good"
    BAD = "bad"
    UNVERIFIED = "unverified"
    """Nobody could tell: no network, no such key any more, a key that no keyring has."""
    NONE = "none"


_WORDS = {
    Verdict.GOOD: Word.GOOD,
    Verdict.BAD: Word.BAD,
    Verdict.UNKNOWN: Word.UNVERIFIED,
    Verdict.NONE: Word.NONE,
}


@dataclass(frozen=True, slots=True)
class Signed:
    """What one kind of signature says of a patch."""

    kind: str
    word: Word
    identity: str = ""
    """Whose it is, where it is good."""
    why: str = ""
    """In words; empty where there is no signature of the kind."""
    key: str = ""
    """Where its public key was found."""
    time: int = 0
    """When it was signed, in seconds since the epoch, where that is signed too; else 0."""
    seen: int = 0
    """When it was verified, in seconds since the epoch."""


@dataclass(frozen=True, slots=True)
class Attested:
    """What the signatures of a patch say, one of each kind."""

    signatures: tuple[Signed, ...]

    @property
    def leading(self) -> Signed:
        """The one that speaks for the patch: what is good or bad by a person's key, then by a
        domain's; else what could not be told."""
        return min(self.signatures, key=_weight)

    @property
    def word(self) -> Word:
        return self.leading.word

    @property
    def is_unsigned(self) -> bool:
        """Whether nobody at all signed it."""
        return all(one.word is Word.NONE and not one.why for one in self.signatures)


_RANKS = {Word.GOOD: 0, Word.BAD: 0, Word.UNVERIFIED: 1, Word.NONE: 2}


def _weight(one: Signed) -> tuple[int, bool, int]:
    return _RANKS[one.word], not one.why, KINDS.index(one.kind)


ByPatch = Mapping[str, Attested]
"""By Message-ID."""


def signed(found: Attestation, seen: int, people: Collection[str]) -> Signed:
    """What an attestation says of a patch whose sender and author have these addresses."""
    word = _WORDS[found.verdict]
    identity, why = found.identity, found.why
    if word is Word.GOOD and identity not in people:
        # A list that puts itself into From signs as itself.
        return Signed(found.kind, Word.NONE, why=f"only {identity} signed it, who passed it on")
    return Signed(found.kind, word, identity, why, found.key, found.time, seen)


class Kept(NamedTuple):
    """An attestation that was found once."""

    attestation: Attestation
    seen: int
    """Seconds since the epoch."""


class PatchVerifier(Protocol):
    """Verifies the signatures of patches."""

    def verify(self, raw: bytes, kinds: Collection[str], *, online: bool) -> Sequence[Attestation]:
        """One attestation of each of these kinds, for a mail's bytes as they were stored.

        Unless ``online`` no name server is asked. Bounded in time; whatever stands in the mail is
        no error.
        """


class AttestationStore(Protocol):
    """Keeps what keys that may go said of mails; ``mark`` is the SHA-256 of the bytes, in hex."""

    def find(self, marks: Collection[str]) -> Mapping[str, Mapping[str, Kept]]:
        """What is known of these mails, by mark and kind."""

    def add(self, found: Sequence[tuple[str, Kept]]) -> None:
        """Keep these, each instead of what was kept of its kind; durable when it returns."""

    def looked_through(self, uuid: str) -> int:
        """Up to which modification number of that index new mail was looked at; 0 for none."""

    def set_looked_through(self, uuid: str, number: int) -> None: ...


class Attester(NamedTuple):
    """Who verifies, and who remembers."""

    verifier: PatchVerifier
    kept: AttestationStore


MakeAttester = Callable[[], Attester]


def count_words(found: Iterable[Attested]) -> dict[Word, int]:
    """How many patches there are of each word, 0 included."""
    counts = dict.fromkeys(Word, 0)
    for one in found:
        counts[one.word] += 1
    return counts
