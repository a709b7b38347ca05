# SPDX-License-Identifier: GPL-2.0-or-later
"""A message to text and back is the same message."""

from __future__ import annotations

import pytest

from maintainer_kit.model.message.codec import MessageReader, dump_message
from maintainer_kit.model.message.copies import unreadable
from tests.build import BO, edit, mail, patch, posting, read, reply

RENAME = "diff --git a/o b/n\nsimilarity index 100%\nrename from o\nrename to n\n"


@pytest.mark.parametrize(
    "raw",
    [
        patch("[RFC PATCH net v3 02/11] net: fix foo", edit("a.c") + RENAME + edit("b.c")),
        patch("[PATCH] foo", edit().replace("+\t", "+\tx\ny"), headers={"Cc": "A@b, c@d"}),
        posting("foo", 2, tail=f"base-commit: {'ab' * 20}\nchange-id: x-y\n")[0],
        patch("[PATCH v2] \u5929 \u05d9", below="- Link to v1: https://lore.kernel.org/r/a@x\n"),
        reply("a@x", f"Why? Will fix in v3.\n\nReviewed-by: {BO}\n", above=["r@x"]),
        reply("a@x", "BUILD FAIL", sender="lkp <lkp@intel.com>"),
        mail("x", f"Commit: {'ab' * 20}\nParent: x\n"),
        b"From: L\xe9o\nSubject: \xff\n\n\xff\x00",
        b"",
    ],
)
def test_round_trip(raw: bytes) -> None:
    message = read(raw)
    assert MessageReader().read(dump_message(message)) == message


def test_unreadable() -> None:
    message = unreadable("a@x", "gone")
    assert MessageReader().read(dump_message(message)) == message
