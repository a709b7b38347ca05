# SPDX-License-Identifier: GPL-2.0-or-later
"""The port Catalogue: in memory and in SQLite."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from maintainer_kit.adapters.catalogue.catalogue import SqliteCatalogue
from maintainer_kit.checks.finding import WHOLE, Finding, Place, Severity
from maintainer_kit.model.decision.event import Event, EventKind, Group, Origin, decide
from maintainer_kit.model.decision.snooze import Snooze
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.aspects import Aspects, aspects_of
from maintainer_kit.model.queue.decided import stand
from maintainer_kit.model.queue.making import make_row
from maintainer_kit.model.queue.policy import DEFAULT_POLICY
from maintainer_kit.model.queue.standing import Standing
from maintainer_kit.model.queue.verdict import Turn, Verdict
from maintainer_kit.model.topic.cluster import keys_of, split_clusters
from maintainer_kit.model.topic.topic import collect_topics, short_id
from maintainer_kit.workflow.ports import (
    Catalogue,
    Cluster,
    ClusterTopic,
    MailFile,
    Position,
    Record,
    Revision,
    Selection,
)
from tests.build import DAY, ME, mail, part_id, posting, read, reply
from tests.memory.catalogue import MemoryCatalogue
from tests.reviews import review

EVERYTHING = Selection(open_only=False)


@pytest.fixture(params=["memory", "sqlite"])
def catalogue(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Catalogue]:
    if request.param == "memory":
        yield MemoryCatalogue()
        return
    real = SqliteCatalogue(tmp_path / "catalogue.sqlite")
    yield real
    real.close()


def record(message: Message, tags: str = "inbox", *paths: str) -> Record:
    """A record of a message with files."""
    named = paths or (f"cur/{message.message_id}",)
    files = tuple(MailFile(path, f"mark of {path}") for path in named)
    return Record(message, files, frozenset(tags.split()))


def clusters(messages: Collection[Message]) -> list[Cluster]:
    """What the workflow would put into the catalogue."""
    return [
        Cluster(
            group,
            frozenset(key for message in group for key in keys_of(message)),
            [
                ClusterTopic(
                    make_row(topic, ME, {}),
                    tuple(m.message_id for m in topic.messages),
                    aspects_of(topic),
                )
                for topic in collect_topics(group)
            ],
        )
        for group in split_clusters(messages)
    ]


def fill(catalogue: Catalogue, *raws: bytes) -> list[Message]:
    """Catalogue mails with their topics, as if they were all there is."""
    messages = [read(raw) for raw in raws]
    with catalogue.transaction():
        catalogue.put_records([record(message) for message in messages])
        catalogue.replace_clusters(catalogue.all_clusters(), clusters(messages))
    return messages


SERIES = posting("foo", 2)
REPORT = mail("[BUG] oops", "It crashes.", message_id="bug@x", minutes=DAY)
TALK = mail("What next?", "An idea.", message_id="talk@x", minutes=2 * DAY)
MESSAGE = read(SERIES[1])


def topic_of(catalogue: Catalogue, message_id: str) -> str:
    """The id of a message's topic."""
    return catalogue.topic_ids([message_id])[message_id]


# the whole


def test_a_fresh_one_is_empty(catalogue: Catalogue) -> None:
    assert catalogue.position() is None
    assert (catalogue.count(), catalogue.message_ids()) == (0, set())
    assert (catalogue.dirty(), catalogue.has_dirty()) == (set(), False)
    assert (catalogue.groups(), catalogue.decided_messages()) == ([], set())
    assert (catalogue.all_clusters(), list(catalogue.select(EVERYTHING))) == ([], [])
    assert catalogue.last_time() == 0


def test_position(catalogue: Catalogue) -> None:
    position = Position(Revision("uuid", 7), "mark", "me\n\nlist")
    with catalogue.transaction():
        catalogue.set_position(position)
    assert catalogue.position() == position
    moved = replace(position, index=Revision("other", 0))
    with catalogue.transaction():
        catalogue.set_position(moved)
    assert catalogue.position() == moved


def test_clear(catalogue: Catalogue) -> None:
    fill(catalogue, *SERIES, REPORT)
    with catalogue.transaction():
        catalogue.put_groups([group("1", 1, bug="accepted")])
        catalogue.set_position(Position(Revision("uuid", 7), "mark", "me"))
    with catalogue.transaction():
        catalogue.clear()
    test_a_fresh_one_is_empty(catalogue)
    assert catalogue.clusters_with({"bug@x"}, keys_of(MESSAGE)) == set()
    assert catalogue.known_fingerprints(["mark of cur/bug@x"]) == {}


def test_a_transaction_is_all_or_nothing(catalogue: Catalogue) -> None:
    fill(catalogue, REPORT)
    before = (catalogue.records(["bug@x"]), catalogue.select(EVERYTHING))
    with pytest.raises(KeyboardInterrupt), catalogue.transaction():
        catalogue.drop_messages(["bug@x"])
        catalogue.put_records([record(MESSAGE)])
        catalogue.put_groups([group("1", 1, bug="accepted")])
        catalogue.replace_clusters(catalogue.all_clusters(), [])
        catalogue.set_position(Position(Revision("uuid", 7), "mark", "me"))
        raise KeyboardInterrupt
    assert (catalogue.records(["bug@x"]), catalogue.select(EVERYTHING)) == before
    assert catalogue.message_ids() == {"bug@x"}
    assert (catalogue.groups(), catalogue.position()) == ([], None)


def test_a_transaction_within_another_is_a_part_of_it(catalogue: Catalogue) -> None:
    with pytest.raises(KeyboardInterrupt), catalogue.transaction():
        with catalogue.transaction():
            catalogue.put_records([record(MESSAGE)])
        raise KeyboardInterrupt
    assert catalogue.count() == 0
    with catalogue.transaction():
        catalogue.put_records([record(MESSAGE)])
    assert catalogue.count() == 1


# mail


def test_records(catalogue: Catalogue) -> None:
    kept = record(MESSAGE, "inbox mkit/new", "a/1", "b/2")
    with catalogue.transaction():
        catalogue.put_records([kept])
    assert catalogue.records([MESSAGE.message_id, "lost@x"]) == {MESSAGE.message_id: kept}
    assert catalogue.tags([MESSAGE.message_id, "lost@x"]) == {
        MESSAGE.message_id: {"inbox", "mkit/new"}
    }
    assert (catalogue.count(), catalogue.message_ids()) == (1, {MESSAGE.message_id})


def test_files_are_in_the_order_of_their_paths(catalogue: Catalogue) -> None:
    with catalogue.transaction():
        catalogue.put_records([record(MESSAGE, "", "b/2", "a/1")])
    files = catalogue.records([MESSAGE.message_id])[MESSAGE.message_id].files
    assert [file.path for file in files] == ["a/1", "b/2"]


def test_a_record_is_replaced(catalogue: Catalogue) -> None:
    changed = record(replace(MESSAGE, full_subject="other"), "", "c/3")
    with catalogue.transaction():
        catalogue.put_records([record(MESSAGE, "inbox", "a/1", "b/2")])
        catalogue.put_records([changed])
    assert catalogue.records([MESSAGE.message_id]) == {MESSAGE.message_id: changed}
    assert catalogue.known_fingerprints(["mark of a/1", "mark of c/3"]) == {"mark of c/3": "c/3"}


def test_a_replaced_record_stays_in_its_topic(catalogue: Catalogue) -> None:
    (message,) = fill(catalogue, REPORT)
    topic = topic_of(catalogue, "bug@x")
    with catalogue.transaction():
        catalogue.put_records([record(message, "other")])
    assert topic_of(catalogue, "bug@x") == topic


def test_tags_with_spaces_and_none(catalogue: Catalogue) -> None:
    odd = Record(MESSAGE, (), frozenset({"two words", "\u5929"}))
    with catalogue.transaction():
        catalogue.put_records([odd])
    assert catalogue.records([MESSAGE.message_id])[MESSAGE.message_id] == odd
    with catalogue.transaction():
        catalogue.put_tags({MESSAGE.message_id: frozenset(), "lost@x": frozenset({"a"})})
    assert catalogue.tags([MESSAGE.message_id, "lost@x"]) == {MESSAGE.message_id: frozenset()}


def test_drop(catalogue: Catalogue) -> None:
    fill(catalogue, REPORT, TALK)
    with catalogue.transaction():
        catalogue.drop_messages(["bug@x", "lost@x"])
    assert catalogue.message_ids() == {"talk@x"}
    assert catalogue.dirty() == {"talk@x"}
    assert catalogue.topic_ids(["bug@x"]) == {}
    assert catalogue.known_fingerprints(["mark of cur/bug@x"]) == {}


def test_known_fingerprints(catalogue: Catalogue) -> None:
    with catalogue.transaction():
        catalogue.put_records([record(MESSAGE, "", "a/1")])
    assert catalogue.known_fingerprints(["mark of a/1", "unknown"]) == {"mark of a/1": "a/1"}
    assert catalogue.known_fingerprints([]) == {}


def test_many_at_once(catalogue: Catalogue) -> None:
    messages = [replace(MESSAGE, message_id=f"{at}@x") for at in range(2500)]
    ids = [message.message_id for message in messages]
    with catalogue.transaction():
        catalogue.put_records([record(message) for message in messages])
    assert len(catalogue.records([*ids, *ids])) == 2500
    with catalogue.transaction():
        catalogue.clean(ids[:1500])
    assert catalogue.dirty() == set(ids[1500:])
    with catalogue.transaction():
        catalogue.drop_messages(ids[1000:])
    assert catalogue.count() == 1000


# dirty


def clean_report(catalogue: Catalogue) -> Message:
    """A catalogued report whose tags are in order."""
    (message,) = fill(catalogue, REPORT)
    with catalogue.transaction():
        catalogue.clean(["bug@x"])
    assert not catalogue.has_dirty()
    return message


def test_soil_and_clean(catalogue: Catalogue) -> None:
    clean_report(catalogue)
    with catalogue.transaction():
        catalogue.soil(["bug@x", "lost@x"])
    assert (catalogue.dirty(), catalogue.has_dirty()) == ({"bug@x"}, True)


def test_what_makes_a_message_dirty(catalogue: Catalogue) -> None:
    message = clean_report(catalogue)
    decision, undo = group("1", 1, bug="accepted"), group("2", 2, undoes="1")
    changes: tuple[Callable[[], None], ...] = (
        lambda: catalogue.put_records([record(message)]),
        lambda: catalogue.put_tags({"bug@x": frozenset({"a"})}),
        lambda: catalogue.put_groups([decision]),
        lambda: catalogue.put_groups([undo]),
        catalogue.forget_groups,
    )
    for change in changes:
        with catalogue.transaction():
            change()
        assert catalogue.dirty() == {"bug@x"}
        with catalogue.transaction():
            catalogue.clean(["bug@x"])


# topics


def test_topics_of_messages(catalogue: Catalogue) -> None:
    answer = reply(part_id("foo", 1), "Why?", message_id="q@x")
    fill(catalogue, *SERIES, answer, REPORT)
    series = short_id(part_id("foo", 0))
    assert catalogue.topic_ids([part_id("foo", 2), "q@x", "bug@x", "lost@x"]) == {
        part_id("foo", 2): series,
        "q@x": series,
        "bug@x": short_id("bug@x"),
    }


def test_clusters(catalogue: Catalogue) -> None:
    messages = fill(catalogue, *SERIES, REPORT)
    first = catalogue.clusters_with([part_id("foo", 0)], [])
    assert first == catalogue.clusters_with([], keys_of(messages[2])[:1])
    assert catalogue.clusters_with(["bug@x"], keys_of(messages[0])) == set(catalogue.all_clusters())
    assert catalogue.clusters_with(["lost@x"], ["mlost@x"]) == set()
    held = catalogue.cluster_messages(first)
    assert held == {message.message_id: message for message in messages[:3]}
    assert catalogue.cluster_messages([]) == {}


def test_a_key_of_a_lost_parent_finds_its_cluster(catalogue: Catalogue) -> None:
    fill(catalogue, reply("lost@x", "Yes.", message_id="yes@x"))
    assert len(catalogue.clusters_with([], ["mlost@x"])) == 1


def test_clusters_are_replaced(catalogue: Catalogue) -> None:
    messages = fill(catalogue, *SERIES, REPORT)
    old = catalogue.clusters_with([part_id("foo", 0)], [])
    with catalogue.transaction():
        catalogue.replace_clusters(old, clusters(messages[1:3]))
    assert catalogue.topic_ids([part_id("foo", 0)]) == {}
    assert topic_of(catalogue, part_id("foo", 1)) == short_id(part_id("foo", 1))
    assert catalogue.rows([short_id(part_id("foo", 0))]) == []
    assert topic_of(catalogue, "bug@x") == short_id("bug@x")
    assert len(catalogue.all_clusters()) == 2


def test_rows(catalogue: Catalogue) -> None:
    fill(catalogue, *SERIES, REPORT, TALK)
    messages = [read(raw) for raw in (*SERIES, REPORT, TALK)]
    expected = {one.row.id: one.row for cluster in clusters(messages) for one in cluster.topics}
    found = catalogue.rows([*expected, *expected, "lost"])
    assert {row.id: row for row in found} == expected
    assert len(found) == 3


def test_the_order_of_the_queue(catalogue: Catalogue) -> None:
    """Mine first, what waits longest before the rest; then the others, the newest first."""
    other = "other@lists.x.example"
    raws = [
        mail("[BUG] first", message_id="1@x", minutes=1),
        mail("[BUG] second", message_id="2@x", minutes=2),
        mail("[BUG] theirs", message_id="3@x", minutes=3, to=other),
        mail("[BUG] theirs too", message_id="4@x", minutes=4, to=other),
        mail("talk", message_id="5@x", minutes=5),
    ]
    fill(catalogue, *raws)
    order = [short_id(f"{name}@x") for name in (1, 2, 4, 3, 5)]
    assert [one for one, _ in catalogue.select(EVERYTHING)] == order
    assert [row.id for row in catalogue.rows(sorted(order))] == order


def test_select(catalogue: Catalogue) -> None:
    fill(catalogue, *SERIES, REPORT, TALK)
    series, report, talk = (short_id(one) for one in (part_id("foo", 0), "bug@x", "talk@x"))
    row = catalogue.rows([series])[0]
    accepted = Standing("accepted", (("accepted", 2),), False, Verdict(Turn.NOBODY, "decided"))
    with catalogue.transaction():
        catalogue.put_standings({series: accepted, "lost": accepted})

    def found(**wanted: object) -> set[str]:
        return {one for one, _ in catalogue.select(Selection(**wanted))}  # type: ignore[arg-type]

    assert catalogue.totals() == (row.revisions, 3)
    assert found() == {report}
    assert found(open_only=False) == {series, report, talk}
    assert found(open_only=False, states=frozenset({"accepted", "rfc"})) == {series}
    assert found(open_only=False, turns=frozenset({"nobody"})) == {series, talk}
    assert found(turns=frozenset({"nobody"})) == set()
    assert found(open_only=False, topic_ids=frozenset({talk, "lost"})) == {talk}
    assert found(open_only=False, topic_ids=frozenset()) == set()
    assert catalogue.select(EVERYTHING)[-1][1] == "nobody"
    assert catalogue.rows([series]) == [replace(row, standing=accepted)]


@pytest.mark.parametrize(
    ("standing", "is_open"),
    [
        (Standing("new", (("new", 1),), False, Verdict(Turn.ME, "x")), True),
        (Standing("under-review", (("under-review", 1),), False, Verdict(Turn.ME, "x")), True),
        (Standing("new", (("new", 1),), True, Verdict(Turn.ME, "x")), False),
        (Standing("new", (("new", 1),), False, Verdict(Turn.NOBODY, "x")), False),
        (Standing("of-a-newer-mkit", (), False, Verdict(Turn.ME, "x")), True),
    ],
)
def test_what_is_open(catalogue: Catalogue, standing: Standing, is_open: bool) -> None:
    fill(catalogue, REPORT)
    with catalogue.transaction():
        catalogue.put_standings({short_id("bug@x"): standing})
    assert bool(catalogue.select(Selection())) is is_open


def test_what_was_my_turn_until_a_deadline_is_left_out_after_it(catalogue: Catalogue) -> None:
    raws = [
        one.replace(b"Ada Author", b"Robin").replace(b"ada@quarry", b"robin@lumen")
        for one in review("6.1.73", [1])
    ]
    fill(catalogue, *raws)
    (row,) = catalogue.rows([one for one, _ in catalogue.select(EVERYTHING)])
    assert row.deadline and row.standing.verdict.turn is Turn.ME
    for wanted in (Selection(), Selection(turns=frozenset({"me"}), open_only=False)):
        for now, found in ((0, 1), (row.deadline - 1, 1), (row.deadline, 0)):
            assert len(catalogue.select(replace(wanted, now=now))) == found
    nobody = replace(row.standing, verdict=Verdict(Turn.NOBODY, "x"))
    with catalogue.transaction():
        catalogue.put_standings({row.id: nobody})
    assert len(catalogue.select(replace(EVERYTHING, now=row.deadline))) == 1


def test_resolve_topic(catalogue: Catalogue) -> None:
    fill(catalogue, *SERIES, REPORT)
    series, report = short_id(part_id("foo", 0)), short_id("bug@x")
    assert catalogue.resolve_topic(series) == [series]
    assert catalogue.resolve_topic(report[:4]) == [report]
    assert catalogue.resolve_topic(short_id(part_id("foo", 2))) == [series]
    for nothing in ("", "!", "%", "zzzzzzzzzz", report + "a"):
        assert catalogue.resolve_topic(nothing) == []


def test_a_beginning_of_several(catalogue: Catalogue) -> None:
    raws = [mail(f"[BUG] {at}", message_id=f"{at}@x") for at in range(200)]
    fill(catalogue, *raws)
    letter = short_id("0@x")[0]
    found = catalogue.resolve_topic(letter)
    assert 1 < len(found) <= 20
    assert all(one.startswith(letter) for one in found)


# findings


def checked(raws: Sequence[bytes]) -> list[Cluster]:
    """Clusters that tell what is to be checked: each patch and cover letter."""
    messages = [read(raw) for raw in raws]
    return [
        replace(one, heads=frozenset(m.message_id for m in one.messages if not m.subject.is_reply))
        for one in clusters(messages)
    ]


def finding(severity: Severity = Severity.WARNING, message_id: str = "") -> Finding:
    return Finding(
        "rule", severity, "it is so", WHOLE, Place(None, None, ""), message_id, None, "title"
    )


@pytest.fixture
def arrived(catalogue: Catalogue) -> Catalogue:
    """A series of two patches with a reply to it, one of an older day, and a report."""
    raws = [*SERIES, reply(PARTS[1], "Why?", message_id="q@x"), *posting("bar", 1, minutes=-DAY)]
    fill(catalogue, *raws, REPORT)
    with catalogue.transaction():
        catalogue.replace_clusters(catalogue.all_clusters(), checked([*raws, REPORT]))
    return catalogue


PARTS = [part_id("foo", number) for number in range(3)]
FOO, BAR = short_id(PARTS[0]), short_id(part_id("bar", 0))


def test_what_is_unchecked(arrived: Catalogue) -> None:
    assert arrived.unchecked("1", 10) == [FOO, BAR]
    assert arrived.unchecked("1", 1) == [FOO]
    with arrived.transaction():
        arrived.put_findings("1", {one: [] for one in PARTS})
    assert arrived.unchecked("1", 10) == [BAR]
    assert arrived.unchecked("1", 1) == [], "the newest is done, those before it do not move up"
    assert arrived.unchecked("2", 1) == [FOO]
    with arrived.transaction():
        arrived.put_findings("2", {PARTS[1]: []})
    assert arrived.unchecked("1", 1) == arrived.unchecked("2", 1) == [FOO]


def test_what_is_closed_is_not_unchecked(arrived: Catalogue) -> None:
    done = Standing("accepted", (("accepted", 2),), False, Verdict(Turn.NOBODY, "decided"))
    with arrived.transaction():
        arrived.put_standings({FOO: done})
    assert arrived.unchecked("1", 1) == [BAR]


def test_findings(arrived: Catalogue) -> None:
    first, second = finding(message_id=PARTS[1]), finding(Severity.ERROR, PARTS[1])
    with arrived.transaction():
        arrived.put_findings("1", {PARTS[0]: [], PARTS[1]: [first, second], "lost@x": [first]})
    kept = {PARTS[0]: (), PARTS[1]: (first, second)}
    assert arrived.findings([*PARTS, *PARTS, "lost@x"]) == kept
    assert arrived.findings(PARTS, "1") == kept
    assert arrived.findings(PARTS, "2") == {}
    with arrived.transaction():
        arrived.put_findings("2", {PARTS[1]: [first]})
    assert arrived.findings(PARTS) == {PARTS[0]: (), PARTS[1]: (first,)}


def counts(catalogue: Catalogue, topic: str) -> dict[str, int] | None:
    found = catalogue.rows([topic])[0].findings
    return None if found is None else dict(found)


def test_findings_in_rows(arrived: Catalogue) -> None:
    assert counts(arrived, FOO) is None
    with arrived.transaction():
        arrived.put_findings("1", {one: [finding()] for one in PARTS[:2]})
    assert counts(arrived, FOO) is None, "not all of it was checked"
    with arrived.transaction():
        arrived.put_findings("1", {PARTS[2]: [finding(Severity.ERROR)], "q@x": [finding()]})
    assert counts(arrived, FOO) == {"error": 1, "warning": 2, "info": 0}
    assert counts(arrived, short_id("bug@x")) is None


def test_findings_stay_when_topics_are_made_anew_and_go_with_their_mail(
    arrived: Catalogue,
) -> None:
    with arrived.transaction():
        arrived.put_findings("1", {one: [finding()] for one in PARTS})
        arrived.put_records([record(read(raw)) for raw in SERIES])
        arrived.replace_clusters(arrived.all_clusters(), checked(SERIES))
    assert counts(arrived, FOO) == {"error": 0, "warning": 3, "info": 0}
    with arrived.transaction():
        arrived.drop_messages([PARTS[2]])
    assert arrived.findings(PARTS).keys() == {*PARTS[:2]}
    with arrived.transaction():
        arrived.clear()
    assert arrived.findings(PARTS) == {}


def test_findings_are_a_part_of_a_transaction(arrived: Catalogue) -> None:
    with pytest.raises(KeyboardInterrupt), arrived.transaction():
        arrived.put_findings("1", {PARTS[0]: []})
        raise KeyboardInterrupt
    assert arrived.findings(PARTS) == {}


# decisions


def group(name: str, time: int, *, undoes: str = "", **states: str) -> Group:
    """A group of decisions; a keyword is the part of a Message-ID before ``@x``."""
    events = tuple(Event(EventKind.STATE, f"{one}@x", state) for one, state in states.items())
    return Group(name, time, "me", Origin.CLI, "why", events, undoes)


HISTORY = [
    group("a", 1, bug="accepted", talk="rfc"),
    group("b", 2, bug="rejected"),
    group("c", 3, undoes="b"),
    Group("d", 4, "you", Origin.TUI, "", (Event(EventKind.ARCHIVE, "bug@x", "yes"),)),
]


def test_groups_are_kept_whole_and_in_order(catalogue: Catalogue) -> None:
    with catalogue.transaction():
        catalogue.put_groups(reversed(HISTORY))
    assert catalogue.groups() == HISTORY
    assert catalogue.last_time() == 4
    assert catalogue.decided_messages() == {"bug@x", "talk@x"}


def test_what_is_there_already_changes_nothing(catalogue: Catalogue) -> None:
    with catalogue.transaction():
        catalogue.put_groups(HISTORY)
        catalogue.put_groups([*HISTORY, replace(HISTORY[0], who="changed")])
    assert catalogue.groups() == HISTORY


@pytest.mark.parametrize("count", range(len(HISTORY) + 1))
def test_what_holds_is_what_replaying_gives(catalogue: Catalogue, count: int) -> None:
    with catalogue.transaction():
        for one in HISTORY[:count]:
            catalogue.put_groups([one])
    assert dict(catalogue.decisions(["bug@x", "talk@x"])) == decide(HISTORY[:count])


def test_decisions_of_some_messages(catalogue: Catalogue) -> None:
    with catalogue.transaction():
        catalogue.put_groups(HISTORY)
    assert {one for one, _ in catalogue.decisions(["talk@x", "lost@x"])} == {"talk@x"}
    assert not catalogue.decisions([])


def test_an_undo_that_comes_before_what_it_takes_back(catalogue: Catalogue) -> None:
    """As when another machine's journal is merged in two parts."""
    with catalogue.transaction():
        catalogue.put_groups([HISTORY[2]])
        catalogue.put_groups(HISTORY[:2])
    assert dict(catalogue.decisions(["bug@x", "talk@x"])) == decide(HISTORY[:3])


def test_a_redo(catalogue: Catalogue) -> None:
    groups = [*HISTORY[:3], group("e", 5, undoes="c")]
    with catalogue.transaction():
        catalogue.put_groups(groups)
    decision = catalogue.decisions(["bug@x"])["bug@x", EventKind.STATE]
    assert (decision.value, decision.group, decision.time) == ("rejected", "b", 2)


def test_two_decisions_on_one_message_in_one_group(catalogue: Catalogue) -> None:
    events = tuple(Event(EventKind.STATE, "bug@x", state) for state in ("rfc", "accepted"))
    with catalogue.transaction():
        catalogue.put_groups([Group("1", 1, "me", Origin.CLI, "", events)])
    assert catalogue.decisions(["bug@x"])["bug@x", EventKind.STATE].value == "accepted"


def test_forget_groups(catalogue: Catalogue) -> None:
    with catalogue.transaction():
        catalogue.put_groups(HISTORY)
        catalogue.forget_groups()
    assert (catalogue.groups(), catalogue.decided_messages()) == ([], set())
    assert not catalogue.decisions(["bug@x"])


def test_standings_come_back_as_they_were_put(catalogue: Catalogue) -> None:
    fill(catalogue, REPORT)
    topic = short_id("bug@x")
    row = catalogue.rows([topic])[0]
    held = decide([group("1", 1, bug="changes-requested")])
    standing = replace(
        stand(row, ["bug@x"], held, ME, DEFAULT_POLICY),
        delegate="Jane <jane@x>",
        delegated_by="rule 1: path=*",
        snooze=Snooze(1_800_000_000, 3, "v7.0"),
        starred=True,
        attention="watch",
        confidential="yes",
        notes=("one", "two"),
    )
    with catalogue.transaction():
        catalogue.put_standings({topic: standing})
    assert catalogue.rows([topic]) == [replace(row, standing=standing)]


def test_who_waits_for_tests(catalogue: Catalogue) -> None:
    waiting = replace(ME, expects=(("list CI", 3600),))
    group = [read(raw) for raw in posting("foo", 1)]
    (topic,) = collect_topics(group)
    row = make_row(topic, waiting, {})
    keys = frozenset(key for message in group for key in keys_of(message))
    with catalogue.transaction():
        catalogue.put_records([record(message) for message in group])
        catalogue.replace_clusters(
            [], [Cluster(group, keys, [ClusterTopic(row, (row.message_id,), Aspects())])]
        )
    assert catalogue.rows([row.id]) == [row]
    assert catalogue.waiting(row.waits - 1) == {row.id}
    assert catalogue.waiting(row.waits) == set()
    over = replace(row.standing, verdict=Verdict(Turn.NOBODY, "archived"))
    with catalogue.transaction():
        catalogue.put_standings({row.id: over})
    assert catalogue.waiting(row.waits - 1) == set()
