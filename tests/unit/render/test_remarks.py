# SPDX-License-Identifier: GPL-2.0-or-later
"""Comments on lines as ``show`` prints them."""

from __future__ import annotations

import json

import pytest

from maintainer_kit.render.json_topics import dumps, show_json
from maintainer_kit.render.topic_text import topic_text
from maintainer_kit.workflow.comments import topic_remarks
from maintainer_kit.workflow.reading import detail
from tests.build import BO, part_id, posting, reply
from tests.memory.desk import Desk

ONE = part_id("foo", 1)


def desk(body: str, sender: str = BO) -> Desk:
    """A series with a reply to its first patch."""
    found = Desk()
    found.deliver(*posting("foo", 2), reply(ONE, body, sender=sender, message_id="r@x"))
    found.sync()
    return found


def text_of(found: Desk) -> list[str]:
    """What ``mkit show`` prints."""
    one = detail(found.stores, found.row(ONE))
    return list(topic_text(one, 0, topic_remarks(found.stores, one.topic)))


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("> +\ttwo_1();\nThree.\nNot two.\n", "fs/foo/1.c:8 (pebble): Bo Reviewer: Three."),
        ("> -\tone();\nKeep it.\n", "fs/foo/1.c:8 (pebble, removed line): Bo Reviewer: Keep it."),
        ("> +++ b/fs/foo/1.c\nNo.\n", "fs/foo/1.c: Bo Reviewer: No."),
        ("> Reason 1.\nNo.\n", "message, line 1: Bo Reviewer: No."),
        ("No.\n", "as a whole: Bo Reviewer: No."),
        ("x" * 120, f"as a whole: Bo Reviewer: {'x' * 100}..."),
        (
            "> +\ttwo_1();\nWhy is it not three?\n",
            "fs/foo/1.c:8 (pebble): Bo Reviewer: Why is it not three?  [unanswered question]",
        ),
    ],
)
def test_a_line(body: str, line: str) -> None:
    lines = text_of(desk(body))
    assert f"       {line}" in lines
    assert lines.index(f"       {line}") > lines.index(f"     {ONE}")


def test_without_a_name() -> None:
    lines = text_of(desk("> +\ttwo_1();\nThree.\n", sender="bo@shale.example"))
    assert "       fs/foo/1.c:8 (pebble): bo@shale.example: Three." in lines


def test_hostile_text_cannot_reach_the_terminal() -> None:
    text = "".join(text_of(desk("> +\ttwo_1();\n\x1b[2J \u202e stop\n", sender='"\x1b" <e@x>')))
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_json() -> None:
    found = desk("> +\ttwo_1();\n\nThree.\n\nNot two.\n")
    one = detail(found.stores, found.row(ONE))
    value = json.loads(dumps(show_json(one, topic_remarks(found.stores, one.topic))))
    assert value["comments"] == {
        ONE: [
            {
                "message_id": "r@x",
                "author": BO,
                "path": "fs/foo/1.c",
                "line": 8,
                "side": "new",
                "hunk": "@@ -7,3 +7,3 @@ int pebble(void)",
                "function": "int pebble(void)",
                "mail_line": 14,
                "quoted": "+\ttwo_1();",
                "text": "Three.\n\nNot two.",
                "question": False,
                "answered": False,
                "newer": None,
            }
        ]
    }


def test_json_without_comments() -> None:
    found = desk("Reviewed-by: Bo Reviewer <bo@shale.example>\n")
    one = detail(found.stores, found.row(ONE))
    assert show_json(one, topic_remarks(found.stores, one.topic))["comments"] == {}
