# SPDX-License-Identifier: GPL-2.0-or-later
"""What a topic is about, as lines and as JSON."""

from __future__ import annotations

from maintainer_kit.model.queue.making import make_row
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.model.topic.topic import Topic
from maintainer_kit.render.json_topics import row_json
from maintainer_kit.render.matter import matter_json, matter_text
from maintainer_kit.render.queue_text import shape
from tests.build import ADA, BO, DAY, ME, mail, patch, posting, reply, topic, topics
from tests.reviews import review

BUG = mail("[BUG] it leaks", "#regzbot introduced: v6.1\n", sender=BO, message_id="bug@x")
FIX = patch(
    "[PATCH] pebble: plug it",
    text=f"Why.\n\nCloses: https://lore.kernel.org/r/bug@x\nSigned-off-by: {ADA}\n",
    message_id="fix@x",
    minutes=DAY,
)
PULL = (
    "are available in the Git repository at:\n\n  https://git.example/x.git main\n\n"
    f"for you to fetch changes up to {'ab' * 20}:\n"
)


def of_kind(kind: TopicKind, *raws: bytes) -> Topic:
    (found,) = [one for one in topics(*raws) if one.kind is kind]
    return found


def test_a_report() -> None:
    found = of_kind(TopicKind.REPORT, BUG, reply("bug@x", "#regzbot title: a\x1b[31m\n"))
    assert list(matter_text(found)) == [
        "  lacks      steps",
        "  tracker    regzbot introduced: v6.1",
        "  tracker    regzbot title: a\u241b[31m",
    ]
    value = matter_json(found)
    assert (value["lacks"], value["mended_by"], value["reported"]) == (
        ["steps"],
        [],
        None,
    )
    assert value["commands"][0] == {"command": "regzbot introduced: v6.1", "message_id": "bug@x"}


def test_a_report_and_its_fix_name_each_other() -> None:
    report = of_kind(TopicKind.REPORT, BUG, FIX)
    assert "  mended by  pebble: plug it  fix@x" in list(matter_text(report))
    assert matter_json(report)["mended_by"] == ["fix@x"]
    series = of_kind(TopicKind.SERIES, BUG, FIX)
    assert list(matter_text(series)) == ["  mends      bug@x"]
    assert matter_json(series)["mends"] == ["bug@x"]


def test_a_pull_request() -> None:
    found = topic(mail("[GIT PULL] fixes", PULL))
    assert list(matter_text(found)) == [
        "  pull from  https://git.example/x.git main  (abababababab)"
    ]
    assert matter_json(found)["pull"] == {
        "url": "https://git.example/x.git",
        "ref": "main",
        "commit": "ab" * 20,
    }
    short = topic(mail("[GIT PULL] fixes", "Please pull from: https://git.example/x.git\n"))
    assert list(matter_text(short)) == ["  pull from  https://git.example/x.git"]


def test_nothing_to_say() -> None:
    assert list(matter_text(topic(*posting("foo", 2)))) == []


def test_a_stable_review_in_the_list() -> None:
    row = make_row(topic(*review("6.1.73", [1, 2, 3])), ME, {})
    assert shape(row) == "review"
    value = row_json(row)
    assert (value["kind"], value["deadline"]) == ("stable-review", "2026-01-09T12:00:00Z")
    assert row_json(make_row(topic(*posting("foo", 2)), ME, {}))["deadline"] is None
