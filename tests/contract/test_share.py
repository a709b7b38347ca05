# SPDX-License-Identifier: GPL-2.0-or-later
"""The port Exchange: in memory, and as refs of a git repository."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from maintainer_kit.adapters.process import checked
from maintainer_kit.adapters.share.exchange import GitExchange
from maintainer_kit.adapters.share.machine import MachineFile
from maintainer_kit.adapters.share.place import SharePlace
from maintainer_kit.errors import RepositoryError
from maintainer_kit.workflow.sharing.ports import Exchange
from tests.memory.share import Hub, MemoryExchange


class MemoryEnd:
    """Makes exchanges that share in memory."""

    def __init__(self) -> None:
        self._hub = Hub()
        self._made: dict[str, MemoryExchange] = {}

    def open(self, home: str) -> Exchange:
        return self._made.setdefault(home, MemoryExchange(self._hub, home))

    def copy(self, home: str, to: str) -> None:
        self._made[to] = self._made[home].copy()

    def cut(self) -> None:
        self._hub.online = False

    def mend(self) -> None:
        self._hub.online = True

    def rewrite(self, machine: str) -> None:
        self._hub.refs[machine] = self._hub.refs[machine][1:]

    def close(self) -> None:
        """Nothing is open."""


class GitEnd:
    """Makes exchanges that share through a bare repository."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._hub = folder / "hub.git"
        self._made: list[GitExchange] = []
        checked(["git", "init", "--quiet", "--bare", str(self._hub)])

    def open(self, home: str) -> Exchange:
        root = self._folder / home
        root.mkdir(exist_ok=True)
        place = SharePlace(root / "share.git")
        place.prepare()
        by = ("Robin <the> Maintainer", "robin@lumen.example")
        made = GitExchange(place, str(self._hub), MachineFile(root / "machine"), by, lambda: 10**15)
        self._made.append(made)
        return made

    def copy(self, home: str, to: str) -> None:
        shutil.copytree(self._folder / home, self._folder / to)

    def cut(self) -> None:
        self._hub.rename(self._folder / "away.git")

    def mend(self) -> None:
        (self._folder / "away.git").rename(self._hub)

    def rewrite(self, machine: str) -> None:
        """By force, without the first line that there was."""
        git = ["git", "-C", str(self._hub)]
        ref = f"refs/mkit/journal/{machine}"
        data = checked([*git, "show", f"{ref}:000001.jsonl"]).partition(b"\n")[2]
        blob = checked([*git, "hash-object", "-w", "--stdin"], stdin=data).strip()
        line = b"100644 blob %s\t000001.jsonl\n" % blob
        tree = checked([*git, "mktree"], stdin=line).decode().strip()
        who = ["-c", "user.name=x", "-c", "user.email=x@y"]
        commit = checked([*git, *who, "commit-tree", tree, "-m", "x"]).decode().strip()
        checked([*git, "update-ref", ref, commit])

    def close(self) -> None:
        for one in self._made:
            one.close()


End = MemoryEnd | GitEnd


@pytest.fixture(params=["memory", "git"])
def end(
    request: pytest.FixtureRequest, tmp_path: Path, needs_tool: Callable[[str], str]
) -> Iterator[End]:
    """The other end, and what reaches it."""
    made: End = MemoryEnd()
    if request.param == "git":
        needs_tool("git")
        made = GitEnd(tmp_path)
    yield made
    made.close()


def meet(exchange: Exchange, *lines: bytes) -> bool:
    """Commit, fetch, accept and push."""
    if lines:
        exchange.commit(lines)
    exchange.fetch()
    exchange.accept()
    return exchange.push()


def test_nothing_yet(end: End) -> None:
    one = end.open("one")
    assert (one.own().lines, one.others(), one.published(), one.is_taken()) == ((), [], 0, False)
    assert meet(one)
    assert (one.own().lines, one.others(), one.published()) == ((), [], 0)


def test_what_was_committed_is_published_in_order(end: End) -> None:
    one = end.open("one")
    one.commit([b"1", "\u5929\\".encode()])
    one.commit([b"3"])
    assert one.own().lines == (b"1", "\u5929\\".encode(), b"3")
    assert one.published() == 0
    assert meet(one)
    assert one.published() == 3
    two = end.open("two")
    assert two.others() == []
    two.fetch()
    (came,) = two.others()
    assert (came.machine, came.lines, came.oddities) == (one.machine, one.own().lines, ())
    assert two.own().lines == ()


def test_what_was_accepted_goes_with_what_is_committed_then(end: End) -> None:
    one, two = end.open("one"), end.open("two")
    meet(one, b"1", b"2")
    meet(two, b"a")
    meet(two, b"b", b"c")
    one.fetch()
    (came,) = one.others()
    known = {seen.total: dict(seen.of) for seen in came.seen}
    assert known[1] == {}
    assert known[3] == {one.machine: 2}
    one.accept()
    assert one.others()[0].seen == ()
    meet(two, b"d")
    one.fetch()
    (came,) = one.others()
    assert came.lines == (b"a", b"b", b"c", b"d")
    assert [(seen.total, dict(seen.of)) for seen in came.seen] == [(4, {one.machine: 2})]


def test_an_end_that_is_gone(end: End) -> None:
    one = end.open("one")
    end.cut()
    one.commit([b"1"])
    with pytest.raises(RepositoryError) as caught:
        one.fetch()
    assert caught.value.hint
    assert one.own().lines == (b"1",)
    end.mend()
    assert meet(end.open("one"))
    assert end.open("one").published() == 1


def test_what_lies_here_is_there_when_it_is_opened_again(end: End) -> None:
    one = end.open("one")
    meet(one, b"1")
    again = end.open("one")
    assert (again.machine, again.own(), again.published()) == (one.machine, one.own(), 1)


def test_a_copy_is_noticed_by_whoever_comes_second(end: End) -> None:
    one = end.open("one")
    meet(one, b"1")
    end.copy("one", "copy")
    copy = end.open("copy")
    assert copy.machine == one.machine
    copy.fetch()
    assert not copy.is_taken()
    copy.commit([b"2"])
    assert copy.push()
    one.commit([b"3"])
    assert not one.push()
    one.fetch()
    assert one.is_taken()
    one.rename()
    assert one.machine != copy.machine
    assert (one.own().lines, one.is_taken()) == ((), False)
    assert [(came.machine, came.lines) for came in one.others()] == [(copy.machine, (b"1", b"2"))]
    assert meet(one, b"3")


def test_a_copy_that_has_decided_nothing_is_noticed_too(end: End) -> None:
    one = end.open("one")
    meet(one, b"1")
    end.copy("one", "copy")
    meet(one, b"2")
    copy = end.open("copy")
    copy.fetch()
    assert copy.is_taken()


def test_what_is_written_anew_there_is_not_lost_here(end: End) -> None:
    one, two = end.open("one"), end.open("two")
    meet(one, b"1", b"2")
    meet(two)
    end.rewrite(one.machine)
    two.fetch()
    two.accept()
    (came,) = two.others()
    assert sorted(came.lines) == [b"1", b"2"]
    assert "written anew" in came.oddities[0]
    one.fetch()
    assert one.is_taken()
