# SPDX-License-Identifier: GPL-2.0-or-later
"""Long work: it goes on beside the screens, is told of, and can be stopped."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest

from maintainer_kit.tui.work.works import Work
from maintainer_kit.wiring.workspace import Workspace
from tests.build import part_id, posting
from tests.integration.driver import Mkit
from tests.integration.locking import held_lock
from tests.integration.lore_server import serving_lore
from tests.tui.driver import Screens, running

DIR = part_id("dir", 2)


def _ask(place: Path, url: str) -> None:
    with (place / "config").open("a", encoding="utf-8") as config:
        config.write(f"\tlore = {url}/all/\n")


async def _to_dir(screens: Screens) -> None:
    await screens.press("5", "g")
    while not screens.subject.startswith("dir"):
        await screens.press("j")


def _said(screens: Screens) -> str:
    return screens.queue.status.message


@contextmanager
def _silent() -> Iterator[str]:
    """A server that takes questions and never answers; its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


async def test_what_a_topic_lacks_is_fetched(place: Path, tmp_path: Path) -> None:
    archive = Mkit(tmp_path / "archive").configure()
    for number, raw in enumerate(posting("dir", 3, minutes=600)):
        (tmp_path / "archive" / f"{number}.eml").write_bytes(raw)
    archive.run("import", *sorted((tmp_path / "archive").glob("*.eml")))
    with serving_lore(archive) as server:
        _ask(place, server.url)
        async with running() as screens:
            await _to_dir(screens)
            await screens.press("ctrl+g")
            await screens.until(lambda: "new mail" in _said(screens), "fetched")
            assert not screens.app.works.listed
            await screens.sees("v1 3/3    dir")
            await screens.press("ctrl+g")
            await screens.until(lambda: "no patch is missing" in _said(screens), "whole")
            assert screens.stores.catalogue.topic_ids([DIR])


async def test_a_slow_server_holds_nothing_up_and_is_stopped(place: Path) -> None:
    with _silent() as url:
        _ask(place, url)
        async with running() as screens:
            await _to_dir(screens)
            await screens.press("ctrl+g")
            await screens.sees("fetching ")
            await screens.press("g", "j")
            assert screens.subject == "alloc: be quick"
            await screens.press("a")
            await screens.sees("accepted on 1 message")
            await screens.press("W")
            await screens.sees("stops it")
            (work,) = screens.app.works.listed
            await screens.press("escape")
            assert work.words == "stopping"
            with pytest.raises(Exception, match="was stopped"):
                work.check()


async def test_escape_stops_what_was_begun_last(place: Path) -> None:
    with _silent() as url:
        _ask(place, url)
        async with running() as screens:
            await _to_dir(screens)
            await screens.press("ctrl+g")
            await screens.sees("(W)")
            (work,) = screens.app.works.listed
            await screens.press("escape")
            await screens.until(lambda: work.words == "stopping", "told")


async def test_nobody_answers(place: Path) -> None:
    with _silent() as url:
        pass  # the port is free again
    _ask(place, url)
    async with running((160, 40)) as screens:
        await _to_dir(screens)
        await screens.press("ctrl+g")
        await screens.until(lambda: url.partition("//")[2] in _said(screens), "told")
        assert not screens.app.works.listed


async def test_several_at_once(place: Path) -> None:
    goes_on = Event()
    told: list[str] = []

    def job(_: Workspace, work: Work) -> str:
        work.advance(3, 7)
        goes_on.wait(20)
        work.check()
        return work.name

    async with running() as screens:
        for name in ("one", "two"):
            screens.app.begin_work(name, job, told.append)
        works = screens.app.works.listed
        await screens.until(lambda: all(one.words == "3 of 7" for one in works), "under way")
        await screens.press("W")
        await screens.sees("one ")
        assert sum("3 of 7" in line for line in screens.lines) >= 2
        await screens.press("j", "escape")
        goes_on.set()
        await screens.until(lambda: not screens.app.works.listed, "over")
        await screens.sees("nothing runs")
        assert told == ["one"]
        assert _said(screens).startswith("two was stopped")
        await screens.press("escape")
        assert screens.app.screen is screens.queue


async def test_a_sync_is_in_the_list_and_can_be_stopped(place: Path) -> None:
    async with running() as screens:
        blocked = Event()
        screens.app.session.syncing.submit(
            lambda _: blocked.wait(20), lambda _: None, lambda _: None
        )
        await screens.press("f5", "W")
        await screens.until(lambda: "sync" in "".join(screens.lines[10:30]), "listed")
        await screens.press("escape", "q")
        assert screens.app.screen is screens.queue
        blocked.set()
        await screens.until(lambda: not screens.app.watching.is_running, "over")


async def test_another_mkit_at_the_mail_is_told_of(place: Path) -> None:
    async with running(watch=True) as screens:
        await screens.until(lambda: screens.app.watching.syncs == 1)
        with screens.stores.lock(5.0) as held:
            assert held
            await screens.press("f5")
            await screens.until(lambda: "another mkit is at the mail" in _said(screens), "told")
            await screens.press("g", "j", "a")
            await screens.sees("accepted on 1 message")
        await screens.press("f5")
        await screens.until(lambda: _said(screens) == "nothing new", "again")


async def test_a_locked_index_is_told_of_and_holds_nothing_up(place: Path) -> None:
    async with running(watch=True) as screens:
        await screens.until(lambda: screens.app.watching.syncs == 1)
        with held_lock(place / "mail"):
            await screens.press("g", "j", "a")
            await screens.sees("accepted on 1 message")
            await screens.press("f5")
            await screens.until(lambda: "another program writes" in _said(screens), "told")
            await screens.press("G")
        await screens.press("f5")
        await screens.until(
            lambda: "mkit/accepted" in screens.tags("alloc@made.example"), "tags follow"
        )
