# SPDX-License-Identifier: GPL-2.0-or-later
"""What the message of an announced commit names."""

from __future__ import annotations

import pytest

from maintainer_kit.model.message.commit_words import (
    message_part,
    named_mails,
    one_line,
    upstream_of,
)

ID = "ab" * 20


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Link: https://lore.example/r/1@a.example\n", ("1@a.example",)),
        ("    link: http://lkml.example/r/1@a.example\n", ("1@a.example",)),
        (
            "Message-ID: <1@a.example>\nLink: https://x.example/all/2%2F@b/\n",
            ("1@a.example", "2/@b"),
        ),
        ("Link: https://x.example/1@a\nLink: https://y.example/r/1@a\n", ("1@a",)),
        ("Link: https://bugs.example/show?id=1\n", ()),
        ("see Link: https://lore.example/r/1@a.example\n", ()),
        (f"Link: https://x.example/{'a' * 300}@b\n", ()),
        ("".join(f"Link: https://x.example/{n}@a\n" for n in range(99)), 20),
    ],
)
def test_mails(message: str, expected: tuple[str, ...] | int) -> None:
    found = named_mails(message)
    assert (len(found) if isinstance(expected, int) else found) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (f"commit {ID} upstream.\n", ID),
        (f"[ Upstream commit {ID} ]\n", ID),
        (f"    [Upstream commit {ID[:12]} ]\n", ID[:12]),
        (f"(cherry picked from commit {ID})\n", ID),
        (f"it was commit {ID} upstream\n", ""),
        ("commit abc upstream\n", ""),
        (f"commit {ID} broke upstream\n", ""),
    ],
)
def test_upstream(message: str, expected: str) -> None:
    assert upstream_of(message) == expected


@pytest.mark.parametrize("end", ["---\n", "diff --git a/x b/x\n", "    ---\n", ""])
def test_where_a_message_ends(end: str) -> None:
    assert message_part(f"top\nwhy\n-- \n{end}", 4) == "why\n-- \n"


def test_a_title_is_one_line_of_bounded_length() -> None:
    assert one_line(" a\n\t b ") == "a b"
    assert len(one_line("x" * 10_000)) == 300
