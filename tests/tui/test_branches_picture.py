# SPDX-License-Identifier: GPL-2.0-or-later
"""The picture of 200 branches in docs/ shows the screen as it is.

``MKIT_GOLDEN=write`` draws it anew: look at it before it is committed.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.tui.picture import picture
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.importing import import_mail
from tests.build import mail, part_id
from tests.integration.many_branches import make, plan
from tests.integration.test_patch_id import git
from tests.tui.driver import running

FILE = Path(__file__).resolve().parents[2] / "docs" / "branches.svg"
_WRITE = os.environ.get("MKIT_GOLDEN") == "write"
NOW = "2026-03-20T17:00:00Z"
HISTORY = 400
BRANCHES = plan(199, HISTORY)
"""And the mainline."""
_ELSEWHERE = re.compile(r'(textLength=")[\d.]+("[^>]*>in&#160;~/)')
"""How wide the name of the place was drawn."""
LKP = "kernel test robot <lkp@intel.com>"


@pytest.fixture
def tree(place: Path) -> Path:
    """The repository; two of its branches hold patches of a topic, a third one does not build."""
    diverged = [one.name for one in BRANCHES if one.state == "diverged" and one.own > 2]
    whole = [part_id("xattr", number) for number in (1, 2, 3)]
    path = place / "linux"
    make(path, BRANCHES, HISTORY, {diverged[0]: whole, diverged[1]: whole[:1]})
    with (place / "config").open("a", encoding="utf-8") as config:
        config.write(f"\trepository = {path}\n")
    tip = git(path, "rev-parse", f"refs/heads/{diverged[2]}").decode().strip()
    raw = mail(f"[x:y] BUILD REGRESSION {tip}", f"branch HEAD: {tip}  Try\n", sender=LKP)
    (place / "lkp.eml").write_bytes(raw)
    with open_workspace() as workspace:
        import_mail(workspace.stores, MailSource([place / "lkp.eml"]))
    return path


async def test_the_picture_of_200_branches(
    tree: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MKIT_NOW", NOW)
    async with running((120, 50)) as screens:
        await screens.press("B")
        await screens.sees("200 branches in 1 repository")
        await screens.until(lambda: not screens.app.works.listed, "all was counted")
        await screens.press("right_square_bracket")
        await screens.at_rest()
        # Where the test ran is no part of the picture.
        drawn = _ELSEWHERE.sub(r"\g<1>0\g<2>", picture(screens.app).replace(str(place), "~"))
    if _WRITE:
        FILE.write_text(drawn, encoding="utf-8")
    is_same = drawn == FILE.read_text(encoding="utf-8")
    assert is_same, f"look at {FILE}, then: MKIT_GOLDEN=write"


def test_it_asks_nothing_of_a_network() -> None:
    assert "url(http" not in FILE.read_text(encoding="utf-8")
