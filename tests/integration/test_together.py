# SPDX-License-Identifier: GPL-2.0-or-later
"""Several programs at once on one home: all finish, and nothing is there twice."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.build import part_id, posting
from tests.integration.driver import SAMPLE, Mkit, states
from tests.integration.mboxes import mboxrd

WICK = SAMPLE / "wick.mbox"


def finish(running: Iterable[subprocess.Popen[str]]) -> list[tuple[str, str]]:
    """Wait for all; each must have ended well."""
    told = []
    for one in running:
        out, err = one.communicate(timeout=100)
        assert one.returncode == 0, (one.args, out, err)
        assert "Traceback" not in err
        told.append((out, err))
    return told


def files(mkit: Mkit) -> list[str]:
    return sorted(path.name for path in (mkit.home / "mail").rglob("*:2,*"))


def leftovers(mkit: Mkit) -> list[Path]:
    return list((mkit.home / "mail" / "mkit" / "tmp").glob("*"))


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Mkit:
    """What an undisturbed import of one list gives."""
    made = Mkit(tmp_path_factory.mktemp("alone")).configure()
    made.run("import", WICK)
    return made


def test_two_imports_of_the_same_mail(mkit: Mkit, alone: Mkit) -> None:
    finish([mkit.start("import", WICK), mkit.start("import", WICK)])
    assert mkit.export() == alone.export()
    assert files(mkit) == files(alone)
    assert not leftovers(mkit)


def test_two_imports_of_different_mail(mkit: Mkit, alone: Mkit) -> None:
    (mkit.base / "more.mbox").write_bytes(mboxrd(posting("more", 5)))
    finish([mkit.start("import", WICK), mkit.start("import", mkit.base / "more.mbox")])
    assert len(mkit.export()) == len(alone.export()) + 1
    assert mkit.topic(part_id("more", 0))["received"] == 5


def test_two_syncs_of_delivered_mail(mkit: Mkit) -> None:
    mails = [raw for at in range(30) for raw in posting(f"s{at}", 3)]
    mkit.run("sync")
    mkit.deliver(*mails)
    finish([mkit.start("sync"), mkit.start("sync"), mkit.start("list")])
    mkit.run("sync")
    assert len(mkit.indexed()) == len(mails)
    topics = mkit.topics()
    assert len(topics) == 30
    assert all(one["received"] == one["total"] == 3 for one in topics)


def test_an_import_beside_notmuch_new(mkit: Mkit, alone: Mkit) -> None:
    mkit.run("sync")
    mkit.deliver(*(raw for at in range(20) for raw in posting(f"s{at}", 3)))
    config = f"--config={mkit.home / 'notmuch-config'}"
    importing = mkit.start("import", WICK)
    indexing = [
        subprocess.Popen(
            ["notmuch", config, "new"],
            env=mkit.env,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    finish([importing, *indexing])
    mkit.run("sync")
    assert len(mkit.export()) == len(alone.export()) + 20
    assert set(files(alone)) <= set(files(mkit))


def test_decisions_beside_each_other_are_all_kept(mkit: Mkit) -> None:
    mkit.bring(*(raw for at in range(4) for raw in posting(f"s{at}", 2)))
    names = ("accepted", "rejected", "deferred", "rfc")
    finish(mkit.start("state", name, part_id(f"s{at}", 0)) for at, name in enumerate(names))
    mkit.run("sync")
    for at, name in enumerate(names):
        topic = mkit.topic(part_id(f"s{at}", 0))
        assert topic["states"] == {name: 2}
        assert all(f"mkit/{name}" in mkit.tags(one) for one in states(topic))
    assert len(mkit.json("log")["log"]) == 4
    before = mkit.export()
    mkit.run("rebuild")
    assert mkit.export() == before


def test_decisions_beside_an_import(mkit: Mkit) -> None:
    mkit.bring(*posting("first", 2))
    importing = mkit.start("import", WICK)
    time.sleep(0.3)
    mkit.run("state", "accepted", part_id("first", 0))
    finish([importing])
    mkit.run("sync")
    assert mkit.topic(part_id("first", 0))["states"] == {"accepted": 2}
    assert mkit.indexed("tag:mkit/accepted") == {part_id("first", 1), part_id("first", 2)}
    before = mkit.export()
    mkit.run("rebuild")
    assert mkit.export() == before


def test_a_tag_that_is_set_while_mkit_decides_about_another(mkit: Mkit) -> None:
    mkit.bring(*posting("one", 1), *posting("two", 1))
    deciding = mkit.start("state", "accepted", part_id("one", 0))
    mkit.notmuch("tag", "+mkit/rejected", f"id:{part_id('two', 1)}")
    finish([deciding])
    mkit.run("sync")
    assert mkit.topic(part_id("one", 0))["state"] == "accepted"
    assert mkit.topic(part_id("two", 0))["state"] == "rejected"


def test_a_rebuild_beside_readers(mkit: Mkit, alone: Mkit) -> None:
    mkit.run("import", WICK)
    rebuilding = mkit.start("rebuild")
    reading = [mkit.start("list", "--json"), mkit.start("show", "--no-sync", alone_id(alone))]
    finish([rebuilding])
    for one in reading:
        _, err = one.communicate(timeout=100)
        assert one.returncode in (0, 1)
        assert "Traceback" not in err
    assert mkit.export() == alone.export()


def alone_id(alone: Mkit) -> str:
    return str(alone.topics()[0]["id"])
