# SPDX-License-Identifier: GPL-2.0-or-later
"""What is posted together."""

from __future__ import annotations

from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.posting import collect_postings
from maintainer_kit.checks.reading import patch_of_mail
from maintainer_kit.checks.reading_commit import patch_of_staged
from maintainer_kit.checks.series import Series
from tests.build import mail, part_id, patch, posting, reply


def read(*raws: bytes) -> list[Patch]:
    return [patch_of_mail(raw) for raw in raws]


def files(*raws: bytes, folder: str = "out") -> list[Patch]:
    """As git format-patch writes them: without Message-IDs and threads."""
    found = []
    for at, raw in enumerate(raws):
        head, gap, rest = raw.partition(b"\n\n")
        wanted = (b"Message-ID", b"References", b"In-Reply-To")
        lines = [line for line in head.split(b"\n") if not line.startswith(wanted)]
        found.append(patch_of_mail(b"\n".join(lines) + gap + rest, f"{folder}/{at:04}.patch"))
    return found


def titles(series: Series) -> list[str]:
    return [one.title_line for one in series.all]


def test_mails_of_two_series_in_any_order() -> None:
    mails = read(*posting("foo", 2), *posting("bar", 3, cover=False))
    found = collect_postings(mails[::-1])
    assert [(bool(one.cover), len(one.patches)) for one in found] == [(False, 3), (True, 2)]
    assert [one.subject.number for one in found[0].patches] == [1, 2, 3]
    assert not any(one.is_range for one in found)


def test_two_revisions_in_one_thread() -> None:
    mails = read(*posting("foo", 2), *posting("foo", 2, revision=2, parents=[part_id("foo", 0)]))
    assert [one.revision for one in collect_postings(mails)] == [1, 2]


def test_answers_in_an_mbox_are_left_out() -> None:
    mails = read(*posting("foo", 1, cover=False), reply(part_id("foo", 1), "Why?\n"))
    (found,) = collect_postings(mails)
    assert (len(found.patches), found.others) == (1, ())


def test_an_answer_alone_is_something_that_is_no_patch() -> None:
    (found,) = collect_postings(read(reply("gone@x", "Why?\n")))
    assert (found.patches, len(found.others)) == ((), 1)


def test_a_cover_letter_that_does_not_say_so() -> None:
    first, *rest = posting("foo", 2)
    (found,) = collect_postings(read(first.replace(b"[PATCH 0/2] ", b""), *rest))
    assert found.cover is not None
    assert len(found.patches) == 2


def test_files_of_one_folder() -> None:
    (found,) = collect_postings(files(*posting("foo", 3)))
    assert (found.cover is not None, len(found.patches), found.is_complete) == (True, 3, True)


def test_files_of_two_folders_and_two_revisions() -> None:
    one = files(*posting("foo", 2), folder="v1")
    two = files(*posting("foo", 2), folder="other")
    three = files(*posting("foo", 2, revision=2), folder="v1")
    found = collect_postings([*one, *three, *two])
    assert [(each.revision, len(each.patches)) for each in found] == [(1, 2), (2, 2), (1, 2)]


def test_files_of_authors_are_one_series() -> None:
    one, two = (
        patch(f"[PATCH {n}/2] {n}", sender=f"{n} <{n}@made.example>", minutes=n * 90000)
        for n in (1, 2)
    )
    (found,) = collect_postings(files(one, two))
    assert len(found.patches) == 2


def test_a_version_that_was_forgotten_on_one_file() -> None:
    one, two = patch("[PATCH v2 1/2] a"), patch("[PATCH 2/2] b")
    (found,) = collect_postings(files(one, two))
    assert [each.subject.revision for each in found.patches] == [2, 1]


def test_a_total_that_differs_in_one_file() -> None:
    (found,) = collect_postings(files(*(patch(f"[PATCH {n}] a{n}") for n in ("1/2", "2/3"))))
    assert len(found.patches) == 2


def test_a_number_that_stands_twice() -> None:
    (found,) = collect_postings(files(*(patch(f"[PATCH {n}/2] a{n}") for n in (1, 2, 2))))
    assert len(found.patches) == 3


def test_the_same_series_twice() -> None:
    raws = [patch(f"[PATCH {n}/2] a{n}") for n in (1, 2)]
    assert len(collect_postings(files(*raws, *raws))) == 2


def test_one_patch_of_many_says_nothing_about_the_others() -> None:
    (found,) = collect_postings(files(patch("[PATCH 2/5] b")))
    assert not found.is_complete


def test_a_lone_mail_without_a_number_is_all_there_is() -> None:
    (found,) = collect_postings(read(patch("[PATCH] a")))
    assert (found.is_complete, found.is_range) == (True, False)


def test_one_mail_of_many_says_nothing_about_the_others() -> None:
    (found,) = collect_postings(read(patch("[PATCH 2/5] b")))
    assert not found.is_complete


def test_files_without_numbers_are_a_range() -> None:
    alone = collect_postings(files(patch("[PATCH] a")))
    several = collect_postings(files(patch("[PATCH] a"), patch("[PATCH] b")))
    assert [one.is_range for one in (*alone, *several)] == [False, True]
    assert len(several[0].patches) == 2


def test_a_staged_diff_is_a_range() -> None:
    (found,) = collect_postings([patch_of_staged("--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n")])
    assert found.is_range


def test_nothing() -> None:
    assert collect_postings([]) == []


def test_the_order_is_that_of_the_first_ones() -> None:
    mails = read(mail("hello", "world\n", message_id="a@x"), *posting("foo", 2))
    assert [titles(one)[0] for one in collect_postings(mails)] == [
        "hello",
        "[PATCH 0/2] foo: make it better",
    ]


def test_a_thousand_patches_of_one_number() -> None:
    raws = (patch("[PATCH 1/9] a", minutes=n) for n in range(1000))
    found = collect_postings(files(*raws))
    assert sum(len(one.patches) for one in found) == 1000
