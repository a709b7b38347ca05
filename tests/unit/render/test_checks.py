# SPDX-License-Identifier: GPL-2.0-or-later
"""Results of bots in the queue, in a topic, and as JSON."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.model.queue.making import make_row
from maintainer_kit.render.checks import bot_json, signs
from maintainer_kit.render.json_topics import row_json, topic_json
from maintainer_kit.render.queue_text import queue_text
from maintainer_kit.render.topic_text import topic_text
from maintainer_kit.workflow.reading import Detail
from tests.build import ME, START, edit, part_id, patch, posting, read, reply, topic

LKP = "kernel test robot <lkp@intel.com>"
NOW = int(START.timestamp()) + 3600
ERROR = "[auto build test ERROR on a/b]\n\n| Closes: https://lore.example/r/1\x1b[1m\n"
PASS = "BuildEll   PASS   1.0 seconds\nCheckPatch   WARNING   1.0 seconds\n"
FOUND = topic(
    *posting("foo", 2),
    reply(part_id("foo", 2), ERROR, sender=LKP, message_id="lkp@x"),
    reply(part_id("foo", 0), PASS, sender="bluez.test.bot@gmail.com", message_id="bluez@x"),
    patch(
        "[PATCH] foo: fix cocci",
        edit(new="three"),
        sender=LKP,
        parents=[part_id("foo", 1)],
        message_id="fixup@x",
        minutes=90,
    ),
)
ROW = make_row(FOUND, ME, {})
DETAIL = Detail(ROW, FOUND, {})


@pytest.mark.parametrize(
    ("checks", "overdue", "expected"),
    [
        ((), (), ""),
        ((("success", 9),), (), "+9"),
        ((("pending", 2), ("success", 9)), (), "?2"),
        ((("fail", 1), ("success", 9), ("warning", 2)), (), "x1 !2"),
        ((("success", 9),), ("bot",), "late"),
        ((("fail", 1),), ("bot",), "x1"),
    ],
)
def test_signs(
    checks: tuple[tuple[str, int], ...], overdue: tuple[str, ...], expected: str
) -> None:
    assert signs(replace(ROW, checks=checks, overdue=overdue)) == expected


def test_a_column_only_where_there_is_something_to_show() -> None:
    plain = replace(ROW, checks=())
    with_one, without = (list(queue_text([one, plain], NOW, 120)) for one in (ROW, plain))
    assert "x1 !2" in with_one[1]
    assert len({line.index("foo: make") for line in (*with_one[1:], *without[1:])}) == 1
    assert with_one[2] != without[2]


def test_rows_as_json() -> None:
    assert ROW.checks == (("fail", 1), ("success", 1), ("warning", 2))
    value = row_json(replace(ROW, overdue=("bot",)))
    assert value["checks"] == {"success": 1, "warning": 2, "fail": 1, "pending": 0}
    assert value["overdue"] == ["bot"]


def test_topics_as_json() -> None:
    value = topic_json(DETAIL)
    first, second = value["revisions"][0]["patches"]
    contexts = [one["context"] for one in second["checks"]]
    assert contexts == [
        "bluez.test.bot/BuildEll",
        "bluez.test.bot/CheckPatch",
        "kernel test robot/build-errors",
    ]
    assert second["checks"][2] == {
        "context": "kernel test robot/build-errors",
        "outcome": "fail",
        "url": "https://lore.example/r/1",
        "message_id": "lkp@x",
        "about": None,
    }
    assert [one["context"] for one in first["checks"]] == [*contexts[:2], "kernel test robot"]
    fixups = [one["message_id"] for one in value["revisions"][0]["follow_ups"] if one["fixup"]]
    assert fixups == ["fixup@x"]


def test_a_person_is_no_bot() -> None:
    value = bot_json(read(reply("a@x", "Fine.\n")))
    assert value == {"bot": None, "fixup": False, "checks": []}


def test_topics_as_text() -> None:
    lines = list(topic_text(DETAIL, NOW))
    text = "\n".join(lines)
    assert "  checks     1 success, 2 warning, 1 fail" in lines
    assert "  checks: 1 success, 1 warning" in lines
    assert "    warning: bluez.test.bot/CheckPatch" in lines
    assert "       fail: kernel test robot/build-errors  https://lore.example/r/1" in text
    assert "fixup offered by kernel test robot: fixup@x" in text
    assert "\x1b" not in text


def test_a_thread_as_text() -> None:
    found = topic(reply("gone@x", ERROR, sender=LKP))
    lines = list(topic_text(Detail(make_row(found, ME, {}), found, {}), NOW))
    assert "    fail: kernel test robot/build-errors  https://lore.example/r/1" in lines


def test_who_is_awaited_and_who_is_late() -> None:
    row = replace(ROW, awaited=("one bot",), overdue=("other bot",))
    lines = list(topic_text(Detail(row, FOUND, {}), NOW))
    assert "  awaited    one bot" in lines and "  overdue    other bot" in lines
