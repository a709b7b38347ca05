# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit pull`` from a real public-inbox."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.build import mail, part_id, patch, posting, reply
from tests.cli import schemas
from tests.integration.bad_archive import Handler, after, bad_archive
from tests.integration.clones import make_clone
from tests.integration.driver import CONFIG, SAMPLE, Json, Mkit, message_ids
from tests.integration.inbox_server import Archives, InboxServer, serving

ALLOC = "20260108091225.28580-1-tomasz.wrona@quarry.example"


@pytest.fixture
def robin(mkit: Mkit, archives: InboxServer) -> Mkit:
    """Robin, with the sample archives for lore."""
    return mkit.configure(CONFIG + f"\tlore = {archives.of('all')}\n")


def pull(mkit: Mkit, *args: str) -> Json:
    """What ``pull --json`` says, which is by its schema."""
    value = mkit.json("pull", *args)
    schemas.check(value, "pull")
    assert value["new"] + value["duplicates"] + len(value["broken"]) == value["messages"]
    return value


def test_by_id_by_url_and_again(robin: Mkit, archives: InboxServer) -> None:
    value = pull(robin, f"<{ALLOC}>")
    assert value["new"] == value["messages"] > 10
    topic = robin.topic(ALLOC)
    assert value["named"] == [{"message_id": ALLOC, "topic": topic["id"]}]
    before = robin.export()
    for address in (f"{archives.of('pebblefs')}{ALLOC}/T/#u", f"{archives.of('all')}{ALLOC}/raw"):
        assert pull(robin, address)["new"] == 0
    assert robin.export() == before


def imported(tmp_path: Path) -> Mkit:
    """A home into which the same list was imported from a file."""
    other = Mkit(tmp_path / "other").configure()
    other.run("import", SAMPLE / "pebblefs.mbox")
    return other


def test_it_equals_an_import_of_the_same(robin: Mkit, tmp_path: Path) -> None:
    pull(robin, "--list", "pebblefs", "--since", "2025-12-01")
    assert robin.export() == imported(tmp_path).export()


def test_only_the_series(robin: Mkit) -> None:
    value = pull(robin, "--series", ALLOC)
    assert value["messages"] == value["new"] == 4
    topic = robin.topic(ALLOC)
    assert [len(one["patches"]) for one in topic["revisions"]] == [3]
    assert not topic["revisions"][0]["follow_ups"]


def test_a_thread_that_was_pulled_is_not_fetched_whole_again(
    mkit: Mkit, archives: InboxServer
) -> None:
    with bad_archive(archives) as proxy:
        mkit.configure(CONFIG + f"\tlore = {proxy.url}/all/\n")
        first = pull(mkit, ALLOC)
        again = pull(mkit, ALLOC)
        assert (again["new"], again["messages"]) == (0, 1)
        assert again["bytes"] < first["bytes"]
        whole = [one for one in proxy.asked if one.endswith("t.mbox.gz")]
        assert len(whole) == 1


def test_a_query_with_a_window(robin: Mkit) -> None:
    window = ("--since", "2026-01-01", "--until", "2026-02-01")
    some = pull(robin, "--query", "s:alloc", *window)
    all_times = pull(robin, "--query", "s:alloc")
    assert 0 < some["messages"] < all_times["messages"]
    assert all_times["duplicates"] == some["messages"]
    threads = pull(robin, "--query", "s:alloc", "--threads")
    assert threads["messages"] > all_times["messages"]
    assert pull(robin, "--query", "s:nobodysaysthis")["messages"] == 0


def test_a_list_since_last_time(mkit: Mkit, tmp_path: Path) -> None:
    late = mail("late", minutes=200_000)
    with serving(Archives(tmp_path / "pi").fill({"foo": [*posting("foo", 2)]})) as server:
        mkit.configure(
            CONFIG + f"\tlore = {server.of('all')}\n\tarchive = foo {server.of('foo')}\n"
        )
        mkit = mkit.having(MKIT_NOW="2026-01-06T00:00:00Z")
        assert pull(mkit, "--list", "foo")["new"] == 3
        assert pull(mkit, "--list", "foo@lists.example")["messages"] == 0
        server.add("foo", late)
        # A mail with a time to come is fetched again until it is over; nothing is lost.
        assert pull(mkit)["new"] == 1
        assert pull(mkit.having(MKIT_NOW="2026-06-01T00:00:00Z"))["new"] == 0


def test_a_dead_archive_does_not_keep_back_a_clone(mkit: Mkit, tmp_path: Path) -> None:
    make_clone(tmp_path / "clone", posting("foo", 2))
    mkit.configure(
        CONFIG + f"\tarchive = foo http://127.0.0.1:9/foo/\n\tinbox = {tmp_path / 'clone'}\n"
    )
    done = mkit.run("pull", code=1)
    assert "127.0.0.1:9" in done.stderr
    assert "kept: 3 messages: 3 new" in done.stderr
    assert int(mkit.run("list", "--all", "--count").stdout) == 1


def test_a_long_list_goes_on_where_it_was_killed(
    mkit: Mkit, archives: InboxServer, tmp_path: Path
) -> None:
    stuck = threading.Event()

    def hang(handler: Handler, _: bytes) -> None:
        stuck.set()
        handler.server.over.wait(60)

    words = ("--list", "pebblefs", "--since", "2025-12-01")
    with bad_archive(archives) as proxy:
        mkit.configure(CONFIG + f"\tlore = {proxy.url}/all/\n")
        proxy.fault = after(4, hang)
        running = mkit.start("pull", *words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        assert stuck.wait(60)
        os.killpg(running.pid, signal.SIGKILL)
        running.wait(60)
        proxy.fault = None
        done, proxy.asked[:] = set(proxy.asked[:-1]), []
        kept = len(mkit.indexed())
        value = pull(mkit, *words)
        assert kept
        assert value["new"]
        assert not done & set(proxy.asked)
    assert mkit.export() == imported(tmp_path).export()


def test_what_a_topic_lacks(mkit: Mkit, tmp_path: Path) -> None:
    cover, one, two, three = posting("foo", 3)
    with serving(Archives(tmp_path / "pi").fill({"foo": [cover, one, two, three]})) as server:
        mkit.configure(CONFIG + f"\tlore = {server.of('all')}\n")
        mkit.bring(cover, one, three)
        value = pull(mkit, "--complete", part_id("foo", 1))
        assert value["new"] == 1
        assert value["lacking"] == []
        assert part_id("foo", 2) in message_ids(mkit.topic(part_id("foo", 1)))


def test_what_the_archive_lacks_too(mkit: Mkit, tmp_path: Path) -> None:
    cover, one, _, three = posting("foo", 3)
    with serving(Archives(tmp_path / "pi").fill({"foo": [cover, one, three]})) as server:
        mkit.configure(CONFIG + f"\tlore = {server.of('all')}\n")
        mkit.bring(cover, one, three)
        done = mkit.run("pull", "--complete", part_id("foo", 1), code=1)
        assert "the archive does not have v1 2/3" in done.stderr


def test_a_patch_that_came_without_its_thread_is_found(mkit: Mkit, tmp_path: Path) -> None:
    first, second = (
        patch(f"[PATCH {number}/2] pebble: {what}", message_id=f"2026.7-{number}-ada@made.example")
        for number, what in ((1, "begin"), (2, "end"))
    )
    with serving(Archives(tmp_path / "pi").fill({"foo": [first, second]})) as server:
        mkit.configure(CONFIG + f"\tlore = {server.of('all')}\n")
        mkit.bring(first)
        assert pull(mkit, "--complete", "2026.7-1-ada@made.example")["lacking"] == []


def test_other_revisions_are_followed(mkit: Mkit, tmp_path: Path) -> None:
    old, new = posting("foo", 2), posting("foo", 2, revision=2, minutes=2000)
    other = posting("else", 1, minutes=2000)
    lists = {"foo": [*old, *new, *other]}
    with serving(Archives(tmp_path / "pi").fill(lists)) as server:
        mkit.configure(CONFIG + f"\tlore = {server.of('all')}\n")
        mkit.bring(*old)
        assert pull(mkit, "--follow")["new"] == 3
        (topic,) = mkit.topics()
        assert [one["revision"] for one in topic["revisions"]] == [1, 2]
        assert pull(mkit, "--follow", topic["id"])["new"] == 0


def test_what_came_into_a_thread_that_was_pulled(mkit: Mkit, tmp_path: Path) -> None:
    thread, root = posting("foo", 1, cover=False), part_id("foo", 1)
    first = reply(root, "Fine.\n", message_id="first@made.example")
    late = reply(root, "Not fine.\n", message_id="late@made.example")
    with serving(Archives(tmp_path / "pi").fill({"foo": thread})) as server:
        mkit.configure(CONFIG + f"\tlore = {server.of('all')}\n")
        pull(mkit, root)
        server.add("foo", dated(first))
        assert pull(mkit, root)["new"] == 1
        # This server gives news of all threads: one of another shows that, and all is fetched.
        server.add("foo", dated(mail("aside")), dated(late))
        assert pull(mkit, root)["new"] == 1
        assert mkit.indexed() == {root, "first@made.example", "late@made.example"}
        assert pull(mkit, root)["new"] == 0


def dated(raw: bytes) -> bytes:
    """The same mail, sent just now."""
    now = format_datetime(datetime.now(UTC)).encode()
    return re.sub(rb"(?m)^Date: .*$", b"Date: " + now, raw, count=1)
