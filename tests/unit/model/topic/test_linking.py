# SPDX-License-Identifier: GPL-2.0-or-later
"""Which postings are revisions of one another, why, and how sure that is."""

from __future__ import annotations

from itertools import permutations

import pytest

from maintainer_kit.model.topic.above import Heads
from maintainer_kit.model.topic.collecting import collect_series
from maintainer_kit.model.topic.linking import Link, Linked, link_revisions
from maintainer_kit.model.topic.mended import Mended
from tests.build import ADA, BO, DAY, edit, mail, part_id, patch, posting, read, reply

NOTHING = Mended()


def groups_of(*raws: bytes, mended: Mended = NOTHING) -> list[Linked]:
    """The topics' postings as they are linked."""
    known = {message.message_id: message for message in map(read, raws)}
    posted = collect_series(known.values())
    heads = Heads(known, {one.message_id for series in posted for one in series.messages})
    return link_revisions(posted, heads, mended)


def linked(*raws: bytes, mended: Mended = NOTHING) -> list[list[tuple[int, str]]]:
    """Revision numbers with the reasons of their links, topic by topic."""
    groups = groups_of(*raws, mended=mended)
    return [[(one.series.revision, one.link.reason) for one in group.revisions] for group in groups]


def own(mails: list[bytes], word: str) -> list[bytes]:
    """The same mails with diffs of other lines in other files: nothing in common but the form."""
    return [
        raw.replace(b"one()", f"{word}_old()".encode())
        .replace(b"\ttwo_", f"\t{word}_new_".encode())
        .replace(b".c", f"_{word}.c".encode())
        .replace(b"make it better", f"{word} as nobody else does".encode())
        for raw in mails
    ]


def lore(message_id: str, revision: int = 1) -> str:
    """A changelog line of b4."""
    return f"- Link to v{revision}: https://lore.kernel.org/r/{message_id}\n"


def again(mails: list[bytes], mark: str) -> list[bytes]:
    """Mails sent a second time: other Message-IDs."""
    return [raw.replace(b"@made.example", f"-{mark}@made.example".encode()) for raw in mails]


def test_alone() -> None:
    assert linked(*posting("foo", 2)) == [[(1, "first")]]


def test_by_change_id() -> None:
    mark = "change-id: 20260105-foo-abc\n"
    older = posting("foo", 2, tail=mark)
    newer = own(posting("bar", 3, revision=2, tail=mark, minutes=DAY, sender=BO), "bar")
    assert linked(*newer, *older) == [[(1, "first"), (2, "change-id")]]


def test_by_link_over_change_ids() -> None:
    older = posting("foo", 2, tail="change-id: 20260105-foo-abc\n")
    tail = "change-id: 20260109-bar-def\n" + lore(part_id("foo", 0))
    newer = own(posting("bar", 1, revision=2, tail=tail, minutes=DAY), "bar")
    assert linked(*older, *newer) == [[(1, "first"), (2, "link")]]


def test_a_link_that_names_two_older_series_joins_both() -> None:
    one, other = posting("foo", 2), own(posting("bar", 2, minutes=60), "bar")
    tail = lore(part_id("foo", 0)) + lore(part_id("bar", 0))
    newer = own(posting("baz", 4, revision=2, tail=tail, minutes=DAY), "baz")
    assert linked(*one, *other) == [[(1, "first")], [(1, "first")]]
    (both,) = linked(*one, *other, *newer)
    assert both == [(1, "first"), (1, "link"), (2, "link")]


def test_a_link_to_what_is_not_there_or_to_itself() -> None:
    tail = lore("lost@x") + "\n" + lore(part_id("foo", 0))
    assert linked(*posting("foo", 1, tail=tail)) == [[(1, "first")]]


def test_by_thread() -> None:
    older = posting("foo", 2)
    newer = posting("foo", 2, revision=2, parents=[part_id("foo", 0)], minutes=DAY)
    assert linked(*older, *newer) == [[(1, "first"), (2, "in-reply-to")]]


def test_by_thread_with_other_titles_in_the_same_files() -> None:
    older = patch("[PATCH] foo: check", edit(old="a_one", new="a_two"), message_id="1@x")
    change = edit(old="b_three", new="b_four")
    newer = patch("[PATCH v2] bar: lock", change, message_id="2@x", parents=["1@x"], minutes=DAY)
    assert linked(older, newer) == [[(1, "first"), (2, "in-reply-to")]]


def test_by_thread_over_a_reply() -> None:
    older = posting("foo", 1, cover=False)
    answer = reply(part_id("foo", 1), "No.", message_id="answer@x")
    newer = posting("foo", 1, cover=False, revision=2, parents=["answer@x"], minutes=DAY)
    assert linked(*older, answer, *newer) == [[(1, "first"), (2, "in-reply-to")]]


def test_by_thread_beyond_a_lost_reply() -> None:
    older = posting("foo", 1, cover=False)
    above = [part_id("foo", 1), "lost@x"]
    newer = posting("foo", 1, cover=False, revision=2, parents=above, minutes=DAY)
    assert linked(*older, *newer) == [[(1, "first"), (2, "in-reply-to")]]


def test_in_the_thread_without_anything_in_common_is_no_reroll() -> None:
    """Of the same author, with a higher revision: another series all the same."""
    older = posting("foo", 2)
    newer = posting("bar", 2, revision=2, parents=[part_id("foo", 0)], minutes=DAY)
    assert linked(*older, *own(newer, "bar")) == [[(1, "first")], [(2, "first")]]


def test_another_persons_series_in_the_thread_is_no_reroll() -> None:
    older = posting("foo", 2)
    other = posting("bar", 2, revision=2, parents=[part_id("foo", 0)], sender=BO, minutes=DAY)
    assert linked(*older, *own(other, "bar")) == [[(1, "first")], [(2, "first")]]


def test_another_persons_reroll_in_the_thread_is_one() -> None:
    """A maintainer posts the author's series again, with the same titles."""
    older = posting("foo", 2)
    other = posting("foo", 2, revision=2, parents=[part_id("foo", 0)], sender=BO, minutes=DAY)
    assert linked(*older, *own(other, "bar")) == [[(1, "first"), (2, "in-reply-to")]]


def test_a_second_series_in_the_thread_is_no_reroll() -> None:
    older = posting("foo", 2)
    other = posting("bar", 2, parents=[part_id("foo", 0)], minutes=DAY)
    assert linked(*older, *own(other, "bar")) == [[(1, "first")], [(1, "first")]]


def test_a_resend_in_the_thread() -> None:
    older = patch("[PATCH] foo: do it", message_id="1@x")
    newer = patch("[PATCH RESEND] foo: do it", message_id="2@x", parents=["1@x"], minutes=DAY)
    assert linked(older, newer) == [[(1, "first"), (1, "in-reply-to")]]


def test_a_resend_of_something_else_in_the_thread() -> None:
    older = posting("foo", 5, prefix="RFC PATCH")
    change = edit("rust/macros.rs", old="by_hand", new="declared")
    title = "[PATCH RESEND 1/1] rust: declare errors"
    newer = patch(title, change, message_id="2@x", parents=[part_id("foo", 3)], minutes=DAY)
    assert linked(*older, newer) == [[(1, "first")], [(1, "first")]]


@pytest.mark.parametrize(("days", "topics"), [(90, 1), (500, 1), (600, 2)])
def test_a_resend_in_a_new_thread(days: int, topics: int) -> None:
    older = posting("foo", 2)
    newer = again(posting("foo", 2, prefix="PATCH RESEND", minutes=days * DAY), "resend")
    assert len(linked(*older, *newer)) == topics


def test_by_title_in_a_new_thread() -> None:
    assert linked(*posting("foo", 2), *posting("foo", 3, revision=2, minutes=3 * DAY)) == [
        [(1, "first"), (2, "subject")]
    ]


def test_by_diff_from_the_authors_other_address() -> None:
    """A changed title too: the name and the change are left."""
    change = edit(old="pebble_first(inode, 7)", new="pebble_second(inode, 8)")
    older = patch("[PATCH] foo: fix leak", change, message_id="1@x")
    newer = patch(
        "[PATCH v2] foo: free the buffer at the end",
        change,
        message_id="2@x",
        sender="Ada Author <ada@home.example>",
        minutes=3 * DAY,
    )
    assert linked(older, newer) == [[(1, "first"), (2, "likeness")]]


def test_one_word_is_nobodys_name() -> None:
    change = edit(old="pebble_first(inode, 7)", new="pebble_second(inode, 8)")
    senders = ("root <root@one.example>", "root <root@two.example>")
    one, other = (
        patch(f"[PATCH] foo: {at}", change, message_id=f"{at}@x", sender=who, minutes=at)
        for at, who in enumerate(senders)
    )
    assert len(linked(one, other)) == 2


@pytest.mark.parametrize(("same", "topics"), [(True, 1), (False, 2)])
def test_a_title_of_another_person_counts_with_the_diff_only(same: bool, topics: int) -> None:
    newer = posting("foo", 2, revision=2, sender=BO, minutes=DAY)
    assert len(linked(*posting("foo", 2), *(newer if same else own(newer, "bar")))) == topics


@pytest.mark.parametrize(
    ("revision", "days", "topics"),
    [(2, 500, 1), (2, 600, 2), (1, 50, 1), (1, 70, 2)],
)
def test_a_title_fades_with_time(revision: int, days: int, topics: int) -> None:
    older = patch("[PATCH] foo: remove unused variable", message_id="1@x")
    version = f" v{revision}" if revision > 1 else ""
    newer = patch(
        f"[PATCH{version}] foo: remove unused variable", message_id="2@x", minutes=days * DAY
    )
    assert len(linked(older, newer)) == topics


def test_a_title_that_comes_again_with_another_diff_is_another_change() -> None:
    title = "[PATCH] MAINTAINERS: update the list of reviewers"
    one = patch(title, edit("MAINTAINERS", "M: aa", "M: bb"), message_id="1@x")
    other = patch(title, edit("MAINTAINERS", "R: cc", "R: dd"), message_id="2@x", minutes=30 * DAY)
    assert len(linked(one, other)) == 2


def test_one_shared_title_of_many_is_not_enough() -> None:
    older = posting("foo", 5, cover=False)
    newer = [
        patch(
            f"[PATCH v2 {number}/5] {'foo: step 1' if number == 1 else f'bar: {number}'}",
            edit(f"fs/bar/{number}x.c", f"old_{number}", f"new_{number}"),
            message_id=f"{number}@x",
            parents=["1@x"] if number > 1 else [],
            minutes=DAY,
        )
        for number in range(1, 6)
    ]
    assert len(linked(*older, *newer)) == 2


def test_v5_1_follows_v5() -> None:
    older = posting("foo", 3, revision=5)
    newer = patch(
        "[PATCH v5.1 2/3] foo: step 2",
        message_id="n@x",
        parents=[part_id("foo", 0, 5), part_id("foo", 2, 5)],
        minutes=DAY,
    )
    assert linked(*older, newer) == [[(5, "first"), (5, "in-reply-to")]]


def test_the_same_fix_for_two_stable_trees_is_two() -> None:
    trees = [
        patch(f"[PATCH {tree}] foo: fix leak", message_id=f"{tree}@x", minutes=at)
        for at, tree in enumerate(("5.10.y", "6.1.y", "6.1"))
    ]
    reroll = patch("[PATCH 6.1.y v2] foo: fix leak", message_id="v2@x", minutes=DAY)
    found = linked(*trees, reroll)
    assert sorted(map(len, found)) == [1, 1, 2]
    assert [(1, "first"), (2, "subject")] in found


def test_an_rfc_series_that_begins_again_at_v1() -> None:
    rfc = [posting("foo", 2, revision=at, prefix="RFC PATCH", minutes=at * DAY) for at in (1, 2, 3)]
    real = again(posting("foo", 2, minutes=9 * DAY), "real")
    reasons = [(1, "first"), (2, "subject"), (3, "subject"), (1, "subject")]
    assert linked(*(raw for mails in rfc for raw in mails), *real) == [reasons]


@pytest.mark.parametrize("minutes", [-50, -20 * 60])
def test_a_clock_that_is_behind(minutes: int) -> None:
    """v2 is dated before v1, and is the newer one all the same."""
    older, newer = posting("foo", 2), posting("foo", 2, revision=2, minutes=minutes)
    assert linked(*older, *newer) == [[(1, "first"), (2, "subject")]]


def test_a_clock_that_is_behind_in_the_thread() -> None:
    newer = posting("foo", 2, revision=2, parents=[part_id("foo", 0)], minutes=-90)
    assert linked(*posting("foo", 2), *newer) == [[(1, "first"), (2, "in-reply-to")]]


def test_a_reroll_without_a_date() -> None:
    newer = [raw.replace(b"\nDate: ", b"\nX-Date: ") for raw in posting("foo", 2, revision=2)]
    older, newest = posting("foo", 2), posting("foo", 2, revision=3, minutes=9 * DAY)
    assert linked(*older, *newer) == [[(1, "first"), (2, "subject")]]
    (found,) = linked(*older, *newer, *newest)
    assert [revision for revision, _ in found] == [1, 2, 3]


def test_the_surest_reason_is_kept() -> None:
    mark = "change-id: 20260105-foo-abc\n"
    older = posting("foo", 2, tail=mark)
    newer = posting("foo", 2, revision=2, tail=mark, parents=[part_id("foo", 0)], minutes=DAY)
    (group,) = groups_of(*older, *newer)
    assert group.revisions[1].link == Link("change-id", 1.0)


def test_three_revisions_in_any_order() -> None:
    postings = [posting("foo", 1, revision=number, minutes=number * DAY) for number in (1, 2, 3)]
    expected = [[(1, "first"), (2, "subject"), (3, "subject")]]
    for order in permutations(postings):
        assert linked(*(raw for mails in order for raw in mails)) == expected


def test_an_interleaved_series_of_the_same_author_stays_apart() -> None:
    """Rerolls of two series in turns, each found by its own titles."""
    foo = [posting("foo", 2, revision=at, minutes=at * DAY) for at in (1, 2)]
    bar = [own(posting("bar", 2, revision=at, minutes=at * DAY + 1), "bar") for at in (1, 2)]
    mails = [raw for pair in zip(foo, bar, strict=True) for one in pair for raw in one]
    assert linked(*mails) == [[(1, "first"), (2, "subject")]] * 2


def relations(*raws: bytes) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each topic's first mail, with its relations."""
    return [
        (
            group.revisions[0].series.first.message_id,
            [(one.kind, one.message_id) for one in group.relations],
        )
        for group in groups_of(*raws)
    ]


def half(stem: str, numbers: range, *, minutes: int, parents: tuple[str, ...] = ()) -> list[bytes]:
    """A v2 of some of the patches of ``posting("foo", 6)``."""
    return [
        patch(
            f"[PATCH v2 {at}/{len(numbers)}] foo: step {number}",
            edit(f"fs/foo/{number}.c", new=f"two_{number}"),
            message_id=f"{stem}-{at}@x",
            parents=[f"{stem}-1@x"] if at > 1 else parents,
            minutes=minutes,
        )
        for at, number in enumerate(numbers, 1)
    ]


def test_a_series_split_in_two() -> None:
    """v1 of six goes on as two of three: the second half is a topic that knows where it is from."""
    first, second = half("a", range(1, 4), minutes=DAY), half("b", range(4, 7), minutes=DAY + 90)
    assert relations(*posting("foo", 6), *first, *second) == [
        (part_id("foo", 0), []),
        ("b-1@x", [("split-from", part_id("foo", 0))]),
    ]


def test_a_series_split_in_two_in_its_thread() -> None:
    above = [part_id("foo", 0)]
    halves = []
    for at, numbers in enumerate((range(1, 4), range(4, 7))):
        cover = mail(
            f"[PATCH v2 0/3] foo: part {'ab'[at]}",
            "A half.",
            message_id=f"{at}-0@x",
            parents=above,
            minutes=DAY + at,
        )
        patches = half(f"{at}", numbers, minutes=DAY + at, parents=(f"{at}-0@x",))
        halves.append([cover, *patches])
    assert relations(*posting("foo", 6), *halves[0], *halves[1]) == [
        (part_id("foo", 0), []),
        ("1-0@x", [("split-from", part_id("foo", 0))]),
    ]


def test_a_series_split_in_two_that_both_name_it() -> None:
    halves = []
    for at, numbers in enumerate((range(1, 4), range(4, 7))):
        cover = mail(
            f"[PATCH v2 0/3] foo: part {'ab'[at]}",
            lore(part_id("foo", 0)),
            message_id=f"{at}-0@x",
            minutes=DAY + at,
        )
        patches = half(f"{at}", numbers, minutes=DAY + at, parents=(f"{at}-0@x",))
        halves.append([cover, *patches])
    assert relations(*posting("foo", 6), *halves[0], *halves[1]) == [
        (part_id("foo", 0), []),
        ("1-0@x", [("split-from", part_id("foo", 0))]),
    ]


def test_one_patch_taken_out_of_a_series() -> None:
    lone = patch(
        "[PATCH v2] foo: step 3", edit("fs/foo/3.c", new="two_3"), message_id="l@x", minutes=DAY
    )
    assert relations(*posting("foo", 4), lone) == [
        (part_id("foo", 0), []),
        ("l@x", [("split-from", part_id("foo", 0))]),
    ]


def test_two_series_merged_into_one() -> None:
    one, other = half("a", range(1, 4), minutes=0), half("b", range(4, 7), minutes=90)
    one, other = ([raw.replace(b"PATCH v2", b"PATCH") for raw in half] for half in (one, other))
    merged = posting("foo", 6, revision=2, cover=False, minutes=DAY)
    found = relations(*one, *other, *merged)
    assert len(found) == 2
    merged_into = [one for _, listed in found for one in listed]
    assert merged_into == [("merged-into", part_id("foo", 1, 2))]


# Decided by hand.


def parted(*pairs: tuple[str, str]) -> Mended:
    """The second of each pair does not belong to the first one."""
    return Mended(parted={one: frozenset(other.split()) for one, other in pairs})


def test_joined_by_hand() -> None:
    older, newer = posting("foo", 2), own(posting("bar", 2, minutes=DAY), "bar")
    mended = Mended(joined={part_id("bar", 1): part_id("foo", 0)})
    assert linked(*older, *newer, mended=mended) == [[(1, "first"), (1, "by-hand")]]


def test_joined_by_hand_to_what_is_not_there() -> None:
    mended = Mended(joined={part_id("foo", 1): "lost@x"})
    assert linked(*posting("foo", 2), mended=mended) == [[(1, "first")]]


def test_parted_by_hand() -> None:
    mark = "change-id: 20260105-foo-abc\n"
    older = posting("foo", 2, tail=mark)
    above = [part_id("foo", 0)]
    tail = mark + lore(above[0])
    newer = posting("foo", 2, revision=2, parents=above, minutes=DAY, tail=tail)
    assert len(linked(*older, *newer)) == 1
    mended = parted((part_id("foo", 0, 2), part_id("foo", 0)))
    assert linked(*older, *newer, mended=mended) == [[(1, "first")], [(2, "first")]]


def test_what_was_parted_stays_so_when_a_reroll_names_both() -> None:
    mark = "change-id: 20260105-foo-abc\n"
    three = [
        posting("foo", 1, revision=at, tail=mark, minutes=at * DAY, cover=False) for at in (1, 2, 3)
    ]
    tail = mark + "".join(lore(part_id("foo", 1, at), at) for at in (3, 2, 1))
    newest = posting("foo", 1, revision=4, tail=tail, minutes=9 * DAY, cover=False)
    mended = parted((part_id("foo", 1, 2), f"{part_id('foo', 1)} {part_id('foo', 1, 3)}"))
    found = linked(*(raw for one in three for raw in one), *newest, mended=mended)
    assert [[revision for revision, _ in topic] for topic in found] == [[1, 3, 4], [2]]


def test_the_cover_letter_of_the_other_may_come_later() -> None:
    """What was parted is known by any of its mails."""
    mails = posting("foo", 2)
    newer = posting("foo", 2, revision=2, minutes=DAY)
    mended = parted((part_id("foo", 1, 2), part_id("foo", 1)))
    assert len(linked(*mails[1:], *newer, mended=mended)) == 2
    assert len(linked(*mails, *newer, mended=mended)) == 2


def test_talk_is_no_posting() -> None:
    assert linked(mail("What next?", "Ideas.", sender=ADA)) == []
