# SPDX-License-Identifier: GPL-2.0-or-later
"""A mail that could be read in two ways is read in none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.mail.strict import MAX_SIZE, Doubtful, read_strict
from tests.build import BO, mail

PLAIN = mail("hello", "text\n", sender=BO)


def test_a_plain_mail() -> None:
    found = read_strict(PLAIN)
    assert (found.sender, found.domain) == ("bo@shale.example", "shale.example")
    assert [name for name, _ in found.fields][:2] == ["from", "to"]
    assert (found.raw, found.body) == (PLAIN, b"text\n")


def test_ends_of_lines_and_mbox() -> None:
    assert read_strict(PLAIN.replace(b"\n", b"\r\n")) == read_strict(PLAIN)
    assert read_strict(b"From bo Mon Jan  5 09:00:00 2026\n" + PLAIN) == read_strict(PLAIN)


def test_folded_fields() -> None:
    raw = b"Subject: one\n two\n\tthree\nFrom: bo@shale.example\n\nx\n"
    assert read_strict(raw).values("subject") == [b" one\n two\n\tthree"]


@pytest.mark.parametrize(
    ("value", "sender"),
    [
        ("bo@shale.example", "bo@shale.example"),
        ("Bo <Bo@Shale.Example>", "bo@shale.example"),
        ('"eve@evil.example" <bo@shale.example>', "bo@shale.example"),
        ("=?utf-8?q?Eve_=3Ceve=40evil.example=3E=2C?= <bo@shale.example>", "bo@shale.example"),
    ],
)
def test_the_sender_is_the_address(value: str, sender: str) -> None:
    assert read_strict(mail("x", sender=value)).sender == sender


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Bo",
        "bo@localhost",
        "bo@shale.example, eve@evil.example",
        "bo@shale.example <eve@evil.example>",
        "<bo@shale.example@evil.example>",
        "bo@sh\u00e4le.example",
        "bo@.example",
        "Bo <>",
        "bo\\@x@shale.example",
    ],
)
def test_no_sender(value: str) -> None:
    with pytest.raises(Doubtful, match="its From"):
        read_strict(mail("x", "y", sender=value))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"From: bo@shale.example",
        b"\n\nx",
        b"From: bo@shale.example\nno field\n\nx",
        b" From: bo@shale.example\n\nx",
        b"From: bo@shale.example\nFrom me to you\n\nx",
        b"From: bo@shale.example\nFrom: bo@shale.example\n\nx",
        b"From: bo@shale.example\nfrom: eve@evil.example\n\nx",
        b"From: bo@shale.example\nFrom : eve@evil.example\n\nx",
        b"From: bo@shale.example\nX: a\rFrom: eve@evil.example\n\nx",
        b"From: bo@shale.example\nX: a\0\n\nx",
        b"From: bo@shale.example\nIn-Reply-To: <a@x>\nIn-Reply-To: <b@x>\n\nx",
        b"From: bo@shale.example\nContent-Type: text/plain\nContent-Type: text/html\n\nx",
        b"From: bo@shale.example\n" + b"X: y\n" * 2000 + b"\nx",
        b"From: bo@shale.example\n\n" + b"x" * MAX_SIZE,
    ],
)
def test_doubtful_mails(raw: bytes) -> None:
    with pytest.raises(Doubtful):
        read_strict(raw)


@given(st.binary(max_size=300))
def test_whatever_stands_there(noise: bytes) -> None:
    """Either it is read, or it is doubtful: nothing else happens."""
    for raw in (noise, b"From: " + noise + b"\n\nx", PLAIN[:40] + noise + PLAIN[40:]):
        try:
            found = read_strict(raw)
        except Doubtful:
            continue
        assert "@" in found.sender
        assert len(found.values("from")) == 1
