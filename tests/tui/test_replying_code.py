# SPDX-License-Identifier: GPL-2.0-or-later
"""Review by editing from the screens: the code opens in the editor, and what is changed there is
shown as it would be sent."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from maintainer_kit.adapters.home import find_home
from maintainer_kit.adapters.kept.drafts import DraftFolder
from maintainer_kit.tui.replying.letter_screen import LetterScreen
from tests.build import part_id
from tests.integration.replying import editor
from tests.integration.repositories import Work
from tests.tui.driver import Screens, running
from tests.tui.plain_script import said
from tests.tui.test_actions_terminal import _screens

OLD = "1\n2\n3\n4\n5\nint pebble(void)\n\tbefore();\n\tone();\n\tafter();\n"


@pytest.fixture(autouse=True)
def _tree(place: Path, tmp_path: Path) -> None:
    """The repository that the patches are made on."""
    work = Work(tmp_path / "work")
    for name in ("fs/pebble/inode.c", *(f"fs/xattr/{number}.c" for number in (1, 2, 3))):
        work.write(name, OLD)
    work.commit("base\n")
    with (place / "config").open("a", encoding="utf-8") as config:
        config.write(f"\tname = Robin Maintainer\n\trepository = {work.path}\n")


def _edits(place: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    monkeypatch.setenv("GIT_EDITOR", editor(place, script))


async def _letter(screens: Screens) -> LetterScreen:
    await screens.until(
        lambda: isinstance(screens.app.screen, LetterScreen) and screens.app.focused, "a letter"
    )
    screen = screens.app.screen
    assert isinstance(screen, LetterScreen)
    return screen


async def test_what_is_changed_is_shown_as_a_suggestion(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _edits(place, monkeypatch, 'sed -i "s/two/three/" "$1"')
    async with running() as screens:
        await screens.open("alloc")
        await screens.press("ctrl+e")
        await _letter(screens)
        await screens.sees("~~~ suggested change")
        await screens.sees("three();")
        await screens.press("d")
        await screens.sees("you, not sent: ~~~ suggested change")
    (kept,) = DraftFolder(place).all()
    assert kept.answers == "alloc@made.example"


async def test_from_the_queue_it_is_the_series(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _edits(place, monkeypatch, 'test $# = 3 && sed -i "s/two/three/" "$1" "$3"')
    async with running() as screens:
        await screens.press("5", "g")
        while "xattr" not in screens.subject:
            await screens.press("j")
        await screens.press("ctrl+e")
        await _letter(screens)
        await screens.press("d")
    answers = {one.answers for one in DraftFolder(place).all()}
    assert answers == {part_id("xattr", 1), part_id("xattr", 3)}


@pytest.mark.parametrize(
    ("script", "words"),
    [("exit 0", "nothing was changed in the code"), ("exit 7", "the editor ended with 7")],
)
async def test_nothing_is_kept_of_nothing(
    place: Path, monkeypatch: pytest.MonkeyPatch, script: str, words: str
) -> None:
    _edits(place, monkeypatch, script)
    async with running() as screens:
        await screens.open("alloc")
        await screens.press("ctrl+e")
        await screens.sees(words)
    assert DraftFolder(place).all() == []


def test_in_the_linear_mode(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _edits(place, monkeypatch, 'sed -i "s/two/three/" "$1"')
    text = said("edit-code 2", "keep")
    assert "~~~ suggested change" in text and "three();" in text
    (kept,) = DraftFolder(place).all()
    assert kept.answers == "alloc@made.example"


def test_a_terminal_that_goes_away_while_code_is_edited(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "toured").touch()
    os.mkfifo(place / "hold")
    script = f'sed -i "s/two/half_done/" "$1"; echo in the editor; cat "{place}/hold" >/dev/null'
    _edits(place, monkeypatch, script)
    with _screens() as child:
        child.read_until("new mails")
        child.press("gj\x05")
        child.read_until("in the editor")
        child.hang_up()
        assert child.code() == 128 + signal.SIGHUP
    assert not find_home().bug_log.exists()
    assert DraftFolder(place).all() == []
    (tree,) = (place / "editing").glob("*/tree")
    assert any("half_done" in one.read_text() for one in tree.glob("fs/*/*.c"))
    _edits(place, monkeypatch, 'grep -q half_done "$1"')
    assert "half_done();" in said("edit-code 2", "keep"), "it is gone on with"
    assert len(DraftFolder(place).all()) == 1
    assert not list((place / "editing").glob("*/tree"))
