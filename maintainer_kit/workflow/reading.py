# SPDX-License-Identifier: GPL-2.0-or-later
"""Questions to the catalogue: the queue, one topic, search, history."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from maintainer_kit.lazy.dataclass import dataclass, field, replace
from maintainer_kit.model.mail.mailmap import NO_MAILMAP, People
from maintainer_kit.model.queue.listed import Listed
from maintainer_kit.model.queue.verdict import TURN_ORDER, Turn
from maintainer_kit.workflow.batches import batched
from maintainer_kit.workflow.records import Selection
from maintainer_kit.workflow.stores import Stores

if TYPE_CHECKING:  # a list makes no topics: see position.py
    from maintainer_kit.model.decision.event import Decisions, Group
    from maintainer_kit.model.queue.claims import Claim, Seen
    from maintainer_kit.model.queue.landed import Landings
    from maintainer_kit.model.queue.line import Line
    from maintainer_kit.model.queue.row import TopicRow
    from maintainer_kit.model.topic.checks import Tested
    from maintainer_kit.model.topic.topic import Topic
    from maintainer_kit.workflow.arrivals import Found
    from maintainer_kit.workflow.attested import ByPatch
    from maintainer_kit.workflow.ports import Catalogue

Told = tuple["Claim", "Seen"]
"""What a mail says of a patch, and what git says of that."""
_RANKS: dict[str, int] = {turn: rank for rank, turn in enumerate(TURN_ORDER)}


@dataclass(frozen=True, slots=True)
class Detail:
    """A topic with all its mail and the decisions about it."""

    row: TopicRow
    topic: Topic
    decisions: Decisions
    people: People = NO_MAILMAP
    """Who is who among those that give trailers."""
    findings: Found | None = None
    """What rules say of the newest posting; None where nobody asked them."""
    landings: Landings = field(default_factory=dict)
    """Where its patches were seen as commits."""
    claims: Mapping[str, Sequence[Told]] = field(default_factory=dict)
    """What mails say that its patches became, by Message-ID of the patch."""
    attested: ByPatch = field(default_factory=dict)
    """What is known of the signatures of its patches; empty where nobody asked."""
    tested: Tested = field(default_factory=dict)
    """What tests that ran here say of its patches."""

    def state_of(self, message_id: str) -> str:
        """The state of one patch; ``superseded`` once a newer one has taken its place."""
        from maintainer_kit.model.decision.event import EventKind
        from maintainer_kit.model.decision.state import NEW, SUPERSEDED
        from maintainer_kit.model.topic.kind import TopicKind

        if message_id not in self.row.decidable:
            return NEW if self.topic.kind is TopicKind.STABLE_REVIEW else SUPERSEDED
        decision = self.decisions.get((message_id, EventKind.STATE))
        return decision.value if decision else NEW


def select(stores: Stores, wanted: Selection, query: str = "") -> Listed:
    """Topic ids with turns, in the order of the queue; with a query only topics it finds."""
    now = stores.clock() // 1_000_000
    wanted = _with_query(stores, wanted, query, now)
    by_clock = _turns_by_clock(stores, now)
    if by_clock:
        return _select_by_clock(stores.catalogue, wanted, by_clock)
    return stores.catalogue.select(wanted)


def count_topics(stores: Stores, within: frozenset[str] | None) -> int:
    """How many there are, or of these are still there."""
    if within is None:
        return stores.catalogue.totals()[1]
    return len(select(stores, Selection(open_only=False, topic_ids=within)))


def lines(stores: Stores, wanted: Selection, query: str = "") -> list[Line]:
    """What lists show of the same topics, as they stand now."""
    now = stores.clock() // 1_000_000
    wanted = _with_query(stores, wanted, query, now)
    by_clock = _turns_by_clock(stores, now)
    if by_clock:
        found = _select_by_clock(stores.catalogue, wanted, by_clock)
        topic_ids = frozenset(one for one, _ in found)
        wanted = replace(wanted, turns=frozenset(), topic_ids=topic_ids)
    return _lines_now(stores, stores.catalogue.lines(wanted))


def _lines_now(stores: Stores, found: Sequence[Line | TopicRow]) -> list[Line]:
    """Lines with the clock counted in, in the order of the queue."""
    from maintainer_kit.model.queue.line import Line, line_of

    known = [one for one in found if isinstance(one, Line)]
    if len(known) == len(found):
        return known
    rows_now = iter(at_now(stores, [one for one in found if not isinstance(one, Line)]))
    known = [one if isinstance(one, Line) else line_of(next(rows_now)) for one in found]
    return sorted(known, key=lambda line: _RANKS[line.turn])


def _with_query(stores: Stores, wanted: Selection, query: str, now: int) -> Selection:
    """What is wanted, of what a query finds, at a time."""
    if query:
        from maintainer_kit.workflow.query import evaluate  # which asks this module itself

        found = evaluate(stores, query)
        if found is not None:
            topic_ids = found if wanted.topic_ids is None else found & wanted.topic_ids
            wanted = replace(wanted, topic_ids=topic_ids)
    return replace(wanted, now=now) if wanted.open_only or wanted.turns else wanted


def _turns_by_clock(stores: Stores, now: int) -> dict[str, str]:
    """Topics whose turn is another than the catalogue says, as long as it is not later: it is the
    tests' turn while they are awaited, and nobody's while a topic is snoozed."""
    catalogue = stores.catalogue
    waiting = catalogue.waiting(now) if stores.settings.expect else ()
    turns = dict.fromkeys(waiting, Turn.CI.value)
    snoozed = catalogue.snoozed()
    if snoozed:
        there = tags_there(stores, {tag for _, _, tag in snoozed})
        away = [one for one, wake, tag in snoozed if now < wake and tag not in there]
        # A few of them are back by new mail: that is known by their rows.
        rows = (row.at(now, there) for row in catalogue.rows(away))
        turns.update((row.id, Turn.NOBODY.value) for row in rows if not row.back)
    return turns


def tags_there(stores: Stores, names: Collection[str]) -> frozenset[str]:
    """Which of these tags a repository of the settings has."""
    wanted = {name for name in names if name}
    return stores.git_tags(wanted) if wanted and stores.git_tags else frozenset()


def _select_by_clock(
    catalogue: Catalogue, wanted: Selection, by_clock: Mapping[str, str]
) -> Listed:
    turns = wanted.turns
    if turns:
        wanted = replace(wanted, turns=frozenset(_RANKS))
    found = [(one, by_clock.get(one, turn)) for one, turn in catalogue.select(wanted)]
    if wanted.open_only:
        found = [pair for pair in found if pair[1] != Turn.NOBODY]
    chosen = [(one, turn) for one, turn in found if not turns or turn in turns]
    return Listed(sorted(chosen, key=lambda pair: _RANKS[pair[1]]))


def rows(stores: Stores, topic_ids: Collection[str]) -> list[TopicRow]:
    """Rows as they stand now, in the order of the queue."""
    found = at_now(stores, stores.catalogue.rows(topic_ids))
    return sorted(found, key=lambda row: _RANKS[row.standing.verdict.turn])


def at_now(stores: Stores, found: Sequence[TopicRow]) -> list[TopicRow]:
    """The same rows with the clock, and the tags of git, counted in."""
    now = stores.clock() // 1_000_000
    tags = tags_there(stores, {row.standing.snooze.tag for row in found})
    return [row.at(now, tags) for row in found]


def detail_now(stores: Stores, row: TopicRow) -> Detail:
    """Everything about one topic, as it stands now."""
    from maintainer_kit.workflow.landing.claims import weighed_claims
    from maintainer_kit.workflow.landing.known import known_landings

    found = detail(stores, at_now(stores, [row])[0])
    ids = [one.message_id for each in found.topic.revisions for one in each.series.messages]
    claims = weighed_claims(stores.catalogue, {m.message_id: m for m in found.topic.messages})
    landings = known_landings(stores.catalogue, ids)
    tested = stores.catalogue.tested(ids)
    return replace(found, landings=landings, claims=claims, tested=tested)


def detail(stores: Stores, row: TopicRow) -> Detail:
    """Everything about one topic; whatever the clock says, if its row was read so."""
    from maintainer_kit.workflow.project import topic_of

    topic = topic_of(stores.catalogue, row)
    return Detail(row, topic, stores.catalogue.decisions(row.decidable), stores.people)


def all_details(stores: Stores) -> Iterator[Detail]:
    """Every topic, in the order of the ids, by mail and decisions alone: what landed, and what
    tests say, depends on repositories, and on when they were looked at."""
    found = stores.catalogue.select(Selection(open_only=False))
    for batch in batched(sorted(one for one, _ in found), 200):
        by_id = {row.id: row for row in stores.catalogue.rows(batch)}
        for topic_id in batch:
            yield _by_mail_alone(stores, detail(stores, by_id[topic_id]))


def _by_mail_alone(stores: Stores, found: Detail) -> Detail:
    ids = [message.message_id for message in found.topic.messages]
    if not stores.catalogue.landings(ids) and not stores.catalogue.tested(ids):
        return found
    from maintainer_kit.model.queue.making import make_row

    decisions = stores.catalogue.decisions(ids)
    return replace(found, row=make_row(found.topic, stores.me, decisions, stores.policy))


@dataclass(frozen=True, slots=True)
class Entry:
    """A group of decisions in the history."""

    group: Group
    undone: bool


def history(stores: Stores, message_ids: Collection[str] | None = None) -> list[Entry]:
    """Decisions, oldest first: all, or those that speak of some messages and their undoing."""
    from maintainer_kit.model.decision.event import undone_groups

    groups = stores.catalogue.groups()
    undone = undone_groups(groups)
    if message_ids is not None:
        wanted = set(message_ids)
        chosen = {g.id for g in groups if any(e.message_id in wanted for e in g.events)}
        for group in groups:
            if group.undoes in chosen:
                chosen.add(group.id)
        groups = [group for group in groups if group.id in chosen]
    return [Entry(group, group.id in undone) for group in groups]
