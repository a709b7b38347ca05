# SPDX-License-Identifier: GPL-2.0-or-later
"""A DKIM signature (RFC 6376) as far as no key is needed: whose it is, whether it could be good at
all, whether it is for this text. Few imports: ``mkit show`` asks it."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256

from maintainer_kit.model.mail.strict import StrictMail
from maintainer_kit.workflow.orders.attestation import Attestation, Cause, Verdict, best_of

KIND = "dkim"
HEADER = "dkim-signature"
HOST = re.compile(r"[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){0,10}")
_MAX_SIGNATURES = 8
_ALGORITHMS = (b"rsa-sha256", b"ed25519-sha256")
_BLANKS = re.compile(rb"[ \t]+")
_WHITE = re.compile(rb"[ \t\r\n]+")
_NAME = re.compile(rb"[A-Za-z][A-Za-z0-9_]*")

Tags = dict[bytes, bytes]
Ask = Callable[[int, Tags], Attestation]
"""Verifies the signature of that number, by its key."""


def each_signature(mail: StrictMail, ask: Ask) -> Attestation:
    """What the DKIM signatures of a mail say for the address in its From; ``ask`` is called only
    for those that need it."""
    values = mail.values(HEADER)[:_MAX_SIGNATURES]
    if not values:
        return Attestation(KIND, Verdict.NONE, why="no DKIM signature")
    return best_of(_judge(mail, number, value, ask) for number, value in enumerate(values))


def _judge(mail: StrictMail, number: int, value: bytes, ask: Ask) -> Attestation:
    tags = read_tags(value)
    if tags is None:
        return bad("a DKIM signature that cannot be read")
    domain = text_of(tags, b"d")
    if not is_aligned(domain, mail.domain):
        why = f"DKIM signature of {domain[:80]}, not of {mail.domain}"
        return Attestation(KIND, Verdict.NONE, why=why)
    if wrong := _wrong(tags):
        return bad(wrong)
    return ask(number, tags)


def without_key(mail: StrictMail) -> Attestation:
    """What can be said while nobody is asked for keys."""

    def ask(number: int, tags: Tags) -> Attestation:
        del number
        domain = text_of(tags, b"d")
        if is_of_other_text(mail, tags):
            return bad(f"DKIM signature of {domain}: body hash mismatch", Cause.BODY)
        why = f"DKIM signature of {domain}: its key was not asked for"
        return Attestation(KIND, Verdict.UNKNOWN, why=why)

    return each_signature(mail, ask)


def read_tags(value: bytes) -> Tags | None:
    """Tags with their values; None for what is no list of tags, or has one twice."""
    tags: Tags = {}
    for part in value.strip().removesuffix(b";").split(b";"):
        left, equals, text = part.partition(b"=")
        name = left.strip()
        if not equals or not _NAME.fullmatch(name) or name in tags:
            return None
        tags[name] = text.strip()
    return tags


def is_aligned(signer: str, domain: str) -> bool:
    """Whether a domain may speak for the addresses of another: its own, or one below it.

    Not the other way round, as relaxed alignment (RFC 7489, 3.1.1) has it: that needs the list of
    public suffixes, and a part of a domain is often lent to somebody.
    """
    signer, domain = signer.lower().rstrip("."), domain.lower()
    return "." in signer and (domain == signer or domain.endswith(f".{signer}"))


def _wrong(tags: Tags) -> str:
    """What rules a signature out before its key is asked for."""
    if not HOST.fullmatch(text_of(tags, b"s")):
        return "DKIM signature with no selector"
    if b"l" in tags:
        return "DKIM signature of only the beginning of the text (l=)"
    if tags.get(b"a") not in _ALGORITHMS:
        return (
            f"DKIM signature by {text_of(tags, b'a')[:40]}, which is no longer safe, or not known"
        )
    if "from" not in covered(tags):
        return "DKIM signature that leaves out From"
    return ""


def is_of_other_text(mail: StrictMail, tags: Tags) -> bool:
    """Whether the hash that is signed is not that of the text; by RFC 6376, 3.4."""
    is_relaxed = tags.get(b"c", b"").partition(b"/")[2] == b"relaxed"
    text = b"".join(line + b"\r\n" for line in _lines(mail.body, is_relaxed))
    if not text and not is_relaxed:
        text = b"\r\n"
    return b64encode(sha256(text).digest()) != _WHITE.sub(b"", tags.get(b"bh", b""))


def _lines(body: bytes, is_relaxed: bool) -> list[bytes]:
    lines = body.split(b"\n")
    if is_relaxed:
        lines = [_BLANKS.sub(b" ", line).rstrip(b" ") for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def covered(tags: Tags) -> frozenset[str]:
    """The names of the fields that it signs."""
    return frozenset(one.strip().lower() for one in text_of(tags, b"h").split(":"))


def text_of(tags: Tags, name: bytes) -> str:
    return tags.get(name, b"").decode("ascii", "replace")


def bad(why: str, cause: Cause = Cause.OTHER) -> Attestation:
    """A signature that does not hold."""
    return Attestation(KIND, Verdict.BAD, why=why, cause=cause)
