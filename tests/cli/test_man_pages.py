# SPDX-License-Identifier: GPL-2.0-or-later
"""The man pages: one a verb, whole, and such as groff takes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from maintainer_kit.cli.verbs import VERBS
from tests.conftest import require_tool

_SCRIPT = Path(__file__).parents[2] / "scripts" / "man-pages"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("man")
    env = {**os.environ, "PYTHON": sys.executable}
    subprocess.run([str(_SCRIPT), str(folder)], env=env, check=True, timeout=60)
    return folder


def test_there_is_one_for_mkit_and_for_each_verb(pages: Path) -> None:
    names = {one.name for one in pages.iterdir()}
    assert names == {"mkit.1", *(f"mkit-{verb}.1" for verb in VERBS)}


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_it_tells_what_help_tells(pages: Path, verb: str) -> None:
    text = (pages / f"mkit-{verb}.1").read_text(encoding="utf-8").replace("\\-", "-")
    assert f"mkit-{verb} - {VERBS[verb][1]}" in text
    assert text.count(f"\nmkit {verb}") >= 1  # an example
    assert ".SH EXAMPLES" in text


def test_groff_has_nothing_to_say_of_them(pages: Path) -> None:
    require_tool("groff")
    argv = ["groff", "-man", "-ww", "-z", "-Tutf8", *sorted(map(str, pages.iterdir()))]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
