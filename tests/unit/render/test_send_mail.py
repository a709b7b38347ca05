# SPDX-License-Identifier: GPL-2.0-or-later
"""Patch files of git become mails."""

from __future__ import annotations

from email import message_from_bytes
from email.header import decode_header, make_header

from maintainer_kit.model.mail.person import Person
from maintainer_kit.render.posting_mail import posting_mail
from maintainer_kit.workflow.posting.ports import Envelope

HEAD = (
    b"From 0123 Mon Sep 17 00:00:00 2001\nFrom: Ada <ada@quarry.example>\n"
    b"Date: Sun, 22 Nov 2026 01:10:27 +0000\nSubject: [PATCH v2 0/2] a title\n that goes on\n\n"
)
TAIL = b"Text.\n\nbase-commit: 0123456789\nprerequisite-patch-id: 99\n-- \n2.39.5\n\n"


def envelope(**more: object) -> Envelope:
    fields: dict[str, object] = {
        "message_id": "one@quarry.example",
        "to": (Person("Bo, Reviewer", "bo@shale.example"),),
        "cc": (),
        "parents": (),
        "date": 1772366400,
    }
    return Envelope(**{**fields, **more})  # type: ignore[arg-type]


def test_git_wrote_it_and_we_address_it() -> None:
    made = posting_mail(HEAD + TAIL, envelope(parents=("a@x", "b@x"), change_id="20260101-x"))
    assert made == (
        b"From: Ada <ada@quarry.example>\nSubject: [PATCH v2 0/2] a title\n that goes on\n"
        b'To: "Bo, Reviewer" <bo@shale.example>\nDate: Sun, 01 Mar 2026 12:00:00 +0000\n'
        b"Message-ID: <one@quarry.example>\nIn-Reply-To: <b@x>\nReferences: <a@x>\n <b@x>\n\n"
        b"Text.\n\nbase-commit: 0123456789\nchange-id: 20260101-x\nprerequisite-patch-id: 99\n"
        b"-- \n2.39.5\n\n"
    )


def test_the_title_of_a_letter_is_encoded() -> None:
    made = message_from_bytes(posting_mail(HEAD + TAIL, envelope(title="ä] [b \u202e")))
    assert str(make_header(decode_header(made["Subject"]))) == "[PATCH v2 0/2] ä] [b \u202e"
    assert made["Subject"].isascii()
    assert made["MIME-Version"] is None


def test_a_text_that_is_not_ascii_says_so() -> None:
    made = message_from_bytes(posting_mail(HEAD + "ä\n".encode() + TAIL, envelope()))
    assert made["Content-Type"] == "text/plain; charset=UTF-8"
    assert made["Content-Transfer-Encoding"] == "8bit"


def test_a_change_id_without_a_base() -> None:
    made = posting_mail(HEAD + b"+x\n-- \n2.39.5\n\n", envelope(change_id="20260101-x"))
    assert made.endswith(b"\n\n+x\nchange-id: 20260101-x\n-- \n2.39.5\n\n")
