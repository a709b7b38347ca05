# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit pull`` from servers that hang, lie, flood or lead astray: one line, nothing half done."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.integration.bad_archive import (
    FAULTS,
    BadArchive,
    Handler,
    after,
    another,
    bad_archive,
    busy_first,
    redirect,
)
from tests.integration.driver import CONFIG, Mkit
from tests.integration.inbox_server import InboxServer

ALLOC = "20260108091225.28580-1-tomasz.wrona@quarry.example"
WORDS = {
    "hang": "does not answer in time",
    "hang-inside": "does not answer in time",
    "page": "answers with a web page where mail was expected",
    "404": f"does not have {ALLOC}",
    "500": "answers with error 500",
    "busy": "is busy (503), and asks to come back in 7200 s",
    "half": "breaks off, or is damaged",
    "broken-off": "breaks off in the middle of an answer",
    "damaged": "breaks off, or is damaged",
    "endless": "sends more than 96 MiB at once",
    "bomb": "sends more than 256 MiB of mail at once",
    "no-mbox": "something that is no mbox",
    "circle": "sends us in circles",
    "elsewhere": "sends us elsewhere, to http://elsewhere.example: not followed",
    "file": "sends us elsewhere, to file://: not followed",
}


@pytest.fixture
def proxy(archives: InboxServer) -> Iterator[BadArchive]:
    """Passes everything on, until it is told otherwise."""
    with bad_archive(archives) as server:
        yield server


@pytest.fixture
def robin(mkit: Mkit, proxy: BadArchive) -> Mkit:
    return through(mkit, proxy)


def through(mkit: Mkit, proxy: BadArchive, more: str = "") -> Mkit:
    """An impatient reader of what the proxy passes on."""
    assert mkit.env
    patience = f'[liblore "{proxy.url}"]\n\trequesttimeout = 5,2\n{more}'
    (mkit.base / "user" / ".gitconfig").write_text(patience, encoding="utf-8")
    return mkit.configure(CONFIG + f"\tlore = {proxy.url}/all/\n")


def test_each_fault_is_told_in_a_line() -> None:
    assert set(WORDS) == set(FAULTS)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_leaves_nothing_behind(robin: Mkit, proxy: BadArchive, name: str) -> None:
    proxy.fault = FAULTS[name]
    done = robin.run("pull", ALLOC, code=1)
    assert done.stdout == ""
    first, second = done.stderr.splitlines()
    assert first.startswith("mkit: ")
    assert WORDS[name] in first
    assert second.startswith("try: ")
    assert robin.export() == []
    assert not (robin.home / "pull-marks").exists()
    # Nothing of it was kept for later either.
    proxy.fault = None
    assert robin.json("pull", ALLOC)["new"] > 10


def test_another_thread_than_asked_is_refused(robin: Mkit, proxy: BadArchive) -> None:
    other = next(
        one["message_id"]
        for one in sample_topics(robin, proxy)
        if one["message_id"] != ALLOC and one["kind"] == "series"
    )
    proxy.fault = another(other)
    done = robin.run("pull", ALLOC, code=1)
    assert f"answers with another thread than that of {ALLOC}" in done.stderr
    proxy.fault = None
    assert robin.json("pull", ALLOC)["new"] > 0


def sample_topics(robin: Mkit, proxy: BadArchive) -> list[dict[str, str]]:
    """Topics of another list than the asked mail's."""
    robin.run("pull", "--list", "wick")
    found = robin.json("list", "--all")["topics"]
    assert isinstance(found, list)
    return found


def test_a_busy_server_is_asked_again(robin: Mkit, proxy: BadArchive) -> None:
    proxy.fault = busy_first(2)
    assert robin.json("pull", ALLOC)["new"] > 10
    assert len(proxy.asked) == 3


def test_a_redirect_within_the_server_is_followed(robin: Mkit, proxy: BadArchive) -> None:
    to_list = redirect(f"/pebblefs/{ALLOC}/t.mbox.gz")

    def moved(handler: Handler, body: bytes) -> None:
        if handler.path.startswith("/all/"):
            to_list(handler, body)
        else:
            handler.send(*handler.passed_on(body))

    proxy.fault = moved
    assert robin.json("pull", ALLOC)["new"] > 10


def test_a_mirror_answers_where_the_server_does_not(
    mkit: Mkit, proxy: BadArchive, archives: InboxServer
) -> None:
    proxy.fault = FAULTS["page"]
    # liblore asks mirrors first, then the server itself.
    with bad_archive(archives) as server:
        through(mkit, server, f"\tfallback = {proxy.url}\n")
        assert mkit.json("pull", ALLOC)["new"] > 10
        assert proxy.asked
        assert server.asked


def test_what_came_before_is_kept(robin: Mkit, proxy: BadArchive) -> None:
    proxy.fault = after(1, FAULTS["500"])
    done = robin.run("pull", ALLOC, "other@made.example", code=1)
    assert "kept: 15 messages: 15 new" in done.stderr
    assert len(robin.indexed()) == 15


def test_an_interrupt_keeps_what_came(robin: Mkit, proxy: BadArchive) -> None:
    stuck = threading.Event()

    def hang(handler: Handler, _: bytes) -> None:
        stuck.set()
        handler.server.over.wait(60)

    proxy.fault = after(1, hang)
    running = robin.start("pull", ALLOC, "other@made.example")
    assert stuck.wait(60)
    os.kill(running.pid, signal.SIGINT)
    _, errors = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "kept: 15 messages: 15 new" in errors
    assert len(robin.indexed()) == 15


def test_a_repository_does_not_choose_the_server(
    mkit: Mkit, proxy: BadArchive, archives: InboxServer
) -> None:
    repository = mkit.base / "repository"
    mkit.program(["git", "init", "-q", str(repository)])
    origin = archives.url
    for key in (f"liblore.{origin}.fallback", "lore.fallback"):
        mkit.program(["git", "-C", str(repository), "config", key, proxy.url])
    mkit.program(["git", "-C", str(repository), "config", "mkit.lore", f"{proxy.url}/all/"])
    mkit.configure(CONFIG + f"\tlore = {archives.of('all')}\n")
    done = subprocess.run(
        mkit.argv("pull", ALLOC, "--json"), env=mkit.env, cwd=repository, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    assert proxy.asked == []


def test_a_certificate_of_nobody(
    mkit: Mkit, archives: InboxServer, needs_tool: Callable[[str], str], tmp_path: Path
) -> None:
    both = tmp_path / "both.pem"
    made = ("-keyout", str(both), "-out", str(tmp_path / "cert.pem"))
    kind = ("-x509", "-newkey", "rsa:2048", "-nodes", "-batch", "-subj", "/CN=127.0.0.1")
    subprocess.run(
        [needs_tool("openssl"), "req", *kind, *made],
        check=True,
        capture_output=True,
        timeout=60,
    )
    both.write_bytes(both.read_bytes() + (tmp_path / "cert.pem").read_bytes())
    with bad_archive(archives, both) as proxy:
        done = through(mkit, proxy).run("pull", ALLOC, code=1)
        assert "has a certificate that cannot be trusted" in done.stderr
        assert proxy.asked == []


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://nowhere.invalid/all", "no such host"),
        ("http://127.0.0.1:1/all", "refuses the connection"),
    ],
)
def test_nobody_there(mkit: Mkit, address: str, words: str) -> None:
    done = mkit.run("pull", f"{address}/{ALLOC}/", code=1)
    assert words in done.stderr


def test_a_password_is_neither_told_nor_kept(mkit: Mkit) -> None:
    address = f"https://robin:sesame@archive.example/all/{ALLOC}/"
    for words in (["pull", address], ["pull", "--list", "https://sesame@archive.example/foo/"]):
        done = mkit.run(*words, code=1)
        assert "netrc" in done.stderr
        assert "sesame" not in done.stdout + done.stderr
    mkit.configure(CONFIG + "\tlore = https://robin:sesame@archive.example/all/\n")
    for words in (["pull", ALLOC], ["config"], ["doctor"]):
        done = mkit.run(*words, code=1)
        assert "netrc" in done.stdout + done.stderr
        assert "sesame" not in done.stdout + done.stderr
    kept = (path for path in mkit.home.rglob("*") if path.is_file() and path.name != "config")
    assert not any(b"sesame" in path.read_bytes() for path in kept)
