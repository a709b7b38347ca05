# SPDX-License-Identifier: GPL-2.0-or-later
"""The sample mail as the model understands it, without any store."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

from maintainer_kit.adapters.mail.mbox import split_mbox
from maintainer_kit.model.mail.fingerprint import fingerprint
from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.message.copies import Copy, choose_speaker
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.message.reading import own_message_id, read_message
from maintainer_kit.model.queue.turn import Me
from maintainer_kit.model.topic.cluster import split_clusters
from maintainer_kit.model.topic.topic import Topic, collect_topics

SAMPLE = Path(__file__).parents[1] / "sample_mboxes"
ROBIN_HERE = Me(
    frozenset({"robin@lumen.example"}),
    frozenset({"pebblefs.lists.lumen.example", "wick.lists.lumen.example"}),
)


@cache
def raw_mails() -> tuple[bytes, ...]:
    """All mails of the sample, list by list."""
    return tuple(
        piece.raw
        for path in sorted(SAMPLE.glob("*.mbox"))
        for piece in split_mbox(path.read_bytes())
    )


@cache
def sample_messages() -> tuple[Message, ...]:
    """Each message once, as several copies of it speak."""
    copies: dict[str, list[Copy]] = defaultdict(list)
    for raw in raw_mails():
        mail = read_mail(raw)
        message_id = own_message_id(mail, raw)
        copies[message_id].append(Copy(read_message(mail, message_id), fingerprint(mail)))
    return tuple(choose_speaker(held) for held in copies.values())


@cache
def sample_topics() -> tuple[Topic, ...]:
    """All topics of the sample."""
    clusters = split_clusters(sample_messages())
    return tuple(topic for cluster in clusters for topic in collect_topics(cluster))


def rows_of(table: str) -> list[dict[str, str]]:
    """A table of the sample, row by row."""
    with (SAMPLE / table).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def topics_by_story() -> dict[str, list[Topic]]:
    """Our topics for each story of TOPICS.tsv; several where a story is split."""
    story = {row["message_id"]: row["topic"] for row in rows_of("MANIFEST.tsv")}
    without_id = story.get("-", "")
    found: dict[str, list[Topic]] = defaultdict(list)
    for topic in sample_topics():
        ids = (message.message_id for message in topic.messages)
        for name in dict.fromkeys(story.get(one, without_id) for one in ids):
            found[name].append(topic)
    return found
