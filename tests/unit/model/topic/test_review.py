# SPDX-License-Identifier: GPL-2.0-or-later
"""Stable reviews: one topic each, however many patches, whatever else holds the same patches."""

from __future__ import annotations

import time

from maintainer_kit.model.topic.cluster import split_clusters
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.model.topic.topic import Topic, collect_topics
from tests.build import DAY, mail, posting, read, reply, topic
from tests.reviews import review


def all_topics(*raws: bytes) -> list[Topic]:
    """The topics of mails that need not belong to one cluster."""
    return [
        one for group in split_clusters(read(raw) for raw in raws) for one in collect_topics(group)
    ]


def test_a_review_is_one_topic() -> None:
    found = topic(*review("6.1.73", [1, 2, 3]))
    assert found.kind is TopicKind.STABLE_REVIEW
    assert [one.subject.number if one else None for one in found.view] == [1, 2, 3]
    assert found.root.deadline


def test_the_same_patches_for_two_trees_and_the_mainline_stay_apart() -> None:
    own = posting("pebble", 1, cover=False)
    kinds = [
        one.kind for one in all_topics(*own, *review("6.1.73", [1, 2]), *review("5.15.9", [1, 2]))
    ]
    assert sorted(kinds) == [TopicKind.SERIES, TopicKind.STABLE_REVIEW, TopicKind.STABLE_REVIEW]


def test_they_do_not_even_meet() -> None:
    raws = [*review("6.1.73", [1, 2]), *review("5.15.9", [1, 2])]
    assert len(split_clusters(read(raw) for raw in raws)) == 2


def test_the_next_candidate_is_a_revision_and_may_be_a_cover_letter_alone() -> None:
    second = review("6.1.73", [], candidate=2, minutes=DAY)
    (found,) = all_topics(*review("6.1.73", [1, 2, 3]), *second)
    assert [one.series.revision for one in found.revisions] == [1, 2]
    assert found.root.message_id == "6.1.73-rc2-0@made.example"
    assert all(found.view)


def test_the_next_release_is_another_topic() -> None:
    assert len(all_topics(*review("6.1.73", [1]), *review("6.1.74", [1], minutes=DAY))) == 2


def test_of_a_list_of_a_subsystem_only_its_patches_are_known() -> None:
    (found,) = all_topics(*review("6.1.73", [2], total=100, cover=False))
    assert found.kind is TopicKind.STABLE_REVIEW
    assert (found.root.subject.number, len(found.view)) == (2, 100)


def test_answers_belong_to_it() -> None:
    answer = reply("6.1.73-rc1-2@made.example", "Please drop it.\n", message_id="no@x")
    found = topic(*review("6.1.73", [1, 2, 3]), answer)
    assert [(one.message.message_id, one.head_id) for one in found.follow_ups] == [
        ("no@x", "6.1.73-rc1-2@made.example")
    ]


def test_a_patch_that_fixes_a_report_does_not_tie_the_review_to_it() -> None:
    report = mail("[BUG] pebble leaks", "On 6.1.\n", message_id="bug@x")
    raws = [
        one.replace(b"Why.\n", b"Why.\n\nCloses: https://x.example/bug@x\n")
        for one in review("6.1.73", [1])
    ]
    assert len(split_clusters(read(raw) for raw in (report, *raws))) == 2


def test_time_grows_with_the_number_of_patches() -> None:
    messages = [read(raw) for raw in review("6.1.73", range(1, 2001), total=2000)]
    start = time.process_time()
    (found,) = collect_topics(messages)
    assert time.process_time() - start < 5
    assert len(found.messages) == 2001
