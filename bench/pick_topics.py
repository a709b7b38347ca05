# SPDX-License-Identifier: GPL-2.0-or-later
"""Choose topics of a list by a fixed seed, to be read and judged by a person.

    python -m bench.pick_topics MBOX... [--count 50] [--seed 2025]
        [--me ADDRESS]... [--name NAME]... [--list LIST]...

Prints for each topic what mkit says of it (as ``mkit show``), then its mails in the order of their
dates, so that revisions, trailers and turn can be judged with nothing else at hand.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.mail.text import visible
from maintainer_kit.model.message.copies import Copy, choose_speaker
from maintainer_kit.model.queue.making import make_row
from maintainer_kit.model.queue.verdict import Me
from maintainer_kit.model.topic.cluster import split_clusters
from maintainer_kit.model.topic.topic import Topic, collect_topics
from maintainer_kit.render.topic_text import topic_text
from maintainer_kit.workflow.cataloguing import understand
from maintainer_kit.workflow.ports import BrokenMail
from maintainer_kit.workflow.reading import Detail

_SHOWN_LINES = 120
"""Lines of one mail that are printed: the verdict hangs on the words, not on the diff."""


def read(paths: Sequence[str]) -> tuple[list[Topic], dict[str, bytes]]:
    """All topics of the mboxes, and the bytes of each mail by its id."""
    copies: dict[str, list[Copy]] = {}
    raws: dict[str, bytes] = {}
    for mail in MailSource([Path(path) for path in paths]):
        if not isinstance(mail, BrokenMail):
            copy = understand(mail.raw)
            copies.setdefault(copy.message.message_id, []).append(copy)
            raws.setdefault(copy.message.message_id, mail.raw)
    messages = [choose_speaker(each) for each in copies.values()]
    topics = [topic for group in split_clusters(messages) for topic in collect_topics(group)]
    return topics, raws


def choose(topics: Sequence[Topic], count: int, seed: int) -> list[Topic]:
    """Topics by a fixed seed, whatever the order they come in."""
    ordered = sorted(topics, key=lambda topic: topic.id)
    return random.Random(seed).sample(ordered, min(count, len(ordered)))


def described(topic: Topic, raws: dict[str, bytes], me: Me) -> Iterator[str]:
    """What mkit says of a topic, and its mails."""
    row = make_row(topic, me, {})
    yield from topic_text(Detail(row, topic, {}), topic.updated)
    for message in sorted(topic.messages, key=lambda one: (one.date, one.message_id)):
        yield f"---- {message.date} {message.message_id}"
        yield visible(f"{message.submitter}: {message.full_subject}")
        text = visible(read_mail(raws[message.message_id]).text)
        yield from text.split("\n")[:_SHOWN_LINES]


def main() -> None:
    parser = argparse.ArgumentParser(description="Choose topics to be judged by reading.")
    parser.add_argument("mboxes", nargs="+")
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=2025)
    parser.add_argument("--me", action="append", default=[])
    parser.add_argument("--name", action="append", default=[])
    parser.add_argument("--list", action="append", default=[])
    args = parser.parse_args()
    topics, raws = read(args.mboxes)
    lists = frozenset(one.replace("@", ".") for one in args.list)
    me = Me(frozenset(args.me), lists, names=tuple(args.name))
    for number, topic in enumerate(choose(topics, args.count, args.seed), 1):
        print(f"======== {number} {topic.id} {topic.root.message_id}")
        print("\n".join(described(topic, raws, me)))


if __name__ == "__main__":
    main()
