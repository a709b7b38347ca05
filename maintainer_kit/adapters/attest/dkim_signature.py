# SPDX-License-Identifier: GPL-2.0-or-later
"""DKIM (RFC 6376, 8301, 8463), as far as it says who wrote a mail.

A signature that merely holds is not enough: it must be by the domain of the address in From, and
cover that address and the whole text.
"""

from __future__ import annotations

import logging
import re

import dkim
import nacl.exceptions

from maintainer_kit.adapters.attest.dkim_keys import LIFETIME, DkimKeys, NoAnswer
from maintainer_kit.adapters.attest.dkim_tags import (
    HOST,
    KIND,
    Tags,
    bad,
    covered,
    each_signature,
    text_of,
)
from maintainer_kit.adapters.attest.dkim_tags import is_aligned as is_aligned
from maintainer_kit.model.mail.strict import StrictMail
from maintainer_kit.model.mail.text import storable
from maintainer_kit.workflow.orders.attestation import Attestation, Cause, Verdict

_MIN_BITS = 1024
_REVOKED = re.compile(rb"(?:^|;)\s*p=\s*(?:;|$)")
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
    return each_signature(mail, lambda number, tags: _verify(mail, number, tags, keys))


def _verify(mail: StrictMail, number: int, tags: Tags, keys: DkimKeys) -> Attestation:
    domain = text_of(tags, b"d")
    name = f"{text_of(tags, b's')}._domainkey.{domain}"
    if not HOST.fullmatch(domain):
        return bad("DKIM signature of what is no domain")
    try:
        key = keys.find(name)
        if key is None or _REVOKED.search(key):
            words = "holds no key" if key is None else "was revoked"
            return bad(f"{name} {words}", Cause.NO_KEY)
        is_good = _holds(mail, number, key)
    except NoAnswer as error:
        return Attestation(KIND, Verdict.UNKNOWN, why=str(error))
    except _UNREADABLE as error:
        words = _words(error)
        cause = Cause.BODY if words.startswith("body hash mismatch") else Cause.OTHER
        return bad(f"DKIM signature of {domain}: {words}", cause)
    if not is_good:
        words = "does not hold: the header was changed, or its key"
        return bad(f"DKIM signature of {domain} {words}", Cause.HEADER)
    why = f"DKIM, {domain}"
    return Attestation(KIND, Verdict.GOOD, mail.sender, why, covered(tags), _time(tags), key=name)


def _holds(mail: StrictMail, number: int, key: bytes) -> bool:
    def find(_: bytes, timeout: float = LIFETIME) -> bytes:
        return key

    signature = dkim.DKIM(mail.raw, logger=_SILENT, minkey=_MIN_BITS)
    return bool(signature.verify(number, dnsfunc=find))


def _time(tags: Tags) -> int:
    text = text_of(tags, b"t")
    return int(text) if text.isdecimal() and len(text) <= 12 else 0


def _words(error: Exception) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    text = "body hash mismatch" if text.startswith("body hash mismatch") else text
    return storable(text[:120])
