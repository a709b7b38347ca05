# SPDX-License-Identifier: GPL-2.0-or-later
"""patatt's signatures of patches, by any sort of key that patatt knows.

Unlike an order, a patch may name its author in its text, and be signed by him or by its sender.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import patatt

from maintainer_kit.adapters.attest.keyrings import Key, Keyrings
from maintainer_kit.adapters.attest.patatt_signature import (
    HEADER,
    KIND,
    SELECTOR,
    UNREADABLE,
    field_of,
    is_plain,
    seconds_of,
)
from maintainer_kit.model.mail.strict import StrictMail
from maintainer_kit.model.mail.text import storable
from maintainer_kit.workflow.orders.attestation import Attestation, Cause, Verdict, best_of

_ALGORITHMS = ("ed25519", "openpgp", "openssh")
_ORIGINAL = ("x-original-from", "reply-to")
_MOST = 4


def verify_patch(mail: StrictMail, keyrings: Keyrings) -> Attestation:
    """What patatt's signatures say for the sender of a patch, or the author whom it names.

    Keys are those of the keyrings only: any other that the user's GnuPG knows could be by anybody.
    """
    if not mail.values(HEADER):
        return Attestation(KIND, Verdict.NONE, why="no patatt signature")
    try:
        return _verify(mail, keyrings)
    except UNREADABLE as error:
        words = storable(" ".join(str(error).split())[:120])
        return _bad(words or type(error).__name__)


def _verify(mail: StrictMail, keyrings: Keyrings) -> Attestation:
    for raw in (mail.raw, *_before_list(mail)):
        message = patatt.PatattMessage(raw)
        signatures = message.get_sigs()[:_MOST]
        own = _of(mail.sender, signatures)
        if not own:
            message.git_canonicalize()
            own = _of((message.canon_identity or "").lower(), signatures)
        if own:
            # Another of the same identity would be held against the first one's fields.
            return best_of(_judge(patatt.PatattMessage(raw), at, keyrings) for at in own)
    words = storable(", ".join(field_of(one, "i")[:80] for one in signatures))
    why = f"patatt signature of {words}, neither sender nor author"
    return Attestation(KIND, Verdict.NONE, why=why)


def _before_list(mail: StrictMail) -> Iterator[bytes]:
    """The mail with the From that it had before a list put itself there. A signature covers From: a
    wrong guess does not hold."""
    for name in _ORIGINAL:
        values = mail.values(name)
        if len(values) == 1:
            fields = ((one, values[0] if one == "from" else value) for one, value in mail.fields)
            head = b"".join(b"%s:%s\n" % (one.encode(), value) for one, value in fields)
            yield head + b"\n" + mail.body


def _of(identity: str, signatures: Sequence[patatt.DevsigHeader]) -> list[int]:
    """Numbers of the signatures of somebody."""
    each = enumerate(signatures)
    return [at for at, one in each if identity and field_of(one, "i").lower() == identity]


def _judge(message: patatt.PatattMessage, number: int, keyrings: Keyrings) -> Attestation:
    signature = message.get_sigs()[number]
    message.sigs = [signature]
    if not is_plain(signature):
        return _bad("a field twice, or too many")
    algorithm = next((one for one in _ALGORITHMS if field_of(signature, "a").startswith(one)), "")
    identity = field_of(signature, "i")
    selector = field_of(signature, "s") or "default"
    if not algorithm or not SELECTOR.fullmatch(selector):
        return _bad("by what is not known")
    key = keyrings.find(algorithm, identity.lower(), selector)
    if key is None:
        why = storable(f"patatt signature: no keyring has the {algorithm} key of {identity[:80]}")
        return Attestation(KIND, Verdict.UNKNOWN, why=why, cause=Cause.NO_KEY)
    return _hold(message, signature, key)


def _hold(message: patatt.PatattMessage, signature: patatt.DevsigHeader, key: Key) -> Attestation:
    """Whether it is what that key signed."""
    identity = field_of(signature, "i")
    is_pgp = field_of(signature, "a").startswith("openpgp")
    try:
        _, time = message.validate(identity, key.data if is_pgp else key.data.strip())
    except patatt.BodyValidationError:
        return _bad("the text was changed", Cause.BODY)
    except patatt.NoKeyError:
        return _bad(f"not by the key in {storable(key.source)}", Cause.HEADER)
    except patatt.ValidationError:
        expired = ", or its key has expired" if is_pgp else ""
        return _bad(f"it does not hold: the header was changed{expired}", Cause.HEADER)
    covers = frozenset(one.strip().lower() for one in field_of(signature, "h").split(":"))
    return Attestation(
        kind=KIND,
        verdict=Verdict.GOOD,
        identity=identity.lower(),
        why=f"patatt, {field_of(signature, 'a').partition('-')[0]}",
        covers=covers,
        time=seconds_of(time),
        text=message.canon_body,
        key=storable(key.source),
    )


def _bad(why: str, cause: Cause = Cause.OTHER) -> Attestation:
    return Attestation(KIND, Verdict.BAD, why=f"patatt signature: {why}", cause=cause)
