# SPDX-License-Identifier: GPL-2.0-or-later
"""Thanks from the screens: drafted of what landed, shown, kept or sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from maintainer_kit.adapters.kept.drafts import DraftFolder
from maintainer_kit.tui.replying.letter_screen import LetterScreen
from tests.integration.repositories import Work
from tests.integration.test_patch_id import git
from tests.tui.driver import Screens, running

BEFORE = "".join(f"line {n}\n" for n in range(6)) + "\tbefore();\n\tone();\n\tafter();\n"
ROBIN = ("-c", "user.name=Robin", "-c", "user.email=robin@lumen.example")


@pytest.fixture(autouse=True)
def _applied(place: Path, tmp_path: Path) -> None:
    """The two patches of xattr that came first are in a branch that is followed."""
    work = Work(tmp_path / "pebble")
    work.commit("Begin", **{f"fs/xattr/{n}__c": BEFORE for n in (1, 2)})
    for number in (1, 2):
        work.write(f"fs/xattr/{number}.c", BEFORE.replace("one()", f"two_{number}()"))
        work.git("add", "--all")
        words = ("--author=Ada Author <ada@quarry.example>", f"--message=xattr: step {number}")
        git(work.path, *ROBIN, "commit", "--quiet", *words)
    with (place / "config").open("a", encoding="utf-8") as config:
        config.write(f"\tname = Robin\n\treplyTo = drafts\n\tref = {work.path} master queued\n")


async def _letter(screens: Screens) -> None:
    await screens.until(
        lambda: isinstance(screens.app.screen, LetterScreen) and screens.app.focused, "a letter"
    )


def _said(screens: Screens) -> str:
    return screens.app.deciding_screens()[-1].status.message


async def test_thanks_are_shown_and_sent(place: Path) -> None:
    async with running() as screens:
        await screens.open("xattr")
        await screens.press("H")
        await _letter(screens)
        await screens.sees("Applied to pebble (master), thanks!")
        await screens.sees("Subject: Re: (subset) [PATCH 0/3] xattr: make it better")
        await screens.sees("Not in this branch:")
        await screens.press("y")
        await screens.until(lambda: list((place / "outbox" / "cur").glob("*")), "left there")
        await screens.until(lambda: "1 reply left" in _said(screens), "told")
        await screens.press("H")
        await screens.until(lambda: "nobody to thank" in _said(screens), "not twice")


async def test_thanks_are_kept_and_opened_again(place: Path) -> None:
    async with running() as screens:
        await screens.open("xattr")
        await screens.press("H")
        await _letter(screens)
        await screens.press("q")
        (kept,) = DraftFolder(place).all()
        assert "two_" not in kept.written
        await screens.press("H")
        await _letter(screens)
        assert DraftFolder(place).all() == [kept]


async def test_nothing_of_it_landed(place: Path) -> None:
    async with running() as screens:
        await screens.open("alloc")
        await screens.press("H")
        await screens.until(lambda: "nothing of it has landed" in _said(screens), "told")
        assert DraftFolder(place).all() == []
