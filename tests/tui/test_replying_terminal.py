# SPDX-License-Identifier: GPL-2.0-or-later
"""The editor on a real terminal, which may go away in the middle of a reply."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from maintainer_kit.adapters.home import find_home
from maintainer_kit.adapters.kept.drafts import DraftFolder
from tests.integration.replying import editor
from tests.tui.test_actions_terminal import _screens

SYNCED = "new mails"
"""The home was copied, so all of it is read once more."""
HERE = "this is the editor"
REACHED = f"echo {HERE} > here\nexec cat here hold"
"""One process says it and waits. A shell that is about to start another misses a ^C for it."""


@pytest.fixture(autouse=True)
def _settings(place: Path) -> None:
    (place / "toured").touch()
    with (place / "config").open("a", encoding="utf-8") as config:
        config.write("\tname = Robin Maintainer\n\treplyTo = drafts\n")


def _editor(place: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    monkeypatch.setenv("GIT_EDITOR", editor(place, f'cd "{place}"\n{script}'))


def test_it_has_the_terminal_and_gives_it_back(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _editor(place, monkeypatch, f'echo "{HERE}"; read line; echo "$line" >> "$1"')
    with _screens() as child:
        child.read_until(SYNCED)
        child.press("gjr")
        child.read_until(HERE)
        child.press("Typed in it.\r")
        child.read_until("as it will be sent")
        child.press("dq")
        assert child.code() == 0
    (kept,) = DraftFolder(place).all()
    assert kept.written.endswith("Typed in it.\n")


def test_a_terminal_that_goes_away_in_the_middle_of_a_reply(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(place / "hold")
    _editor(place, monkeypatch, f'echo "Half a thought" >> "$1"\n{REACHED}')
    with _screens() as child:
        child.read_until(SYNCED)
        child.press("gjV")
        child.read_until("as it will be sent")
        child.press("e")
        child.read_until(HERE)
        child.hang_up()
        assert child.code() == 128 + signal.SIGHUP
    assert not find_home().bug_log.exists()
    folder = DraftFolder(place)
    (kept,) = folder.all()
    assert kept.trailers == ("Reviewed-by: Robin Maintainer <robin@lumen.example>",)
    (left,) = folder.leftovers()
    assert left.read_text().endswith("Half a thought\n")
    _editor(place, monkeypatch, 'echo "and the other half." >> "$1"')
    with _screens() as child:
        child.read_until("alloc")
        child.press("gjr")
        child.read_until("as it will be sent")
        child.press("dq")
        assert child.code() == 0
    (kept,) = folder.all()
    assert kept.written.endswith("Half a thought\nand the other half.\n")
    assert folder.leftovers() == []


def test_the_keys_of_signals_are_the_editors(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(place / "hold")
    _editor(place, monkeypatch, REACHED)
    with _screens() as child:
        child.read_until(SYNCED)
        child.press("gjr")
        child.read_until(HERE)
        child.press("\x03")
        child.read_until("the editor ended with")
        child.press("q")
        assert child.code() == 0
    assert not find_home().bug_log.exists()
