# SPDX-License-Identifier: GPL-2.0-or-later
"""What is remembered of topics: a key each, shown in the row, and undone like any decision."""

from __future__ import annotations

from pathlib import Path

import pytest

from maintainer_kit.model.decision.event import EventKind
from maintainer_kit.model.queue.standing import Standing
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.sync import sync
from tests.build import BO, part_id, patch, reply
from tests.tui.driver import Screens, running

KIM = "Kim Two <kim@x.example>"
ALLOC = "alloc@made.example"
XATTR = part_id("xattr", 1)


def _standing(screens: Screens, message_id: str = ALLOC) -> Standing:
    topics = screens.stores.catalogue.topic_ids([message_id])
    return screens.stores.catalogue.rows(list(topics.values()))[0].standing


def _row(screens: Screens, words: str) -> str:
    return next(line for line in screens.lines if words in line)


async def _to_alloc(screens: Screens) -> None:
    await screens.press("g", "j")
    assert screens.subject == "alloc: be quick"


@pytest.mark.parametrize(
    ("key", "sign", "told", "untold"),
    [
        ("asterisk", "*", "starred on 1 message", "no longer starred"),
        ("w", "w", "watched on 1 message", "no longer watched"),
    ],
)
async def test_a_key_marks_a_topic_and_the_cursor_stays(
    place: Path, key: str, sign: str, told: str, untold: str
) -> None:
    async with running() as screens:
        await _to_alloc(screens)
        await screens.press(key)
        await screens.sees(told)
        assert screens.subject == "alloc: be quick"
        assert _row(screens, "alloc: be quick").startswith(f" {sign}  v1 1/1")
        await screens.press(key)
        await screens.sees(untold)
        assert _row(screens, "alloc: be quick").startswith("    v1 1/1")
        await screens.press("u", "u")
        await screens.sees(f"taken back: {told}")


async def test_marked_rows_are_starred_together(place: Path) -> None:
    async with running() as screens:
        await screens.press("space", "space", "asterisk")
        await screens.sees("starred on 2 messages")
        assert _standing(screens).starred
        assert _standing(screens, XATTR).starred
        assert "marked" not in screens.lines[-2]
        await screens.press("u")
        await screens.sees("taken back: starred on 2 messages")
        assert not _standing(screens).starred


async def test_of_several_all_are_starred_unless_all_are(place: Path) -> None:
    async with running() as screens:
        await _to_alloc(screens)
        await screens.press("asterisk")
        await screens.sees("starred on 1 message")
        await screens.press("g", "space", "space", "asterisk")
        await screens.sees("starred on 2 messages")
        assert _standing(screens).starred
        assert _standing(screens, XATTR).starred


async def test_muted_is_out_of_the_queue(place: Path) -> None:
    async with running() as screens:
        await _to_alloc(screens)
        await screens.press("M")
        await screens.sees("muted on 1 message")
        assert "alloc: be quick" not in screens.text
        await screens.press("5")
        assert "muted" in _row(screens, "alloc: be quick")
        await screens.press("u")
        await screens.sees("taken back: muted")
        await screens.press("1")
        assert "alloc: be quick" in screens.text


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (("t",), "until:2026-01-21T00:00:00Z"),
        (("w",), "until:2026-01-26T00:00:00Z"),
        (("2",), "until:2026-02-03T12:00:00Z"),
        (("m",), "until:2026-02-20T12:00:00Z"),
        (("n",), "mail:1"),
        (("j", "enter"), "until:2026-01-26T00:00:00Z"),
    ],
)
async def test_snoozed_until(place: Path, keys: tuple[str, ...], value: str) -> None:
    async with running() as screens:
        await _to_alloc(screens)
        await screens.press("Z")
        assert "Wed 2026-01-21" in _row(screens, "tomorrow")
        await screens.press(*keys)
        await screens.sees("snoozed until")
        assert "alloc: be quick" not in screens.text
        events = screens.stores.journal.read().groups[0].events
    assert [(one.kind, one.value) for one in events] == [(EventKind.SNOOZE, value)]


async def test_snoozed_until_a_time_that_is_typed(place: Path) -> None:
    async with running() as screens:
        await _to_alloc(screens)
        await screens.press("Z", "u")
        await screens.sees("tomorrow, friday, 3d, 2w, 1m")
        await screens.type("last year")
        await screens.press("enter")
        await screens.sees("'last year' is no time")
        await screens.press("ctrl+u")
        await screens.type("2026-12-24")
        await screens.press("enter")
        await screens.sees("snoozed until 2026-12-24 on 1 message")
        await screens.press("j")
        assert screens.app.focused is screens.queue.queue


async def test_awake_again(place: Path) -> None:
    async with running() as screens:
        await _to_alloc(screens)
        await screens.press("Z", "m")
        await screens.sees("snoozed until")
        await screens.press("5")
        assert _row(screens, "alloc: be quick").startswith(" z  v1 1/1")
        await screens.press("G")
        while screens.subject != "alloc: be quick":
            await screens.press("k")
        await screens.press("Z", "o")
        await screens.sees("awake on 1 message")
        await screens.press("1")
        assert "alloc: be quick" in screens.text


async def test_what_wakes_up_comes_back_by_itself(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(watch=True) as screens:
        await screens.until(lambda: screens.app.watching.syncs == 1)
        await _to_alloc(screens)
        await screens.press("Z", "t")
        await screens.sees("snoozed until")
        assert "alloc: be quick" not in screens.text
        monkeypatch.setenv("MKIT_NOW", "2026-01-21T08:00:00Z")
        await screens.press("f5")
        await screens.sees("alloc: be quick")
        assert "back, snoozed until" in _row(screens, "alloc: be quick")


async def test_a_note_is_kept_and_found(place: Path) -> None:
    async with running() as screens:
        await _to_alloc(screens)
        await screens.press("semicolon")
        await screens.sees("note:WORD in a search finds it")
        await screens.type("waits for [bold] benchmarks")
        await screens.press("enter")
        await screens.sees("note 'waits for [bold] benchmarks'")
        assert _standing(screens).notes == ("waits for [bold] benchmarks",)
        await screens.press("semicolon", "enter", "semicolon", "escape")
        assert len(screens.stores.journal.read().groups) == 1
        await screens.press("slash")
        await screens.type("note:benchmarks")
        await screens.press("enter")
        await screens.sees("search: note:benchmarks   1 topic")
        assert screens.subject == "alloc: be quick"


@pytest.mark.parametrize(
    ("keys", "value", "sign"),
    [(("c",), "yes", "x"), (("u",), "until:2026-01-27T12:00:00Z", "x")],
)
async def test_confidential_and_public(
    place: Path, keys: tuple[str, ...], value: str, sign: str
) -> None:
    async with running() as screens:
        await _to_alloc(screens)
        await screens.press("X", *keys)
        if keys == ("u",):
            await screens.type("1w")
            await screens.press("enter")
        await screens.sees("confidential on 1 message")
        assert _standing(screens).confidential == value
        assert _row(screens, "alloc: be quick").startswith(f" {sign}  v1 1/1")
        await screens.press("X", "escape", "X", "p")
        await screens.sees("public on 1 message")
        assert _standing(screens).confidential == ""


@pytest.fixture
def reviewed_place(place: Path) -> Path:
    """Bo has reviewed another patch to the file that ``alloc`` changes."""
    folder = place / "mail" / "inbox"
    for part in ("cur", "new", "tmp"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    mails = (
        patch("[PATCH] alloc: before", message_id="before@made.example", minutes=20, sender=KIM),
        reply("before@made.example", f"Good.\n\nReviewed-by: {BO}\n", minutes=30),
    )
    for number, raw in enumerate(mails):
        (folder / "new" / f"{number}.more").write_bytes(raw)
    with open_workspace() as workspace:
        sync(workspace.stores)
    return place


@pytest.mark.parametrize(
    ("key", "delegate"),
    [("m", "robin@lumen.example"), ("1", "Bo Reviewer <bo@shale.example>")],
)
async def test_given_to_somebody(reviewed_place: Path, key: str, delegate: str) -> None:
    async with running((140, 40)) as screens:
        await screens.press("g")
        while screens.subject != "alloc: be quick":
            await screens.press("j")
        await screens.press("d")
        await screens.sees("1  Bo Reviewer    reviewed 1 series")
        await screens.press(key)
        # Not "delegated to", which a view in the bar above is called by as well.
        await screens.sees("> on 1 message")
        assert delegate in _standing(screens).delegate
        assert _standing(screens).delegated_by == "by hand"
        await screens.press("d", "n")
        await screens.until(lambda: not _standing(screens).delegate, "nobody")
        assert _standing(screens).delegated_by == "by hand"
        await screens.press("d", "r")
        await screens.sees("delegated by the rules")
        assert _standing(screens).delegated_by == ""


async def test_given_to_whom_one_types(place: Path) -> None:
    async with running((140, 40)) as screens:
        await _to_alloc(screens)
        await screens.press("d", "o")
        await screens.sees("a name, the beginning of one, or an address")
        await screens.type("nosuchperson")
        await screens.press("enter")
        await screens.sees("nobody known is called nosuchperson")
        await screens.press("d", "o")
        await screens.type("kenji@sango.example")
        await screens.press("enter")
        await screens.sees("<kenji@sango.example> on 1 message")
        await screens.sees("A delegate's turn")
        assert "kenji@sango.example" in _standing(screens).delegate


async def test_the_delegate_is_named_where_there_is_room(place: Path) -> None:
    async with running((160, 40)) as screens:
        await screens.press("5", "g")
        while "log: say less" not in screens.subject:
            await screens.press("j")
        await screens.press("d")
        await screens.sees("who reviewed")
        await screens.press("o")
        await screens.type("Kim Two <kim@x.example>")
        await screens.press("enter")
        await screens.sees("delegated to Kim Two")
        assert "@Kim Two " in _row(screens, "log: say less")
        await screens.pilot.resize_terminal(100, 40)
        await screens.pilot.pause()
        assert "@Kim Two" not in screens.text


async def test_a_topic_tells_what_is_remembered(place: Path) -> None:
    async with running((140, 40)) as screens:
        await screens.open("alloc")
        assert not any("ask Kim" in line for line in screens.lines)
        await screens.press("semicolon")
        await screens.type("ask Kim")
        await screens.press("enter")
        await screens.sees(" note       ask Kim")
        await screens.press("asterisk")
        await screens.sees(" kept       starred")
        await screens.press("Z", "m")
        await screens.sees(" snoozed    until 2026-02-20 12:00 UTC")
        await screens.sees(" by mail    me: ")
        await screens.press("u", "u", "u")
        await screens.until(lambda: "ask Kim" not in "\n".join(screens.lines[:6]), "gone")


async def test_few_lines_are_taken_from_the_mail(place: Path) -> None:
    async with running((80, 24)) as screens:
        await screens.open("alloc")
        for number in range(6):
            await screens.press("semicolon")
            await screens.type(f"note number {number}")
            await screens.press("enter")
            await screens.sees(f"note 'note number {number}'")
        await screens.sees("and 4 more: mkit show")
        assert "note number 2" in screens.text
        assert len(screens.lines) == 24


async def test_a_topic_can_be_kept_where_no_patch_can_be_decided(place: Path) -> None:
    async with running((140, 40)) as screens:
        await screens.open("dir")
        await screens.press("n", "n", "n")
        await screens.sees("patch 2 has not arrived")
        await screens.press("asterisk")
        await screens.sees("starred on 1 message")
        await screens.press("Z", "m")
        await screens.sees("snoozed until 2026-02-20 12:00 UTC on 2 messages")


async def test_nothing_to_remember_in_an_empty_home(empty_place: Path) -> None:
    async with running((80, 24)) as screens:
        await screens.sees("There is no mail yet.")
        for key in ("asterisk", "w", "M", "Z", "d", "semicolon", "X"):
            screens.queue.say("")
            await screens.press(key)
            assert "nothing to decide about" in screens.text, key
            assert screens.app.screen is screens.queue


@pytest.mark.parametrize("words", ["snooze, or wake up", "keep a note", "confidential, or public"])
async def test_the_palette_has_them(place: Path, words: str) -> None:
    async with running() as screens:
        await screens.press("ctrl+p")
        await screens.type(words)
        await screens.sees("key ")
        before = screens.app.screen
        await screens.press("enter")
        await screens.until(lambda: screens.app.screen is not before)
        await screens.sees("note:WORD" if "note" in words else words.split()[0].strip(","))
