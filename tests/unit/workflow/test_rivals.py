# SPDX-License-Identifier: GPL-2.0-or-later
"""Other series that wait and change the same lines."""

from __future__ import annotations

from maintainer_kit.workflow.reading import detail
from maintainer_kit.workflow.rivals import rivals
from tests.build import BO, edit, part_id, patch, posting
from tests.memory.desk import Desk

ONE = part_id("foo", 1)


def _found(*raws: bytes) -> list[tuple[str, str, int]]:
    desk = Desk()
    desk.deliver(*posting("foo", 2), *raws)
    desk.sync()
    topic = detail(desk.stores, desk.row(ONE)).topic
    return [(one.subject, one.path, one.line) for one in rivals(desk.stores, topic)]


def _other(path: str, name: str = "other", sender: str = BO) -> bytes:
    change = edit(path, new=name)
    return patch(f"[PATCH] {name}: do", change, message_id=f"{name}@x", sender=sender, minutes=99)


def test_nobody_else_is_there() -> None:
    assert _found() == []
    assert _found(_other("fs/bar.c")) == []


def test_another_series_changes_the_same_line() -> None:
    assert _found(_other("fs/foo/1.c")) == [("other: do", "fs/foo/1.c", 8)]


def test_each_series_is_told_once_in_the_order_of_the_own_patches() -> None:
    found = _found(_other("fs/foo/2.c", "late"), _other("fs/foo/1.c", "early"))
    assert [subject for subject, _, _ in found] == ["early: do", "late: do"]


def test_other_lines_of_the_file_are_no_matter() -> None:
    moved = edit("fs/foo/1.c", new="far").replace("-7,3 +7,3", "-70,3 +70,3")
    raw = patch("[PATCH] far: away", moved, message_id="far@x", sender=BO, minutes=99)
    assert _found(raw) == []
