# SPDX-License-Identifier: GPL-2.0-or-later
"""patatt's signatures (X-Developer-Signature) by ed25519 keys of a keyring."""

from __future__ import annotations

import re
from collections.abc import Sequence

import patatt

from maintainer_kit.errors import ConfigError
from maintainer_kit.model.mail.strict import StrictMail
from maintainer_kit.model.mail.text import storable
from maintainer_kit.workflow.orders.attestation import Attestation, Cause, Verdict

KIND = "patatt"
HEADER = "x-developer-signature"
_ALGORITHM = "ed25519"
# What is put into the path of a key.
SELECTOR = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,60}")
UNREADABLE = (patatt.Error, RuntimeError, LookupError, OSError, TypeError, ValueError)


def verify_patatt(mail: StrictMail, keyrings: Sequence[str]) -> Attestation:
    """What patatt's signature says for the address in From.

    It covers the text as git reads it. Of the Subject it covers what is left without prefix, and
    never a From in the text, by which somebody else would be named than who signed.
    """
    if not mail.values(HEADER):
        return Attestation(KIND, Verdict.NONE, why="no patatt signature")
    try:
        return _verify(mail, keyrings)
    except UNREADABLE as error:
        words = storable(" ".join(str(error).split())[:120])
        return Attestation(KIND, Verdict.BAD, why=f"patatt signature: {words}")


def _verify(mail: StrictMail, keyrings: Sequence[str]) -> Attestation:
    message = patatt.PatattMessage(mail.raw)
    signatures = message.get_sigs()
    own = [one for one in signatures if field_of(one, "i").lower() == mail.sender]
    if len(own) != 1:
        found = "none" if not own else "several"
        return Attestation(
            KIND, Verdict.NONE, why=f"{found} of its patatt signatures of the sender"
        )
    (signature,) = own
    if not is_plain(signature):
        return Attestation(KIND, Verdict.BAD, why="patatt signature with a field twice or too many")
    if not field_of(signature, "a").startswith(_ALGORITHM):
        return Attestation(KIND, Verdict.NONE, why=f"patatt signature not by {_ALGORITHM}")
    key = _find_key(keyrings, mail.sender, field_of(signature, "s") or "default")
    if key is None:
        return Attestation(
            KIND, Verdict.NONE, why=f"no key of {mail.sender} in mkit.keyring", cause=Cause.NO_KEY
        )
    try:
        _, time = message.validate(field_of(signature, "i"), key.strip())
    except patatt.BodyValidationError:
        return Attestation(
            KIND, Verdict.BAD, why="patatt signature: the text was changed", cause=Cause.BODY
        )
    except patatt.ValidationError:
        return Attestation(KIND, Verdict.BAD, why="patatt signature does not hold")
    if (message.canon_identity or "").lower() != mail.sender:
        return Attestation(
            KIND, Verdict.BAD, why="a From in the text names another than the sender"
        )
    covers = {one.strip().lower() for one in field_of(signature, "h").split(":")}
    if "subject" in covers:
        covers = covers - {"subject"} | {"title"}
    return Attestation(
        kind=KIND,
        verdict=Verdict.GOOD,
        identity=mail.sender,
        why="patatt",
        covers=frozenset(covers),
        time=seconds_of(time),
        text=message.canon_body,
    )


def field_of(signature: patatt.DevsigHeader, name: str) -> str:
    """A field of a signature; empty without it."""
    return signature.get_field_as_str(name) or ""


def is_plain(signature: patatt.DevsigHeader) -> bool:
    """Whether nothing stands behind ``b=``, which is not signed, and nothing stands there twice."""
    parts = (signature.hval or b"").split(b";")
    names = [part.partition(b"=")[0].strip() for part in parts if part.strip()]
    return names[-1:] == [b"b"] and len(set(names)) == len(names)


def seconds_of(text: str) -> int:
    """A time of a signature; 0 for what is none."""
    return int(text) if text.isdecimal() and len(text) <= 12 else 0


def _find_key(keyrings: Sequence[str], sender: str, selector: str) -> bytes | None:
    if not SELECTOR.fullmatch(selector):
        return None
    for keyring in keyrings:
        try:
            return patatt.get_public_key(keyring, _ALGORITHM, sender, selector)[0]
        except KeyError:
            continue
    return None


def names_no_repository(keyring: str) -> bool:
    """Whether that is a keyring of whatever repository the reader happens to be in."""
    parts = keyring.split(":")
    return parts[0] == "ref" and (len(parts) < 4 or not parts[1])


def check_keyrings(keyrings: Sequence[str]) -> None:
    """Raises ConfigError for one of whatever repository the reader happens to be in."""
    for one in keyrings:
        if names_no_repository(one):
            raise ConfigError(
                f"mkit.keyring is {one!r}, which names no repository",
                "git config --global mkit.keyring ref:/home/me/keys:refs/heads/main:.keys",
            )
