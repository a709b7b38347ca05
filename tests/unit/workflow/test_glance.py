# SPDX-License-Identifier: GPL-2.0-or-later
"""The first words of a mail, as a look at its topic tells them."""

from __future__ import annotations

import time

import pytest

from maintainer_kit.workflow.glance import first_words

REPLY = """Hi Ada,

On Mon, 5 Jan 2026 10:00:00 +0000, Ada Author wrote:
> The lock is taken twice.
> It need not be.
I do not think so.
See the caller.

> +	spin_lock(&a);

And this one?
-- \nBo
"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (REPLY, ["I do not think so.", "See the caller.", "And this one?"]),
        ("Why it is so.\n\nSigned-off-by: A <a@x>\n---\n a.c | 2 +-\n", ["Why it is so."]),
        ("Only words.\ndiff --git a/x b/x\n--- a/x\n", ["Only words."]),
        ("> all of it\n> is quoted\n", []),
        ("> a\n\nReviewed-by: Bo <b@x>\n", []),
        ("", []),
    ],
)
def test_what_the_writer_says(text: str, words: list[str]) -> None:
    assert first_words(text, 9) == words


def test_no_more_than_is_wanted() -> None:
    assert first_words("\n".join(f"line {at}" for at in range(50)), 3) == [
        "line 0",
        "line 1",
        "line 2",
    ]


@pytest.mark.parametrize(
    "text", [">" * 60_000, "> \n" * 20_000, "a\n> b\n" * 10_000, "\n" * 60_000]
)
def test_hostile_texts_take_no_time(text: str) -> None:
    start = time.perf_counter()
    first_words(text, 9)
    assert time.perf_counter() - start < 2
