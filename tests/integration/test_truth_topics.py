# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails that belong to one topic by truth that nobody here wrote: change-ids, "Link to vN".

Neither mail nor truth is part of the project; where they are not beside the checkout, this is
skipped. All mail of the list is read, so that the topics are those of a whole archive.
"""

from __future__ import annotations

import csv
import lzma
from collections.abc import Iterator
from pathlib import Path

import pytest

from maintainer_kit.adapters.mail.mbox import split_mbox
from maintainer_kit.model.message.copies import Copy, choose_speaker
from maintainer_kit.model.topic.cluster import split_clusters
from maintainer_kit.model.topic.linking import Revision
from maintainer_kit.model.topic.topic import Topic, collect_topics
from maintainer_kit.workflow.cataloguing import understand
from tests.integration.driver import ROOT

CORPORA = ROOT.parent / "shared" / "corpora"
YEARS = sorted((CORPORA / "erofs").glob("20*.mbox.xz"))

pytestmark = pytest.mark.skipif(not YEARS, reason="the corpora are not beside the checkout")

Place = tuple[Topic, Revision | None]


def copies() -> Iterator[Copy]:
    for path in YEARS:
        for piece in split_mbox(lzma.decompress(path.read_bytes())):
            if not piece.broken:
                yield understand(piece.raw)


@pytest.fixture(scope="module")
def places() -> dict[str, Place]:
    """Topic and revision of each mail."""
    by_id: dict[str, list[Copy]] = {}
    for copy in copies():
        by_id.setdefault(copy.message.message_id, []).append(copy)
    messages = [choose_speaker(found) for found in by_id.values()]
    found: dict[str, Place] = {}
    for cluster in split_clusters(messages):
        for topic in collect_topics(cluster):
            found.update((one.message_id, (topic, None)) for one in topic.messages)
            for revision in topic.revisions:
                found.update(
                    (one.message_id, (topic, revision)) for one in revision.series.messages
                )
    return found


def truth(name: str) -> list[dict[str, str]]:
    path: Path = CORPORA / "truth" / f"erofs-reroll-{name}.tsv"
    with path.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def revision_of(place: Place) -> int:
    return place[1].series.revision if place[1] else 0


@pytest.mark.timeout(300)
def test_every_row_by_change_id(places: dict[str, Place]) -> None:
    rows = truth("changeid")
    wrong = [one for one in rows if revision_of(places[one["msgid"]]) != int(one["version"])]
    assert not wrong
    topics: dict[str, set[str]] = {}
    for one in rows:
        topics.setdefault(one["change_id"], set()).add(places[one["msgid"]][0].id)
    assert [one for one, ids in topics.items() if len(ids) != 1] == []
    assert len(rows) == 30


def test_every_row_by_link(places: dict[str, Place]) -> None:
    rows = truth("linkto")
    here = [one for one in rows if one["older_in_archive"] == "1"]
    for one in here:
        newer, older = places[one["msgid"]], places[one["older_msgid"]]
        assert newer[0].id == older[0].id, one
        assert revision_of(newer) == int(one["version"])
        assert revision_of(older) == int(one["older_version"])
    lost = [one["older_msgid"] for one in rows if one not in here]
    assert (len(here), len(lost)) == (8, 1)
    assert not places.keys() & set(lost)


def test_each_mail_is_in_one_topic_and_each_patch_in_one_posting(places: dict[str, Place]) -> None:
    topics = {topic.id: topic for topic, _ in places.values()}
    mails = [one.message_id for topic in topics.values() for one in topic.messages]
    assert len(mails) == len(set(mails))
    posted = [
        one.message_id
        for topic in topics.values()
        for revision in topic.revisions
        for one in revision.series.messages
    ]
    assert len(posted) == len(set(posted)) > 6000
