# SPDX-License-Identifier: GPL-2.0-or-later
"""What a mail's signatures say of who wrote it, as a port: adapters/attest asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Verdict(StrEnum):
    """What became of a signature."""

    GOOD = "good"
    UNKNOWN = "unknown"
    """It could not be verified now: no answer from any name server. Ask again later."""
    BAD = "bad"
    """There is one, and it does not hold."""
    NONE = "none"
    """None speaks for the sender: there is no signature, only others', or its key is not known."""


class Cause(StrEnum):
    """What kind of trouble a signature has, where that is to be told apart."""

    OTHER = ""
    NO_KEY = "no-key"
    """There is no such key, or none any more: of whether it held once that says nothing."""
    BODY = "body"
    """The text is not the one that was signed."""
    HEADER = "header"
    """A field of the header is not, or the key is another."""


@dataclass(frozen=True, slots=True)
class Attestation:
    """One kind of signature on a mail; of several of a kind the best."""

    kind: str
    """``dkim`` or ``patatt``."""
    verdict: Verdict
    identity: str = ""
    """The address that it vouches for, in small letters; empty unless it is good."""
    why: str = ""
    """In words: whose key, or what is wrong."""
    covers: frozenset[str] = frozenset()
    """The header fields that cannot have been changed, in small letters; with ``title`` instead of
    ``subject`` where only what stands behind the prefix of the Subject is safe."""
    time: int = 0
    """When it was signed, in seconds since the epoch, where the signature covers that; else 0."""
    text: bytes | None = None
    """The text that is signed, where that is not the bytes of the mail; what is not in it could
    have been put there by anybody."""
    cause: Cause = Cause.OTHER
    key: str = ""
    """Where its public key was found: a name of the name service, a file, a ref."""


class Verifier(Protocol):
    """Verifies the signatures of mails."""

    def verify(self, raw: bytes) -> tuple[Attestation, ...]:
        """One attestation of each kind, for the bytes of a mail. Bounded in time; whatever stands
        in the mail is no error."""


_BEST_FIRST = tuple(Verdict)


def best_of(attestations: Iterable[Attestation]) -> Attestation:
    """The one that says most for the sender; raises ValueError where there is none at all."""
    return min(attestations, key=lambda one: _BEST_FIRST.index(one.verdict))
