# SPDX-License-Identifier: GPL-2.0-or-later
"""``link`` and ``unlink`` as they are typed, over a real home."""

from __future__ import annotations

import pytest

from tests.build import BO, DAY, mail, part_id, posting
from tests.cli import schemas
from tests.integration.driver import Json, Mkit, states

FOO, BAR = part_id("foo", 0), part_id("bar", 0)
MARK = "change-id: 20260105-foo-abc\n"


def other(stem: str, total: int, minutes: int) -> list[bytes]:
    """A posting that has nothing in common with ``posting("foo", ...)``."""
    mails = posting(stem, total, sender=BO, minutes=minutes)
    return [raw.replace(b"one()", b"three()").replace(b"make it", stem.encode()) for raw in mails]


def filled(found: Mkit) -> Mkit:
    """Two series that mail does not join, one of two revisions that it does, and a report."""
    found.bring(
        *posting("foo", 2),
        *other("bar", 2, DAY),
        *posting("baz", 1, tail=MARK),
        *posting("baz", 1, tail=MARK, revision=2, minutes=DAY),
        mail("[BUG] oops", "It crashes.", message_id="b@x"),
    )
    return found


@pytest.fixture
def mkit(mkit: Mkit) -> Mkit:
    return filled(mkit)


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Mkit:
    """The same, for what changes nothing."""
    return filled(Mkit(tmp_path_factory.mktemp("unchanged"), quick=False).configure())


def revisions(topic: Json) -> list[tuple[str, str]]:
    """The cover letters of a topic's postings, each with what links it."""
    return [(one["cover"]["message_id"], one["linked_by"]) for one in topic["revisions"]]


def test_link_undo_redo_and_rebuild(mkit: Mkit) -> None:
    before = mkit.export()
    done = mkit.run("link", BAR, FOO, "--why", "goes on under another name")
    assert done.stdout == "done: linked on 3 messages\n"
    topic = mkit.topic(FOO)
    assert revisions(topic) == [(FOO, "first"), (BAR, "by-hand")]
    assert topic["message_id"] == BAR
    linked = mkit.export()
    mkit.run("undo")
    assert mkit.export() == before
    mkit.run("redo")
    assert mkit.export() == linked
    mkit.run("rebuild")
    assert mkit.export() == linked
    assert "goes on under another name" in mkit.run("log", FOO).stdout
    assert ", linked by hand\n" in mkit.run("show", FOO).stdout


def test_link_by_topic_ids(mkit: Mkit) -> None:
    ids = [mkit.topic(one)["id"] for one in (BAR, FOO)]
    mkit.run("link", *ids)
    assert revisions(mkit.topic(FOO)) == [(FOO, "first"), (BAR, "by-hand")]


def test_unlink(mkit: Mkit) -> None:
    older, newer = part_id("baz", 0), part_id("baz", 0, 2)
    mkit.run("state", "rejected", part_id("baz", 1, 2))
    assert len(mkit.topic(older)["revisions"]) == 2
    mkit.run("unlink", newer, "--why", "another series")
    assert revisions(mkit.topic(older)) == [(older, "first")]
    assert states(mkit.topic(newer)) == {part_id("baz", 1, 2): "rejected"}
    parted = mkit.export()
    mkit.run("rebuild")
    assert mkit.export() == parted
    mkit.run("undo")
    assert len(mkit.topic(older)["revisions"]) == 2


def test_targets_from_standard_input(mkit: Mkit) -> None:
    mkit.run("unlink", "-", stdin=f"<{part_id('baz', 1, 2)}>\n")
    assert len(mkit.topic(part_id("baz", 0))["revisions"]) == 1


def test_before_the_mail_is_here(mkit: Mkit, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The journal of another machine, taken over before any mail is."""
    mkit.run("link", BAR, FOO)
    there = Mkit(tmp_path_factory.mktemp("there"), quick=False).configure()
    there.run("sync")
    journal = (mkit.home / "journal.jsonl").read_bytes()
    (there.home / "journal.jsonl").write_bytes(journal)
    there.bring(*other("bar", 2, DAY))
    there.bring(*posting("foo", 2))
    assert revisions(there.topic(FOO)) == [(FOO, "first"), (BAR, "by-hand")]


def test_json(mkit: Mkit) -> None:
    for verb in (["link", BAR, FOO], ["unlink", BAR]):
        value = mkit.json(*verb)
        schemas.check(value, verb[0])
        assert {one["kind"] for one in value["events"]} >= {verb[0]}


@pytest.mark.parametrize(
    ("verb", "names"),
    [
        (f"link {FOO} {part_id('foo', 1)}", "both belong to topic"),
        (f"link b@x {FOO}", "is no series"),
        (f"link {FOO} no@such.example", "no@such.example"),
        (f"unlink {FOO}", "no other posting"),
        ("unlink b@x", "is no series"),
        ("unlink nosuch", "nosuch"),
    ],
)
def test_a_refusal_is_one_line_and_a_next_step(unchanged: Mkit, verb: str, names: str) -> None:
    before = unchanged.export()
    done = unchanged.run(*verb.split(), code=1)
    first, second = done.stderr.splitlines()
    assert (done.stdout, first.startswith("mkit: "), second.startswith("try: ")) == ("", True, True)
    assert names in first
    assert unchanged.export() == before


def test_a_topic_is_no_posting(unchanged: Mkit) -> None:
    topic = unchanged.topic(part_id("baz", 0))["id"]
    assert f"mkit show {topic}" in unchanged.run("unlink", topic, code=1).stderr


@pytest.mark.parametrize("verb", ["link", "link a", "link a b c", "unlink"])
def test_usage(unchanged: Mkit, verb: str) -> None:
    assert "Usage: mkit" in unchanged.run(*verb.split(), code=2).stderr
