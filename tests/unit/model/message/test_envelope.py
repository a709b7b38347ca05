# SPDX-License-Identifier: GPL-2.0-or-later
"""The header of a mail: who sent it to whom."""

from __future__ import annotations

import pytest

from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.message.envelope import read_envelope


@pytest.mark.parametrize(
    ("value", "name", "address"),
    [
        (
            "=?utf-8?q?Victim_=3Cvictim=40quarry.example=3E=2C?= <evil@shale.example>",
            "Victim <victim@quarry.example>,",
            "evil@shale.example",
        ),
        ("=?utf-8?q?Bo_=28the_tall=29?= <bo@x>", "Bo (the tall)", "bo@x"),
        ('"=?utf-8?q?=22Bo=22?=" <bo@x>', "Bo", "bo@x"),
        ("=?utf-8?q?Bo_=3Cbo=40x=3E?=", "Bo", "bo@x"),
        ("Zoë <zoë@x.example>", "Zoë", "zoë@x.example"),
    ],
)
def test_an_encoded_word_is_no_address(value: str, name: str, address: str) -> None:
    raw = f"From: {value}\nTo: {value}\nSubject: x\n\nhi\n".encode()
    envelope = read_envelope(read_mail(raw), "a@x")
    assert (envelope.sender.name, envelope.sender.address) == (name, address)


@pytest.mark.parametrize(
    "line",
    [
        "X-Mailing-List: tools@linux.example",
        "List-Archive: <https://lore.kernel.org/tools/>",
        "Archived-At: <https://lore.kernel.org/tools/a@x/>",
    ],
)
def test_a_list_that_has_no_list_id(line: str) -> None:
    raw = f"From: bo@x\nTo: Tools <Tools@linux.example>\n{line}\nSubject: x\n\nhi\n".encode()
    assert read_envelope(read_mail(raw), "a@x").lists == ("tools.linux.example",)
