# SPDX-License-Identifier: GPL-2.0-or-later
"""Run in a folder of anybody's, mkit runs nothing that lies there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.build import mail
from tests.integration.driver import Mkit

_TRAP = 'open({ran!r}, "a").write(__name__)\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With modules of names that Python and mkit import."""
    made = tmp_path / "cloned"
    (made / "maintainer_kit" / "adapters").mkdir(parents=True)
    text = _TRAP.format(ran=str(tmp_path / "ran"))
    names = ("json", "signal", "webbrowser", "pathlib", "notmuch2", "maintainer_kit/__init__")
    for name in names:
        (made / f"{name}.py").write_text(text)
    return made


def test_import_and_open_run_nothing_of_it(mkit: Mkit, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "one.eml"
    path.write_bytes(mail("[PATCH] one", "text\n", message_id="one@made.example"))
    argv = [sys.executable, "-P", "-m", "maintainer_kit"]
    for words in (("import", str(path)), ("list",), ("open", "one@made.example")):
        done = mkit.program(["env", "-C", str(folder), "BROWSER=true %s", *argv, *words])
        assert done.code == 0, done.stderr
    assert not (tmp_path / "ran").exists()
