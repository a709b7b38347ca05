# SPDX-License-Identifier: GPL-2.0-or-later
"""A digest as a mail to oneself."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.errors import ConfigError
from maintainer_kit.model.mail.person import Person
from maintainer_kit.render.digest_mail import digest_mail, summary
from maintainer_kit.workflow.digest.mark import OWN
from maintainer_kit.workflow.digest.parts import Digest, Line, Part, Section
from tests.build import patch
from tests.unit.render.digests import SECRET, digest, row

ME = Person("Robin Maintainer", "robin@lumen.example")


def read(raw: bytes) -> EmailMessage:
    found = message_from_bytes(raw, policy=default)
    assert isinstance(found, EmailMessage)
    return found


def mailed(found: Digest, me: Person = ME) -> EmailMessage:
    return read(digest_mail(found, me))


def test_the_head() -> None:
    mail = mailed(digest())
    assert str(mail["From"]) == str(mail["To"]) == "Robin Maintainer <robin@lumen.example>"
    assert mail["Subject"] == "mkit digest: 12 wait for you, 4 new mails"
    assert mail["Date"].datetime.isoformat() == "2026-01-07T09:00:00+00:00"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].startswith(f"<{OWN}20260107T090000Z.")
    assert mail["Message-ID"].endswith("@lumen.example>")
    assert not mail.defects


def test_the_text() -> None:
    text = mailed(digest()).get_content()
    assert text.startswith("4 new mails since 2026-01-06 09:00 UTC\n\nNew (2)\n")
    assert "foo: make it better" in text and "linux: v1.0 was released" in text


def test_no_word_of_what_is_confidential() -> None:
    raw = digest_mail(digest(), ME)
    assert SECRET[:8].encode() not in raw
    assert SECRET[:8] not in read(raw).as_string()
    assert "a confidential topic" in read(raw).get_content()


def test_it_is_ascii_in_short_lines_whatever_is_in_it() -> None:
    held = row(patch("[PATCH] \u7b56\u7565: \u00fcber", sender="\u5e97 <a@x.y>"))
    lines = (Line(held), Line(replace(held, subject="a lone \udcff")))
    raw = digest_mail(digest(sections=(Section(Part.NEW, 2, lines, ""),)), ME)
    assert raw.isascii()
    assert b"\r" not in raw
    assert max(map(len, raw.split(b"\n"))) <= 78
    assert "\u7b56\u7565: \u00fcber" in read(raw).get_content()


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("J\u00f6rg, the \u202e\nBcc: eve@x.example", "robin@lumen.example"),
        ('O"Hara \\', "robin@lumen.example"),
        ("", "robin@lumen.example"),
        ("\u5e97" * 60, "robin@lumen.example"),
    ],
)
def test_names_that_need_care(name: str, address: str) -> None:
    mail = mailed(digest(), Person(name, address))
    assert mail.keys() == [
        *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"),
        *("Content-Type", "Content-Transfer-Encoding", "MIME-Version"),
    ]
    assert [one.addr_spec for one in mail["To"].addresses] == [address]
    assert not mail["To"].defects


@pytest.mark.parametrize("address", ["", "robin", "a b@x", "robin@x\nBcc: eve@y", "@", "a@b@c"])
def test_an_address_to_which_nothing_can_be_sent(address: str) -> None:
    with pytest.raises(ConfigError, match="to which no mail can be sent"):
        digest_mail(digest(), Person("Robin", address))


@given(st.text(max_size=60))
def test_any_name(name: str) -> None:
    mail = mailed(digest(), Person(name, "robin@lumen.example"))
    assert [one.addr_spec for one in mail["From"].addresses] == ["robin@lumen.example"]
    assert len(mail.keys()) == 9


@pytest.mark.parametrize(
    ("mails", "totals", "says"),
    [
        (0, {}, "what else there is"),
        (1, {}, "1 new mail"),
        (0, {Part.WAITING: 1}, "1 waits for you"),
        (2, {Part.WAITING: 3, Part.WOKEN: 1}, "3 wait for you, 2 new mails, 1 back"),
    ],
)
def test_the_subject(mails: int, totals: dict[Part, int], says: str) -> None:
    sections = tuple(Section(part, total, (), "") for part, total in totals.items())
    assert summary(digest(mails=mails, sections=sections)) == says
