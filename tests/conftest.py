# SPDX-License-Identifier: GPL-2.0-or-later
"""What every test gets: a throwaway home, none of the user's settings, and in unit tests no
network."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

TESTS = Path(__file__).parent
# GIT_DIR of a surrounding hook, a user's own notmuch, an identity of mkit: none may be touched.
_SCRUBBED = ("GIT_", "NOTMUCH_", "MKIT_", "XDG_", "XAPIAN_")
_NO_NETWORK = (TESTS / "unit", TESTS / "fuzz", TESTS / "contract")
_TOOLS = ("git", "notmuch")
_NUMBER = count()

# The same examples in every run: a red run here is a red run for everybody.
settings.register_profile("mkit", derandomize=True, deadline=None, max_examples=50, database=None)
settings.load_profile("mkit")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Started in the background by a shell; programs of the tests would not hear ^C either.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _version(tool: str) -> str:
    if shutil.which(tool) is None:
        return f"{tool} missing"
    done = subprocess.run([tool, "--version"], capture_output=True, text=True, timeout=30)
    return done.stdout.strip().split("\n")[0]


def pytest_report_header() -> str:
    """Versions of the tools that tests run, for whoever reads a red log."""
    return "tools: " + ", ".join(_version(tool) for tool in _TOOLS)


def require_tool(name: str) -> str:
    """The path of a program, beside our Python or in the PATH; without it the test is skipped, and
    fails where CI=true."""
    beside = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    found = shutil.which(name, path=beside)
    if found:
        return found
    if os.environ.get("CI") == "true":
        pytest.fail(f"{name} is not installed, and CI must run every test")
    pytest.skip(f"{name} is not installed")


@pytest.fixture
def needs_tool() -> Callable[[str], str]:
    """``needs_tool("notmuch")`` at the top of a test that runs it."""
    return require_tool


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory that all throwaway homes are made in."""
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def home(homes: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh HOME, and an environment without the user's git, notmuch, XDG and mkit."""
    for name in list(os.environ):
        if name.startswith(_SCRUBBED):
            monkeypatch.delenv(name)
    made = homes / str(next(_NUMBER))
    made.mkdir()
    monkeypatch.setenv("HOME", str(made))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return made


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Unit, fuzz and contract tests open no connection, not even to this machine."""

    def refuse(*_: object) -> None:
        raise AssertionError("a test of this folder must not use the network")

    if any(request.path.is_relative_to(folder) for folder in _NO_NETWORK):
        monkeypatch.setattr(socket.socket, "connect", refuse)
        monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    yield
