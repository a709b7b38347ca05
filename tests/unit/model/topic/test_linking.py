# SPDX-License-Identifier: GPL-2.0-or-later
"""Which postings are revisions of one another, why, and how sure that is."""

from __future__ import annotations

from itertools import permutations

import pytest

from maintainer_kit.model.topic.linking import Link, ancestors, link_revisions
from maintainer_kit.model.topic.series import collect_series
from tests.build import ADA, BO, DAY, part_id, patch, posting, read, reply


def linked(*raws: bytes) -> list[list[tuple[int, str]]]:
    """Revision numbers with the reasons of their links, topic by topic."""
    known = {message.message_id: message for message in (read(raw) for raw in raws)}
    groups = link_revisions(collect_series(known.values()), known)
    return [[(one.series.revision, one.link.reason) for one in group] for group in groups]


def lore(message_id: str) -> str:
    """A changelog line of b4."""
    return f"- Link to v1: https://lore.kernel.org/r/{message_id}\n"


def test_alone() -> None:
    assert linked(*posting("foo", 2)) == [[(1, "first")]]


def test_by_change_id() -> None:
    mark = "change-id: 20260105-foo-abc\n"
    older = posting("foo", 2, tail=mark)
    newer = posting("bar", 3, revision=2, tail=mark, minutes=DAY, sender=BO)
    assert linked(*newer, *older) == [[(1, "first"), (2, "change-id")]]


def test_by_link_over_change_ids() -> None:
    older = posting("foo", 2, tail="change-id: 20260105-foo-abc\n")
    tail = "change-id: 20260109-bar-def\n" + lore(part_id("foo", 0))
    newer = posting("bar", 1, revision=2, tail=tail, minutes=DAY)
    assert linked(*older, *newer) == [[(1, "first"), (2, "link")]]


def test_a_link_to_what_is_not_there_or_to_itself() -> None:
    tail = lore("lost@x") + "\n" + lore(part_id("foo", 0))
    assert linked(*posting("foo", 1, tail=tail)) == [[(1, "first")]]


def test_by_thread() -> None:
    older = posting("foo", 2)
    newer = posting("bar", 2, revision=2, parents=[part_id("foo", 0)], minutes=DAY)
    assert linked(*older, *newer) == [[(1, "first"), (2, "in-reply-to")]]


def test_by_thread_over_a_reply() -> None:
    older = posting("foo", 1, cover=False)
    answer = reply(part_id("foo", 1), "No.", message_id="answer@x")
    newer = posting("bar", 1, cover=False, revision=2, parents=["answer@x"], minutes=DAY)
    assert linked(*older, answer, *newer) == [[(1, "first"), (2, "in-reply-to")]]


def test_another_persons_series_in_the_thread_is_no_reroll() -> None:
    older = posting("foo", 2)
    other = posting("bar", 2, revision=2, parents=[part_id("foo", 0)], sender=BO, minutes=DAY)
    assert linked(*older, *other) == [[(1, "first")], [(2, "first")]]


def test_a_second_series_in_the_thread_is_no_reroll() -> None:
    older = posting("foo", 2)
    other = posting("bar", 2, parents=[part_id("foo", 0)], minutes=DAY)
    assert linked(*older, *other) == [[(1, "first")], [(1, "first")]]


def test_a_resend_in_the_thread() -> None:
    older = patch("[PATCH] foo: do it", message_id="1@x")
    again = patch("[PATCH RESEND] bar: other title", message_id="2@x", parents=["1@x"], minutes=DAY)
    assert linked(older, again) == [[(1, "first"), (1, "in-reply-to")]]


def test_by_title_in_a_new_thread() -> None:
    assert linked(*posting("foo", 2), *posting("foo", 3, revision=2, minutes=3 * DAY)) == [
        [(1, "first"), (2, "subject")]
    ]


def test_a_title_of_another_person_says_nothing() -> None:
    other = posting("foo", 2, revision=2, sender=BO, minutes=DAY)
    assert len(linked(*posting("foo", 2), *other)) == 2


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


def test_one_shared_title_of_many_is_not_enough() -> None:
    older = posting("foo", 5, cover=False)
    newer = [
        patch(
            f"[PATCH v2 {number}/5] {'foo: step 1' if number == 1 else f'bar: {number}'}",
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
        "[PATCH v5.1 2/3] bar: other",
        message_id="n@x",
        parents=[part_id("foo", 0, 5), part_id("foo", 2, 5)],
        minutes=DAY,
    )
    assert linked(*older, newer) == [[(5, "first"), (5, "in-reply-to")]]


def test_the_surest_reason_is_kept() -> None:
    mark = "change-id: 20260105-foo-abc\n"
    older = posting("foo", 2, tail=mark)
    newer = posting("foo", 2, revision=2, tail=mark, parents=[part_id("foo", 0)], minutes=DAY)
    known = {message.message_id: message for message in map(read, (*older, *newer))}
    (group,) = link_revisions(collect_series(known.values()), known)
    assert group[1].link == Link("change-id", 1.0)


def test_three_revisions_in_any_order() -> None:
    postings = [posting("foo", 1, revision=number, minutes=number * DAY) for number in (1, 2, 3)]
    expected = [[(1, "first"), (2, "subject"), (3, "subject")]]
    for order in permutations(postings):
        assert linked(*(raw for mails in order for raw in mails)) == expected


def test_ancestors_go_beyond_a_shortened_references() -> None:
    chain = [
        read(reply("a@x", "1", message_id="b@x")),
        read(reply("b@x", "2", message_id="c@x", sender=ADA)),
    ]
    known = {message.message_id: message for message in chain}
    last = read(reply("c@x", "3", message_id="d@x"))
    assert list(ancestors(last, known)) == ["c@x", "b@x", "a@x"]


def test_ancestors_of_a_loop_end() -> None:
    one = read(reply("b@x", "1", message_id="a@x"))
    other = read(reply("a@x", "2", message_id="b@x"))
    known = {message.message_id: message for message in (one, other)}
    assert list(ancestors(one, known)) == ["b@x", "a@x"]
