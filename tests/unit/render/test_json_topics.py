# SPDX-License-Identifier: GPL-2.0-or-later
"""Topics as JSON: the fields that scripts rely on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from maintainer_kit.model.decision.event import Origin
from maintainer_kit.render.json_topics import (
    dumps,
    error_json,
    list_json,
    message_json,
    show_json,
    topic_json,
    utc,
)
from maintainer_kit.workflow.decide import set_state
from maintainer_kit.workflow.reading import detail
from tests.build import ADA, BO, DAY, mail, part_id, posting, read, reply
from tests.memory.desk import Desk

LIST_FIELDS = (
    "id kind subject author submitter message_id lists revision revisions received total state "
    "states delegate turn turn_reason updated trailers checks landed archived"
)
REVISION_FIELDS = (
    "revision date base_commit change_id linked_by confidence cover patches follow_ups"
)
PATCH_FIELDS = "number message_id subject author state files patch_id trailers findings landings"


@pytest.fixture
def desk() -> Desk:
    """A series of two revisions that was talked about, and a report."""
    found = Desk()
    found.deliver(
        *posting("foo", 2, tail=f"base-commit: {'ab' * 20}\nchange-id: 2026-foo\n"),
        *posting("foo", 2, revision=2, minutes=DAY, cover=False)[:1],
        reply(part_id("foo", 1), "Why not kfree() here?", message_id="q@x"),
        reply(part_id("foo", 1, 2), f"Reviewed-by: {BO}\n", message_id="r@x", minutes=2 * DAY),
        mail("[BUG] oops", message_id="b@x"),
        reply("b@x", "Yes.", message_id="y@x"),
    )
    found.sync()
    set_state(found.stores, "accepted", [part_id("foo", 1, 2)], Origin.CLI)
    return found


def exported(desk: Desk, message_id: str) -> dict[str, Any]:
    """A topic as ``export`` gives it, through real JSON."""
    found: dict[str, Any] = json.loads(dumps(topic_json(detail(desk.stores, desk.row(message_id)))))
    return found


def test_list(desk: Desk) -> None:
    found = list_json(desk.rows())
    assert found["schema"] == 1
    by_kind = {row["kind"]: row for row in found["topics"]}
    row = by_kind["series"]
    assert set(LIST_FIELDS.split()) <= set(row)
    assert (row["author"], row["revision"], row["revisions"]) == (ADA, 2, 2)
    assert (row["received"], row["total"], row["state"]) == (1, 2, "accepted")
    assert row["states"] == {"accepted": 1}
    assert row["trailers"] == {"Reviewed-by": 1}
    assert row["updated"] == "2026-01-07T09:00:00Z"
    assert by_kind["report"]["revisions"] == 0


def test_topic(desk: Desk) -> None:
    found = exported(desk, part_id("foo", 1))
    older, newer = found["revisions"]
    assert set(REVISION_FIELDS.split()) <= set(older)
    assert (older["base_commit"], older["change_id"]) == ("ab" * 20, "2026-foo")
    assert (older["linked_by"], older["confidence"]) == ("first", 1.0)
    assert older["cover"] == {"message_id": part_id("foo", 0)}
    assert older["date"] == "2026-01-05T09:00:00Z"
    assert [one["message_id"] for one in older["follow_ups"]] == ["q@x"]
    assert older["follow_ups"][0]["to"] == part_id("foo", 1)
    assert (newer["cover"], newer["linked_by"], newer["patches"][1]) == (None, "subject", None)


def test_patch(desk: Desk) -> None:
    older, newer = exported(desk, part_id("foo", 1))["revisions"]
    patch = newer["patches"][0]
    assert set(PATCH_FIELDS.split()) <= set(patch)
    assert (patch["number"], patch["state"], patch["files"]) == (1, "accepted", ["fs/foo/1.c"])
    assert len(patch["patch_id"]) == 40
    assert patch["trailers"] == [
        {
            "name": "Signed-off-by",
            "value": ADA,
            "from_message_id": part_id("foo", 1, 2),
            "applied": True,
            "source": "patch",
            "not_applied": None,
        },
        {
            "name": "Reviewed-by",
            "value": BO,
            "from_message_id": "r@x",
            "applied": True,
            "source": "reply",
            "not_applied": None,
        },
    ]
    assert {one["state"] for one in older["patches"]} == {"superseded"}


def test_a_thread(desk: Desk) -> None:
    found = exported(desk, "b@x")
    assert found["revisions"] == []
    assert [(one["message_id"], one["to"]) for one in found["thread"]] == [
        ("b@x", None),
        ("y@x", "b@x"),
    ]


def test_an_answer_without_parent_answers_its_head() -> None:
    desk = Desk()
    desk.deliver(mail("Re: lost", message_id="a@x"), reply("a@x", "Yes.", message_id="b@x"))
    desk.sync()
    assert [one["to"] for one in exported(desk, "a@x")["thread"]] == [None, "a@x"]


def test_show(desk: Desk) -> None:
    found = show_json(detail(desk.stores, desk.row("b@x")))
    assert (found["schema"], found["topic"]["kind"]) == (1, "report")


def test_a_lone_mail() -> None:
    raw = mail("foo: landed", f"Commit: {'ab' * 20}\nParent: x\n", message_id="c@x")
    found = message_json(read(raw), ["cur/1"])
    assert found["topic"] is None
    message = found["message"]
    assert (message["subject"], message["commits"], message["files"]) == (
        "foo: landed",
        ["ab" * 20],
        ["cur/1"],
    )


def test_error() -> None:
    assert error_json("no", "try") == {"schema": 1, "error": {"message": "no", "hint": "try"}}
    assert error_json("no", None)["error"]["hint"] is None


def test_utc() -> None:
    assert utc(1_767_603_600) == "2026-01-05T09:00:00Z"
    assert utc(0) is None


@pytest.mark.parametrize("char", ["\x00", "\x1b", "\x7f", "\x9b", "\n"])
def test_controls_are_escaped(char: str) -> None:
    text = dumps({"a": f"x{char}y \u5929"})
    assert char not in text
    assert "\u5929" in text
    assert json.loads(text) == {"a": f"x{char}y \u5929"}
