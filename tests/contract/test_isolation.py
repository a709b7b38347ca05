# SPDX-License-Identifier: GPL-2.0-or-later
"""What conftest promises every test: nothing of the user's can be reached."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest


def test_home_is_a_throwaway(home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert Path.home() == home
    assert home.is_relative_to(tmp_path_factory.getbasetemp())
    assert list(home.iterdir()) == []


def test_nothing_of_the_surroundings_is_left() -> None:
    kept = {"GIT_CONFIG_NOSYSTEM"}
    prefixes = ("GIT_", "NOTMUCH_", "MKIT_", "XDG_", "XAPIAN_")
    assert {name for name in os.environ if name.startswith(prefixes)} <= kept


def test_git_knows_nobody(needs_tool: Callable[[str], str], tmp_path: Path) -> None:
    argv = [needs_tool("git"), "config", "user.email"]
    done = subprocess.run(argv, cwd=tmp_path, capture_output=True, timeout=30)
    assert (done.returncode, done.stdout) == (1, b"")


def test_no_connection_can_be_opened() -> None:
    with socket.socket() as one, pytest.raises(AssertionError):
        one.connect(("127.0.0.1", 9))


def test_a_missing_tool_skips_here_and_fails_in_ci(
    needs_tool: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception):
        needs_tool("no-such-tool-anywhere")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception):
        needs_tool("no-such-tool-anywhere")
