# SPDX-License-Identifier: GPL-2.0-or-later
"""The screens follow the mail, whoever delivers it, and end cleanly on a bug."""

from __future__ import annotations

from pathlib import Path

import pytest

from maintainer_kit.workflow.records import Retag
from maintainer_kit.workflow.stores import Stores
from tests.build import mail
from tests.tui.driver import running


def _deliver(place: Path, name: str, raw: bytes) -> None:
    folder = place / "mail" / "inbox"
    for part in ("cur", "new", "tmp"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    (folder / "new" / name).write_bytes(raw)


async def test_new_mail_comes_in_and_the_cursor_stays(place: Path) -> None:
    async with running(watch=True) as screens:
        await screens.until(lambda: screens.app.watching.syncs == 1)
        await screens.press("j")
        raw = mail("[PATCH] early: bird", "Hm?\n", message_id="early@made.example", minutes=-60)
        _deliver(place, "1.early", raw)
        await screens.press("ctrl+l")
        await screens.sees("1 new mail")
        await screens.sees("early: bird")
        assert screens.subject == "alloc: be quick"
        await screens.press("f5")
        await screens.sees("nothing new")


async def test_another_process_decided(place: Path) -> None:
    async with running(watch=True) as screens:
        await screens.until(lambda: screens.app.watching.syncs == 1)
        with screens.stores.index.writing(5.0) as writer:
            tags = Retag("alloc@made.example", frozenset({"mkit/accepted"}), frozenset())
            writer.retag([tags])
        await screens.press("f5")
        await screens.sees("decided in other clients")
        assert screens.state("alloc@made.example") == "accepted"


async def test_an_empty_home_fills(empty_place: Path) -> None:
    async with running(watch=True) as screens:
        await screens.sees("There is no mail yet.")
        raw = mail("[PATCH] first: mail", "Text\n", message_id="first@made.example")
        _deliver(empty_place, "1.first", raw)
        await screens.press("f5")
        await screens.sees("first: mail")


async def test_a_bug_ends_the_app_and_is_kept(place: Path) -> None:
    def job(stores: Stores) -> None:
        raise ZeroDivisionError("a bug")

    with pytest.raises(ZeroDivisionError):
        async with running() as screens:
            screens.app.session.reading.submit(job, lambda _: None, lambda _: None)
            await screens.until(lambda: screens.app.bug is not None)
