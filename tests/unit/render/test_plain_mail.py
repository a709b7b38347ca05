# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails saved anew as plain text."""

from __future__ import annotations

import base64

import pytest

from maintainer_kit.checks.example import DIFF, GOOD
from maintainer_kit.checks.mending import CannotMend
from maintainer_kit.render.patch_file import MailDraft

HEAD = b"From: Ada <ada@quarry.example>\nSubject: [PATCH] pebble: mend\nMessage-ID: <m@q.example>\n"
TEXT = "Why, by Zo\u00eb.\n\nSigned-off-by: Ada <ada@quarry.example>\n---\n f | 1 +\n\n"


def coded(text: bytes, kind: str = "text/plain; charset=UTF-8") -> bytes:
    head = f"MIME-Version: 1.0\nContent-Type: {kind}\nContent-Transfer-Encoding: base64\n\n"
    return HEAD + head.encode() + base64.encodebytes(text)


def saved(raw: bytes) -> bytes:
    return MailDraft(raw).resaved().content


def test_the_message_becomes_utf_8_and_the_diff_stays_byte_for_byte() -> None:
    diff = DIFF.encode().replace(b"put", b"caf\xe9")
    raw = coded(TEXT.encode("latin-1") + diff, "text/plain; charset=ISO-8859-1")

    head, _, text = saved(raw).partition(b"\n\n")

    assert text == TEXT.encode() + diff
    assert head.startswith(HEAD)
    assert b"charset=UTF-8" in head
    assert b"base64" not in head


def test_plain_ascii_needs_no_words_about_mime() -> None:
    text = TEXT.replace("\u00eb", "e").encode() + DIFF.encode()

    assert saved(coded(text)) == HEAD + b"\n" + text


def test_saving_twice_is_saving_once() -> None:
    once = saved(coded(TEXT.encode() + DIFF.encode()))

    assert saved(once) == once


def test_line_ends_of_the_transport_are_none_of_the_text() -> None:
    raw = (HEAD + b"\n" + TEXT.replace("\u00eb", "e").encode() + DIFF.encode()).replace(
        b"\n", b"\r\n"
    )

    assert saved(raw) == raw.replace(b"\r\n", b"\n")


def test_carriage_returns_of_all_lines_go() -> None:
    text = TEXT.encode() + DIFF.encode()

    assert saved(coded(text.replace(b"\n", b"\r\n"))).endswith(text)


def test_a_file_that_has_carriage_returns_cannot_be_plain_text() -> None:
    lines = [
        one + (b"\r" if one[:1] in (b"+", b" ") and b"+++" not in one else b"")
        for one in DIFF.encode().split(b"\n")
    ]

    with pytest.raises(CannotMend, match="carriage returns"):
        saved(coded(TEXT.encode() + b"\n".join(lines)))


@pytest.mark.parametrize(
    ("charset", "text"), [("y", b"caf\xe9\n"), ("utf-8", b"caf\xe9\n"), ("big5", b"\xff\xff\n")]
)
def test_text_in_no_charset_is_left(charset: str, text: bytes) -> None:
    with pytest.raises(CannotMend, match="charset"):
        saved(coded(text + DIFF.encode(), f"text/plain; charset={charset}"))


def test_a_charset_that_nobody_knows_does_not_matter_for_utf_8() -> None:
    raw = coded(TEXT.encode() + DIFF.encode(), "text/plain; charset=y")

    assert "Zo\u00eb".encode() in saved(raw)


def test_flowed_text_is_joined_where_the_diff_stays_whole() -> None:
    flowed = "A line that \ngoes on.\n\n---\n" + DIFF.replace("\n ", "\n  ")
    raw = HEAD + b"Content-Type: text/plain; format=flowed\n\n" + flowed.encode()

    assert saved(raw).endswith(b"A line that goes on.\n\n---\n" + DIFF.encode())


def test_flowed_text_is_not_joined_where_that_breaks_the_diff() -> None:
    broken = DIFF.replace("(sb);\n+", "(sb); \n+")
    raw = (
        HEAD
        + b"Content-Type: text/plain; format=flowed\n\n"
        + broken.replace("\n ", "\n  ").encode()
    )

    assert saved(raw).endswith(broken.encode())


def attached(attachment: bytes, prose: bytes = b"Why.\n-- \nAda\n") -> bytes:
    return (
        HEAD
        + b'Content-Type: multipart/mixed; boundary="cut"\n\n--cut\nContent-Type: text/plain\n\n'
        + prose
        + b'\n--cut\nContent-Type: application/octet-stream; name="1.patch"\n'
        + b"Content-Transfer-Encoding: base64\nContent-Disposition: attachment\n\n"
        + base64.encodebytes(attachment)
        + b"--cut--\n"
    )


def test_an_attached_diff_goes_below_the_text() -> None:
    assert saved(attached(DIFF.encode())) == HEAD + b"\nWhy.\n---\n\n" + DIFF.encode()
    crlf = DIFF.encode().replace(b"\n", b"\r\n")
    assert saved(attached(crlf)) == HEAD + b"\nWhy.\n---\n\n" + DIFF.encode()


def test_an_attached_patch_file_is_the_patch_and_this_mail_only_its_wrapping() -> None:
    with pytest.raises(CannotMend, match="of its own"):
        saved(attached(GOOD.file))


def test_html_beside_the_text_goes() -> None:
    raw = (
        HEAD
        + b'Content-Type: multipart/alternative; boundary="cut"\n\n--cut\n'
        + b"Content-Type: text/plain\n\n"
        + TEXT.replace("\u00eb", "e").encode()
        + DIFF.encode()
        + b"\n--cut\nContent-Type: text/html\n\n<p>Why</p>\n--cut--\n"
    )

    assert b"<p>" not in saved(raw)
    assert saved(raw).endswith(DIFF.encode())


def test_a_mail_without_text_is_left() -> None:
    with pytest.raises(CannotMend, match="no plain text"):
        saved(HEAD + b"Content-Type: text/html\n\n<p>" + DIFF.encode())
