# SPDX-License-Identifier: GPL-2.0-or-later
"""One topic: outline, mail, and decisions on single patches."""

from __future__ import annotations

from pathlib import Path

from maintainer_kit.workflow.messages import read_text
from maintainer_kit.workflow.sync import sync
from tests.build import part_id
from tests.tui.driver import Screens, running


async def test_outline_and_cover_letter(place: Path) -> None:
    async with running((140, 40)) as screens:
        await screens.open("xattr")
        await screens.sees("This series helps.")
        lines = screens.lines
    assert lines[1].startswith(" v1 3/3 cover")
    assert lines[2].startswith("   1 xattr: step 1")
    assert lines[3].startswith("    \u2514 Bo Reviewer")
    assert lines[3].partition("\u2502")[0].split()[-2:] == ["R", "2w"]
    assert lines[4].startswith("   2 xattr: step 2")
    assert "[PATCH 0/3] xattr: make it better" in lines[1]


async def test_items_and_patches(place: Path) -> None:
    async with running((140, 40)) as screens:
        await screens.open("xattr")
        await screens.press("n")
        await screens.sees("+       two_1();")
        await screens.press("right_square_bracket")
        await screens.sees("Reason 2.")
        await screens.press("tab")
        await screens.sees("Reason 3.")
        await screens.press("right_square_bracket")
        await screens.sees("no patch after this one")
        await screens.press("left_square_bracket", "left_square_bracket", "N")
        await screens.sees("This series helps.")


async def test_a_narrow_terminal_stacks(place: Path) -> None:
    async with running((80, 24)) as screens:
        await screens.open("xattr")
        await screens.press("n")
        await screens.sees("Reason 1.")
        lines = screens.lines
    assert lines[1].startswith(" v1 3/3 cover")
    assert any(line.startswith(" [PATCH 1/3] xattr: step 1") for line in lines)
    assert all(len(line) <= 80 for line in lines)


async def test_long_quotes_fold(place: Path) -> None:
    async with running((140, 60)) as screens:
        await screens.open("xattr")
        await screens.press("n", "n")
        await screens.sees("34 quoted lines")
        assert "> quoted line 39" in screens.text
        assert "> quoted line 10\n" not in screens.text
        await screens.press("z")
        await screens.sees("> quoted line 10")
        await screens.press("z")
        await screens.sees("34 quoted lines")


async def test_a_missing_patch_is_shown(place: Path) -> None:
    async with running((140, 40)) as screens:
        await screens.open("dir")
        assert "2 has not arrived" in screens.text
        await screens.press("n", "n", "n")
        await screens.sees("patch 2 has not arrived")
        await screens.press("a")
        await screens.sees("nothing to decide about")


async def test_a_patch_is_decided_alone_and_the_next_comes(place: Path) -> None:
    async with running((140, 40)) as screens:
        await screens.open("xattr")
        await screens.press("n")
        await screens.sees("acts on this patch")
        await screens.press("a")
        await screens.sees("accepted on 1 message")
        await screens.sees("Reason 2.")
        await screens.until(lambda: "accepted" in screens.lines[2])
        found = screens.topic.outline.detail
        assert found is not None
        assert found.state_of(part_id("xattr", 1)) == "accepted"
        assert found.state_of(part_id("xattr", 2)) == "new"


async def test_the_top_stands_for_the_series(place: Path) -> None:
    async with running((140, 40)) as screens:
        await screens.open("xattr")
        await screens.sees("acts on the series")
        await screens.press("s", "d")
        await screens.sees("deferred on 3 messages")
        await screens.press("u")
        await screens.sees("taken back: deferred on 3 messages")
        assert screens.state(part_id("xattr", 2)) == "new"


async def test_trailers_say_where_they_came_from(place: Path) -> None:
    async with running((140, 40)) as screens:
        await screens.open("xattr")
        await screens.press("t")
        await screens.sees("Reviewed-by: Bo Reviewer <bo@shale.example>  reply of Bo Reviewer, 2w")
        assert screens.text.count("Signed-off-by: Ada Author") == 3
        await screens.press("escape")
        await screens.press("n", "n", "n", "t")
        await screens.sees("Trailers as they would be applied")
        assert "Reviewed-by: Bo" not in screens.text


async def test_history(place: Path) -> None:
    async with running((140, 40)) as screens:
        await screens.open("alloc")
        await screens.press("h")
        await screens.sees("nothing was decided yet")
        await screens.press("q", "a")
        await screens.sees("accepted on 1 message")
        await screens.press("h")
        await screens.sees("tui  robin@lumen.example  accepted on 1 message")


async def test_from_topic_to_topic(place: Path) -> None:
    async with running((140, 40)) as screens:
        await screens.press("enter")
        await screens.sees("This series helps.")
        await screens.press("J")
        await screens.sees("[PATCH] alloc: be quick")
        await screens.press("K")
        await screens.sees("This series helps.")
        await screens.press("K")
        await screens.sees("the end of the queue")
        await screens.press("J", "q")
        assert screens.subject == "alloc: be quick"


async def test_a_mail_that_vanished(place: Path) -> None:
    async with running((140, 40)) as screens:
        _remove(screens, "alloc@made.example", place)
        await screens.open("alloc")
        await screens.sees("this mail cannot be read")
        assert any("No such file" in text for _, text in screens.topic.mail.document)
        await screens.press("escape", "j")
        assert screens.app.screen is screens.queue


def _remove(screens: Screens, message_id: str, place: Path) -> None:
    # Until a sync, a copied home knows its mail by the paths of the one that it was copied from.
    sync(screens.stores)
    assert read_text(screens.stores, message_id).text
    for file in screens.stores.catalogue.records([message_id])[message_id].files:
        assert Path(file.path).is_relative_to(place)
        Path(file.path).unlink()


async def test_what_is_odd_is_noted(place: Path) -> None:
    async with running((140, 40)) as screens:
        await screens.open("[bold]")
        await screens.sees("note: control characters")
        assert "\x1b" not in screens.text


async def test_a_click_opens_an_item(place: Path) -> None:
    async with running((140, 40)) as screens:
        await screens.open("xattr")
        await screens.pilot.click("#outline", offset=(10, 3))
        await screens.sees("Reason 2.")
        await screens.press("j")
        assert screens.topic.mail.scroll_offset.y == 0
