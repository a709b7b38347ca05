# SPDX-License-Identifier: GPL-2.0-or-later
"""Two copies of one mail are one, however they travelled."""

from __future__ import annotations

from base64 import encodebytes
from quopri import encodestring

import pytest

from maintainer_kit.model.mail.fingerprint import CONTENT_DIGITS, fingerprint, without_footer
from maintainer_kit.model.mail.mail import read_mail
from tests.build import mail

BODY = "A text with = and na\u00efve letters,\n\non several lines.\n"
PLAIN = mail("[PATCH] x", BODY)
MAILMAN = "_______________________________________________\nPebblefs mailing list\nPebblefs@x\nhttps://x.example/listinfo/pebblefs\n"


def content(raw: bytes) -> str:
    """The part of a fingerprint that speaks of the content."""
    return fingerprint(read_mail(raw))[:CONTENT_DIGITS]


def listed(raw: bytes) -> str:
    """The part that speaks of the list."""
    return fingerprint(read_mail(raw))[CONTENT_DIGITS:]


def with_headers(**headers: str) -> bytes:
    """The same mail with more headers; ``_`` in a name stands for ``-``."""
    return mail("[PATCH] x", BODY, headers={k.replace("_", "-"): v for k, v in headers.items()})


def encoded(encoding: str, body: bytes) -> bytes:
    """The same text in another transfer encoding."""
    headers = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": encoding,
    }
    return mail("[PATCH] x", "", headers=headers, message_id=_own_id()) + body


def _own_id() -> str:
    return read_mail(PLAIN).header("message-id").strip("<>")


@pytest.mark.parametrize(
    "other",
    [
        with_headers(Received="from a by b; today"),
        with_headers(X_TUID="a1b2", Status="RO", Content_Length="12"),
        with_headers(DKIM_Signature="v=1; a=rsa-sha256", List_Unsubscribe="<https://x>"),
        PLAIN.replace(b"\n", b"\r\n"),
        PLAIN + b"\n\n",
        PLAIN + MAILMAN.encode(),
        encoded("base64", encodebytes(BODY.encode())),
        encoded("quoted-printable", encodestring(BODY.encode())),
        PLAIN.replace(b"Subject: [PATCH] x", b"Subject: =?utf-8?q?=5BPATCH=5D_x?="),
        PLAIN.replace(b"Subject: [PATCH] x", b"Subject: [PATCH]\n x"),
    ],
)
def test_what_does_not_count(other: bytes) -> None:
    assert content(other) == content(PLAIN)
    assert listed(other) == listed(PLAIN)


@pytest.mark.parametrize(
    "other",
    [
        mail("[PATCH] x", BODY + "more\n", message_id=_own_id()),
        PLAIN.replace(b"[PATCH] x", b"[PATCH] y"),
        PLAIN.replace(b"Ada", b"Eve"),
        PLAIN.replace(b"09:00", b"10:00"),
        with_headers(Cc="somebody@x.example"),
    ],
)
def test_what_counts(other: bytes) -> None:
    assert other != PLAIN
    assert content(other) != content(PLAIN)


def test_the_list_is_the_second_part() -> None:
    one, other = (with_headers(List_Id=f"<{name}.lists.x.example>") for name in "ab")
    assert content(one) == content(other) == content(PLAIN)
    assert len({listed(one), listed(other), listed(PLAIN)}) == 3


@pytest.mark.parametrize("name", ["X_Mailing_List", "List_Archive", "Archived_At"])
def test_without_a_list_id_what_else_tells_the_list_counts(name: str) -> None:
    one, other = (with_headers(**{name: f"<https://x.example/{at}@x/>"}) for at in "ab")
    assert content(one) == content(other) == content(PLAIN)
    assert len({listed(one), listed(other), listed(PLAIN)}) == 3
    through = {"List_Id": "<a.lists.x.example>"}
    assert listed(with_headers(**through)) == listed(with_headers(**through, **{name: "other"}))


def test_attachments_count() -> None:
    def with_attachment(text: str) -> bytes:
        body = (
            "--cut\nContent-Type: text/plain\n\nSee below.\n"
            f"--cut\nContent-Type: text/x-patch\n\n{text}\n--cut--\n"
        )
        headers = {"Content-Type": 'multipart/mixed; boundary="cut"'}
        return mail("x", body, headers=headers, message_id="a@b.example")

    assert content(with_attachment("one")) != content(with_attachment("two"))


def test_it_is_64_hex_digits() -> None:
    value = fingerprint(read_mail(PLAIN))
    assert len(value) == 64
    assert int(value, 16) >= 0


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        (f"words\n{MAILMAN}", "words"),
        ("words\n-- \nMailing list info: https://x.example/lists\n", "words"),
        ("words\n_______________\nnot a footer\n", "words\n_______________\nnot a footer\n"),
        ("words", "words"),
        (f"{MAILMAN}words below\n", f"{MAILMAN}words below\n"),
    ],
)
def test_footer(text: str, rest: str) -> None:
    assert without_footer(text) == rest
