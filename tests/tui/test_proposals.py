# SPDX-License-Identifier: GPL-2.0-or-later
"""Others' decisions that mails tell of: shown with their words, taken with one key."""

from __future__ import annotations

from pathlib import Path

import pytest

from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.sync import sync
from tests.build import BO, reply
from tests.tui.conftest import CONFIG
from tests.tui.driver import running

ALLOC = "alloc@made.example"


@pytest.fixture
def told_place(place: Path) -> Path:
    """Bo says that a patch was applied."""
    folder = place / "mail" / "inbox"
    for part in ("cur", "new", "tmp"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    raw = reply(
        ALLOC,
        "Applied to [b]dev[/b], thanks.\n",
        sender=BO,
        minutes=900,
        subject="Re: [PATCH] alloc: be quick",
    )
    (folder / "new" / "1.applied").write_bytes(raw)
    with open_workspace() as workspace:
        sync(workspace.stores)
    return place


async def test_it_is_shown_and_taken(told_place: Path) -> None:
    async with running((120, 30)) as screens:
        await screens.open("alloc")
        await screens.sees(' proposed   accepted Bo Reviewer, 2w: "Applied to [b]dev[/b], thanks')
        assert "p takes it" in screens.lines[1]
        await screens.press("p")
        await screens.sees("accepted on 1 message")
        await screens.until(lambda: "proposed" not in screens.text)
        assert screens.state(ALLOC) == "accepted"
        group = screens.stores.journal.read().groups[0]
        assert group.why.startswith('"Applied to [b]dev[/b], thanks')
        await screens.press("p")
        await screens.sees("no mail here says that somebody decided")
        await screens.press("u")
        await screens.sees("taken back: accepted on 1 message")
        await screens.sees("taken back once")


async def test_it_is_not_the_next_topics(told_place: Path) -> None:
    async with running((120, 30)) as screens:
        await screens.open("alloc")
        await screens.sees("proposed")
        await screens.press("K", "p")
        await screens.sees("no mail here says")
        assert not screens.stores.journal.read().groups


async def test_a_limit_of_the_settings_is_told_and_the_proposal_stays(told_place: Path) -> None:
    (told_place / "config").write_text(
        CONFIG + "\tstate = new next=under-review\n", encoding="utf-8"
    )
    async with running((120, 30)) as screens:
        await screens.open("alloc")
        await screens.sees("proposed")
        await screens.press("p")
        await screens.sees("mkit.state lets no accepted follow")
        await screens.sees("p takes it")


async def test_none_where_it_is_switched_off(told_place: Path) -> None:
    (told_place / "config").write_text(CONFIG + "\tfollow = off\n", encoding="utf-8")
    async with running((120, 30)) as screens:
        await screens.open("alloc")
        await screens.press("p")
        await screens.sees("no mail here says")
        assert "proposed" not in screens.text
