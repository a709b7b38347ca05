# SPDX-License-Identifier: GPL-2.0-or-later
"""Trailers that mkit would apply, held against a table of those that were given.

    python -m bench.truth_trailers MBOX... --truth TSV [--json] [--all]

Columns of the table, tab-separated with a header line: msgid, trailer, person, source (mail, reply,
cover-reply; elsewhere and given-not-taken are told apart, and judged by nobody), source_msgid. A
row is found when the patch, as ``mkit show`` has it, would get that trailer from that person.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.model.mail.mailmap import NO_MAILMAP, People, read_mailmap
from maintainer_kit.model.mail.person import Person, parse_person
from maintainer_kit.model.message.copies import Copy, choose_speaker
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.message.trailer import canonical
from maintainer_kit.model.topic.applied import Given, Trailers
from maintainer_kit.model.topic.cluster import split_clusters
from maintainer_kit.model.topic.topic import Topic, collect_topics
from maintainer_kit.workflow.cataloguing import understand
from maintainer_kit.workflow.ports import BrokenMail

JUDGED = ("mail", "reply", "cover-reply")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One row of the table and what mkit says about it."""

    msgid: str
    trailer: str
    person: str
    source: str
    source_msgid: str
    found: bool
    from_source: bool
    """Found, and from the very mail that the table names."""
    answer: str


def read_messages(paths: Iterable[Path]) -> dict[str, Message]:
    """All mails as mkit understands them, one for each Message-ID."""
    copies: dict[str, list[Copy]] = {}
    for mail in MailSource(list(paths)):
        if not isinstance(mail, BrokenMail):
            copy = understand(mail.raw)
            copies.setdefault(copy.message.message_id, []).append(copy)
    return {message_id: choose_speaker(found) for message_id, found in copies.items()}


def read_topics(messages: Iterable[Message]) -> Iterator[Topic]:
    for cluster in split_clusters(messages):
        yield from collect_topics(cluster)


def given_by_patch(topics: Iterable[Topic], people: People) -> dict[str, tuple[Given, ...]]:
    """By Message-ID of each patch its trailers."""
    found: dict[str, tuple[Given, ...]] = {}
    for topic in topics:
        trailers = Trailers(topic, people)
        for revision in topic.revisions:
            for patch in revision.series.patches:
                if patch is not None:
                    found[patch.message_id] = trailers.of(revision, patch)
    return found


def judge(
    rows: Iterable[Mapping[str, str]], given: Mapping[str, Sequence[Given]], people: People
) -> list[Verdict]:
    """Hold each row against the trailers of its patch."""
    return [_judged(row, given.get(row["msgid"]), people) for row in rows]


def _judged(row: Mapping[str, str], given: Sequence[Given] | None, people: People) -> Verdict:
    name = canonical(row["trailer"])
    person = parse_person(row["person"])
    near = [one for one in given or () if _is_named(one, name, person, people)]
    found = [one for one in near if one.applied]
    if given is None:
        answer = "no such patch"
    else:
        answer = "; ".join(map(_words, near)) or "nothing of that name and person"
    return Verdict(
        row["msgid"],
        name,
        row["person"],
        row["source"],
        row["source_msgid"],
        bool(found),
        any(one.from_message_id == row["source_msgid"] for one in found),
        answer,
    )


def _is_named(one: Given, name: str, person: Person, people: People) -> bool:
    if name != one.trailer.name and name not in one.trailer.reviews:
        return False
    return people.same(one.trailer.person, person)


def _words(one: Given) -> str:
    state = "applied" if one.applied else f"not applied: {one.obstacle}"
    return f"{one.trailer.name}: {one.trailer.value} ({one.source}, {state})"


def _report(verdicts: Sequence[Verdict], every: bool) -> Iterator[str]:
    total = Counter(one.source for one in verdicts)
    found = Counter(one.source for one in verdicts if one.found)
    exact = Counter(one.source for one in verdicts if one.from_source)
    for source in sorted(total, key=lambda one: (one not in JUDGED, one)):
        share = f"{found[source]}/{total[source]} applied"
        yield f"{source:<16} {share}, {exact[source]} from that mail"
    judged = sum(total[one] for one in JUDGED)
    hits = sum(found[one] for one in JUDGED)
    yield f"{'judged':<16} {hits}/{judged} = {hits / max(1, judged):.2%}"
    for one in verdicts:
        if every or (one.source in JUDGED and not one.from_source) or one.source not in JUDGED:
            yield f"{one.source}: {one.msgid} {one.trailer}: {one.person} ({one.source_msgid})"
            yield f"    {one.answer}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("mbox", type=Path, nargs="+")
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--mailmap", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--all", action="store_true", help="list what was found, too")
    given = parser.parse_args()
    people = read_mailmap(given.mailmap.read_text("utf-8")) if given.mailmap else NO_MAILMAP
    with given.truth.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    topics = read_topics(read_messages(given.mbox).values())
    verdicts = judge(rows, given_by_patch(topics, people), people)
    if given.json:
        print(json.dumps([asdict(one) for one in verdicts], indent=1))
        return
    for line in _report(verdicts, given.all):
        print(line)


if __name__ == "__main__":
    main()
