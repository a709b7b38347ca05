# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines by which a reply is parted."""

from __future__ import annotations

import pytest

from maintainer_kit.model.mail.quoting import (
    begins_mail,
    is_attribution,
    is_signature,
    ruled_words,
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [("-- ", True), ("--", True), ("_" * 20, True), ("_" * 19, False), ("---", False), ("", False)],
)
def test_signature(line: str, expected: bool) -> None:
    assert is_signature(line) is expected


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("-----Original Message-----", "Original Message"),
        ("____ Urspr\u00fcngliche Nachricht ____", "Urspr\u00fcngliche Nachricht"),
        ("---- 8< ----", ""),
        ("-----Original Message", ""),
        ("-- a --", ""),
        ("----------", ""),
        ("", ""),
    ],
)
def test_ruled_words(line: str, words: str) -> None:
    assert ruled_words(line) == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On Monday, Bo wrote:", True),
        ("  On Monday, Bo wrote: ", True),
        ("Am 05.01.26 um 10:00 schrieb Bo Reviewer:", True),
        ("Le lundi Bo a \u00e9crit\u00a0:", True),
        ("Bo Reviewer \u5199\u9053\uff1a", True),
        ("On Mon, 5 Jan 2026 at 10:00, Bo\n<bo@x.example> wrote:", True),
        ("On 5 of 7 machines it boots.", False),
        ("What I wrote is this: no", False),
        ("Like this:", False),
    ],
)
def test_attribution(text: str, expected: bool) -> None:
    assert is_attribution(text.split("\n"), 0) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-----Original Message-----\nFrom: x\n", True),
        ("-----Original Message-----\n\nFrom: x\n", True),
        ("-----Original Message-----\nwords\n", False),
        ("__________\nFrom: x\nTo: y\n", True),
        ("__________\nFrom: x\nwords\n", False),
        ("*From:* x\n*Sent:* y\n*To:* z\n", True),
        ("From: x\nReviewed-by: y\nTo: z\n", False),
        ("words\n", False),
    ],
)
def test_another_mail(text: str, expected: bool) -> None:
    assert begins_mail(text.split("\n"), 0) is expected
