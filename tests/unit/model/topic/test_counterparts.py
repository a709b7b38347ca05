# SPDX-License-Identifier: GPL-2.0-or-later
"""Which patch of an older posting a patch goes on from."""

from __future__ import annotations

from maintainer_kit.model.message.message import Message
from maintainer_kit.model.topic.counterparts import Counterparts, is_same
from tests.build import edit, patch, read

LINES = [f"+\tpebble_{name}(inode, {at});\n" for at, name in enumerate("abcdefgh")]


def one(
    title: str, change: str = "", *, number: str = "", path: str = "fs/p.c", tail: str = ""
) -> Message:
    return read(
        patch(f"[PATCH{number}] {title}", change or edit(path), message_id=f"{title}{tail}@x")
    )


def long(lines: list[str], context: str = "before") -> str:
    """A diff that adds these lines."""
    return (
        "diff --git a/fs/p.c b/fs/p.c\n--- a/fs/p.c\n+++ b/fs/p.c\n"
        f"@@ -7,2 +7,{2 + len(lines)} @@\n {context}();\n{''.join(lines)} after();\n"
    )


def test_by_title_then_number() -> None:
    older = [one("x", number=" 1/3", tail="a"), one("x", number=" 2/3", tail="b")]
    found = Counterparts(older)
    assert found.of(one("x", number=" 2/2")) is older[1]
    assert found.of(one("x", number=" 3/3")) is older[0]


def test_by_patch_id() -> None:
    older = [one("x", path="fs/a.c"), one("y", path="fs/b.c"), None]
    assert Counterparts(older).of(one("z", path="fs/b.c")) is older[1]


def test_by_likeness() -> None:
    older = [one("x", long(LINES[:7])), one("y")]
    assert Counterparts(older).of(one("z", long(LINES[1:]))) is older[0]
    assert Counterparts(older).of(one("z", long(LINES[5:]))) is None


def test_two_lines_in_common_are_chance() -> None:
    older = [one("x", long([*LINES[:2], "+\tmore_of_it();\n"]))]
    assert Counterparts(older).of(one("z", long(LINES[:2]))) is None


def test_a_new_one() -> None:
    assert Counterparts([]).of(one("x")) is None
    assert Counterparts([one("x", path="fs/a.c")]).of(read(patch("[PATCH] no diff", " "))) is None


def test_the_same() -> None:
    base = one("x", long(LINES))
    assert is_same(base, one("x", long(LINES), tail="b"))
    assert is_same(base, one("other title", long(LINES)))
    assert is_same(base, one("x", long(LINES, context="moved"), tail="c"))
    assert not is_same(base, one("y", long(LINES, context="moved")))
    assert not is_same(base, one("x", long(LINES[1:]), tail="d"))
    assert not is_same(base, read(patch("[PATCH] x", " ", message_id="e@x")))
