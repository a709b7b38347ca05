# SPDX-License-Identifier: GPL-2.0-or-later
"""What lists show, in memory and in SQLite: the same as the rows say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from maintainer_kit.adapters.catalogue import lines as catalogue_lines
from maintainer_kit.adapters.catalogue.catalogue import SqliteCatalogue
from maintainer_kit.checks.finding import WHOLE, Finding, Place, Severity
from maintainer_kit.model.decision.snooze import Snooze
from maintainer_kit.model.queue.aspects import Aspects
from maintainer_kit.model.queue.line import Line, line_of
from maintainer_kit.model.queue.making import make_row
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.queue.standing import Standing
from maintainer_kit.model.queue.verdict import Turn, Verdict
from maintainer_kit.workflow.ports import Catalogue, Cluster, ClusterTopic, Record, Selection
from tests.build import BO, DAY, ME, mail, part_id, posting, read, reply, topic
from tests.memory.catalogue import MemoryCatalogue
from tests.reviews import review

EVERYTHING = Selection(open_only=False)
PLAIN = make_row(topic(*posting("foo", 2)), ME, {})
REVIEWED = make_row(
    topic(
        *posting("bar", 3, revision=2),
        reply(part_id("bar", 0, 2), f"Acked-by: {BO}\n", minutes=DAY),
    ),
    ME,
    {},
)
REPORT = make_row(topic(mail("[BUG] \u5929 \x1b oops", message_id="bug@x")), ME, {})
STABLE = make_row(topic(*review("6.1.73", [1, 2])), ME, {})
AWAITED = make_row(topic(*posting("baz", 1)), replace(ME, expects=(("list CI", 3600),)), {})
DECIDED = replace(
    replace(PLAIN, id="decided", landed=1, checks=(("fail", 2), ("success", 1))),
    standing=Standing(
        "accepted",
        (("accepted", 1), ("new", 1)),
        True,
        Verdict(Turn.NOBODY, "decided"),
        delegate="Jane <jane@x>",
        delegated_by="rule 1: path=*",
        starred=True,
        attention="watch",
        confidential="until:2026-12-01T00:00:00Z",
        notes=("one", "two"),
    ),
)
SNOOZED = replace(
    replace(PLAIN, id="snoozed"),
    standing=replace(PLAIN.standing, snooze=Snooze(1_800_000_000, 3, "v7.0")),
)
ROWS = (PLAIN, REVIEWED, REPORT, STABLE, AWAITED, DECIDED, SNOOZED)
BY_CLOCK = {STABLE.id, AWAITED.id, SNOOZED.id}


@pytest.fixture(params=["memory", "sqlite"])
def catalogue(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Catalogue]:
    if request.param == "memory":
        yield MemoryCatalogue()
        return
    real = SqliteCatalogue(tmp_path / "catalogue.sqlite")
    yield real
    real.close()


def put(catalogue: Catalogue, rows: Sequence[TopicRow]) -> None:
    """A cluster for each row, without mails."""
    found = [Cluster([], frozenset({row.id}), [ClusterTopic(row, (), Aspects())]) for row in rows]
    with catalogue.transaction():
        catalogue.replace_clusters([], found)


def shown(catalogue: Catalogue, wanted: Selection) -> list[Line | TopicRow]:
    """Lines, after they were held against the rows of the same selection."""
    lines = catalogue.lines(wanted)
    rows = catalogue.rows([one for one, _ in catalogue.select(wanted)])
    assert [one if isinstance(one, Line) else line_of(one) for one in lines] == [
        line_of(row) for row in rows
    ]
    return lines


def test_lines_say_what_rows_say(catalogue: Catalogue) -> None:
    put(catalogue, ROWS)
    found = shown(catalogue, EVERYTHING)
    assert len(found) == len(ROWS)
    assert {one.id for one in found if not isinstance(one, Line)} == BY_CLOCK
    known = {row.id: row for row in ROWS}
    assert all(one == known[one.id] for one in found if isinstance(one, TopicRow))


@pytest.mark.parametrize(
    "wanted",
    [
        Selection(),
        Selection(now=2_000_000_000),
        Selection(turns=frozenset({"author", "nobody"}), open_only=False, now=1),
        Selection(states=frozenset({"accepted"}), open_only=False),
        Selection(topic_ids=frozenset({PLAIN.id, REPORT.id, DECIDED.id, "lost"})),
        Selection(topic_ids=frozenset({DECIDED.id, SNOOZED.id}), open_only=False),
        Selection(topic_ids=frozenset()),
    ],
)
def test_a_selection(catalogue: Catalogue, wanted: Selection) -> None:
    put(catalogue, ROWS)
    assert len(shown(catalogue, wanted)) == len(catalogue.select(wanted))


def test_hostile_words_in_lines(catalogue: Catalogue) -> None:
    words = "a\x1fb\x1f[]\x1f\x00\\u001f \u5929\n"
    hostile = replace(PLAIN, id="h", subject=words, author=words, lists=(words,), marks=(words,))
    named = replace(PLAIN, id="n", lists=(words,), marks=(words,), trailers=((words, 2),))
    put(catalogue, [hostile, named, PLAIN])
    found = {one.id: one for one in shown(catalogue, EVERYTHING)}
    assert found["h"].subject == found["h"].author == words
    assert found["n"].lists == found["n"].marks == (words,)


def test_an_older_catalogue_is_given_lines(tmp_path: Path) -> None:
    rows = [
        *ROWS,
        replace(PLAIN, id="h", subject="a\x1fb"),
        replace(REVIEWED, id="o", marks=("x",)),
    ]
    path = tmp_path / "catalogue.sqlite"
    held = []
    for is_old in (True, False):
        with closing(SqliteCatalogue(path)) as catalogue:
            if is_old:
                put(catalogue, rows)
            held.append(catalogue.db.execute("SELECT id, line FROM topic ORDER BY id").fetchall())
            shown(catalogue, EVERYTHING)
            if is_old:
                catalogue.db.execute("ALTER TABLE topic DROP COLUMN line")
                catalogue.db.execute("DROP TABLE tested")
                catalogue.db.execute("PRAGMA user_version = 6")
    first, then = (dict(pairs) for pairs in held)
    by_clock = BY_CLOCK - {SNOOZED.id}
    assert {one for one, line in first.items() if not line} == by_clock | {"h"}
    assert {one for one, line in then.items() if not line} == by_clock | {"h", REPORT.id}
    assert all(line == first[one] for one, line in then.items() if line)


def many() -> list[TopicRow]:
    """So many that they are not looked up one by one: some of mine, some closed."""
    rows = []
    for at in range(catalogue_lines._FEW + 200):
        turn = (Turn.ME, Turn.AUTHOR, Turn.NOBODY)[at % 3]
        standing = replace(PLAIN.standing, verdict=Verdict(turn, f"reason {at % 7}"))
        rows.append(replace(PLAIN, id=f"t{at}", updated=1000 + at * 7919 % 997, standing=standing))
    return rows


@pytest.mark.parametrize("share", [1, 2, 40])
def test_of_many(catalogue: Catalogue, share: int) -> None:
    rows = many()
    put(catalogue, rows)
    opened = [row for row in rows if row.standing.verdict.turn is not Turn.NOBODY]
    assert len(shown(catalogue, Selection())) == len(opened)
    assert len(shown(catalogue, EVERYTHING)) == len(rows)
    ids = frozenset(row.id for row in rows[::share])
    assert len(shown(catalogue, replace(EVERYTHING, topic_ids=ids))) == len(ids)
    assert {one.id for one in shown(catalogue, Selection(topic_ids=ids))} == ids & {
        row.id for row in opened
    }


def test_few_of_many(catalogue: Catalogue) -> None:
    rows = [
        row if at < 3 else replace(row, standing=replace(row.standing, archived=True))
        for at, row in enumerate(many())
    ]
    put(catalogue, rows)
    assert {one.id for one in shown(catalogue, Selection())} == {"t0", "t1"}


def test_findings_in_lines(catalogue: Catalogue) -> None:
    messages = [read(raw) for raw in posting("foo", 2)]
    ids = [one.message_id for one in messages]
    cluster = Cluster(
        messages,
        frozenset({"foo"}),
        [ClusterTopic(PLAIN, tuple(ids), Aspects())],
        heads=frozenset(ids),
    )
    with catalogue.transaction():
        catalogue.put_records([Record(one, (), frozenset()) for one in messages])
        catalogue.replace_clusters([], [cluster])
    assert [one.findings for one in shown(catalogue, EVERYTHING)] == [None]
    finding = Finding(
        "rule", Severity.ERROR, "text", WHOLE, Place(None, None, ""), "", None, "title"
    )
    with catalogue.transaction():
        catalogue.put_findings("1", {one: [finding] for one in ids})
    (line,) = shown(catalogue, EVERYTHING)
    assert line.findings == (("error", len(ids)), ("warning", 0), ("info", 0))
