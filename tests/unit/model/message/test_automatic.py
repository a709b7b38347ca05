# SPDX-License-Identifier: GPL-2.0-or-later
"""Answers of programs say nothing, whatever is in them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from maintainer_kit.model.message.message import Says
from tests.build import mail, read


@pytest.mark.parametrize(
    ("subject", "headers"),
    [
        ("Re: [PATCH] foo", {"Auto-Submitted": "auto-replied"}),
        ("Re: [PATCH] foo", {"X-Autoreply": "yes"}),
        ("Re: [PATCH] foo", {"Precedence": "auto_reply"}),
        ("Re: [PATCH] foo", {"Content-Type": "multipart/report; boundary=x"}),
        ("Automatic reply: [PATCH] foo", {}),
        ("Out of Office: [PATCH] foo", {}),
        ("Re: out of office", {}),
    ],
)
def test_an_automatic_answer(subject: str, headers: Mapping[str, str]) -> None:
    found = read(mail(subject, "Who is it about? Applied.", parents=["a@x"], headers=headers))
    assert found.says == frozenset()
    assert not found.asks


@pytest.mark.parametrize("told", ["", "no", "auto-generated"])
def test_an_answer_of_a_person(told: str) -> None:
    headers = {"Auto-Submitted": told} if told else {}
    found = read(mail("Re: [PATCH] foo", "Is it so?", parents=["a@x"], headers=headers))
    assert Says.QUESTION in found.says
