# SPDX-License-Identifier: GPL-2.0-or-later
"""bench/morning.py: the account by plain means, and mornings played with the real mkit."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from bench.plain_mail import parse_plain, read_plain
from bench.plain_words import is_comment, is_taken, is_withdrawn
from bench.rerolls_due import Person, Rerolls, most_active, named
from tests.build import ADA, BO, DAY, LIST, ROBIN, edit, part_id, patch, posting, reply
from tests.integration.driver import Done, Mkit
from tests.integration.mboxes import mboxrd

CY = "Cy Kaminsky <cy@slate.example>"
ME = Person(frozenset({"bo@shale.example"}), "bo reviewer")
FIRST = posting("foo", 2)
SECOND = posting("foo", 2, revision=2, minutes=2 * DAY, change="new")
COMMENT = reply(part_id("foo", 1), "This leaks the buffer.", message_id="c@x")
LINK = "https://a.example/r/1@x"
ANSWER = reply(part_id("foo", 0, 2), "Still leaks.", message_id="a@x", minutes=3 * DAY)


def due(*raws: bytes, me: Person = ME) -> list[str]:
    """The first mail of each posting that waits for me."""
    rerolls = Rerolls(me)
    for raw in raws:
        rerolls.take(parse_plain(raw))
    return [one.ids[0] for one in rerolls.due()]


def single(
    words: str,
    message_id: str = "1@x",
    *,
    sender: str = ADA,
    tail: str = "",
    parents: tuple[str, ...] = (),
    minutes: int = 0,
) -> bytes:
    """A patch alone, with such a subject and such last words of its message."""
    text = f"Reason.\n\nSigned-off-by: Ada <ada@quarry.example>\n{tail}"
    return patch(
        words, edit(), text=text, sender=sender, message_id=message_id,
        parents=parents, minutes=minutes,
    )  # fmt: skip


def test_a_reroll_of_what_i_commented_on_is_due() -> None:
    assert due(*FIRST, COMMENT) == []
    assert due(*FIRST, COMMENT, *SECOND) == [part_id("foo", 0, 2)]
    assert due(*FIRST, *SECOND) == []


@pytest.mark.parametrize(
    "last",
    [
        ANSWER,
        reply(part_id("foo", 1), "I mean this one.", minutes=3 * DAY),
        reply(part_id("foo", 0, 2), "Applied, thanks!", sender=ROBIN, minutes=3 * DAY),
        reply(part_id("foo", 0, 2), "Please drop this series.", sender=ADA, minutes=3 * DAY),
    ],
)
def test_until_i_answer_or_it_is_taken_or_taken_back(last: bytes) -> None:
    assert due(*FIRST, COMMENT, *SECOND, last) == []


@pytest.mark.parametrize(
    "last",
    [
        reply(part_id("foo", 0, 2), f"Reviewed-by: {CY}\n", sender=CY, minutes=3 * DAY),
        reply(part_id("foo", 0, 2), "Can this be applied?", sender=CY, minutes=3 * DAY),
        reply(part_id("foo", 0, 2), "Applied, thanks!", sender=ADA, minutes=3 * DAY),
    ],
)
def test_not_by_what_others_say(last: bytes) -> None:
    assert due(*FIRST, COMMENT, *SECOND, last) == [part_id("foo", 0, 2)]


def test_a_newer_one_takes_its_place() -> None:
    third = posting("foo", 2, revision=3, minutes=4 * DAY, change="third")
    assert due(*FIRST, COMMENT, *SECOND, *third) == [part_id("foo", 0, 3)]


def test_my_own_series_is_never_due() -> None:
    ada = Person(frozenset({"ada@quarry.example"}))
    mine = reply(part_id("foo", 1), "I will change this.", sender=ADA)
    assert due(*FIRST, mine, *SECOND, me=ada) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (single("[PATCH] foo: mend it"), single("[PATCH v2] foo: mend it", "2@x", minutes=DAY)),
        (
            single("[PATCH] foo: mend it", tail="change-id: 20260105-foo-1\n"),
            single(
                "[PATCH v2] foo: rework", "2@x", tail="change-id: 20260105-foo-1\n", minutes=DAY
            ),
        ),
        (
            single("[PATCH] foo: mend it"),
            single("[PATCH v2] foo: rework", "2@x", tail=f"- Link to v1: {LINK}\n", minutes=DAY),
        ),
        (
            single("[PATCH] foo: mend it"),
            single("[PATCH v2] foo: rework", "2@x", parents=("1@x",), minutes=DAY),
        ),
        (
            single("[PATCH] foo: mend it"),
            single("[PATCH v2] foo: mend it", "2@x", sender=CY, minutes=DAY),
        ),
    ],
    ids=["title", "change-id", "link", "thread", "gone on with by another"],
)
def test_how_a_reroll_is_known(old: bytes, new: bytes) -> None:
    assert due(old, reply("1@x", "This leaks the buffer."), new) == ["2@x"]


def test_another_series_is_no_reroll() -> None:
    other = single("[PATCH v2] bar: mend that", "2@x", minutes=DAY)
    old = single("[PATCH] foo: mend it")
    assert due(old, reply("1@x", "This leaks the buffer."), other) == []


def test_words() -> None:
    assert is_comment("> if (x)\nThis leaks.\n")
    assert not is_comment(f"> if (x)\nReviewed-by: {BO}\n")
    assert not is_comment(
        "On Monday, Ada wrote:\n> if (x)\n\nHi Ada,\n\nThanks!\n-- \nBo, far away\n"
    )
    assert not is_comment("Looks good to me, thanks.\n")
    assert is_taken("Applied to for-next, thanks!\n") and is_taken("I have queued both.\n")
    assert not is_taken("> Applied, thanks!\nIt can be applied once it is tested.\n")
    assert is_withdrawn("Please ignore this one.") and not is_withdrawn("> Please ignore it\n")


def test_who_is_most_active(tmp_path: Path) -> None:
    box = tmp_path / "list.mbox"
    by_list = reply(
        part_id("foo", 2), "This one, too.", message_id="l@x",
        sender=f"Bo Reviewer via foo <{LIST}>",
    )  # fmt: skip
    box.write_bytes(
        mboxrd([*FIRST, COMMENT, by_list, reply(part_id("foo", 2), "Hm, no.", sender=CY)])
    )
    mails = list(read_plain([box]))
    assert most_active(mails, 1) == ["bo reviewer"]
    assert named("bo reviewer", mails) == ME


def play(mkit: Mkit, raws: list[bytes], *options: str) -> Done:
    """Play five mornings of Bo's."""
    box = mkit.base / "list.mbox"
    box.write_bytes(mboxrd(raws))
    words = ["--year", "2026", "--from", "2026-01-05", "--days", "5", "--me", "bo@shale.example"]
    return mkit.program([sys.executable, "-m", "bench.morning", str(box), *words, *options])


def test_mornings_at_which_nothing_is_missing(mkit: Mkit) -> None:
    done = play(mkit, [*FIRST, COMMENT, *SECOND])
    assert done.code == 0, done.stderr
    sums = "5 days, 1 rerolls due (3 checks), 0 missing at some day's end (0 checks)"
    assert done.stdout == f"bo reviewer: {sums}\n"


def test_what_the_queue_does_not_show_is_told(mkit: Mkit) -> None:
    """Another one commented meanwhile: a person has to judge whether that is right."""
    said = reply(part_id("foo", 1, 2), "Please rename it.", sender=CY, minutes=3 * DAY)
    table = mkit.base / "landed.tsv"
    landed = part_id("foo", 1, 2)
    table.write_text(f"message_id\tcommit\ttier\n{landed}\t{'ab' * 20}\tnear\n", encoding="utf-8")
    done = play(mkit, [*FIRST, COMMENT, *SECOND, said], "--truth", str(table))
    assert done.code == 1, done.stderr
    assert "1 missing at some day's end (2 checks)" in done.stdout
    assert "2 days, 2026-01-08 to 2026-01-09; commented in c@x" in done.stdout
    assert "mkit, 2 days: author: Cy Kaminsky commented on 1/2 on 2026-01-08" in done.stdout
    assert f"{landed} is abababababab (near)" in done.stdout


def test_as_json(mkit: Mkit) -> None:
    said = reply(part_id("foo", 1, 2), "Please rename it.", sender=CY, minutes=3 * DAY)
    done = play(mkit, [*FIRST, COMMENT, *SECOND, said], "--json")
    found = json.loads(done.stdout)
    assert (found["name"], found["days"], found["due"], found["checks"]) == ("bo reviewer", 5, 1, 3)
    (missing,) = found["missing"]
    assert missing["days"] == ["2026-01-08", "2026-01-09"]
    assert missing["ids"] == [part_id("foo", number, 2) for number in range(3)]
