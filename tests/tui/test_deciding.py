# SPDX-License-Identifier: GPL-2.0-or-later
"""Decisions: one key each, the next row under the cursor, and all of it recorded."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from maintainer_kit.model.decision.event import Origin
from maintainer_kit.model.decision.state import DEFAULT_STATES
from maintainer_kit.tui.deciding.state_menu import USUAL
from maintainer_kit.tui.parts.menu import letters
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.sync import SyncReport, sync
from tests.build import part_id
from tests.tui.driver import Screens, running

ALLOC = "alloc@made.example"
XATTR = part_id("xattr", 1)


async def _to_alloc(screens: Screens) -> None:
    await screens.press("g", "j")
    assert screens.subject == "alloc: be quick"


@pytest.mark.parametrize(
    ("key", "state"), [("a", "accepted"), ("c", "changes-requested"), ("R", "rejected")]
)
async def test_a_key_sets_a_state(place: Path, key: str, state: str) -> None:
    async with running() as screens:
        await _to_alloc(screens)
        await screens.press(key)
        await screens.sees(f"{state} on 1 message")
        assert screens.state(ALLOC) == state
        groups = screens.stores.journal.read().groups
    assert [group.origin for group in groups] == [Origin.TUI]
    assert [event.value for event in groups[0].events] == [state]


async def test_the_menu_sets_each_state(place: Path) -> None:
    async with running() as screens:
        await screens.press("slash")
        await screens.type(f"id:{ALLOC}")
        await screens.press("enter")
        await screens.sees("1 topic")
        for letter, state in letters(DEFAULT_STATES.settable, USUAL).items():
            await screens.press("s", letter)
            await screens.sees(f"{state} on 1 message")
            assert screens.state(ALLOC) == state


def test_each_state_has_a_letter() -> None:
    settable = (*DEFAULT_STATES.settable, "queued", "needs-ack", "mainlined")
    found = letters(settable, USUAL)
    assert sorted(found.values()) == sorted(settable)
    assert found["s"] == "needs-ack"
    assert not set("gjkq") & set(found)


async def test_the_menu_can_be_left_and_walked(place: Path) -> None:
    async with running() as screens:
        await _to_alloc(screens)
        await screens.press("s", "escape", "s", "q", "s", "j", "enter")
        await screens.sees("under-review on 1 message")
        assert len(screens.stores.journal.read().groups) == 1


async def test_the_next_row_comes_under_the_cursor(place: Path) -> None:
    async with running() as screens:
        await screens.press("a")
        assert screens.subject == "alloc: be quick"
        await screens.press("a")
        await screens.until(lambda: len(screens.queue.queue.lines.ids) == 3)
        assert "[bold]" in screens.subject
        assert screens.state(XATTR) == screens.state(ALLOC) == "accepted"
        assert screens.lines[0].startswith(" 1 needs action 3  2 your turn 1")


async def test_the_last_row_leaves_the_one_above(place: Path) -> None:
    async with running() as screens:
        await screens.press("2", "G", "a")
        await screens.until(lambda: len(screens.queue.queue.lines.ids) == 2)
        assert screens.subject == "alloc: be quick"


async def test_marked_rows_are_one_group(place: Path) -> None:
    async with running() as screens:
        await screens.press("space", "space", "G", "R")
        await screens.sees("rejected on 4 messages")
        assert "marked" not in screens.lines[-2]
        assert screens.state(XATTR) == screens.state(ALLOC) == "rejected"
        await screens.press("u")
        await screens.sees("taken back: rejected on 4 messages")
        assert screens.state(XATTR) == screens.state(ALLOC) == "new"


async def test_undo_and_redo(place: Path) -> None:
    async with running() as screens:
        await screens.press("a")
        await screens.sees("accepted on 3 messages")
        await screens.press("G", "u")
        await screens.sees("taken back: accepted on 3 messages")
        assert screens.subject == "xattr: make it better"
        await screens.press("U")
        await screens.sees("holds again: accepted on 3 messages")
        assert screens.state(XATTR) == "accepted"
        await screens.press("U")
        await screens.sees("nothing to redo")


async def test_archive_and_bring_back(place: Path) -> None:
    async with running() as screens:
        await _to_alloc(screens)
        await screens.press("A")
        await screens.sees("archived on 1 message")
        assert "alloc: be quick" not in screens.text
        await screens.press("5", "g")
        while screens.subject != "alloc: be quick":
            await screens.press("j")
        await screens.press("A")
        await screens.sees("unarchived on 1 message")
        await screens.press("1")
        assert "alloc: be quick" in screens.text


async def test_a_decision_does_not_wait_for_a_locked_index(place: Path) -> None:
    async with running() as screens:
        await _to_alloc(screens)
        with screens.stores.index.writing(5.0):
            await screens.press("a")
            assert "[bold]" in screens.subject
            await screens.sees("accepted on 1 message")
        assert screens.state(ALLOC) == "accepted"


async def test_tags_tell_the_state(place: Path) -> None:
    async with running() as screens:
        await _to_alloc(screens)
        await screens.press("a")
        await screens.until(lambda: "mkit/accepted" in screens.tags(ALLOC), "the tag")


async def test_what_is_left_is_finished_when_the_app_ends(place: Path) -> None:
    async with running() as screens:
        await _to_alloc(screens)
        await screens.press("a")
        await screens.sees("accepted on 1 message")
    with open_workspace() as workspace:
        (found,) = workspace.stores.index.find([ALLOC])
    assert "mkit/accepted" in found.tags


@contextmanager
def _written_to(place: Path) -> Iterator[None]:
    """Another process writes to the catalogue, as an import does for seconds."""
    other = sqlite3.connect(place / "catalogue.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


async def test_decisions_do_not_wait_for_another_writer(place: Path) -> None:
    with open_workspace() as workspace:
        sync(workspace.stores)  # the home is a copy
    async with running() as screens:
        await _to_alloc(screens)
        with _written_to(place):
            await screens.press("a")
            await screens.until(lambda: screens.shown_state(ALLOC) == "accepted")
            assert " 1 needs action 4 " in screens.lines[0]
            await screens.press("a")
            await screens.until(lambda: " 1 needs action 3 " in screens.lines[0])
            await screens.press("u")
            await screens.until(lambda: " 1 needs action 4 " in screens.lines[0])
            assert "[bold]" in screens.subject
            assert len(screens.stores.journal.read().groups) == 3
            with open_workspace() as workspace:
                assert not workspace.catalogue.groups()
        with open_workspace() as workspace:
            await screens.until(lambda: len(workspace.catalogue.groups()) == 3, "counted in")
            await screens.until(lambda: not screens.app.session.unfinished.is_any, "finished")
            assert screens.state(ALLOC) == "accepted"
            await screens.until(lambda: "mkit/accepted" in screens.tags(ALLOC), "the tag")
            assert sync(workspace.stores) == SyncReport()
        assert " 1 needs action 4 " in screens.lines[0]


async def test_the_topic_screen_shows_what_is_not_counted_in(place: Path) -> None:
    async with running() as screens:
        await screens.open("alloc: be quick")
        with _written_to(place):
            await screens.press("R")
            await screens.until(lambda: screens.topic.outline.detail is not None)
            await screens.until(
                lambda: (
                    (found := screens.topic.outline.detail)
                    and found.state_of(ALLOC) == found.row.standing.state == "rejected"
                )
            )
        await screens.until(lambda: screens.state(ALLOC) == "rejected")


async def test_what_is_not_counted_in_when_the_app_ends_is_taken_up(place: Path) -> None:
    async with running() as screens:
        await _to_alloc(screens)
        with _written_to(place):
            await screens.press("a")
            await screens.until(lambda: screens.shown_state(ALLOC) == "accepted")
    with open_workspace() as workspace:
        sync(workspace.stores)
        topics = workspace.catalogue.topic_ids([ALLOC])
        (row,) = workspace.catalogue.rows(list(topics.values()))
    assert row.standing.state == "accepted"
