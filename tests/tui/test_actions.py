# SPDX-License-Identifier: GPL-2.0-or-later
"""Actions that decide nothing: ids, the archive, checks; and links, which are decisions."""

from __future__ import annotations

from pathlib import Path

import pytest

from maintainer_kit.tui.acting.findings_screen import FindingsView
from maintainer_kit.tui.topic.screen import TopicScreen
from tests.build import BO, part_id, patch, posting
from tests.tui.driver import Screens, running
from tests.tui.test_watch import _deliver

ALLOC = "alloc@made.example"
LORE = "https://lore.kernel.org/all"


def _said(screens: Screens) -> str:
    return screens.app.deciding_screens()[-1].status.message


async def test_the_id_is_copied_then_the_address(place: Path) -> None:
    async with running() as screens:
        await screens.press("g", "j", "y")
        assert screens.app.clipboard == ALLOC
        assert _said(screens) == f"copied: {ALLOC}"
        await screens.press("y")
        assert screens.app.clipboard == f"{LORE}/{ALLOC}/"
        await screens.press("y")
        assert screens.app.clipboard == ALLOC


async def test_the_ids_of_what_is_marked(place: Path) -> None:
    async with running() as screens:
        await screens.press("g", "space", "space", "y")
        assert set(screens.app.clipboard.split("\n")) == {part_id("xattr", 0), ALLOC}
        assert _said(screens).endswith(" and 1 more")


async def test_in_a_topic_the_mail_under_the_cursor_is_meant(place: Path) -> None:
    async with running() as screens:
        await screens.open("xattr")
        await screens.press("right_square_bracket", "y")
        assert screens.app.clipboard == part_id("xattr", 1)


def _browser(place: Path, monkeypatch: pytest.MonkeyPatch, code: int = 0) -> Path:
    """A browser that writes down what it is to show."""
    seen = place / "seen"
    program = place / "browser"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$#" "$@" >>"{seen}"\nexit {code}\n')
    program.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(program))
    return seen


async def test_the_browser_shows_the_archive(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = _browser(place, monkeypatch)
    async with running() as screens:
        await screens.press("g", "j", "o")
        assert _said(screens) == f"opened: {LORE}/{ALLOC}/"
        await screens.until(lambda: not screens.app.works.listed, "over")
        assert seen.read_text() == f"1\n{LORE}/{ALLOC}/\n"


async def test_without_a_browser_the_address_is_told(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _browser(place, monkeypatch, code=1)
    async with running((160, 40)) as screens:
        await screens.press("g", "j", "o")
        await screens.until(lambda: "no browser" in _said(screens), "told")
        assert f"{LORE}/{ALLOC}/" in _said(screens)


async def test_a_hostile_id_reaches_neither_shell_nor_terminal(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = _browser(place, monkeypatch)
    hostile = "a;touch$IFS/../x%20&b'\"@made.example"
    raw = patch("[PATCH] zeta: hostile id", message_id=hostile, minutes=-60)
    _deliver(place, "1.hostile", raw)
    async with running(watch=True) as screens:
        await screens.sees("zeta: hostile id")
        await screens.open("zeta: hostile id")
        await screens.press("o")
        await screens.until(lambda: seen.exists() and not screens.app.works.listed, "over")
        count, address = seen.read_text().splitlines()
        assert count == "1"
        assert address.startswith(f"{LORE}/a%3Btouch%24IFS%2F..%2Fx%2520%26b%27%22@made.example")


async def test_no_archive_learns_of_what_is_confidential(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = _browser(place, monkeypatch)
    async with running((160, 40)) as screens:
        await screens.press("g", "j", "X", "c")
        await screens.until(lambda: "confidential on" in _said(screens), "taken")
        for key in ("o", "ctrl+g"):
            screens.queue.say("")
            await screens.press(key)
            assert "is confidential: no archive is asked" in _said(screens)
        assert not screens.app.works.listed
    assert not seen.exists()


async def test_findings_with_their_lines_lead_to_the_mail(place: Path) -> None:
    bad = patch("[PATCH] early: Bird caught.", message_id="early@made.example", minutes=-60)
    _deliver(place, "1.early", bad)
    async with running((140, 40), watch=True) as screens:
        await screens.sees("early: Bird caught.")
        await screens.open("early: Bird")
        await screens.press("C")
        await screens.sees("fix: ")
        assert any("[PATCH] early: Bird caught." in line for line in screens.lines)
        await screens.press("r")
        await screens.sees("In-Reply-To: <early@made.example>")
        await screens.press("y")
        assert "Subject: Re: [PATCH] early: Bird caught." in screens.app.clipboard
        await screens.press("enter")
        await screens.until(lambda: screens.app.screen is screens.topic, "back")
        assert screens.topic.pointed() == "early@made.example"


async def test_findings_of_the_queue_open_the_topic_at_the_mail(place: Path) -> None:
    async with running((140, 40)) as screens:
        await screens.press("5", "g")
        while not screens.subject.startswith("dir"):
            await screens.press("j")
        await screens.press("C")
        await screens.until(lambda: len(screens.app.screen_stack) == 2, "shown")
        await screens.sees("series-numbering")
        view = screens.app.screen.query_one(FindingsView)
        assert view.current
        wanted = view.current.message_id
        assert wanted.startswith("dir-v1-")
        await screens.press("enter")
        await screens.until(lambda: isinstance(screens.app.screen, TopicScreen), "opened")
        await screens.until(lambda: screens.topic.pointed() == wanted, wanted)


@pytest.mark.parametrize("from_queue", [True, False])
async def test_a_finding_leads_to_its_line(place: Path, from_queue: bool) -> None:
    text = "".join(f"line {number}\n" for number in range(60)) + "word " * 18 + "end\n"
    _deliver(place, "1.early", patch("[PATCH] early: bird", text=text, minutes=-60))
    async with running((140, 40), watch=True) as screens:
        await screens.sees("early: bird")
        if from_queue:
            await screens.press("5", "g")
            while not screens.subject.startswith("early"):
                await screens.press("j")
        else:
            await screens.open("early: bird")
        await screens.press("C")
        await screens.until(lambda: list(screens.app.screen.query(FindingsView)), "shown")
        view = screens.app.screen.query_one(FindingsView)
        while not (view.current and view.current.line.startswith("word word")):
            before = view.cursor
            await screens.press("j")
            assert view.cursor != before
        await screens.press("enter")
        await screens.until(lambda: isinstance(screens.app.screen, TopicScreen), "opened")
        await screens.until(lambda: screens.topic.mail.here == 60, "at the line")


async def test_nothing_is_found(place: Path) -> None:
    async with running((140, 40)) as screens:
        await screens.press("g", "C")
        await screens.sees("nothing to say")
        await screens.press("enter", "r")
        await screens.sees("there is nothing that the author should hear of")
        await screens.press("C")
        assert screens.app.screen is screens.queue


async def test_two_topics_become_one_and_two_again(place: Path) -> None:
    async with running((140, 40)) as screens:
        await screens.press("5", "g")
        view = screens.queue.queue
        ids = {row.subject: row.id for row in view.rows(view.lines.ids)}
        await screens.press("l")
        await screens.sees("type its id")
        await screens.press("o")
        await screens.type(ids["alloc: be quick"])
        await screens.press("enter")
        await screens.until(lambda: "linked on" in _said(screens), "linked")
        topics = screens.stores.catalogue.topic_ids([ALLOC, part_id("xattr", 1)])
        assert len(set(topics.values())) == 1
        await screens.press("u")
        await screens.until(lambda: "taken back" in _said(screens), "taken back")
        topics = screens.stores.catalogue.topic_ids([ALLOC, part_id("xattr", 1)])
        assert len(set(topics.values())) == 2


async def test_marked_two_are_linked_and_one_is_taken_out(place: Path) -> None:
    for number, raw in enumerate(posting("xattr", 3, revision=2, sender=BO, minutes=2000)):
        _deliver(place, f"{number}.v2", raw.replace(b"xattr: ", b"other: "))
    later = part_id("xattr", 1, 2)
    async with running((140, 40), watch=True) as screens:
        await screens.until(lambda: screens.app.watching.syncs == 1)
        await screens.press("5", "g")
        view = screens.queue.queue
        ids = {row.id: row.subject for row in view.rows(view.lines.ids)}
        view.marked.update(one for one, words in ids.items() if words[:5] in ("xattr", "other"))
        assert len(view.marked) == 2
        await screens.press("l")
        await screens.until(lambda: "linked on" in _said(screens), "linked")
        topics = screens.stores.catalogue.topic_ids([part_id("xattr", 1), later])
        assert len(set(topics.values())) == 1
        await screens.open("other: make it better")
        assert screens.topic.pointed() == part_id("xattr", 0, 2)
        await screens.press("x")
        await screens.until(lambda: "unlinked on" in _said(screens), "unlinked")
        topics = screens.stores.catalogue.topic_ids([part_id("xattr", 1), later])
        assert len(set(topics.values())) == 2


async def test_a_whole_topic_is_not_unlinked(place: Path) -> None:
    async with running((140, 40)) as screens:
        await screens.press("g", "x")
        await screens.until(lambda: "is a whole topic" in _said(screens), "refused")


async def test_likely_topics_are_offered(place: Path) -> None:
    raw = patch("[PATCH] alloc: be very quick", message_id="alloc2@made.example", minutes=2000)
    _deliver(place, "1.alloc", raw)
    async with running((140, 40), watch=True) as screens:
        await screens.until(lambda: screens.app.watching.syncs == 1)
        await screens.open("alloc: be very quick")
        await screens.press("l")
        await screens.sees("v1 alloc: be quick")
        await screens.press("1")
        await screens.until(lambda: "linked on" in _said(screens), "linked")
        topics = screens.stores.catalogue.topic_ids([ALLOC, "alloc2@made.example"])
        assert len(set(topics.values())) == 1
