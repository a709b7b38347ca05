# SPDX-License-Identifier: GPL-2.0-or-later
"""The bytes of a reply, read again by the standard library and by our own reader."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.reply.draft import Draft
from maintainer_kit.model.reply.threading import clean_subject
from maintainer_kit.render.reply_mail import address_text, reply_mail
from maintainer_kit.workflow.replying.ports import Posting

ROBIN = Person("Robin Maintainer", "robin@lumen.example")
HEADERS = [
    *("From", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References"),
    *("MIME-Version", "Content-Type", "Content-Transfer-Encoding"),
]


def made(name: str = "Ada", subject: str = "Re: x", text: str = "Hm.\n") -> Posting:
    draft = Draft(
        id="0" * 12,
        answers="a@x",
        message_id="r@x",
        to=(Person(name, "ada@x.example"), Person("", "bo@x.example")),
        cc=(Person(name, "list@x.example"),),
        subject=clean_subject(subject),
        parents=("root@x", "a@x"),
        created=0,
        changed=0,
    )
    return reply_mail(draft, ROBIN, text, 1_767_603_600)


def parsed(raw: bytes) -> EmailMessage:
    found = message_from_bytes(raw, policy=default)
    assert isinstance(found, EmailMessage)
    return found


def test_a_plain_one() -> None:
    assert made().raw.decode() == (
        "From: Robin Maintainer <robin@lumen.example>\n"
        "To: Ada <ada@x.example>,\n bo@x.example\n"
        "Cc: Ada <list@x.example>\n"
        "Subject: Re: x\n"
        "Date: Mon, 05 Jan 2026 09:00:00 +0000\n"
        "Message-ID: <r@x>\n"
        "In-Reply-To: <a@x>\n"
        "References: <root@x>\n <a@x>\n"
        "MIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=utf-8\n"
        "Content-Transfer-Encoding: 7bit\n"
        "\n"
        "Hm.\n"
    )


@given(name=st.text(max_size=120), subject=st.text(max_size=120), text=st.text(max_size=400))
def test_nothing_gets_out_of_its_header(name: str, subject: str, text: str) -> None:
    raw = made(name, subject, text.replace("\0", "").replace("\r", "")).raw
    found = parsed(raw)
    assert found.keys() == HEADERS
    assert [one.addr_spec for one in found["To"].addresses] == ["ada@x.example", "bo@x.example"]
    assert [one.addr_spec for one in found["Cc"].addresses] == ["list@x.example"]
    assert all(len(line) < 998 for line in raw.split(b"\n"))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ada O'Neil-Author", "Ada O'Neil-Author <a@x>"),
        ("Author, Ada", '"Author, Ada" <a@x>'),
        ('A "B" \\ C', '"A \\"B\\" \\\\ C" <a@x>'),
        ("Ada\nBcc: b@c", "=?utf-8?q?Ada=E2=90=8ABcc=3A_b=40c?= <a@x>"),
        ("eve@evil.example", "=?utf-8?q?eve=40evil=2Eexample?= <a@x>"),
        ("=?utf-8?q?x?=", "=?utf-8?q?=3D=3Futf-8=3Fq=3Fx=3F=3D?= <a@x>"),
        ("  ", "a@x"),
    ],
)
def test_names(name: str, shown: str) -> None:
    assert address_text(Person(name, "a@x")) == shown


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("plain\n", "7bit"),
        ("Grüße, \U0001f980\n", "8bit"),
        ("x" * 2000 + "\n", "quoted-printable"),
        ("a\rb = c \n\tt \n", "quoted-printable"),
        ("From here.\n.\n-- \n", "7bit"),
    ],
)
def test_texts_are_read_as_they_were(text: str, encoding: str) -> None:
    raw = made(text=text).raw
    assert parsed(raw)["Content-Transfer-Encoding"] == encoding
    assert read_mail(raw).text == text
    assert max(map(len, raw.split(b"\n"))) < 998
