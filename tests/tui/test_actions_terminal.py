# SPDX-License-Identifier: GPL-2.0-or-later
"""A real terminal: it is left and come back to, goes away, and changes its size."""

from __future__ import annotations

import base64
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from maintainer_kit.adapters.home import find_home
from maintainer_kit.wiring.workspace import open_workspace
from tests.integration.terminal import on_terminal
from tests.tui.driver import running

ROOT = Path(__file__).resolve().parents[2]
MKIT = (sys.executable, "-m", "maintainer_kit", "tui")
ALLOC = "alloc@made.example"
_BOUND = 60.0


def _env() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "LANG": "C.UTF-8"}


class Child:
    """The screens on a pseudo terminal of ours."""

    def __init__(self) -> None:
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.execve(MKIT[0], list(MKIT), _env())
        self.seen = b""

    def resize(self, rows: int, columns: int) -> None:
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def press(self, keys: str) -> None:
        os.write(self.terminal, keys.encode())

    def read_until(self, words: str) -> None:
        """Take what it draws until these words come, without colours in them."""
        self.seen = b""
        end = time.monotonic() + _BOUND
        while words.encode() not in self.seen:
            assert time.monotonic() < end, self.seen[-2000:]
            if select.select([self.terminal], [], [], 1.0)[0]:
                self.seen += os.read(self.terminal, 65536)

    def code(self) -> int:
        """How it ended: its exit code."""
        end = time.monotonic() + _BOUND
        while time.monotonic() < end:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            if self.terminal >= 0 and select.select([self.terminal], [], [], 0.05)[0]:
                with suppress(OSError):
                    os.read(self.terminal, 65536)
        raise AssertionError("it goes on")

    def hang_up(self) -> None:
        os.close(self.terminal)
        self.terminal = -1


@contextmanager
def _screens() -> Iterator[Child]:
    child = Child()
    try:
        child.resize(30, 120)
        yield child
    finally:
        with suppress(ProcessLookupError):
            os.kill(child.pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(child.pid, 0)
        if child.terminal >= 0:
            os.close(child.terminal)


def _states() -> dict[str, str]:
    with open_workspace() as workspace:
        groups = workspace.journal.read().groups
    return {event.message_id: event.value for group in groups for event in group.events}


@pytest.fixture(autouse=True)
def _toured(place: Path) -> None:
    """Who starts for the first time sees another screen before."""
    (place / "toured").touch()


def test_a_terminal_that_goes_away_leaves_what_was_decided(place: Path) -> None:
    with _screens() as child:
        child.read_until("alloc")
        child.press("gja")
        child.read_until("accepted on 1 message")
        child.hang_up()
        assert child.code() == 128 + signal.SIGHUP
    assert _states() == {ALLOC: "accepted"}
    assert not find_home().bug_log.exists()


def test_what_is_typed_before_the_first_paint_waits_for_it(place: Path) -> None:
    with _screens() as child:
        child.press("gja")
        child.read_until("accepted on 1 message")
        child.press("q")
        assert child.code() == 0
    assert _states() == {ALLOC: "accepted"}


def test_a_decision_under_way_is_taken_whole_or_not_at_all(place: Path) -> None:
    with _screens() as child:
        child.read_until("alloc")
        child.press("gja")
        child.read_until("accepted on 1 message")
        child.press("gR")
        child.hang_up()
        assert child.code() == 128 + signal.SIGHUP
    assert not find_home().bug_log.exists()
    found = _states()
    assert found.pop(ALLOC) == "accepted"
    assert sorted(found.values()) in ([], ["rejected"] * 3)


def test_the_clipboard_of_the_terminal_gets_the_id(place: Path) -> None:
    with _screens() as child:
        child.read_until("alloc")
        child.press("gjy")
        child.read_until(f"\x1b]52;c;{base64.b64encode(ALLOC.encode()).decode()}\a")


def test_asked_to_end_it_gives_the_terminal_back(place: Path) -> None:
    with _screens() as child:
        child.read_until("alloc")
        os.kill(child.pid, signal.SIGTERM)
        child.read_until("\x1b[?1049l")
        assert child.code() == 0


def test_to_the_shell_and_back(place: Path) -> None:
    shell = ("bash", "--norc", "--noprofile", "-i")
    with on_terminal(shell, {**_env(), "PS1": "shell> "}, (120, 30)) as terminal:
        terminal.until("shell>")
        terminal.press(" ".join(MKIT), "Enter")
        # The first sync is over: nothing but fg has the screen drawn again, and what is decided
        # is the last that is said.
        terminal.until("alloc: be quick", "Your turn", "14 new mails")
        terminal.press("C-z")
        terminal.until("Stopped", "shell>", gone="Your turn")
        terminal.press("fg", "Enter")
        terminal.until("alloc: be quick", "Your turn", gone="Stopped")
        terminal.press("g", "j", "a")
        terminal.until("accepted on 1 message")
        terminal.press("q")
        terminal.until("shell>", gone="Your turn")
    assert _states() == {ALLOC: "accepted"}


@pytest.mark.parametrize("topic", [False, True])
async def test_very_small_and_back(place: Path, topic: bool) -> None:
    async with running((120, 40)) as screens:
        if topic:
            await screens.open("xattr")
        else:
            await screens.press("g", "j")
        await screens.until(lambda: screens.text.strip(), "drawn")
        before = screens.lines
        await screens.pilot.resize_terminal(20, 5)
        await screens.until(lambda: len(screens.lines) == 5, "small")
        assert all(len(line) <= 20 for line in screens.lines)
        await screens.press("j", "k")
        await screens.pilot.resize_terminal(120, 40)
        await screens.until(lambda: screens.lines == before, "as it was")
