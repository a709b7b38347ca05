# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit tui`` without a terminal."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]


def _mkit(*args: str) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "maintainer_kit", *args]
    return subprocess.run(
        argv, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60
    )


def test_without_a_terminal_it_refuses_in_one_line(place: Path) -> None:
    done = _mkit("tui")
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == "mkit: the screens need a terminal"
    assert len(done.stderr.splitlines()) == 2


def test_screenshot(place: Path, tmp_path: Path) -> None:
    file = tmp_path / "queue.svg"
    done = _mkit("tui", "--screenshot", str(file))
    assert done.returncode == 0, done.stderr
    text = "".join(ElementTree.parse(file).getroot().itertext())
    assert "make\u00a0it\u00a0better" in text


def test_a_screenshot_that_cannot_be_written(place: Path, tmp_path: Path) -> None:
    done = _mkit("tui", "--screenshot", str(tmp_path / "no" / "queue.svg"))
    assert done.returncode == 1
    assert "No such file" in done.stderr
