# SPDX-License-Identifier: GPL-2.0-or-later
"""Patches and cover letters of one posting, put together from single mails."""

from __future__ import annotations

from itertools import permutations

from maintainer_kit.model.message.message import Message
from maintainer_kit.model.topic.collecting import collect_series
from maintainer_kit.model.topic.series import Series, effective_revision
from tests.build import ADA, BO, DAY, mail, part_id, patch, posting, read, reply


def collected(*raws: bytes) -> list[Series]:
    """The series that mails make."""
    return collect_series([read(raw) for raw in raws])


def ids(series: Series) -> list[str | None]:
    """Message-IDs of its patches by number."""
    return [patch.message_id if patch else None for patch in series.patches]


def own_ids(stem: str, total: int, revision: int = 1) -> list[str]:
    """What ``ids`` gives for a complete posting."""
    return [part_id(stem, number, revision) for number in range(1, total + 1)]


def test_cover_and_patches_make_one_series() -> None:
    (series,) = collected(*posting("foo", 3))
    assert series.cover is not None
    assert series.first is series.cover
    assert ids(series) == own_ids("foo", 3)
    assert (series.revision, series.received, series.is_complete) == (1, 3, True)
    assert series.title == "foo: make it better"
    assert series.submitter.address == "ada@quarry.example"
    assert len(series.messages) == 4


def test_without_a_cover_letter_the_first_patch_stands_for_it() -> None:
    (series,) = collected(*posting("foo", 2, cover=False))
    assert series.cover is None
    assert series.first.message_id == part_id("foo", 1)


def test_in_any_order_of_arrival() -> None:
    mails = [read(raw) for raw in posting("foo", 3)]
    expected = collect_series(mails)
    for order in permutations(mails):
        assert collect_series(order) == expected


def test_a_missing_patch_leaves_its_place() -> None:
    mails = posting("foo", 3)
    (series,) = collected(*mails[:2], mails[3])
    assert ids(series) == [part_id("foo", 1), None, part_id("foo", 3)]
    assert not series.is_complete
    assert series.received == 2


def test_a_late_patch_takes_its_place() -> None:
    mails = posting("foo", 3)
    late = posting("foo", 3, minutes=5 * DAY)[2]
    (series,) = collected(*mails[:2], mails[3], late)
    assert series.is_complete


def test_a_missing_cover_letter_leaves_its_patches_together() -> None:
    (series,) = collected(*posting("foo", 3)[1:])
    assert series.cover is None
    assert series.is_complete


def test_only_a_cover_letter() -> None:
    (series,) = collected(posting("foo", 2)[0])
    assert ids(series) == [None, None]
    assert series.received == 0


def test_a_single_patch_has_no_number() -> None:
    (series,) = collected(patch("[PATCH] alone", message_id="a@x"))
    assert ids(series) == ["a@x"]


def test_follow_ups_are_left_out() -> None:
    mails = posting("foo", 1)
    (series,) = collected(*mails, reply(part_id("foo", 1), "Fine."))
    assert len(series.messages) == 2


def test_two_postings_of_one_series_are_two() -> None:
    first = posting("foo", 2)
    again = [raw.replace(b"foo-v1-", b"again-v1-") for raw in posting("foo", 2, minutes=3 * DAY)]
    one, other = collected(*first, *again)
    assert ids(one) == own_ids("foo", 2)
    assert ids(other) == ["again-v1-1@made.example", "again-v1-2@made.example"]


def test_two_postings_in_one_thread_are_two() -> None:
    first = posting("foo", 2)
    again = [
        raw.replace(b"foo-v1-", b"again-v1-")
        for raw in posting("foo", 2, minutes=3 * DAY, parents=[part_id("up", 0)])
    ]
    again = [raw.replace(b"up-v1-0", b"foo-v1-0") for raw in again]
    assert [series.received for series in collected(*first, *again)] == [2, 2]


def test_a_double_number_begins_another_posting() -> None:
    mails = posting("foo", 2)
    double = patch(
        "[PATCH 2/2] foo: step 2", parents=[part_id("foo", 0)], message_id="double@x", minutes=9
    )
    found = collected(*mails, double)
    assert sorted(series.received for series in found) == [1, 2]


def test_unthreaded_within_minutes_belongs_together() -> None:
    mails = [
        patch(f"[PATCH {number}/3] foo: {number}", message_id=f"{number}@x", minutes=number)
        for number in (1, 2, 3)
    ]
    (series,) = collected(*mails)
    assert ids(series) == ["1@x", "2@x", "3@x"]


def test_unthreaded_after_hours_does_not() -> None:
    mails = [
        patch(f"[PATCH {number}/2] foo: {number}", message_id=f"{number}@x", minutes=600 * number)
        for number in (1, 2)
    ]
    assert [series.received for series in collected(*mails)] == [1, 1]


def test_unthreaded_of_two_people_does_not() -> None:
    mails = [
        patch(f"[PATCH {number}/2] foo: {number}", sender=who, message_id=f"{number}@x")
        for number, who in ((1, ADA), (2, BO))
    ]
    assert [series.received for series in collected(*mails)] == [1, 1]


def test_two_series_in_one_thread() -> None:
    first, other = posting("foo", 2), posting("bar", 3, parents=[part_id("foo", 0)], minutes=9)
    assert [len(series.patches) for series in collected(*first, *other)] == [2, 3]


def test_revisions_are_apart_even_in_one_thread() -> None:
    older = posting("foo", 2)
    newer = posting("foo", 2, revision=2, parents=[part_id("foo", 0)], minutes=DAY)
    assert [series.revision for series in collected(*newer, *older)] == [1, 2]


def test_the_cover_letter_says_the_revision_for_all() -> None:
    cover = mail("[PATCH BlueZ 0/2] [v3] foo", message_id="0@x")
    patches = [
        patch(f"[PATCH BlueZ {number}/2] foo: {number}", message_id=f"{number}@x", parents=["0@x"])
        for number in (1, 2)
    ]
    (series,) = collected(cover, *patches)
    assert (series.revision, series.received) == (3, 2)


def test_a_patch_of_its_own_revision_keeps_it() -> None:
    cover = read(mail("[PATCH 0/2] foo", message_id="0@x"))
    own = read(patch("[PATCH v2 1/2] foo", parents=["0@x"]))
    assert effective_revision(own, {"0@x": cover}) == 2


def test_a_strangers_cover_letter_says_nothing() -> None:
    cover = read(mail("[PATCH v5 0/2] foo", message_id="0@x", sender=BO))
    own = read(patch("[PATCH 1/2] foo", parents=["0@x"], minutes=60))
    assert effective_revision(own, {"0@x": cover}) == 1


def test_a_resend_is_a_posting_of_its_own() -> None:
    first = posting("foo", 2)
    again = [
        raw.replace(b"foo-v1-", b"re-v1-")
        for raw in posting("foo", 2, minutes=1, prefix="PATCH RESEND")
    ]
    assert [series.received for series in collected(*first, *again)] == [2, 2]


def test_a_replaced_patch_of_vn_m_is_a_posting_of_its_own() -> None:
    old = posting("foo", 3, revision=5)
    new = patch("[PATCH v5.1 2/3] foo: step 2", parents=[part_id("foo", 2, 5)], message_id="n@x")
    assert sorted(series.received for series in collected(*old, new)) == [1, 3]


def test_marks_are_found_in_any_of_its_mails() -> None:
    tail = "base-commit: 1234567890ab\nchange-id: 20260105-foo-abc\n"
    (series,) = collected(*posting("foo", 2, tail=tail))
    assert (series.base_commit, series.change_id) == ("1234567890ab", "20260105-foo-abc")


def test_date_is_that_of_the_earliest_mail_that_has_one() -> None:
    mails = posting("foo", 2)
    without = [raw.replace(b"Date: ", b"X-Date: ") for raw in mails]
    (series,) = collected(without[0], *mails[1:])
    (dateless,) = collected(*without)
    assert series.date == read(mails[1]).date
    assert dateless.date == 0


def test_a_loop_of_references_ends() -> None:
    one = patch("[PATCH 1/2] foo", message_id="1@x", parents=["2@x"])
    other = patch("[PATCH 2/2] bar", message_id="2@x", parents=["1@x"])
    found: list[Message] = [m for series in collected(one, other) for m in series.messages]
    assert sorted(m.message_id for m in found) == ["1@x", "2@x"]


def test_in_any_order_of_arrival_however_odd() -> None:
    """Double, late, unthreaded and lost mails in every order."""
    mails = [
        *posting("foo", 2)[1:],
        patch("[PATCH 2/2] foo: step 2", parents=[part_id("foo", 0)], message_id="double@x"),
        patch("[PATCH 1/2] bar: a", message_id="a@x", minutes=3),
        patch("[PATCH 2/2] bar: b", message_id="b@x", minutes=4),
    ]
    read_mails = [read(raw) for raw in mails]
    expected = collect_series(read_mails)
    for order in permutations(read_mails):
        assert collect_series(order) == expected


def test_a_late_cover_letter_stands_for_the_series() -> None:
    cover, *patches = posting("foo", 2)
    late = cover.replace(b"Mon, 05 Jan", b"Fri, 09 Jan")
    (series,) = collected(*patches, late)
    assert series.first.message_id == part_id("foo", 0)
    assert series.is_complete


def test_a_cover_letter_without_a_thread() -> None:
    cover, *_ = posting("foo", 2)
    (series,) = collected(cover, *posting("foo", 2, cover=False, minutes=1))
    assert series.cover is not None
    assert series.is_complete


def test_a_cover_letter_that_counts_wrong() -> None:
    mails = posting("foo", 2)
    wrong = mails[0].replace(b"0/2]", b"0/3]")
    (series,) = collected(wrong, *mails[1:])
    assert series.cover is not None
    assert ids(series) == own_ids("foo", 2)


def test_a_cover_letter_that_counts_wrong_is_given_once() -> None:
    mails = posting("foo", 2)
    wrong = mails[0].replace(b"0/2]", b"0/3]")
    double = [raw.replace(b"foo-v1-", b"bar-v1-") for raw in mails[1:]]
    double = [raw.replace(b"<bar-v1-0@", b"<foo-v1-0@") for raw in double]
    found = collected(wrong, *mails[1:], *double)
    assert [one.cover is not None for one in found] == [True, False]
    assert [one.received for one in found] == [2, 2]


def plain(stem: str, total: int) -> list[bytes]:
    """A posting below a mail that does not say 0/n, as some send theirs."""
    mails = posting(stem, total)
    return [mails[0].replace(f"[PATCH 0/{total}] ".encode(), b""), *mails[1:]]


def test_a_cover_letter_without_a_number() -> None:
    (series,) = collected(*plain("foo", 3))
    assert series.cover is not None
    assert series.first.message_id == part_id("foo", 0)


def test_a_cover_letter_without_a_number_is_given_once() -> None:
    mails = plain("foo", 2)
    double = [raw.replace(b"foo-v1-", b"bar-v1-") for raw in mails[1:]]
    double = [raw.replace(b"<bar-v1-0@", b"<foo-v1-0@") for raw in double]
    found = collected(*mails, *double)
    assert sorted(one.cover is not None for one in found) == [False, True]


def test_somebody_elses_mail_above_is_no_cover_letter() -> None:
    mails = plain("foo", 2)
    (series,) = collected(mail("help", message_id=part_id("foo", 0), sender=BO), *mails[1:])
    assert series.cover is None


def test_a_patch_that_came_after_the_series() -> None:
    """ "3/2": one more patch, sent below the cover letter."""
    more = patch("[PATCH 3/2] foo: step 3", parents=[part_id("foo", 0)], message_id="more@x")
    (series,) = collected(*posting("foo", 2), more)
    assert ids(series) == [*own_ids("foo", 2), "more@x"]
    assert series.is_complete


def test_a_patch_far_beyond_the_series_is_none_of_it() -> None:
    far = patch("[PATCH 9999/2] foo: far", parents=[part_id("foo", 0)], message_id="far@x")
    found = collected(*posting("foo", 2), far)
    assert sorted(len(one.patches) for one in found) == [1, 2]


def test_patches_of_several_senders_below_one_cover_letter() -> None:
    """A tree's maintainer sends patches of others, each with its author's From."""
    cover, one, _ = posting("foo", 2)
    _, _, other = posting("foo", 2, sender=BO, minutes=5)
    (series,) = collected(cover, one, other)
    assert series.is_complete
    assert series.submitter.address == "ada@quarry.example"


def test_a_from_that_the_list_rewrote() -> None:
    """Some of the mails came directly, some over a list that puts itself into From."""
    direct, *others = posting("foo", 3, cover=False)
    listed, unthreaded = (
        raw.replace(
            b"From: Ada Author <ada@quarry.example>\n",
            b"From: Ada Author via pebblefs <pebblefs@lists.lumen.example>\n"
            b"Reply-To: Ada Author <ada@quarry.example>\n",
        )
        for raw in others
    )
    unthreaded = unthreaded.replace(b"In-Reply-To:", b"X-A:").replace(b"References:", b"X-B:")
    (series,) = collected(direct, listed, unthreaded)
    assert series.is_complete
    assert {one.submitter.address for one in series.messages} == {"ada@quarry.example"}


def test_two_series_of_one_author_at_the_same_time() -> None:
    """Threaded ones are told apart though each mail of one lies between two of the other."""
    foo, bar = posting("foo", 2), posting("bar", 2)
    bar = [raw.replace(b":00:00 ", b":00:01 ") for raw in bar]
    mixed = [raw for pair in zip(foo, bar, strict=True) for raw in pair]
    assert [ids(one) for one in collected(*mixed)] == [own_ids("foo", 2), own_ids("bar", 2)]


def test_chained_mails_are_one_posting() -> None:
    """Each patch answers the one before it."""
    mails = [
        patch(
            f"[PATCH {at}/5] foo: {at}",
            message_id=f"{at}@x",
            parents=[f"{one}@x" for one in range(1, at)],
            minutes=at,
        )
        for at in range(1, 6)
    ]
    (series,) = collected(*mails)
    assert series.is_complete


def test_patches_below_two_lost_cover_letters_are_two_postings() -> None:
    mails = [
        patch(f"[PATCH {at}/2] foo: {at}", message_id=f"{at}@x", parents=[lost])
        for at, lost in ((1, "lost@x"), (2, "gone@x"))
    ]
    assert [one.received for one in collected(*mails)] == [1, 1]
