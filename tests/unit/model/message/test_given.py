# SPDX-License-Identifier: GPL-2.0-or-later
"""Trailers that replies give, as people and their mailers write them."""

from __future__ import annotations

import pytest

from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.given import (
    bot_trailers,
    given_trailers,
    is_candidate,
    spelt,
)

SENDER = Person("Bo Reviewer", "bo@shale.example")
BO = "Bo Reviewer <bo@shale.example>"


def given(text: str) -> list[str]:
    return [f"{one.name}: {one.value}" for one in given_trailers(text, SENDER)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Fine.\n\nReviewed-by: {BO}\n", "Reviewed-by"),
        (f"  Acked-by: {BO}\n", "Acked-by"),
        (f"\u00a0 Acked-by:\u00a0{BO}\n", "Acked-by"),
        (f"tested-by: {BO}\n", "Tested-by"),
        (f"Reviewed-By: {BO}", "Reviewed-by"),
        (f"REVIEWED-BY: {BO}", "Reviewed-by"),
        (f"Reviewed by: {BO}", "Reviewed-by"),
        (f"Reviewed-by : {BO}", "Reviewed-by"),
        (f"Reviewed-by:: {BO}", "Reviewed-by"),
        (f"*Reviewed-by:* {BO}", "Reviewed-by"),
        (f"Tested--by: {BO}", "Tested-by"),
        (f"Ack-by: {BO}", "Acked-by"),
        (f"Reviewd-by: {BO}", "Reviewed-by"),
        (f"Naked-by: {BO}", "Nacked-by"),
        (f"NAK-by: {BO}", "Nacked-by"),
        (f"Reviewed-and-tested-by: {BO}", "Reviewed-and-tested-by"),
        (f"Reviewed and tested by: {BO}", "Reviewed-and-tested-by"),
        (f"Reported-and-tested-by: {BO}", "Reported-and-tested-by"),
        (f"Co-developed-by: {BO}", "Co-developed-by"),
        (f"Signed-off-by: {BO}", "Signed-off-by"),
        (f"Reviewed-by: {BO}\r\n", "Reviewed-by"),
    ],
)
def test_names(text: str, expected: str) -> None:
    assert given(text) == [f"{expected}: {BO}"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Bo Reviewer<bo@shale.example>", BO),
        ("Bo  Reviewer   <bo@shale.example>", BO),
        ("Bo Reviewer \\<bo@shale.example>", BO),
        ("Bo Reviewer <mailto:bo@shale.example>", BO),
        ("Bo Reviewer <bo@shale.example <mailto:bo@shale.example>>", BO),
        ("Bo Reviewer <bo@shale.example<mailto:bo@shale.example>>", BO),
        ("Bo Reviewer <bo@shale.example> <bo@shale.example>", BO),
        ("bo@shale.example <mailto:bo@shale.example>", "bo@shale.example"),
        ("bo@shale.example", "bo@shale.example"),
        ("<bo@shale.example>", "bo@shale.example"),
        ("Bo Reviewer bo@shale.example", BO),
        ("Bo Reviewer (bo@shale.example)", BO),
        ('"Bo B. Reviewer" <bo@shale.example>', '"Bo B. Reviewer" <bo@shale.example>'),
        (f"{BO} # for mm", f"{BO} # for mm"),
        (f"{BO} (for the DT part)", f"{BO} (for the DT part)"),
        (f"{BO} [v2]", f"{BO} [v2]"),
        (f"{BO} on two boards.", f"{BO} on two boards"),
        (f"{BO}, thanks!", BO),
        (f"{BO}.", BO),
        ("Bo Reviewer", BO),
        ("bo reviewer", BO),
        ("Reviewer, Bo", BO),
        ("Bo Reviewer # for mm", f"{BO} # for mm"),
        ("Bo Reviewer <bo at shale dot example>", BO),
        ("Cy Other", None),
        ("me", None),
        ("", None),
        ("https://bot.example/x", None),
    ],
)
def test_values(value: str, expected: str | None) -> None:
    assert given(f"Reviewed-by: {value}\n") == ([f"Reviewed-by: {expected}"] if expected else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reviewed-by: Bo Reviewer\n<bo@shale.example>\n", BO),
        ("Reviewed-by: Bo Reviewer\n   <bo@shale.example>\n", BO),
        ("Reviewed-by:\nBo Reviewer <bo@shale.example>\n", BO),
        ("Reviewed-by: Bo\nReviewer <bo@shale.example>\n", BO),
        ("Reviewed-by: Bo Reviewer <bo@\nshale.example>\n", BO),
        ("Reviewed-by: Bo Reviewer\n\nSee bo@shale.example\n", BO),
        (
            f"Reviewed-by: {BO} # for what is below of\ndrivers/pebble\n",
            f"{BO} # for what is below of drivers/pebble",
        ),
        (f"Reviewed-by: {BO} # mm\nThanks a lot for this one\n", f"{BO} # mm"),
    ],
)
def test_what_a_mailer_broke_is_joined(text: str, expected: str) -> None:
    assert given(text) == [f"Reviewed-by: {expected}"]


def test_two_lines_are_two() -> None:
    text = f"Reviewed-by: Bo Reviewer\nTested-by: {BO}\n"
    assert given(text) == [f"Reviewed-by: {BO}", f"Tested-by: {BO}"]


@pytest.mark.parametrize(
    "text",
    [
        f"> Reviewed-by: {BO}\n",
        f" > > Reviewed-by: {BO}\n",
        f"| Reviewed-by: {BO}\n",
        f"Ada> Reviewed-by: {BO}\n",
        f"+Reviewed-by: {BO}\n",
        f"- Reviewed-by: {BO}\n",
        f"Thanks\n-- \nReviewed-by: {BO}\n",
        f"With my Reviewed-by: {BO} it may go in\n",
        "Could you share your Tested-by: on this patch?\n",
        "It can be reproduced by:\n\tbo@shale.example\n",
        "Just words.\n",
        f"diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,3 @@\n Reviewed-by: {BO}\n+y\n",
        f"Agreed.\n\n-----Original Message-----\nFrom: Ada\nSent: Monday\n\nReviewed-by: {BO}\n",
        f"\u597d\n\n------------------ \u539f\u59cb\u90ae\u4ef6 ------------------\n"
        f"\u53d1\u4ef6\u4eba: Ada\n\nReviewed-by: {BO}\n",
        f"Yes.\n\n{'_' * 32}\nFrom: Ada\nSent: Monday\nTo: Bo\n\nReviewed-by: {BO}\n",
        f"Yes.\n\nFrom: Ada\nSent: Monday\nTo: Bo\nSubject: x\n\nReviewed-by: {BO}\n",
        f"Yes.\n\nOn Mon, Ada wrote:\n\nWhy.\n\nReviewed-by: {BO}\n---\n x | 2 +-\n",
    ],
)
def test_what_is_no_trailer_of_the_reply(text: str) -> None:
    assert given(text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"On Mon, Ada wrote:\n\nReviewed-by: {BO}\n",
        f"On Mon, Ada wrote:\n> Why.\n\nReviewed-by: {BO}\n\n> ---\n> x\n",
        f"diff --git a/x b/x\n@@ -1,2 +1,3 @@\n x\n+y\n\nWith that:\nReviewed-by: {BO}\n",
        f"--- Tested ---\nReviewed-by: {BO}\n",
        f"> x\n--\nReviewed-by: {BO}\n",
        f"Reviewed-by: {BO}\n-- \nBo\n",
        f"Hi,\nReviewed-by: {BO}\n\n-----Original Message-----\nFrom: Ada\n",
    ],
)
def test_what_is_one_all_the_same(text: str) -> None:
    assert given(text) == [f"Reviewed-by: {BO}"]


def test_that_of_another_is_kept() -> None:
    assert given("e.g.\nTested-by: Cy <cy@x.example>\n") == ["Tested-by: Cy <cy@x.example>"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no colon by bo", False),
        (f"> Reviewed-by: {BO}", False),
        ("done by: x", True),
        (f"x\nReviewed-by: {BO}", True),
        ("x" * 300 + "by: y", False),
    ],
)
def test_the_guard(text: str, expected: bool) -> None:
    assert is_candidate(text) is expected


BOT = Person("tester", "bot+12@bots.example")
TESTED = "Reported-by: bot+12@bots.example\nTested-by: bot+12@bots.example\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"The reproducer did not trigger any issue:\n\n{TESTED}", ["Tested-by"]),
        (f"If you fix it separately, please\nadd the following tag to it:\n{TESTED}", []),
        ("If you fix it, kindly add following tag\n| Reported-by: bot@bots.example\n", []),
        ("Reported-by: bot@bots.example\n", []),
    ],
)
def test_of_a_bot(text: str, expected: list[str]) -> None:
    assert [one.name for one in bot_trailers(text, BOT)] == expected


def test_spelling() -> None:
    assert spelt("reviewed  BY") == "Reviewed-by"


def test_a_flood_is_bounded() -> None:
    flood = "".join(f"Reviewed-by: B{at} <b{at}@x.example>\n" for at in range(5000))
    assert len(given_trailers(flood)) == 400
    assert given_trailers("x wrote:\n" * 15_000 + "@@ -1 +1 @@\nReviewed-by: a@b.example") == ()
