# SPDX-License-Identifier: GPL-2.0-or-later
"""The model against the sample's tables, which were written by hand for a careful reader."""

from __future__ import annotations

from collections import Counter

from maintainer_kit.model.message.message import Kind
from maintainer_kit.model.queue.turn import mail_turn
from tests.sample import ROBIN_HERE, rows_of, sample_messages, sample_topics, topics_by_story

# Stories whose turn mail alone does not tell yet, each with the reason. A story that is not in here
# must agree.
DISAGREE = {
    "deep-statx": "a discussion that died is known by its age, and rows have no clock",
    "lastday-docs": "that a review of the same day leaves the rest to me is known by its age",
    "nacked-ioctl": "a nack leaves it to the author; that it is over is a decision",
    "progs-fsck-crc": "delegates",
    "progs-json": "delegates",
    "pull-tools": "a call by name in a pull request: turn_thread.py",
    "qp-fix": "landing, seen in git",
    "wick-blink-squash": "landing, seen in git",
}
# A report and the fix that answers it are two topics.
SPLIT = frozenset({"inode-leak", "sync-regression"})
# The announcement of a stable review is a cover letter to us, whose patches went elsewhere.
NOT_A_SERIES = frozenset({"stable-rc"})


def test_turns_agree_with_the_reader() -> None:
    ours = topics_by_story()
    wrong: dict[str, str] = {}
    for row in rows_of("TOPICS.tsv"):
        verdicts = [mail_turn(topic, ROBIN_HERE) for topic in ours.get(row["topic"], ())]
        turns = {verdict.turn.value for verdict in verdicts} or {"nobody"}
        if row["turn"] not in turns:
            reasons = "; ".join(f"{one.turn}: {one.reason}" for one in verdicts)
            wrong[row["topic"]] = f"{row['turn']} ({row['why']}), but {reasons}"
    assert not {name: why for name, why in wrong.items() if name not in DISAGREE}
    assert set(wrong) == set(DISAGREE)


def test_each_story_is_one_topic() -> None:
    split = {name for name, topics in topics_by_story().items() if len(topics) > 1}
    assert split <= SPLIT


def test_no_message_is_in_two_topics() -> None:
    found = Counter(m.message_id for topic in sample_topics() for m in topic.messages)
    assert set(found.values()) == {1}
    outside = {m.kind for m in sample_messages() if m.message_id not in found}
    assert outside <= {Kind.COMMIT}


def test_kinds_and_numbers_of_patches_and_cover_letters() -> None:
    ours = {message.message_id: message for message in sample_messages()}
    wrong: list[str] = []
    for row in rows_of("MANIFEST.tsv"):
        message = ours.get(row["message_id"])
        if message is None or row["kind"] not in ("patch", "cover"):
            continue
        # The table counts a patch without number as 1 of 1.
        subject = message.subject
        place = (1, 1) if subject.number is None else (subject.number, subject.total)
        expected = (row["kind"], (int(row["number"]), int(row["total"])))
        if (message.kind.value, place) != expected:
            wrong.append(f"{row['message_id']}: {expected}, but {message.kind} {place}")
    assert not wrong


def test_revisions_of_each_posting() -> None:
    revision = {
        message.message_id: one.series.revision
        for topic in sample_topics()
        for one in topic.revisions
        for message in one.series.messages
    }
    wrong = [
        f"{row['message_id']}: v{row['revision']}, but v{revision.get(row['message_id'])}"
        for row in rows_of("MANIFEST.tsv")
        if row["kind"] in ("patch", "cover") and row["message_id"] in revision
        if str(revision[row["message_id"]]) != row["revision"]
    ]
    assert not wrong


def test_how_many_revisions_each_topic_has() -> None:
    wrong = []
    for row in rows_of("TOPICS.tsv"):
        numbers = {
            one.series.revision
            for topic in topics_by_story().get(row["topic"], ())
            for one in topic.revisions
        }
        if len(numbers) != int(row["revisions"]) and row["topic"] not in NOT_A_SERIES:
            wrong.append(f"{row['topic']}: {row['revisions']}, but {sorted(numbers)}")
    assert not wrong
