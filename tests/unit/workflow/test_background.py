# SPDX-License-Identifier: GPL-2.0-or-later
"""What the index knows besides a series that is checked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.posting import collect_postings
from maintainer_kit.checks.reading import patch_of_mail
from maintainer_kit.checks.reading_commit import CommitRecord, patch_of_commit
from maintainer_kit.checks.series import Earlier, Series
from maintainer_kit.model.decision.event import Origin
from maintainer_kit.model.mail.person import Person
from maintainer_kit.workflow.background import topic_series, with_background
from maintainer_kit.workflow.mend import unlink
from maintainer_kit.workflow.reading import detail
from maintainer_kit.workflow.targets import resolve_all
from tests.build import ADA, BO, DAY, ROBIN, edit, mail, part_id, patch, posting, reply
from tests.memory.desk import Desk, stepping_clock

NOW = 1_770_000_000
REVIEWED = f"Reviewed-by: {BO}\n"


def desk(*raws: bytes) -> Desk:
    found = Desk()
    found.deliver(*raws)
    found.sync()
    return found


def files(*raws: bytes) -> list[Patch]:
    """What git format-patch would have written."""
    found = []
    for raw in raws:
        head, gap, rest = raw.partition(b"\n\n")
        wanted = (b"Message-ID", b"References", b"In-Reply-To")
        lines = [line for line in head.split(b"\n") if not line.startswith(wanted)]
        found.append(patch_of_mail(b"\n".join(lines) + gap + rest, "out/x.patch"))
    return found


def known(found: Desk, *raws: bytes) -> Series:
    """Mails that the index may or may not hold, with what it knows of them."""
    (series,) = collect_postings([patch_of_mail(raw) for raw in raws])
    return with_background(found.stores, series)


def earlier(series: Series) -> Earlier:
    assert series.earlier is not None
    return series.earlier


def test_an_empty_index_knows_nothing() -> None:
    series = known(Desk(), *posting("foo", 2))
    assert (series.earlier, series.pending, series.archived) == (None, (), frozenset())
    assert series.posted == 1_767_603_600


def test_the_older_revision_of_a_mail_that_is_not_there_yet() -> None:
    found = earlier(known(desk(*posting("foo", 2)), *posting("foo", 2, revision=2, minutes=DAY)))
    assert (found.revision, found.posted) == (1, 1_767_603_600)
    assert found.message_ids == {part_id("foo", number) for number in range(3)}
    assert [(one.number, one.counterpart) for one in found.patches] == [(1, 0), (2, 1)]
    assert [one.likeness for one in found.patches] == [1.0, 1.0]


def test_the_same_when_it_is_there() -> None:
    old, new = posting("foo", 2), posting("foo", 2, revision=2, minutes=DAY)
    there, alone = known(desk(*old, *new), *new), known(desk(*old), *new)
    assert there.earlier == alone.earlier
    assert earlier(there).revision == 1


def test_files_are_as_new_as_the_day_they_are_checked() -> None:
    """Their dates are those of the commits: here years before the first posting."""
    old = posting("foo", 2)
    (series,) = collect_postings(files(*posting("foo", 2, revision=2, minutes=-400 * DAY)))
    series = with_background(desk(*old).stores, series)
    assert earlier(series).revision == 1
    assert series.posted > NOW


def test_files_that_were_posted_just_so() -> None:
    first, second = posting("foo", 2), posting("foo", 2, revision=2, minutes=DAY)
    found = desk(*first, *second)
    (again,) = collect_postings(files(*second))
    assert earlier(with_background(found.stores, again)).revision == 1
    (oldest,) = collect_postings(files(*first))
    assert with_background(found.stores, oldest).earlier is None


def test_files_of_several_authors() -> None:
    old = posting("foo", 2)
    cover, one, two = posting("foo", 2, revision=2)
    other = two.replace(ADA.encode(), b"Cleo Coder <cleo@basalt.example>", 1)
    (series,) = collect_postings(files(cover, one, other))
    found = earlier(with_background(desk(*old).stores, series))
    assert [each.counterpart for each in found.patches] == [0, 1]


@pytest.mark.parametrize(
    ("tail", "parents"),
    [
        ("change-id: 20260105-foo-1\n", []),
        (f"Link to v1: https://lore.example/r/{part_id('foo', 0)}\n", []),
        ("", [part_id("foo", 0)]),
    ],
)
def test_what_a_new_version_says(tail: str, parents: list[str]) -> None:
    old = posting("foo", 2, tail=tail if tail.startswith("change-id") else "")
    new = posting("foo", 2, revision=2, minutes=DAY, tail=tail, parents=parents)
    new = [raw.replace(b"step", b"another step") for raw in new]
    assert earlier(known(desk(*old), *new)).revision == 1


def test_a_link_that_a_person_parted() -> None:
    old = posting("foo", 2)
    new = posting("foo", 2, revision=2, minutes=DAY)
    found = desk(*old, *new)
    assert known(found, *new).earlier is not None
    newer = resolve_all(found.stores, [part_id("foo", 0, 2)])
    unlink(found.stores, newer, Origin.CLI, "other")
    found.sync()
    assert known(found, *new).earlier is None


def test_tags_of_replies_and_of_the_cover_letter() -> None:
    found = desk(
        *posting("foo", 2),
        reply(part_id("foo", 1), REVIEWED),
        reply(part_id("foo", 0), f"Tested-by: {ROBIN}\n", sender=ROBIN, minutes=90),
    )
    series = known(found, *posting("foo", 2, revision=2, minutes=DAY))
    one, two = earlier(series).patches
    assert [each.name for each in one.given] == ["Reviewed-by", "Tested-by"]
    assert [each.name for each in two.given] == ["Tested-by"]
    assert series.archived is not None
    assert {"Reviewed-by: bo@shale.example", "Tested-by: robin@lumen.example"} <= series.archived


def test_who_spoke_and_what_is_open() -> None:
    found = desk(
        *posting("foo", 2),
        reply(part_id("foo", 1), "> +two_1();\nWhy is it two here?\n", message_id="q@x"),
        reply(part_id("foo", 2), "Please rename it.\n", sender=ROBIN, minutes=2 * DAY),
        reply(part_id("foo", 2), "error\n", sender="kernel test robot <lkp@intel.com>"),
        reply(part_id("foo", 0), "I will look.\n", sender=ADA),
    )
    spoken = earlier(known(found, *posting("foo", 2, revision=2, minutes=3 * DAY)))
    assert [str(one) for one in spoken.commenters] == [BO, ROBIN]
    (question,) = spoken.questions
    assert (str(question.person), question.message_id, question.title) == (
        BO,
        "q@x",
        "foo: step 1",
    )
    assert str(spoken.last_writer) == ROBIN
    assert spoken.last_mail == 1_767_603_600 + 2 * 86400


def test_what_was_said_later_does_not_count() -> None:
    found = desk(*posting("foo", 1, cover=False), reply(part_id("foo", 1), "Why?\n", minutes=9000))
    spoken = earlier(known(found, *posting("foo", 1, revision=2, cover=False, minutes=DAY)))
    assert (spoken.commenters, spoken.questions, spoken.last_mail) == ((), (), 0)


def test_a_patch_replaced_in_between_belongs_to_the_older_view() -> None:
    third = posting("foo", 2, revision=2, minutes=DAY)
    lone = patch("[PATCH v1.1 2/2] foo: step 2", edit("fs/foo/2.c", new="nine"),
                 parents=[part_id("foo", 2)], minutes=60, message_id="lone@x")  # fmt: skip
    found = earlier(known(desk(*posting("foo", 2), lone), *third))
    assert [one.message_id for one in found.patches] == [part_id("foo", 1), "lone@x"]


def test_a_new_patch_has_no_older_one() -> None:
    two = known(desk(*posting("foo", 1)), *posting("foo", 2, revision=2, minutes=DAY))
    assert [one.counterpart for one in earlier(two).patches] == [0]


def test_a_dropped_patch_has_no_newer_one() -> None:
    one = known(desk(*posting("foo", 2)), *posting("foo", 1, revision=2, minutes=DAY))
    assert [each.counterpart for each in earlier(one).patches] == [0, None]


def other(change: str = "three", path: str = "fs/foo/1.c", sender: str = BO) -> bytes:
    return patch(
        "[PATCH] pebble: another way to the same end",
        edit(path, new=change),
        sender=sender,
        text=f"Words.\n\nSigned-off-by: {sender}\n",
        message_id="other@x",
    )


def test_another_series_changes_the_same_line() -> None:
    found = desk(other())
    (one,) = known(found, *posting("foo", 2)).pending
    assert (one.topic_id, one.patch, one.path, one.line) == (
        found.row("other@x").id,
        0,
        "fs/foo/1.c",
        8,
    )
    assert str(one.author) == BO


def test_another_line_or_another_file_is_no_matter() -> None:
    moved = other().replace(b"@@ -7,3 +7,3 @@", b"@@ -70,3 +70,3 @@")
    assert known(desk(moved), *posting("foo", 2)).pending == ()
    assert known(desk(other(path="fs/foo/9.c")), *posting("foo", 2)).pending == ()
    assert known(desk(other(sender=ADA)), *posting("foo", 2)).pending == ()


def test_commits_meet_other_series_too() -> None:
    ada = Person("Ada Author", "ada@quarry.example")
    record = CommitRecord("9" * 40, ("8" * 40,), ada, ada, 0, "foo: x\n", edit("fs/foo/1.c"))
    series = Series((patch_of_commit(record),), is_range=True)
    found = with_background(desk(other()).stores, series)
    assert (found.earlier, len(found.pending)) == (None, 1)


def test_what_is_old_does_not_wait() -> None:
    found = Desk(clock=stepping_clock(1_900_000_000_000_000))
    found.deliver(other())
    found.sync()
    assert known(found, *posting("foo", 2)).pending == ()


def test_a_topic_of_the_index() -> None:
    found = desk(
        *posting("foo", 2),
        reply(part_id("foo", 1), REVIEWED),
        *posting("foo", 2, revision=2, minutes=DAY),
    )
    topic = detail(found.stores, found.row(part_id("foo", 0, 2))).topic
    series = topic_series(found.stores, topic)
    assert series.cover is not None
    assert [one.message_id for one in series.all] == [part_id("foo", n, 2) for n in range(3)]
    assert earlier(series).patches[0].given
    assert series.is_complete


def test_a_topic_whose_mail_is_gone() -> None:
    found = desk(*posting("foo", 2))
    topic = detail(found.stores, found.row(part_id("foo", 0))).topic
    found.folder.files.clear()
    assert topic_series(found.stores, topic).all == ()


def test_a_topic_without_patches() -> None:
    found = desk(mail("[BUG] oops", message_id="b@x"))
    topic = detail(found.stores, found.row("b@x")).topic
    assert topic_series(found.stores, topic) == Series(())


def test_a_series_that_came_an_hour_ago_may_go_on() -> None:
    hour = stepping_clock((1_767_603_600 + 3600) * 1_000_000)
    found = Desk(clock=hour)
    assert not known(found, *posting("foo", 3)[:3]).is_complete
    assert known(Desk(), *posting("foo", 3)[:3]).is_complete


def test_what_is_all_there_needs_no_waiting() -> None:
    minute = Desk(clock=stepping_clock((1_767_603_600 + 60) * 1_000_000))
    assert known(minute, *posting("foo", 3)).is_complete
    assert known(minute, patch("[PATCH] a")).is_complete


def test_nothing_of_the_stores_changes() -> None:
    found = desk(*posting("foo", 2))
    before = found.export()
    known(found, *posting("foo", 2, revision=2, minutes=DAY))
    assert found.export() == before


def test_it_does_not_matter_in_which_order_files_are_given() -> None:
    found = desk(*posting("foo", 3), reply(part_id("foo", 2), REVIEWED))
    parts = files(*posting("foo", 3, revision=2))
    (one,), (two,) = collect_postings(parts), collect_postings(parts[::-1])
    clock = stepping_clock()
    stores = replace(found.stores, clock=clock)
    assert with_background(stores, one).earlier == with_background(stores, two).earlier
