# SPDX-License-Identifier: GPL-2.0-or-later
"""Mail clients are known by their headers."""

from __future__ import annotations

import pytest

from maintainer_kit.checks.mail_clients import Damage, advice, client_of
from maintainer_kit.model.mail.mail import read_mail


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("User-Agent: Mozilla Thunderbird", "Thunderbird"),
        (
            "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Thunderbird/102.3.0",
            "Thunderbird",
        ),
        ("X-Mailer: git-send-email 2.47.0", "git send-email"),
        ("X-Mailer: b4 0.14.2", "b4"),
        ("X-Mailer: Microsoft Outlook 16.0", "Outlook"),
        ("X-Mailer: Apple Mail (2.3696.120.41.1.1)", "Apple Mail"),
        ("User-Agent: Evolution 3.50.2", "Evolution"),
        ("User-Agent: NeoMutt/20231103", "NeoMutt"),
        ("User-Agent: Mutt/1.10.1", "Mutt"),
        ("User-Agent: Roundcube Webmail/1.6.0", "Roundcube"),
        ("Message-ID: <CAB+1q0Q3+7s1Lt8uW6DWZ7@mail.gmail.com>", "Gmail on the web"),
        ("Message-ID: <SY1@SY1.prod.outlook.com>", "Outlook or an Exchange server"),
        ("Message-ID: <1@quarry.example>\nThread-Index: AdcK", "Outlook or an Exchange server"),
    ],
)
def test_each_is_known(header: str, name: str) -> None:
    client = client_of(read_mail(f"{header}\n\n".encode()))

    assert client is not None
    assert client.name == name


@pytest.mark.parametrize(
    "header",
    [
        "Message-ID: <20260105-give-v1@gmail.com>",
        "User-Agent: own/1",
        "Subject: Thunderbird",
        "A: b",
    ],
)
def test_a_mail_that_does_not_tell_is_nobody_s(header: str) -> None:
    assert client_of(read_mail(f"{header}\n\n".encode())) is None


def test_advice_names_the_setting_against_the_damage() -> None:
    mail = read_mail(b"User-Agent: Mozilla Thunderbird\n\n")

    assert "Compose in HTML" in advice(mail, Damage.HTML, "send plain text")
    assert "mailnews.wraplength" in advice(mail, Damage.WRAPPED, "make it anew")
    assert advice(None, Damage.WRAPPED, "make it anew") == "make it anew"
