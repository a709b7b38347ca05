# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit track`` and ``mkit pull --tracked``: the real lei on a real public-inbox."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.build import edit, mail, part_id, patch, posting
from tests.cli import schemas
from tests.integration.bad_archive import FAULTS, Handler, bad_archive
from tests.integration.driver import CONFIG, Done, Json, Mkit
from tests.integration.inbox_server import Archives, InboxServer

pytestmark = pytest.mark.timeout(300)
LIST = "foo@lists.example"
SEARCH = ("--list", LIST, "--since", "ever")


@pytest.fixture
def robin(mkit: Mkit, needs_tool: Callable[[str], str]) -> Iterator[Mkit]:
    """Robin, with a lei and its daemon of his own. A socket's path must be short."""
    needs_tool("lei")
    needs_tool("public-inbox-init")
    with tempfile.TemporaryDirectory(prefix="lei") as name:
        made = mkit.having(XDG_RUNTIME_DIR=name)
        yield made
        made.program(["lei", "daemon-kill"])


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Archives:
    """An archive with one series, for tests that only search in it."""
    return archive_in(tmp_path_factory.mktemp("still"))


@pytest.fixture
def inbox(tmp_path: Path) -> Archives:
    """The same, for tests that change it."""
    return archive_in(tmp_path / "pi")


def archive_in(folder: Path) -> Archives:
    return Archives(folder).fill({"foo": to_list(*posting("foo", 2))})


def to_list(*raws: bytes) -> list[bytes]:
    """The mails as a list sends them on."""
    return [b"List-Id: <foo.lists.example>\n" + raw for raw in raws]


def many(count: int) -> list[bytes]:
    return to_list(*(mail(f"many{at}", minutes=at) for at in range(count)))


def place(inbox: Archives) -> str:
    return str(inbox.folder / "foo")


def tracked(robin: Mkit) -> Json:
    """The one search that is tracked, by the schema."""
    value = robin.json("track")
    schemas.check(value, "track")
    (one,) = value["tracked"]
    assert isinstance(one, dict)
    return one


def pull(robin: Mkit, *args: str) -> Json:
    value = robin.json("pull", *args)
    schemas.check(value, "pull")
    return value


def lei(robin: Mkit, *args: str) -> Done:
    done = robin.program(["lei", *args])
    assert done.code == 0, done.stderr
    return done


def waiting(robin: Mkit) -> list[Path]:
    """Mails in the spool."""
    return [one for one in (robin.home / "track").rglob("*") if one.is_file()]


def test_a_saved_search_flows_in(robin: Mkit, inbox: Archives) -> None:
    made = robin.json("track", *SEARCH, "--from", place(inbox))
    schemas.check(made, "track")
    assert [one["mails"] for one in made["tracked"]] == [3]
    topic = robin.topic(part_id("foo", 1))
    assert len(topic["revisions"][0]["patches"]) == 2
    assert not waiting(robin)

    again = pull(robin, "--tracked")
    assert (again["messages"], again["new"]) == (0, 0)

    inbox.add("foo", *to_list(mail("late", minutes=100)))
    # Without arguments too: there is no mkit.archive, but something is tracked.
    assert pull(robin)["new"] == 1
    assert (tracked(robin)["mails"], tracked(robin)["complete"]) == (4, True)
    assert len(robin.indexed()) == 4


def test_from_a_server_that_goes_away(robin: Mkit, inbox: Archives, still: Archives) -> None:
    now = {"Date": format_datetime(datetime.now(UTC))}
    server = InboxServer(inbox)
    try:
        robin.configure(CONFIG + f"\tlore = {server.of('all')}\n")
        robin.run("track", "--path", "fs/foo/*", "--since", "ever", "--name", "far")
        assert (tracked(robin)["places"], tracked(robin)["mails"]) == ([server.of("all")], 2)
        assert pull(robin, "--tracked")["new"] == 0
        server.add("foo", *to_list(patch("[PATCH] foo: now", edit("fs/foo/3.c"), headers=now)))
        assert pull(robin, "--tracked")["new"] == 1
    finally:
        server.close()
    robin.run("track", *SEARCH, "--from", place(still), "--name", "near")
    failed = robin.run("pull", "--tracked", code=1).stderr
    assert "1 search failed: far: lei up: " in failed
    states = {one["name"]: one["complete"] for one in robin.json("track")["tracked"]}
    assert states == {"far": False, "near": True}


def daemon_of(robin: Mkit) -> int:
    return int(lei(robin, "daemon-pid").stdout)


def begun(robin: Mkit, *args: str) -> subprocess.Popen[str]:
    return robin.start(*args, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def kill(victim: str, running: subprocess.Popen[str], daemon: int) -> str:
    """Kill mkit, or lei's daemon with all its workers; what mkit said then."""
    if victim == "mkit":
        os.killpg(running.pid, signal.SIGKILL)
    else:
        for one in stopped(daemon):
            signalled(one, signal.SIGKILL)
    return running.communicate(timeout=100)[1]


def stopped(process: int) -> list[int]:
    """A process, those that it has started, and that those have; each is stopped before it is
    asked, as one that was started meanwhile would live on and keep ``lei up`` waiting."""
    found = [process]
    for one in found:
        signalled(one, signal.SIGSTOP)
        argv = ["ps", "-o", "pid=", "--ppid", str(one)]
        listed = subprocess.run(argv, capture_output=True, text=True, timeout=30, check=False)
        found += map(int, listed.stdout.split())
    return found


def signalled(process: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, number)


def telling(robin: Mkit, base: Path) -> tuple[Mkit, Path]:
    """With a lei that says by a pipe when ``lei up`` begins, and then is the real one."""
    base.mkdir()
    pipe, real = base / "pipe", shutil.which("lei")
    os.mkfifo(pipe)
    program = base / "lei"
    program.write_text(
        f'#!/bin/sh\n[ "$1" = up ] && echo begun >{shlex.quote(str(pipe))}\nexec {real} "$@"\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    return robin.having(PATH=f"{base}:{robin.env['PATH']}"), pipe


@pytest.mark.parametrize("victim", ["mkit", "daemon"])
def test_killed_while_lei_up_runs(
    robin: Mkit, inbox: Archives, tmp_path: Path, victim: str
) -> None:
    robin.run("track", *SEARCH, "--from", place(inbox), "--name", "foo")
    inbox.add("foo", *many(300))
    told, pipe = telling(robin, tmp_path / "bin")
    for _ in range(2):
        daemon = daemon_of(robin)
        running = begun(told, "pull", "--tracked")
        assert pipe.read_text(encoding="utf-8") == "begun\n"
        kill(victim, running, daemon)
    pull(robin, "--tracked")
    assert tracked(robin)["complete"]
    assert len(robin.indexed()) == 303
    assert not waiting(robin)
    assert pull(robin, "--tracked")["messages"] == 0


@pytest.mark.parametrize("victim", ["mkit", "daemon"])
def test_killed_amid_an_answer(robin: Mkit, archives: InboxServer, victim: str) -> None:
    stuck = threading.Event()

    def hang(handler: Handler, body: bytes) -> None:
        code, headers, data = handler.passed_on(body)
        handler.send(code, headers, data[: len(data) // 2], len(data))
        handler.wfile.flush()
        stuck.set()
        handler.server.over.wait(100)

    with bad_archive(archives) as proxy:
        daemon = daemon_of(robin)
        proxy.fault = hang
        words = ("--query", "s:alloc", "--since", "ever", "--name", "alloc")
        running = begun(robin, "track", *words, "--from", f"{proxy.url}/pebblefs/")
        assert stuck.wait(100)
        said = kill(victim, running, daemon)
        if victim == "daemon":
            assert running.returncode == 1
            assert "lei q: " in said
        proxy.fault = None
        assert not tracked(robin)["complete"]
        pull(robin, "--tracked")
        found = {one["message_id"] for one in searched(robin, f"{proxy.url}/pebblefs/")}
    assert tracked(robin)["complete"]
    assert robin.indexed() == found
    assert found


def searched(robin: Mkit, address: str) -> list[Json]:
    """What an archive finds by itself, asked by a lei that keeps nothing."""
    words = ("--no-save", "-f", "jsonl", "-O", address, "--", "s:alloc")
    lines = lei(robin, "q", *words).stdout.splitlines()
    return [{"message_id": json.loads(line)["m"]} for line in lines]


@pytest.mark.parametrize("fault", ["500", "page", "broken-off"])
def test_a_server_that_fails(robin: Mkit, archives: InboxServer, fault: str) -> None:
    with bad_archive(archives) as proxy:
        address = f"{proxy.url}/pebblefs/"
        proxy.fault = FAULTS[fault]
        words = ("--query", "s:alloc", "--since", "ever", "--name", "alloc")
        said = robin.run("track", *words, "--from", address, code=1).stderr
        assert ("no mail" if fault == "page" else "lei q: ") in said
        proxy.fault = None
        pull(robin, "--tracked")
        assert robin.indexed() == {one["message_id"] for one in searched(robin, address)}


def test_what_a_cut_short_search_passed_over_comes(robin: Mkit, inbox: Archives) -> None:
    """lei remembers how far it searched before it has written: here, as if it had written nothing
    of what it found."""
    robin.run("track", *SEARCH, "--from", place(inbox), "--name", "foo")
    inbox.add("foo", *many(5))
    spool = robin.home / "track" / "foo"
    lei(robin, "up", str(spool))
    for one in waiting(robin):
        one.unlink()
    assert pull(robin, "--tracked")["new"] == 0
    assert pull(robin, "--tracked", "--fresh")["new"] == 5


def test_what_somebodys_own_lei_up_brought_comes_in(robin: Mkit, inbox: Archives) -> None:
    robin.run("track", *SEARCH, "--from", place(inbox), "--name", "foo")
    inbox.add("foo", *many(2))
    lei(robin, "up", "--all")
    assert len(waiting(robin)) == 2
    assert pull(robin, "--tracked")["new"] == 2


def test_removed_and_tracked_again(robin: Mkit, still: Archives) -> None:
    robin.run("track", *SEARCH, "--from", place(still), "--name", "foo")
    refused = robin.run("track", "--path", "a/b.c", "--from", place(still), "--name", "foo", code=1)
    assert "tracked already" in refused.stderr
    robin.run("track", "--remove", "foo")
    assert robin.json("track")["tracked"] == []
    assert json.loads(lei(robin, "ls-search", "-f", "json").stdout) == []
    assert len(robin.indexed()) == 3
    robin.run("track", "--remove", "foo", code=1)
    robin.run("track", *SEARCH, "--from", place(still), "--name", "foo")
    assert len(robin.indexed()) == 3


def test_the_users_own_searches(robin: Mkit, inbox: Archives) -> None:
    robin.bring(mail("first"))
    own = robin.home / "mail" / "own"
    words = ("-q", "-O", place(inbox), "-o", f"maildir:{own}", "--", "l:foo.lists.example")
    lei(robin, "q", *words)
    robin.run("sync")
    there = len(robin.indexed())
    inbox.add("foo", *many(2))
    robin.run("pull", "--tracked")
    robin.run("sync")
    assert len(robin.indexed()) == there
    robin.configure(CONFIG + "\tlei = all\n")
    robin.run("pull", "--tracked")
    robin.run("sync")
    assert len(robin.indexed()) == there + 2
    robin.configure(CONFIG + "\tlei = off\n")
    assert "mkit.lei is off" in robin.run("pull", "--tracked", code=1).stderr


def test_a_query_is_never_an_option_nor_run(robin: Mkit, still: Archives) -> None:
    odd = ["--output=/etc", "x' $(touch pwned) `touch pwned`", '"(((', "--", "-"]
    for number, query in enumerate(odd):
        words = (f"--query={query}", "--from", place(still), "--name", f"odd{number}")
        (made,) = robin.json("track", *words)["tracked"]
        assert made["query"].startswith(f"({query})")
    pull(robin, "--tracked")
    assert not list(robin.base.rglob("pwned"))


def test_what_lei_cannot_keep_is_refused(robin: Mkit, still: Archives) -> None:
    """A backslash would keep lei from reading any search of its user."""
    robin.run("track", *SEARCH, "--from", place(still), "--name", "foo")
    for query in ("a\\b", "a#b", "a;b", "a\x1bb"):
        robin.run("track", f"--query={query}", "--from", place(still), code=1)
    assert tracked(robin)["name"] == "foo"
    assert len(json.loads(lei(robin, "ls-search", "-f", "json").stdout)) == 1


def test_no_mail_is_put_aside_and_kept(robin: Mkit, still: Archives) -> None:
    robin.run("track", *SEARCH, "--from", place(still), "--name", "foo")
    spool = robin.home / "track" / "foo"
    (spool / "new" / "junk").write_bytes(b"\0\0no mail at all\n")
    value = pull(robin, "--tracked")
    assert [Path(one["path"]).name for one in value["broken"]] == ["junk"]
    assert [one.name for one in waiting(robin)] == ["junk"]
    assert pull(robin, "--tracked")["broken"] == []
    told = [one["message"] for one in robin.json("doctor", code=1)["findings"]]
    assert "1 file that lei brought held no mail" in told


def test_without_lei(robin: Mkit, still: Archives, tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("git", "notmuch"):
        found = shutil.which(name)
        assert found
        (programs / name).symlink_to(found)
    poor = robin.having(PATH=str(programs))
    said = poor.run("track", *SEARCH, "--from", place(still), code=1).stderr
    assert "lei is not installed" in said
    assert "try: " in said


def test_a_section(robin: Mkit, still: Archives, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    (tree / ".git").mkdir(parents=True)
    (tree / "MAINTAINERS").write_text(
        f"FOO FILE SYSTEM\nM:\tRobin <robin@lumen.example>\nL:\t{LIST}\nS:\tMaintained\n"
        "F:\tfs/foo/\n",
        encoding="utf-8",
    )
    robin.configure(CONFIG + f"\trepository = {tree}\n")
    robin.run("track", "--section", "foo", "--since", "ever", "--from", place(still))
    found = tracked(robin)
    assert (found["name"], found["mails"]) == ("foo-file-system", 3)
    assert 'dfn:"fs/foo"' in found["query"]
    assert "no such section" in robin.run("track", "--section", "nope", code=1).stderr
