# SPDX-License-Identifier: GPL-2.0-or-later
"""DKIM (RFC 6376, 8301, 8463), as far as it says who wrote a mail.

A signature that merely holds is not enough: it must be by the domain of the address in From, and
cover that address and the whole text.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

import dkim
import nacl.exceptions
from dkim.util import InvalidTagValueList, parse_tag_value

from maintainer_kit.adapters.attest.dkim_keys import LIFETIME, DkimKeys, NoAnswer
from maintainer_kit.model.mail.strict import StrictMail
from maintainer_kit.model.mail.text import storable
from maintainer_kit.workflow.orders.attestation import Attestation, Verdict, best_of

KIND = "dkim"
HEADER = "dkim-signature"
_HOST = re.compile(r"[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){0,10}")
_MAX_SIGNATURES = 8
_ALGORITHMS = (b"rsa-sha256", b"ed25519-sha256")
_MIN_BITS = 1024
# Whatever the library lets escape where a field is not what it should be.
_UNREADABLE = (
    dkim.DKIMException,
    nacl.exceptions.CryptoError,
    ArithmeticError,
    AssertionError,
    LookupError,
    TypeError,
    ValueError,
)
_SILENT = logging.getLogger(f"{__name__}.dkim")
_SILENT.addHandler(logging.NullHandler())
_SILENT.propagate = False


def verify_dkim(mail: StrictMail, keys: DkimKeys) -> Attestation:
    """What the DKIM signatures of a mail say for the address in its From."""
    values = mail.values(HEADER)
    if not values:
        return Attestation(KIND, Verdict.NONE, why="no DKIM signature")
    return best_of(_each(mail, values[:_MAX_SIGNATURES], keys))


def _each(mail: StrictMail, values: list[bytes], keys: DkimKeys) -> Iterator[Attestation]:
    for number, value in enumerate(values):
        try:
            tags = parse_tag_value(value)
        except InvalidTagValueList:
            yield _bad("a DKIM signature that cannot be read")
            continue
        domain, selector = _text(tags, b"d"), _text(tags, b"s")
        if not is_aligned(domain, mail.domain):
            yield Attestation(
                KIND, Verdict.NONE, why=f"DKIM signature of {domain[:80]}, not of {mail.domain}"
            )
        elif wrong := _wrong(tags, selector):
            yield _bad(wrong)
        else:
            yield _verify(mail, number, tags, keys)


def is_aligned(signer: str, domain: str) -> bool:
    """Whether a domain may speak for the addresses of another: its own, or one below it.

    Not the other way round, as relaxed alignment (RFC 7489, 3.1.1) has it: that needs the list of
    public suffixes, and a part of a domain is often lent to somebody.
    """
    signer, domain = signer.lower().rstrip("."), domain.lower()
    return "." in signer and (domain == signer or domain.endswith(f".{signer}"))


def _wrong(tags: dict[bytes, bytes], selector: str) -> str:
    """What rules a signature out before its key is asked for."""
    if not _HOST.fullmatch(selector):
        return "DKIM signature with no selector"
    if b"l" in tags:
        return "DKIM signature of only the beginning of the text (l=)"
    if tags.get(b"a") not in _ALGORITHMS:
        return f"DKIM signature by {_text(tags, b'a')[:40]}, which is no longer safe, or not known"
    if "from" not in _covered(tags):
        return "DKIM signature that leaves out From"
    return ""


def _verify(mail: StrictMail, number: int, tags: dict[bytes, bytes], keys: DkimKeys) -> Attestation:
    domain = _text(tags, b"d")
    name = f"{_text(tags, b's')}._domainkey.{domain}"
    if not _HOST.fullmatch(domain):
        return _bad("DKIM signature of what is no domain")

    def find(_: bytes, timeout: float = LIFETIME) -> bytes | None:
        return keys.find(name)

    try:
        if keys.find(name) is None:
            return _bad(f"{name} holds no key")
        signature = dkim.DKIM(mail.raw, logger=_SILENT, minkey=_MIN_BITS)
        is_good = signature.verify(number, dnsfunc=find)
    except NoAnswer as error:
        return Attestation(KIND, Verdict.UNKNOWN, why=str(error))
    except _UNREADABLE as error:
        return _bad(f"DKIM signature of {domain}: {_words(error)}")
    if not is_good:
        return _bad(f"DKIM signature of {domain} does not hold: the header was changed")
    return Attestation(
        KIND, Verdict.GOOD, mail.sender, f"DKIM, {domain}", _covered(tags), _time(tags)
    )


def _covered(tags: dict[bytes, bytes]) -> frozenset[str]:
    return frozenset(one.strip().lower() for one in _text(tags, b"h").split(":"))


def _time(tags: dict[bytes, bytes]) -> int:
    text = _text(tags, b"t")
    return int(text) if text.isdecimal() and len(text) <= 12 else 0


def _text(tags: dict[bytes, bytes], name: bytes) -> str:
    return tags.get(name, b"").decode("ascii", "replace")


def _words(error: Exception) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return storable(text[:120])


def _bad(why: str) -> Attestation:
    return Attestation(KIND, Verdict.BAD, why=why)
