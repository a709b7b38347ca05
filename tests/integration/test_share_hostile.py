# SPDX-License-Identifier: GPL-2.0-or-later
"""What others can put where we share, and what must not come of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from maintainer_kit.adapters.share.remote import checked_remote, shown, unreached
from maintainer_kit.errors import Refused
from tests.build import part_id
from tests.integration.driver import Mkit
from tests.integration.sharing import Hub, said

BAR = part_id("bar", 1)


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    return Hub(tmp_path)


def line(name: str, **more: object) -> bytes:
    events = [{"kind": "state", "message_id": BAR, "value": "accepted"}]
    entry = {"group": name, "time": "2026-01-05T10:00:00.000000Z", "who": "x", "origin": "cli"}
    return json.dumps({**entry, "why": "", "events": events, **more}).encode() + b"\n"


def oddities(home: Mkit) -> dict[str, str]:
    return {one["machine"]: one["message"] for one in home.json("share")["oddities"]}


def test_journals_of_all_sorts(hub: Hub) -> None:
    one, two = hub.home("one"), hub.home("two")
    hub.write("good-1", f000001__jsonl=line("good"))
    hub.write("torn-1", f000001__jsonl=line("whole") + line("torn")[:-9])
    hub.write("noise-1", f000001__jsonl=b"\0\xff\n[1]\n", fREADME=b"hello")
    hub.write("twice-1", f000001__jsonl=line("good", who="somebody else"))
    hub.write("newer-1", f000001__jsonl=line("newer", origin="telepathy"))
    hub.write("large-1", f000001__jsonl=bytes(65 << 20), f000002__jsonl=line("small"))
    blob = hub.git("hash-object", "-w", "--stdin", data=line("blob"))
    hub.git("update-ref", "refs/mkit/journal/blob-1", blob)
    for strange in ("UPPER", "a.b", "deep/er", "x" * 70):
        hub.git("update-ref", f"refs/mkit/journal/{strange}", "refs/mkit/journal/good-1")
    for home in (one, two):
        home.run("share", hub.path)
    assert said(one) == said(two)
    ids = {group["group"] for group in one.json("log")["log"]}
    assert ids == {"good", "whole", "small"}
    journal = (one.home / "journal.jsonl").read_bytes()
    assert line("newer", origin="telepathy") in journal
    told = oddities(one)
    assert told.keys() == {"torn-1", "noise-1", "twice-1", "large-1", "blob-1"}
    assert "ends within a line" in told["torn-1"]
    assert "other content" in told["twice-1"]
    assert "absurdly large" in told["large-1"]
    assert "no journal" in told["blob-1"]
    assert journal == (one.home / "journal.jsonl").read_bytes(), "nothing came twice"
    assert not [name for name in hub.refs() if name.endswith((name_end(one), name_end(two)))]


def name_end(home: Mkit) -> str:
    return (home.home / "machine").read_text(encoding="ascii").strip()


def test_a_journal_that_is_written_anew_takes_nothing_away(hub: Hub) -> None:
    one, two = hub.home("one"), hub.home("two")
    hub.write("evil-1", f000001__jsonl=line("first") + line("second"))
    one.run("share", hub.path)
    hub.write("evil-1", f000001__jsonl=line("third"))
    assert "written anew" in oddities(one)["evil-1"]
    ids = {group["group"] for group in one.json("log")["log"]}
    assert ids == {"first", "second", "third"}
    # What came from there is not published as ours, though it is gone there.
    one.run("share")
    assert name_end(one) not in "".join(hub.refs())
    assert two.json("share", hub.path)["received"] == {"evil-1": 1}


def test_undos_in_a_circle_hang_nothing(hub: Hub) -> None:
    one, two = hub.home("one"), hub.home("two")
    circle = line("a", events=[], undoes="b") + line("b", events=[], undoes="a")
    hub.write("evil-1", f000001__jsonl=circle)
    for home in (one, two, one):
        home.run("share", hub.path, timeout=60)
        home.run("state", "accepted", BAR, timeout=60)
        home.end_of("redo", timeout=60)
    for home in (one, two, one):
        home.run("share")
    assert said(one) == said(two)


def test_a_terminal_is_told_nothing_that_it_would_obey(hub: Hub) -> None:
    one = hub.home("one")
    name = "\x1b]0;owned\x07"
    hub.write("evil-1", f000001__jsonl=line("one", who=name, why=name), f2=b"\x1b[2J")
    one.run("share", hub.path)
    assert "\x1b" not in one.run("share").stdout + one.run("log").stdout


@pytest.mark.parametrize(
    "word",
    [
        "--upload-pack=touch /tmp/x",
        "-c",
        "ext::sh -c touch% /tmp/x",
        "fd::17",
        "gcrypt::https://host.example/x",
        "ftp://host.example/x",
        "https://host.example/\nx",
        "",
    ],
)
def test_remotes_that_are_refused(word: str, mkit: Mkit) -> None:
    with pytest.raises(Refused):
        checked_remote(word)
    if word:
        done = mkit.run("share", f"--remote={word}", code=1)
        assert len(done.stderr.splitlines()) == 2


def test_a_helper_that_the_users_configuration_brings_in_is_not_run(hub: Hub) -> None:
    one = hub.home("one")
    mark = hub.base / "ran"
    one.program(
        ["git", "config", "--global", f"url.ext::sh -c touch% {mark}%.insteadOf", str(hub.path)]
    )
    one.program(["git", "config", "--global", "protocol.ext.allow", "always"])
    one.run("share", hub.path, code=1)
    assert not mark.exists()


def test_hooks_here_are_not_run_and_settings_do_no_harm(hub: Hub) -> None:
    one = hub.home("one")
    hooks, mark = hub.base / "hooks", hub.base / "ran"
    hooks.mkdir()
    for name in ("pre-push", "reference-transaction", "post-commit", "pre-auto-gc"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch {mark}\nexit 1\n")
        (hooks / name).chmod(0o755)
    one.run("share", hub.path)
    # The other end is another machine's, though this test gives it the same home.
    hub.git("config", "core.hooksPath", "hooks")
    settings = {
        "core.hooksPath": str(hooks),
        "push.gpgSign": "true",
        "commit.gpgSign": "true",
        "push.followTags": "true",
        "push.default": "nothing",
        "fetch.prune": "true",
        "fetch.pruneTags": "true",
        "fetch.recurseSubmodules": "true",
        "push.recurseSubmodules": "only",
        "transfer.hideRefs": "refs/tags",
        "safe.bareRepository": "explicit",
        "init.defaultBranch": "-x",
        "log.showSignature": "true",
        "log.decorate": "full",
        "core.quotePath": "true",
    }
    for name, value in settings.items():
        one.program(["git", "config", "--global", name, value])
    one.run("state", "accepted", BAR)
    assert one.json("share")["published"] == 1
    assert not mark.exists()


def test_passwords_are_never_shown() -> None:
    told = {
        "https://robin:secret@host.example/x": "https://host.example/x",
        "https://secret@host.example/x?token=secret": "https://host.example/x",
        "ssh://robin:secret@host.example/x": "ssh://robin@host.example/x",
        "robin@host.example:x": "robin@host.example:x",
        "unable to access 'https://a:secret@host.example/x/': no": (
            "unable to access 'https://host.example/x/': no"
        ),
    }
    assert {url: shown(url) for url in told} == told
    error = unreached("https://u:secret@h.example/x", "fatal: https://u:secret@h.example/x: no")
    assert "secret" not in error.message


def test_a_password_in_the_url_is_not_printed(mkit: Mkit) -> None:
    url = "http://robin:secret@127.0.0.1:1/x"
    for words in (["share", url], ["share", "--json"], ["share", "http://127.0.0.1:2/x"]):
        done = mkit.run(*words, code=1)
        assert "secret" not in done.stdout + done.stderr
        assert "127.0.0.1" in done.stderr


@pytest.mark.parametrize("word", ["host.example:x", "me@host.example:x", "ssh://h.example/x"])
def test_remotes_that_are_taken_as_they_are(word: str) -> None:
    assert checked_remote(f" {word} ") == word


def test_paths_are_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    assert checked_remote("hub.git") == str(tmp_path / "hub.git")
    assert checked_remote("./a:b") == str(tmp_path / "a:b")
    assert checked_remote("~/hub.git") == str(tmp_path / "me" / "hub.git")


def test_another_remote_than_the_remembered_one_is_not_taken_by_the_way(hub: Hub) -> None:
    one = hub.home("one")
    assert "through which repository" in one.run("share", code=1).stderr
    one.run("share", hub.base / "typo.git", code=1)
    one.run("state", "accepted", BAR)
    one.run("share", hub.path)
    assert one.json("share")["remote"] == str(hub.path)
    second = Hub(hub.base / "user")
    done = one.run("share", second.path, code=1)
    assert f"--remote {second.path}" in done.stderr
    assert one.json("share", "--remote", second.path)["published"] == 1
    assert second.refs().keys() == hub.refs().keys()
    one.run("share", hub.path, "--remote", hub.path, code=2)
