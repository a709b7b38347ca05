# SPDX-License-Identifier: GPL-2.0-or-later
"""One topic, a lone mail, and the history, as text."""

from __future__ import annotations

import pytest

from maintainer_kit.model.decision.event import Event, EventKind, Group, Origin
from maintainer_kit.render.topic_text import history_text, message_text, topic_text
from maintainer_kit.workflow.decide import set_archived, set_state, undo
from maintainer_kit.workflow.reading import Entry, detail, history
from tests.build import ADA, BO, DAY, ROBIN, START, mail, part_id, patch, posting, read, reply
from tests.memory.desk import Desk

NOW = int(START.timestamp()) + 3 * 86400


@pytest.fixture
def desk() -> Desk:
    """A series of two revisions that was talked about, and a report."""
    found = Desk()
    tail = f"base-commit: {'ab' * 20}\nprerequisite-patch-id: {'cd' * 20}\n"
    found.deliver(
        *posting("foo", 2, tail=tail),
        *posting("foo", 2, revision=2, minutes=DAY, parents=[part_id("foo", 0)])[:2],
        reply(part_id("foo", 1), "Why not kfree() here?", message_id="q@x"),
        reply(part_id("foo", 1, 2), f"Reviewed-by: {BO}\n", message_id="r@x", minutes=2 * DAY),
        reply(part_id("foo", 1, 2), f"Tested-by: {BO}\n", sender=ROBIN, minutes=2 * DAY),
        reply(part_id("foo", 1), "build fails", sender="lkp <lkp@intel.com>"),
        mail("[BUG] oops", "It crashes. \x07", message_id="b@x"),
        reply("b@x", "Which version is it?", sender=ROBIN),
    )
    found.sync()
    return found


def shown(desk: Desk, message_id: str) -> list[str]:
    """What ``mkit show`` prints."""
    return list(topic_text(detail(desk.stores, desk.row(message_id)), NOW))


def test_a_series(desk: Desk) -> None:
    set_state(desk.stores, "accepted", [part_id("foo", 1, 2)], Origin.CLI)
    lines = shown(desk, part_id("foo", 0))
    assert lines[0] == "foo: make it better"
    for line in (
        f"  author     {ADA}",
        "  lists      pebblefs.lists.lumen.example",
        "  state      accepted",
        "  marks      incomplete",
        "v2  2026-01-06T09:00:00Z  1/2 patches, linked by in-reply-to (90%)",
        "v1  2026-01-05T09:00:00Z  2/2 patches",
        f"  base-commit {'ab' * 20}",
        f"  prerequisite-patch-id {'cd' * 20}",
        "  0  foo: make it better",
        "  1  foo: step 1  [accepted]",
        "  1  foo: step 1  [superseded]",
        "  2  (missing: has not arrived)",
        "     1 file, +1 -1",
        f"       Signed-off-by: {ADA}",
        f"       Reviewed-by: {BO}  (in a reply)",
        f"     ? Tested-by: {BO}  (in a reply, sent by another: not applied)",
        f"       - {BO}, 2d  [comment, question]",
        "       - kernel test robot, 2d  bot-report  [failed]",
    ):
        assert line in lines, line
    assert lines.index(
        "v2  2026-01-06T09:00:00Z  1/2 patches, linked by in-reply-to (90%)"
    ) < lines.index("v1  2026-01-05T09:00:00Z  2/2 patches")


def test_a_report(desk: Desk) -> None:
    set_archived(desk.stores, True, ["b@x"], Origin.CLI)
    lines = shown(desk, "b@x")
    assert "  state      new (archived)" in lines
    assert "  turn       nobody: archived" in lines
    assert f"- {ADA}, 3d  report  [comment]" in lines
    assert "    note: control characters" in lines
    assert f"  - {ROBIN}, 2d  [comment, question]" in lines


def test_an_author_who_is_not_the_submitter() -> None:
    desk = Desk()
    desk.deliver(patch("[PATCH] x", text=f"From: {BO}\n\nWhy.\n", message_id="p@x", to="a@x"))
    desk.sync()
    lines = shown(desk, "p@x")
    assert f"  author     {BO}" in lines
    assert f"  submitter  {ADA}" in lines
    assert "  lists      -" in lines
    assert "     note: From: in the body" in lines


def test_hostile_mail_cannot_reach_the_terminal() -> None:
    evil = "\x1b[2J\x9b\u202e\x07"
    desk = Desk()
    desk.deliver(
        patch(
            f"[PATCH] {evil} subject",
            text=f"Why.\n\nAcked-by: {evil} <e@x>\n",
            sender=f'"{evil}" <e@x>',
            message_id="e@x",
            below="x\n",
            headers={
                "List-Id": f"<{evil}.x.example>",
                "Content-Type": f"text/plain; charset={evil}",
            },
        ),
        reply("e@x", f"{evil}", sender=f"{evil} <f@x>"),
    )
    desk.sync()
    text = "".join(shown(desk, "e@x"))
    assert not any(char in text for char in evil if char not in "[2J")


def test_a_lone_mail() -> None:
    raw = mail("foo: \x1b landed", f"Commit: {'ab' * 20}\nParent: x\n", message_id="c@x")
    lines = list(message_text(read(raw), NOW))
    assert lines == [
        "foo: \u241b landed",
        "  message    c@x  (commit-notification)",
        f"  author     {ADA}, 3d",
        "  lists      pebblefs.lists.lumen.example",
        f"  commit     {'ab' * 20}",
        "  note       control characters",
    ]


def test_history(desk: Desk) -> None:
    set_state(desk.stores, "accepted", [part_id("foo", 1, 2)], Origin.TUI, "looks \x1b good")
    set_archived(desk.stores, True, ["b@x"], Origin.CLI)
    undo(desk.stores, Origin.CLI)
    lines = list(history_text(history(desk.stores)))
    who = "robin@lumen.example"
    assert [line[22:] for line in lines] == [
        f"tui  {who}  accepted on 1 message",
        "looks \u241b good"[18:],
        f"    accepted  {part_id('foo', 1, 2)}"[22:],
        f"cli  {who}  archived on 1 message  (undone)",
        "    yes  b@x"[22:],
        f"cli  {who}  undo of: archived on 1 message",
    ]
    assert lines[0].startswith("2026-02-02T")
    assert lines[1] == "    looks \u241b good"


def test_a_long_group_is_cut() -> None:
    events = tuple(Event(EventKind.STATE, f"{at}@x", "rfc") for at in range(25))
    lines = list(history_text([Entry(Group("1", 1, "me", Origin.CLI, "", events), False)]))
    assert len(lines) == 22
    assert lines[-1] == "    ... and 5 more"


def test_a_hostile_journal_cannot_reach_the_terminal() -> None:
    """A journal can come from another machine."""
    events = (Event(EventKind.STATE, "\x1b@x", "\x1b[2J"),)
    group = Group("1", 1, "\x1b", Origin.CLI, "\x1b", events)
    undone = Group("2", 2, "me", Origin.CLI, "undo of: \x1b", (), "1")
    text = "".join(history_text([Entry(group, True), Entry(undone, False)]))
    assert "\x1b" not in text
