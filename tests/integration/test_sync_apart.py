# SPDX-License-Identifier: GPL-2.0-or-later
"""A sync in a process of its own: as any other, stopped, killed, in the way of another."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from maintainer_kit.errors import MkitError, StateError
from maintainer_kit.wiring.sync_apart import ApartSync, Synced, SyncStopped
from maintainer_kit.wiring.workspace import Workspace, open_workspace
from maintainer_kit.workflow.sync import SyncReport
from tests.build import part_id, posting, reply
from tests.integration.driver import Mkit
from tests.integration.locking import held_lock

_MANY = 60
"""Series that come at once: more than one step of a sync."""


@pytest.fixture
def workspace(mkit: Mkit, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """The stores of a home with one series, synced."""
    mkit.bring(*posting("foo", 2))
    for name in [one for one in os.environ if one.startswith(("NOTMUCH_", "MKIT_", "GIT_"))]:
        monkeypatch.delenv(name)
    for name, value in mkit.env.items():
        monkeypatch.setenv(name, value)
    with open_workspace() as found:
        _run(found)
        yield found


def _children() -> set[int]:
    """The processes that sync for us."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_bytes().rpartition(b")")[2].split()[1])
            if parent == os.getpid() and b"sync_program" in (folder / "cmdline").read_bytes():
                found.add(int(folder.name))
        except OSError:
            continue
    return found


def _run(
    workspace: Workspace, at_word: Callable[[ApartSync, str], object] = lambda *_: None
) -> tuple[Synced, list[tuple[Any, ...]]]:
    """Sync; what came of it, and each word about how far it was."""
    told: list[tuple[Any, ...]] = []

    def advance(*words: Any) -> None:
        told.append(words)
        at_word(sync, words[0])

    def followed(report: SyncReport) -> None:
        told.append(("followed", report))
        at_word(sync, "followed")

    sync = ApartSync(advance, followed)
    return sync.run(workspace.stores), told


def _many(mkit: Mkit) -> None:
    mkit.deliver(*(mail for at in range(_MANY) for mail in posting(f"many{at}", 1)))


def test_nothing_new_starts_no_process(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    assert _run(workspace) == (Synced(SyncReport()), [])


def test_who_writes_for_a_moment_is_waited_for(workspace: Workspace, mkit: Mkit) -> None:
    with held_lock(mkit.home / "mail"):
        assert _run(workspace) == (Synced(SyncReport(), held=True), [])
    with ExitStack() as stack:
        stack.enter_context(held_lock(mkit.home / "mail"))
        Timer(0.3, stack.close).start()
        assert _run(workspace) == (Synced(SyncReport()), [])


def test_what_comes_in_is_told_before_it_is_checked(workspace: Workspace, mkit: Mkit) -> None:
    mkit.deliver(*posting("bar", 2), reply(part_id("foo", 1), "Why?\n"))
    found, told = _run(workspace)
    assert found == Synced(SyncReport(new=4), checked=1)
    assert [one[0] for one in told] == ["syncing", "followed", "checking"]
    assert told[1] == ("followed", SyncReport(new=4))
    assert not _children()


def test_it_knows_what_any_other_sync_knows(
    workspace: Workspace, mkit: Mkit, tmp_path: Path
) -> None:
    _many(mkit)
    _run(workspace)
    other = Mkit(tmp_path / "other").configure()
    other.bring(*posting("foo", 2))
    _many(other)
    other.run("sync")
    assert mkit.export() == other.export()


@pytest.mark.parametrize("verb", ["syncing", "followed", "checking"])
def test_stopped_it_ends_at_its_next_step(workspace: Workspace, mkit: Mkit, verb: str) -> None:
    _many(mkit)

    def stop(sync: ApartSync, word: str) -> None:
        if word == verb:
            sync.stop()

    with pytest.raises(SyncStopped, match="what it did stays"):
        _run(workspace, stop)
    assert not _children()
    _run(workspace)
    assert len(mkit.json("list", "--all")["topics"]) == _MANY + 1


def test_stopped_before_it_could_hear(workspace: Workspace, mkit: Mkit) -> None:
    mkit.deliver(*posting("bar", 2))
    sync = ApartSync(lambda *_: None, lambda _: None)
    sync.stop()
    with pytest.raises(SyncStopped):
        sync.run(workspace.stores)
    assert _run(workspace)[0].report.new == 3


@pytest.mark.parametrize("verb", ["syncing", "followed", "checking"])
def test_killed_it_is_told_and_the_next_is_right(
    workspace: Workspace, mkit: Mkit, verb: str
) -> None:
    _many(mkit)

    def kill(_: ApartSync, word: str) -> None:
        if word == verb:
            for process in _children():
                os.kill(process, signal.SIGKILL)

    with pytest.raises(StateError, match="ended with -9"):
        _run(workspace, kill)
    _run(workspace)
    assert len(mkit.json("list", "--all")["topics"]) == _MANY + 1
    assert _run(workspace) == (Synced(SyncReport()), [])


def test_without_room_it_is_one_line(
    workspace: Workspace, mkit: Mkit, monkeypatch: pytest.MonkeyPatch
) -> None:
    mkit.deliver(*posting("bar", 2))
    with monkeypatch.context() as patched:
        patched.setattr("tempfile.tempdir", "/nowhere")
        with pytest.raises(StateError, match="no process for"):
            _run(workspace)
    assert _run(workspace)[0].report.new == 3


def test_another_mkit_is_at_the_mail(workspace: Workspace, mkit: Mkit) -> None:
    mkit.deliver(*posting("bar", 2))
    with workspace.stores.lock(5.0) as mine:
        assert mine
        assert _run(workspace) == (Synced(SyncReport(skipped=True)), [])


def test_what_is_refused_is_one_line(workspace: Workspace, mkit: Mkit) -> None:
    mkit.deliver(*posting("bar", 2))
    mkit.configure("[mkit]\n\tdelegate = nonsense\n")
    with pytest.raises(MkitError, match=r"mkit\.delegate"):
        _run(workspace)
