# SPDX-License-Identifier: GPL-2.0-or-later
"""Trailers at the end of a commit message, and those given in replies."""

from __future__ import annotations

import pytest

from maintainer_kit.model.message.trailer import (
    Trailer,
    canonical,
    given_trailers,
    message_trailers,
)

BO = "Bo <bo@shale.example>"


def names(message: str) -> list[str]:
    """Names of a message's trailers, in order."""
    return [one.name for one in message_trailers(message)]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("", []),
        ("Subject only", []),
        ("Why.\n\nSigned-off-by: A <a@b>\n", ["Signed-off-by"]),
        (
            'Why.\n\nFixes: 12ab ("x")\nCc: s@v\nReviewed-by: B <b@c>',
            ["Fixes", "Cc", "Reviewed-by"],
        ),
        ('Why.\n\nFixes: 12ab ("x")\n\nSigned-off-by: A <a@b>\n', ["Fixes", "Signed-off-by"]),
        ("Why.\n\nREVIEWED-BY: A <a@b>\nreviewed-By: B <b@c>", ["Reviewed-by", "Reviewed-by"]),
        ("Why.\n\nSigned-off-by: A <a@b>\n[b: touched up]\n", ["Signed-off-by"]),
        (
            "Why.\n\nReported-by: A\n <a@b>\nSigned-off-by: C <c@d>",
            ["Reported-by", "Signed-off-by"],
        ),
        ("A note: it matters.\nAnd more text here.\nAnd yet more.", []),
        ("Signed-off-by: A <a@b>\n\nA last paragraph of words.", []),
        ("Why.\n\nExample: of a colon\nNote: another\n\nSigned-off-by: A <a@b>", ["Signed-off-by"]),
        (
            "Why.\n\nLink: https://x.example/1 # [1]\nCloses: https://x.example/2",
            ["Link", "Closes"],
        ),
    ],
)
def test_of_a_message(message: str, expected: list[str]) -> None:
    assert names(message) == expected


def test_values_are_kept_as_written() -> None:
    found = message_trailers("Why.\n\nCc: stable@x.example  # 6.1+\n")
    assert found == (Trailer("Cc", "stable@x.example  # 6.1+"),)


@pytest.mark.parametrize(
    ("value", "giver"),
    [
        ("Bo <Bo@Shale.example>", "bo@shale.example"),
        ("bo@shale.example", "bo@shale.example"),
        ('"Bo, the" <bo@shale.example>', "bo@shale.example"),
        ("Bo <bo@shale.example> # on a board", "bo@shale.example"),
        ("nobody", ""),
    ],
)
def test_giver(value: str, giver: str) -> None:
    assert Trailer("Tested-by", value).giver == giver


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Fine.\n\nReviewed-by: {BO}\n", ["Reviewed-by"]),
        (f"  Acked-by: {BO}\n", ["Acked-by"]),
        (f"tested-by: {BO}\n", ["Tested-by"]),
        (f"Reviewed-By: {BO}\nNacked-by: {BO}", ["Reviewed-by", "Nacked-by"]),
        (f"> Reviewed-by: {BO}\n", []),
        (f"+Reviewed-by: {BO}\n", []),
        (f"-- \nReviewed-by: {BO}\n", []),
        ("Reviewed-by: me\n", []),
        (f"With my Reviewed-by: {BO} it may go in\n", []),
        ("Just words.\n", []),
        (f"Reported-and-tested-by: {BO}\n", ["Reported-and-tested-by"]),
    ],
)
def test_given_in_a_reply(text: str, expected: list[str]) -> None:
    assert [one.name for one in given_trailers(text)] == expected


def test_a_flood_is_bounded() -> None:
    flood = f"Reviewed-by: {BO}\n" * 5000
    assert len(given_trailers(flood)) <= 400
    assert len(message_trailers("Why.\n\n" + flood)) <= 400


def test_canonical() -> None:
    assert [canonical(one) for one in ("ACKED-BY", "acked-By", "")] == ["Acked-by", "Acked-by", ""]
