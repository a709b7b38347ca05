# SPDX-License-Identifier: GPL-2.0-or-later
"""The hash of a text that DKIM signs, told without a key: as dkimpy, which signs it, tells it."""

from __future__ import annotations

from base64 import b64encode

import dkim
from hypothesis import given, settings
from hypothesis import strategies as st

from maintainer_kit.adapters.attest.dkim_tags import read_tags, without_key
from maintainer_kit.model.mail.strict import read_strict
from maintainer_kit.workflow.orders.attestation import Cause, Verdict
from tests.integration.signing import domain_key

_HEAD = b"From: bo@shale.example\nTo: a@b.example\nSubject: x\n\n"
_PIECES = st.sampled_from(["a", "b c", " ", "\t", "\n", "\n\n", "=20", "\u00e4", "-- \n", "---\n"])
# A text that was sent ends with the end of a line.
_BODIES = st.lists(_PIECES, max_size=12).map(lambda pieces: "".join([*pieces, "\n"]))
_FORMS = st.sampled_from([b"simple", b"relaxed"])


def _signed(body: str, head_form: bytes, body_form: bytes) -> bytes:
    raw = _HEAD + body.encode()
    private = b64encode(domain_key().encode())
    value = dkim.sign(
        raw,
        b"mail",
        b"shale.example",
        private,
        signature_algorithm=b"ed25519-sha256",
        canonicalize=(head_form, body_form),
        include_headers=[b"from", b"subject"],
        linesep=b"\n",
    )
    return bytes(value) + raw


@settings(deadline=None, max_examples=150)
@given(_BODIES, _FORMS, _FORMS)
def test_what_was_signed_is_found_again(body: str, head_form: bytes, body_form: bytes) -> None:
    raw = _signed(body, head_form, body_form)
    assert without_key(read_strict(raw)).verdict is Verdict.UNKNOWN
    other = without_key(read_strict(raw + b"more\n"))
    assert (other.verdict, other.cause) == (Verdict.BAD, Cause.BODY)


@given(st.binary(max_size=60))
def test_any_bytes_are_tags_or_none(value: bytes) -> None:
    tags = read_tags(value)
    assert tags is None or all(name.isascii() and name for name in tags)
    try:
        known = dkim.util.parse_tag_value(value)
    except dkim.util.InvalidTagValueList:
        return
    assert tags is None or tags == known
