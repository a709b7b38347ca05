# SPDX-License-Identifier: GPL-2.0-or-later
"""Questions known again where they are quoted, and names that are called."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.message.asking import Asking, questions, read_asking


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("This leaks the buffer.\n", 0),
        ("Why not kfree()?\n", 1),
        ("Why not kfree()? And is it racy?\n", 2),
        ("This is long, so could you\nsplit it into two?\n", 1),
        ("> Why not kfree()?\n", 0),
        ("Is it so\uff1f\n", 1),
        ("See https://x.example/?id=3 for it.\n", 0),
        ("\treturn found ? one : two;\n", 0),
        ("+\t\tif (really?)\n", 0),
        ("- Should it be static?\n", 1),
        ("??\n", 0),
        ("Fine.\n-- \nWhat is a signature?\n", 0),
        ("diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n what is this?\n", 0),
    ],
)
def test_how_much_is_asked(text: str, count: int) -> None:
    assert len(read_asking(text).asks) == count


@pytest.mark.parametrize(
    "reply",
    [
        "> Could this ever overflow on 32 bit?\nNo.\n",
        ">> Could this ever overflow on 32 bit?\n> Perhaps not.\nNo.\n",
        "> > Could this ever overflow on 32 bit?\nNo.\n",
        "> This is odd. Could this ever\n> overflow on 32 bit?\nNo.\n",
        "> overflow on 32 bit?\n>\n> Something else.\nNo.\n",
        "> COULD this ever overflow on 32-bit?\nNo.\n",
    ],
)
def test_a_quoted_question_is_known_again(reply: str) -> None:
    asked = read_asking("This is odd. Could this ever overflow on 32 bit?\n").asks
    answers = read_asking(reply).answers
    # Where no more is quoted than its end, it cannot be told.
    assert (asked[0] in answers) is not reply.startswith("> overflow")


def test_what_is_quoted_without_a_word_below_is_not_answered() -> None:
    asked = read_asking("Does one leak?\n\nIs two racy?\n").asks
    reply = read_asking("> Does one leak?\nNo, the caller frees it.\n> Is two racy?\n")
    assert [one in reply.answers for one in asked] == [True, False]


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("Robin, can you take this?\n", ("robin",)),
        ("Robin: please take this.\n", ("robin",)),
        ("@Robin please take this.\n", ("robin",)),
        ("3/3 I will take. Robin, could you take 1 and 2?\n", ("robin",)),
        ("What do you think, Robin?\n", ("robin",)),
        ("Robin Maintainer, can you take this?\n", ("robin", "maintainer")),
        ("Robin and Bo, can you take this?\n", ("robin", "bo")),
        ("Hi Robin,\n\nis this right?\n", ("robin",)),
        ("hello robin\n\nis this right?\n", ("robin",)),
        # Only polite.
        ("Hi Robin,\n\nthis is right.\n", ()),
        ("This is right.\n\nThanks,\nRobin\n", ()),
        ("Robin said that it is, by the way.\n", ()),
        ("However, it is. Also, it was. Yes, really. Reviewed-by: Bo\n", ()),
        ("> Robin, can you take this?\nNo.\n", ()),
    ],
)
def test_who_is_called(text: str, called: tuple[str, ...]) -> None:
    assert read_asking(text).called == called


def test_all_is_bounded() -> None:
    body = "".join(f"Name{n}x, is number {n} of this series right?\n" for n in range(3000))
    found = read_asking(body + "".join(f"> is {n} right?\nyes\n" for n in range(500)))
    assert len(found.asks) == len(found.answers) == 50
    assert len(found.called) == 10


@pytest.mark.parametrize(
    "text",
    [
        "A" * 200_000,
        "Aa " * 70_000,
        "a? " * 70_000,
        "A, " * 70_000,
        "> \n" * 70_000,
        ". A" * 70_000,
    ],
)
def test_hostile_text_takes_no_time(text: str) -> None:
    begun = time.process_time()
    read_asking(text)
    assert time.process_time() - begun < 1


@given(st.text("aZ?.,:>@\n -+", max_size=200))
def test_any_text_is_read(text: str) -> None:
    found = read_asking(text)
    assert isinstance(found, Asking)
    assert found == read_asking(text)
    assert all("?" in one or "\uff1f" in one for one in questions(text.split("\n")))
