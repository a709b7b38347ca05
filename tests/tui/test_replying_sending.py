# SPDX-License-Identifier: GPL-2.0-or-later
"""Sending from the screens where something is in the way."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from maintainer_kit.adapters.filelock import file_lock
from maintainer_kit.model.reply.draft import Draft, Stage
from maintainer_kit.tui.replying.drafts_screen import DraftsScreen
from maintainer_kit.tui.replying.letter_screen import LetterScreen
from maintainer_kit.wiring.replying import open_desk
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.replying.drafting import give, say
from tests.build import LIST, part_id
from tests.integration.replying import editor
from tests.tui.driver import Screens, running

ALLOC = "alloc@made.example"
FIVE = (part_id("xattr", 1), part_id("xattr", 2), part_id("xattr", 3), ALLOC, "log@made.example")


def _sendmail(place: Path, script: str) -> None:
    """Let a shell script send the mail."""
    path = place / "sendmail"
    path.write_text(f'#!/bin/sh\ncd "{place}"\n{script}\n', encoding="utf-8")
    path.chmod(0o700)
    with (place / "config").open("a", encoding="utf-8") as config:
        config.write(f"\tname = Robin Maintainer\n[sendemail]\n\tsmtpServer = {path}\n")


def _draft(*message_ids: str) -> None:
    with open_workspace() as workspace:
        desk = open_desk(workspace)
        for one in message_ids:
            say(desk, one, "Fine.")


def _drafts() -> Sequence[Draft]:
    with open_workspace() as workspace:
        return open_desk(workspace).drafts.all()


def _said(screens: Screens) -> str:
    return screens.app.deciding_screens()[-1].status.message


async def _list(screens: Screens) -> DraftsScreen:
    await screens.press("m")
    screen = screens.app.screen
    assert isinstance(screen, DraftsScreen)
    await screens.until(lambda: screen.drafts.listed is not None, "listed")
    return screen


async def _letter(screens: Screens) -> None:
    await screens.until(
        lambda: isinstance(screens.app.screen, LetterScreen) and screens.app.focused, "a letter"
    )


async def test_after_two_of_five_fail_three_stay(place: Path) -> None:
    _sendmail(place, 'cat > /dev/null; echo x >> sent; test "$(wc -l < sent)" -lt 3')
    _draft(*FIVE)
    async with running((160, 40)) as screens:
        screen = await _list(screens)
        await screens.press(*["space"] * 5, "s")
        await _letter(screens)
        await screens.press("y")
        await screens.until(lambda: "2 of 5 replies sent" in screen.status.message, "told")
        assert "3 drafts are kept" in _said(screens)
        await screens.until(lambda: len(screen.drafts.listed or ()) == 3, "listed anew")
        await screens.sees("failed: ")
    assert {one.answers for one in _drafts()} == set(FIVE[2:])
    assert {one.stage for one in _drafts()} == {Stage.OPEN}


async def test_who_looks_at_what_a_crash_left_is_waited_for(place: Path) -> None:
    _sendmail(place, "cat > /dev/null; echo x >> sent")
    _draft(*FIVE[:2])
    async with running((160, 40)) as screens:
        screen = await _list(screens)
        await screens.press(*["space"] * 2, "s")
        await _letter(screens)
        with file_lock(place / "sending.lock", 5.0) as looks:
            assert looks
            await screens.press("y")
            await screens.until(lambda: screens.app.works.listed, "begun")
            await screens.pilot.pause(0.3)
            assert not (place / "sent").exists()
        await screens.until(lambda: "2 replies sent" in screen.status.message, "told")
        assert (place / "sent").read_text() == "x\nx\n"


async def test_it_goes_on_beside_the_screens_and_is_stopped(place: Path) -> None:
    os.mkfifo(place / "hold")
    _sendmail(place, "cat > /dev/null; cat hold > /dev/null")
    _draft(*FIVE[:3])
    async with running((160, 40)) as screens:
        await _list(screens)
        await screens.press(*["space"] * 3, "s")
        await _letter(screens)
        await screens.press("y")
        await screens.until(lambda: screens.app.works.listed, "begun")
        (work,) = screens.app.works.listed
        await screens.until(lambda: work.words == "1 of 3", "under way")
        # The screens are alive meanwhile.
        await screens.press("q", "g", "j", "W")
        await screens.sees("sending 3 replies")
        await screens.press("escape", "q")
        with (place / "hold").open("w"):
            pass
        await screens.until(lambda: not screens.app.works.listed, "over")
        assert "1 of 3 replies sent, then: it was stopped; 2 drafts are kept" in _said(screens)
    assert {one.answers for one in _drafts()} == set(FIVE[1:3])


async def test_a_mail_of_which_nobody_knows_is_asked_about(place: Path) -> None:
    _sendmail(place, "cat > /dev/null; echo x >> sent")
    _draft(*FIVE[:2])
    with open_workspace() as workspace:
        desk = open_desk(workspace)
        for one in desk.drafts.all():  # as a crash leaves them
            raw = f"From: robin@lumen.example\nMessage-Id: <{one.message_id}>\n\nFine.\n"
            desk.drafts.put(replace(one, stage=Stage.SENDING, raw=raw))
    async with running() as screens:
        screen = await _list(screens)
        assert screens.text.count("did it go out? Enter") == 2
        await screens.press("s")
        assert screen.status.message == "it is on its way"
        await screens.press("enter", "n")
        await screens.until(lambda: screens.text.count("did it go out?") == 1, "settled")
        assert sorted(one.stage for one in _drafts()) == [Stage.OPEN, Stage.SENDING]
        await screens.press("g" if "did it" in screens.lines[9] else "G")
        while screen.drafts.current and not screen.drafts.current.is_uncertain:
            await screens.press("k")
        await screens.press("enter", "o")
        await screens.until(lambda: len(screen.drafts.listed or ()) == 1, "it went out")
    assert not (place / "sent").exists()


async def test_a_confidential_topic_is_asked_about(place: Path) -> None:
    _sendmail(place, "cat >> sent")
    async with running((200, 40)) as screens:
        await screens.press("g", "j", "X", "c")
        await screens.sees("confidential on")
        await screens.press("V")
        await _letter(screens)
        letter = screens.app.screen
        assert isinstance(letter, LetterScreen)
        await screens.press("y", "n")
        assert LIST in letter.status.message
        assert screens.app.screen is letter
        assert not (place / "sent").exists()
        await screens.press("y", "s")
        await screens.until(lambda: _said(screens) == "1 reply sent", "sent")
        assert LIST in (place / "sent").read_text()


async def test_what_goes_to_nobody_cannot_be_sent(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _sendmail(place, "cat >> sent")
    script = 'sed -i -e "s/^To:.*/To:/" -e "s/^Cc:.*/Cc:/" "$1"; echo Fine. >> "$1"'
    monkeypatch.setenv("GIT_EDITOR", editor(place, script))
    async with running() as screens:
        await screens.press("g", "j", "r")
        await _letter(screens)
        await screens.press("y")
        await screens.sees("it goes to nobody: it cannot be sent")
        assert not (place / "sent").exists()


async def test_nobody_has_said_who_writes(place: Path) -> None:
    config = place / "config"
    config.write_text(config.read_text().replace("\tme = robin@lumen.example\n", ""))
    async with running((160, 40)) as screens:
        await screens.press("g", "V")
        await screens.until(lambda: "nobody has said who writes" in _said(screens), "told")


async def test_controls_in_a_mail_are_shown_and_not_obeyed(place: Path) -> None:
    _sendmail(place, "cat > /dev/null")
    with open_workspace() as workspace:
        give(open_desk(workspace), "hostile@made.example", "Acked-by")
    async with running() as screens:
        await _list(screens)
        await screens.press("enter")
        await _letter(screens)
        assert not {"\x1b", "\x07", "\u202e"} & set(screens.text)
        await screens.sees("[bold]no markup[/bold]")
