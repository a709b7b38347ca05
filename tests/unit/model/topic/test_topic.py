# SPDX-License-Identifier: GPL-2.0-or-later
"""Topics: revisions with what was said about them, and threads of other mail."""

from __future__ import annotations

from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.model.topic.topic import Topic, short_id
from tests.build import (
    ADA,
    BO,
    DAY,
    ROBIN,
    edit,
    mail,
    part_id,
    patch,
    posting,
    reply,
    topic,
    topics,
)


def view(found: Topic) -> list[str | None]:
    """Message-IDs of the newest complete view."""
    return [one.message_id if one else None for one in found.view]


def answers(found: Topic) -> list[tuple[str, str]]:
    """Each follow-up with what it speaks of."""
    return [(one.message.message_id, one.head_id) for one in found.follow_ups]


def test_a_series() -> None:
    found = topic(*posting("foo", 2))
    assert found.kind is TopicKind.SERIES
    assert found.root.message_id == part_id("foo", 0)
    assert view(found) == [part_id("foo", 1), part_id("foo", 2)]
    assert found.decidable == (part_id("foo", 1), part_id("foo", 2))
    assert found.newest is found.revisions[-1]
    assert len(found.messages) == 3


def test_the_id_is_that_of_the_first_mail_and_stays() -> None:
    first = posting("foo", 2)
    found = topic(*first, *posting("foo", 2, revision=2, minutes=DAY))
    assert found.id == topic(*first).id == short_id(part_id("foo", 0))
    assert len(found.id) == 10


def test_a_new_revision_has_a_view_of_its_own() -> None:
    found = topic(*posting("foo", 3), *posting("foo", 2, revision=2, minutes=DAY))
    assert found.root.message_id == part_id("foo", 0, 2)
    assert view(found) == [part_id("foo", 1, 2), part_id("foo", 2, 2)]


def partial(number: int, total: int, minutes: int = DAY, revision: int = 2) -> bytes:
    """One patch of v2, posted in reply to the one it replaces."""
    parents = [part_id("foo", 0), part_id("foo", number)]
    subject = f"[PATCH v{revision} {number}/{total}] foo: step {number}"
    message_id = part_id("foo", number, revision)
    return patch(subject, parents=parents, message_id=message_id, minutes=minutes)


def test_a_partial_reroll_keeps_what_it_did_not_replace() -> None:
    found = topic(*posting("foo", 3), partial(2, 3))
    assert view(found) == [part_id("foo", 1), part_id("foo", 2, 2), part_id("foo", 3)]
    assert [one.series.revision for one in found.revisions] == [1, 2]


def test_two_partial_rerolls() -> None:
    found = topic(*posting("foo", 3), partial(2, 3), partial(3, 3, minutes=2 * DAY, revision=3))
    assert view(found) == [part_id("foo", 1), part_id("foo", 2, 2), part_id("foo", 3, 3)]


def test_an_incomplete_reroll_with_a_cover_letter_is_incomplete() -> None:
    newer = posting("foo", 3, revision=2, minutes=DAY)
    found = topic(*posting("foo", 3), *newer[:2])
    assert view(found) == [part_id("foo", 1, 2), None, None]


def test_an_incomplete_reroll_in_a_new_thread_is_incomplete() -> None:
    newer = posting("foo", 3, cover=False, revision=2, minutes=DAY)
    found = topic(*posting("foo", 3, cover=False), *newer[1:])
    assert view(found) == [None, part_id("foo", 2, 2), part_id("foo", 3, 2)]


def test_one_patch_of_three_in_a_new_thread_replaces_that_one() -> None:
    lone = patch("[PATCH v2 2/3] foo: step 2", message_id="lone@x", minutes=DAY)
    found = topic(*posting("foo", 3, cover=False), lone)
    assert view(found) == [part_id("foo", 1), "lone@x", part_id("foo", 3)]


def test_a_partial_reroll_does_not_take_from_a_posting_of_another_length() -> None:
    found = topic(*posting("foo", 3), partial(2, 4))
    assert view(found) == [None, part_id("foo", 2, 2), None, None]


def test_a_patch_missing_everywhere_stays_missing() -> None:
    mails = posting("foo", 3)
    found = topic(mails[0], mails[1], mails[2], partial(2, 3))
    assert view(found) == [part_id("foo", 1), part_id("foo", 2, 2), None]


def test_follow_ups_know_what_they_speak_of() -> None:
    found = topic(
        *posting("foo", 2),
        reply(part_id("foo", 0), "To all.", message_id="a@x", minutes=10),
        reply(part_id("foo", 2), "To 2.", message_id="b@x", above=[part_id("foo", 0)], minutes=20),
        reply("b@x", "Again.", message_id="c@x", sender=ADA, minutes=30),
    )
    assert answers(found) == [
        ("a@x", part_id("foo", 0)),
        ("b@x", part_id("foo", 2)),
        ("c@x", part_id("foo", 2)),
    ]
    assert found.updated == found.follow_ups[-1].message.date


def test_a_reply_to_a_lost_reply_finds_the_patch_by_references() -> None:
    above = [part_id("foo", 0), part_id("foo", 1)]
    found = topic(*posting("foo", 1), reply("lost@x", "So?", message_id="r@x", above=above))
    assert answers(found) == [("r@x", part_id("foo", 1))]


def test_references_are_believed_where_the_mail_between_lost_its_own() -> None:
    lost = mail("Re: foo: step 1", "Why?", message_id="l@x")
    above = [part_id("foo", 0), part_id("foo", 1)]
    series, other = topics(
        *posting("foo", 1), lost, reply("l@x", "So.", message_id="r@x", above=above)
    )
    assert answers(series) == [("r@x", part_id("foo", 1))]
    assert other.root.message_id == "l@x"


def test_a_report_with_its_answers() -> None:
    found = topic(
        mail("[REGRESSION] mount hangs", "It hangs.", message_id="r@x"),
        reply("r@x", "Which version?", message_id="a@x", sender=ROBIN),
    )
    assert found.kind is TopicKind.REPORT
    assert (found.revisions, found.view, found.newest) == ((), (), None)
    assert found.decidable == ("r@x",)
    assert answers(found) == [("a@x", "r@x")]
    assert [one.message_id for one in found.messages] == ["r@x", "a@x"]


def test_a_fix_in_answer_to_a_report_is_a_series_of_its_own() -> None:
    report, series = sorted(
        topics(
            mail("[BUG] oops in foo", "It crashes.", message_id="r@x"),
            patch("[PATCH] foo: fix", message_id="p@x", parents=["r@x"], minutes=9),
            reply("p@x", "Works.", message_id="t@x", above=["r@x"], minutes=20),
        ),
        key=lambda one: one.kind,
    )
    assert (report.kind, series.kind) == (TopicKind.REPORT, TopicKind.SERIES)
    assert answers(series) == [("t@x", "p@x")]
    assert answers(report) == []


def test_a_pull_request() -> None:
    body = "The following changes since commit 1234567890ab:\n"
    found = topic(mail("[GIT PULL] fixes for 6.2", body, message_id="p@x"))
    assert found.kind is TopicKind.PULL_REQUEST


def test_a_discussion() -> None:
    found = topic(mail("What next?", "Ideas.", message_id="d@x"), reply("d@x", "Tea.", sender=BO))
    assert found.kind is TopicKind.DISCUSSION
    assert found.root.message_id == "d@x"


def test_answers_to_a_lost_mail_stay_together() -> None:
    found = topic(
        reply("lost@x", "One.", message_id="a@x", minutes=1),
        reply("lost@x", "Two.", message_id="b@x", minutes=2, sender=ADA),
    )
    assert found.root.message_id == "a@x"
    assert answers(found) == [("b@x", "a@x")]


def test_announced_commits_make_no_topic() -> None:
    labels = f"Commit: {'ab' * 20}\nParent: {'cd' * 20}\n"
    assert topics(mail("foo: do it", labels, sender="Git <devnull@kernel.org>")) == []


def test_no_message_is_in_two_topics() -> None:
    raws = [
        *posting("foo", 3),
        partial(2, 3),
        *posting("foo", 3, revision=3, minutes=2 * DAY),
        reply(part_id("foo", 1), "Why?", message_id="q@x"),
        mail("[BUG] oops", "x", message_id="b@x", parents=[part_id("foo", 0)]),
        patch("[PATCH] other", message_id="o@x", parents=["b@x"]),
    ]
    found = [one.message_id for each in topics(*raws) for one in each.messages]
    assert len(found) == len(set(found)) == len(raws)


def test_both_halves_of_a_split_series_are_open() -> None:
    """Neither is superseded by the other: each is a topic with a complete view."""
    halves = [
        [
            patch(
                f"[PATCH v2 {at}/2] foo: step {number}",
                edit(f"fs/foo/{number}.c", new=f"two_{number}"),
                message_id=part_id(stem, at, 2),
                parents=[part_id(stem, 1, 2)] if at > 1 else [],
                minutes=DAY + number,
            )
            for at, number in enumerate(numbers, 1)
        ]
        for stem, numbers in (("a", (1, 2)), ("b", (3, 4)))
    ]
    first, second = topics(*posting("foo", 4), *halves[0], *halves[1])
    assert view(first) == [part_id("a", 1, 2), part_id("a", 2, 2)]
    assert view(second) == [part_id("b", 1, 2), part_id("b", 2, 2)]
    assert [one.kind for one in second.relations] == ["split-from"]
    assert second.relations[0].message_id == part_id("foo", 0)


def test_what_is_sent_once_more_below_one_mail_has_each_mail_once() -> None:
    """The whole series twice below a mail that could be the cover letter of either."""
    mails = posting("foo", 2)
    top = mails[0].replace(b"[PATCH 0/2] ", b"")
    again = [raw.replace(b"foo-v1-1", b"x-v1-1").replace(b"foo-v1-2", b"x-v1-2") for raw in mails]
    found = [
        one.message_id for each in topics(top, *mails[1:], *again[1:]) for one in each.messages
    ]
    assert len(found) == len(set(found)) == 5
