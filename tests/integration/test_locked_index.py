# SPDX-License-Identifier: GPL-2.0-or-later
"""Somebody else holds notmuch's lock: decisions do not wait, nothing is lost, nothing hangs."""

from __future__ import annotations

import time

import pytest

from tests.build import part_id, posting
from tests.integration.driver import Mkit, states
from tests.integration.locking import held_lock

pytestmark = pytest.mark.timeout(30)


def test_a_decision_does_not_wait_and_its_tag_comes_later(mkit: Mkit) -> None:
    mkit.bring(*posting("s", 2))
    with held_lock(mkit.home / "mail"):
        start = time.monotonic()
        mkit.run("state", "accepted", part_id("s", 0))
        assert time.monotonic() - start < 5
        listed = mkit.run("list", "--all", "--no-sync", "--json").json["topics"]
        assert [one["state"] for one in listed] == ["accepted"]
        assert "mkit/accepted" not in mkit.tags(part_id("s", 1))
    mkit.run("sync")
    assert "mkit/accepted" in mkit.tags(part_id("s", 1))
    assert set(states(mkit.topic(part_id("s", 0))).values()) == {"accepted"}
    assert len(mkit.json("log")["log"]) == 1


def test_the_last_decision_counts_when_several_waited_for_their_tags(mkit: Mkit) -> None:
    mkit.bring(*posting("s", 1))
    with held_lock(mkit.home / "mail"):
        mkit.run("state", "accepted", part_id("s", 0))
        mkit.run("state", "rejected", part_id("s", 0))
        mkit.run("state", "deferred", part_id("s", 0))
        mkit.run("undo")
    mkit.run("sync")
    assert mkit.tags(part_id("s", 1)) == {"mkit", "mkit/rejected"}
    assert len(mkit.json("log")["log"]) == 4


def test_reading_goes_on(mkit: Mkit) -> None:
    mkit.bring(*posting("s", 2))
    with held_lock(mkit.home / "mail"):
        for verb in (["list"], ["show", part_id("s", 0)], ["log"], ["search", "step"]):
            start = time.monotonic()
            mkit.run(*verb)
            assert time.monotonic() - start < 10, verb


def test_reading_goes_on_even_with_new_mail(mkit: Mkit) -> None:
    """It cannot be indexed now; what is known is shown, within a bounded time."""
    mkit.bring(*posting("s", 2))
    mkit.deliver(*posting("t", 1))
    with held_lock(mkit.home / "mail"):
        start = time.monotonic()
        done = mkit.end_of("list", "--all", timeout=25)
        assert time.monotonic() - start < 20
        assert done.code in (0, 1)
        assert "s: make it better" in done.stdout or "writing" in done.stderr
    assert len(mkit.topics()) == 2


def test_an_import_waits_and_then_goes_on(mkit: Mkit) -> None:
    mkit.bring(*posting("s", 1))
    (mkit.base / "t.eml").write_bytes(posting("t", 1)[1])
    with held_lock(mkit.home / "mail"):
        importing = mkit.start("import", "--json", mkit.base / "t.eml")
        time.sleep(1.5)
        assert importing.poll() is None
    out, err = importing.communicate(timeout=60)
    assert importing.returncode == 0, err
    assert '"new": 1' in out
    assert len(mkit.topics()) == 2


def test_what_is_locked_is_named(mkit: Mkit) -> None:
    """With a tag to write, doctor says that the index is locked."""
    mkit.bring(*posting("s", 1))
    with held_lock(mkit.home / "mail"):
        mkit.run("state", "accepted", part_id("s", 0))
        done = mkit.end_of("doctor")
        assert str(mkit.home / "mail") in done.stdout + done.stderr
