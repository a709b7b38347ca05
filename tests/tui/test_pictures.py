# SPDX-License-Identifier: GPL-2.0-or-later
"""The pictures in docs/ show the screens as they are, in each size and in each sort of colours.

``MKIT_GOLDEN=write`` draws them anew: look at them before they are committed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui.pictures import PICTURES, Picture, draw

ROOT = Path(__file__).resolve().parents[2]
_FOLDER = ROOT / "docs" / "pictures"
_WRITE = os.environ.get("MKIT_GOLDEN") == "write"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of ``make demo``, whose tour was seen."""
    home = tmp_path_factory.mktemp("pictures") / "demo"
    env = {name: value for name, value in os.environ.items() if not name.startswith("MKIT_")}
    argv = [sys.executable, "-m", "maintainer_kit", "demo", "--home", str(home), "--no-tui"]
    done = subprocess.run(argv, cwd=ROOT, env=env, capture_output=True, text=True, timeout=110)
    assert done.returncode == 0, done.stderr
    (home / "toured").touch()
    return home


@pytest.mark.parametrize("one", PICTURES, ids=lambda one: one.name)
async def test_it_is_as_it_looks(one: Picture, demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = ROOT / "sample_mboxes" / "clock.txt"
    monkeypatch.setenv("MKIT_NOW", clock.read_text(encoding="ascii").strip())
    monkeypatch.setenv("MKIT_HOME", str(demo))
    file = _FOLDER / f"{one.name}.svg"
    drawn = await draw(one)
    if _WRITE:
        file.write_text(drawn, encoding="utf-8")
    # The two are too long to be shown beside one another.
    is_same = drawn == file.read_text(encoding="utf-8")
    assert is_same, f"look at {file}, then: MKIT_GOLDEN=write"


def test_no_picture_is_of_yesterday() -> None:
    assert {file.stem for file in _FOLDER.iterdir()} == {one.name for one in PICTURES}


def test_pictures_ask_nothing_of_a_network() -> None:
    for file in _FOLDER.iterdir():
        assert "url(http" not in file.read_text(encoding="utf-8")
