# SPDX-License-Identifier: GPL-2.0-or-later
"""What commit messages name."""

from __future__ import annotations

import time

import pytest

from maintainer_kit.matching.mentions import NOTHING, Mentions, read_mentions


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Message-ID: <a@b.example>", Mentions(("a@b.example",))),
        ("message-id: a@b.example", Mentions(("a@b.example",))),
        ("Link: https://patch.msgid.link/a@b.example", Mentions(("a@b.example",))),
        ("Link: https://lore.kernel.org/r/a@b.example", Mentions((), ("a@b.example",))),
        ("Link: https://lore.kernel.org/all/a@b.example/T/#u", Mentions((), ("a@b.example",))),
        ("Link: https://lore.kernel.org/r/a%2Bc@b.example/", Mentions((), ("a+c@b.example",))),
        ("Link: https://bugzilla.example/show_bug.cgi?id=7", NOTHING),
        ("see Link: https://lore.kernel.org/r/a@b.example", NOTHING),
        ("This reverts commit 0123456789ab.", Mentions(reverts=("0123456789ab",))),
        ("This reverts commit 012.", NOTHING),
        ("Message-ID: @", NOTHING),
    ],
)
def test_one_line(line: str, expected: Mentions) -> None:
    assert read_mentions(f"title\n\ntext\n\n{line}\n") == expected


def test_its_own_mail_is_not_linked_again() -> None:
    text = "Link: https://lore.kernel.org/r/a@b\nLink: https://patch.msgid.link/a@b\n"
    assert read_mentions(text) == Mentions(("a@b",))


def test_a_flood_of_links_is_bounded() -> None:
    text = "\n".join(f"Link: https://lore.kernel.org/r/{number}@x" for number in range(100_000))
    start = time.perf_counter()
    assert len(read_mentions(text + " @" * 100_000).linked) == 50
    assert time.perf_counter() - start < 5
