# SPDX-License-Identifier: GPL-2.0-or-later
"""Trailers at the end of a commit message, and in a cover letter."""

from __future__ import annotations

import pytest

from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.trailer import (
    Trailer,
    canonical,
    cover_trailers,
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
        ("Why.\n\nDepends-on: x\nSigned-off-by: A <a@b>", ["Depends-on", "Signed-off-by"]),
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
    "broken",
    [
        "Tested-by: Ada Long Name\n <ada@quarry.example>",
        "Tested-by: Ada Long Name\n<ada@quarry.example>",
        "Tested-by: Ada\n\tLong Name <ada@quarry.example>",
    ],
)
def test_broken_lines_are_joined(broken: str) -> None:
    found = message_trailers(f"Why.\n\n{broken}\nSigned-off-by: {BO}\n")
    assert found[0] == Trailer("Tested-by", "Ada Long Name <ada@quarry.example>")
    assert len(found) == 2


@pytest.mark.parametrize(
    ("value", "person"),
    [
        ("Bo <Bo@Shale.example>", Person("Bo", "Bo@Shale.example")),
        ("bo@shale.example", Person("", "bo@shale.example")),
        ('"Bo, the" <bo@shale.example>', Person("Bo, the", "bo@shale.example")),
        ("Bo <bo@shale.example> # on a board", Person("Bo", "bo@shale.example")),
        ("Bo <bo@shale.example> (for the DT part)", Person("Bo", "bo@shale.example")),
        ("Bo <bo@shale.example> on two boards", Person("Bo", "bo@shale.example")),
        ("nobody", Person("nobody", "")),
    ],
)
def test_person(value: str, person: Person) -> None:
    trailer = Trailer("Tested-by", value)
    assert trailer.person == person
    assert trailer.giver == person.key


@pytest.mark.parametrize(
    ("name", "reviews"),
    [
        ("Reviewed-by", ("Reviewed-by",)),
        ("Reviewed-and-tested-by", ("Reviewed-by", "Tested-by")),
        ("Reported-and-tested-by", ("Tested-by",)),
        ("Reported-by", ()),
        ("Nacked-by", ()),
        ("Signed-off-by", ()),
    ],
)
def test_which_are_reviews(name: str, reviews: tuple[str, ...]) -> None:
    assert Trailer(name, BO).reviews == reviews


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"This helps.\n\nAcked-by: {BO}\n", ["Acked-by"]),
        (f"This helps.\n\nAcked-by: {BO}\n\nChanges since v1:\n- less\n\nBo (2):\n  x\n  y\n", 1),
        (f"This helps.\n\nv2: picked up\n  Acked-by: {BO}\n\nBo (1):\n  x\n", []),
        (f"v2:\n- x\nAcked-by: {BO}\n\nBo (1):\n  x\n", []),
        (f"I got an Acked-by: {BO}\n\nBo (1):\n  x\n", []),
        ("No trailers.\n", []),
    ],
)
def test_of_a_cover_letter(text: str, expected: list[str] | int) -> None:
    found = [one.name for one in cover_trailers(text)]
    assert (len(found) if isinstance(expected, int) else found) == expected


def test_a_flood_is_bounded() -> None:
    flood = f"Reviewed-by: {BO}\n" * 5000
    assert len(message_trailers("Why.\n\n" + flood)) <= 400
    assert len(cover_trailers("Why.\n\n" + flood)) <= 400


def test_canonical() -> None:
    assert [canonical(one) for one in ("ACKED-BY", "acked-By", "")] == ["Acked-by", "Acked-by", ""]
