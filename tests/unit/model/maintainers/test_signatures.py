# SPDX-License-Identifier: GPL-2.0-or-later
"""Who signed a commit, and who wants no mail for it."""

from __future__ import annotations

import pytest

from maintainer_kit.model.maintainers.signatures import read_ignored, signers_of


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Signed-off-by: Ada <ada@x.example>", ["Ada <ada@x.example>"]),
        ("Reviewed-by: ada@x.example", ["<ada@x.example>"]),
        ("\t Acked-by: Ada <ada@x.example> # fs", ["Ada <ada@x.example>"]),
        ('Acked-by: "Doe, Jane" <jane@x.example>', ["Doe, Jane <jane@x.example>"]),
        ("Tested-by: Ada <ada@x.example>", []),
        ("signed-off-by: Ada <ada@x.example>", []),
        ("I have Signed-off-by: Ada <ada@x.example>", []),
        ("Signed-off-by: Ada", []),
        ("Signed-off-by:", []),
    ],
)
def test_a_line(line: str, expected: list[str]) -> None:
    assert [str(one) for one in signers_of(f"fs: x\n\n{line}\n")] == expected


def test_each_time_counts() -> None:
    twice = "Reviewed-by: Ada <ada@x.example>\nSigned-off-by: Ada <ada@x.example>\n"
    assert len(signers_of(twice)) == 2


@pytest.mark.timeout(10)
def test_a_hostile_message_takes_no_time() -> None:
    assert signers_of("Signed-off-by: " + "<@" * 1_000_000) == ()
    assert len(signers_of("Acked-by: a@x.example\n" * 100_000)) == 1000


def test_ignored() -> None:
    text = "# away\n\n  Ada <ada@x.example>  # for good\nbo@x.example\r\nnobody\n"
    assert [str(one) for one in read_ignored(text)] == ["Ada <ada@x.example>", "<bo@x.example>"]
