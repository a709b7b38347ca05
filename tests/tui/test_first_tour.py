# SPDX-License-Identifier: GPL-2.0-or-later
"""What somebody tries first in ``make demo``: the topic on top, from applied to pruned."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.adapters.sample import prepare_demo_home, sample_clock, sample_mboxes
from maintainer_kit.tui.landing.screen import LandingScreen
from maintainer_kit.tui.parts.menu import Menu
from maintainer_kit.tui.parts.prompt import Prompt
from maintainer_kit.tui.replying.letter_screen import LetterScreen
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.importing import import_mail
from tests.integration.test_patch_id import git
from tests.tui.driver import Screens, running

_FIRST = "pebble: honour noatime everywhere"


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo's own home, of which nobody has looked what landed; the user is in a repository
    that has nothing to do with it, as mkit's own checkout is."""
    home, checkout = tmp_path / "demo", tmp_path / "checkout"
    prepare_demo_home(home)
    (home / "toured").touch()
    checkout.mkdir()
    git(checkout, "init", "--quiet")
    monkeypatch.chdir(checkout)
    monkeypatch.setenv("MKIT_HOME", str(home))
    monkeypatch.setenv("MKIT_NOW", sample_clock())
    with open_workspace() as workspace:
        import_mail(workspace.stores, MailSource(sample_mboxes()))
    return home


def _said(screens: Screens) -> str:
    return screens.app.deciding_screens()[-1].status.message


async def _says(screens: Screens, words: str) -> None:
    await screens.until(lambda: words in _said(screens), words)


async def _shows(screens: Screens, kind: type[object]) -> None:
    await screens.until(lambda: isinstance(screens.app.screen, kind), kind.__name__)


async def test_the_topic_on_top_is_applied_tested_thanked_for_and_pruned(demo: Path) -> None:
    before = git(demo / "lumen.git", "rev-parse", "for-next").decode().strip()
    async with running() as screens:
        await screens.until(lambda: screens.subject == _FIRST, "the topic on top")
        await screens.press("b")
        await screens.until(lambda: screens.app.screen.query(Prompt), "a line to type in")
        await screens.sees("for-next")
        await screens.press("enter")
        await _says(screens, "for-next: ")
        assert "4 commits" in _said(screens)
        await screens.press("exclamation_mark")
        await _says(screens, "whitespace: 4 passed")
        await screens.press("H")
        await _shows(screens, LetterScreen)
        await screens.sees("Applied to lumen (for-next), thanks!")
        await screens.press("y")
        await _says(screens, "1 reply left in")
        await screens.press("L")
        await _shows(screens, LandingScreen)
        await screens.sees("4 of 4 landed")
        await screens.press("P")
        await _shows(screens, Menu)
        await screens.press("y")
        await _says(screens, "accepted on 4 messages, archived on 4 messages")
        await screens.press("q")
        await screens.until(lambda: screens.subject and screens.subject != _FIRST, "it has left")
    span = f"{before}..for-next"
    assert git(demo / "lumen.git", "rev-list", "--count", span).split() == [b"4"]
    assert not git(Path(os.curdir), "for-each-ref")
    (left,) = (one for one in (demo / "outbox").rglob("*") if one.is_file())
    assert b"Applied to lumen (for-next), thanks!" in left.read_bytes()


async def test_landings_are_known_before_anything_else_looks(demo: Path) -> None:
    async with running() as screens:
        await screens.until(lambda: screens.subject == _FIRST, "the topic on top")
        await screens.press("b")
        await screens.until(lambda: screens.app.screen.query(Prompt), "a line to type in")
        await screens.press("enter")
        await _says(screens, "for-next: ")
        await screens.press("L")
        await screens.sees("4 of 4 landed")
