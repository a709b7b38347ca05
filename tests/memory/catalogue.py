# SPDX-License-Identifier: GPL-2.0-or-later
"""A Catalogue in memory: dictionaries, and a copy of them for the way back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace

from maintainer_kit.checks.finding import Finding
from maintainer_kit.model.decision.event import Decisions, EventKind, Group, decide
from maintainer_kit.model.decision.snooze import AWAKE
from maintainer_kit.model.message.check import Check
from maintainer_kit.model.message.message import Kind, Message
from maintainer_kit.model.queue.aspects import Aspects
from maintainer_kit.model.queue.landed import Landing
from maintainer_kit.model.queue.line import Line, line_of
from maintainer_kit.model.queue.listed import Listed
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.queue.standing import Standing
from maintainer_kit.model.queue.turn import TURN_ORDER, Turn
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.model.topic.topic import short_id
from maintainer_kit.workflow.ports import Cluster, ListCount, Position, Record, Selection
from maintainer_kit.workflow.searching import Wanted
from tests.memory import lists, search


@dataclass(slots=True)
class _Tables:
    position: Position | None = None
    records: dict[str, Record] = field(default_factory=dict)
    dirty: set[str] = field(default_factory=set)
    clusters: dict[int, frozenset[str]] = field(default_factory=dict)
    """Keys of each cluster."""
    cluster_of: dict[str, int] = field(default_factory=dict)
    rows: dict[str, TopicRow] = field(default_factory=dict)
    row_cluster: dict[str, int] = field(default_factory=dict)
    topic_of: dict[str, str] = field(default_factory=dict)
    heads: dict[str, frozenset[str]] = field(default_factory=dict)
    """What is checked of each topic."""
    aspects: dict[str, Aspects] = field(default_factory=dict)
    """By topic."""
    findings: dict[str, tuple[str, tuple[Finding, ...]]] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    landings: dict[str, tuple[Landing, ...]] = field(default_factory=dict)
    tested: dict[tuple[str, str], Check] = field(default_factory=dict)
    matched: set[str] = field(default_factory=set)
    landed_mark: str = ""
    lists_mark: str = ""

    def copy(self) -> _Tables:
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return _Tables(**{n: v.copy() if hasattr(v, "copy") else v for n, v in values.items()})


class MemoryCatalogue:
    """Implements the port ``Catalogue``."""

    def __init__(self) -> None:
        self._tables = _Tables()
        self._depth = 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        if self._depth:
            yield
            return
        before = self._tables.copy()
        self._depth = 1
        try:
            yield
        except BaseException:
            self._tables = before
            raise
        finally:
            self._depth = 0

    def position(self) -> Position | None:
        return self._tables.position

    def set_position(self, position: Position) -> None:
        self._tables.position = position

    def clear(self) -> None:
        self._tables = _Tables(landings=self._tables.landings, tested=self._tables.tested)

    def count(self) -> int:
        return len(self._tables.records)

    def message_ids(self) -> set[str]:
        return set(self._tables.records)

    def records(self, message_ids: Collection[str]) -> dict[str, Record]:
        return {one: self._tables.records[one] for one in self._known(message_ids)}

    def _known(self, message_ids: Collection[str]) -> list[str]:
        return [one for one in dict.fromkeys(message_ids) if one in self._tables.records]

    def put_records(self, records: Iterable[Record]) -> None:
        for record in records:
            files = tuple(sorted(record.files, key=lambda file: file.path))
            self._tables.records[record.message.message_id] = replace(record, files=files)
            self._tables.dirty.add(record.message.message_id)
            self._tables.matched.discard(record.message.message_id)

    def tags(self, message_ids: Collection[str]) -> dict[str, frozenset[str]]:
        return {one: record.tags for one, record in self.records(message_ids).items()}

    def put_tags(self, tags: Mapping[str, frozenset[str]]) -> None:
        for one, record in self.records(tags).items():
            self._tables.records[one] = replace(record, tags=tags[one])
            self._tables.dirty.add(one)

    def drop_messages(self, message_ids: Collection[str]) -> None:
        for one in self._known(message_ids):
            del self._tables.records[one]
            self._tables.dirty.discard(one)
            self._tables.matched.discard(one)
            self._tables.cluster_of.pop(one, None)
            self._tables.topic_of.pop(one, None)
            self._tables.findings.pop(one, None)

    def announcing(self, message_ids: Collection[str]) -> dict[str, set[str]]:
        wanted, found = set(message_ids), dict[str, set[str]]()
        for one, record in self._tables.records.items():
            for said in record.message.announced:
                for named in wanted.intersection(said.message_ids):
                    found.setdefault(named, set()).add(one)
        return found

    def known_fingerprints(self, fingerprints: Collection[str]) -> dict[str, str]:
        return {
            file.fingerprint: file.path
            for record in self._tables.records.values()
            for file in record.files
            if file.fingerprint in fingerprints
        }

    def dirty(self) -> set[str]:
        return set(self._tables.dirty)

    def has_dirty(self) -> bool:
        return bool(self._tables.dirty)

    def soil(self, message_ids: Collection[str]) -> None:
        self._tables.dirty.update(self._known(message_ids))

    def clean(self, message_ids: Collection[str]) -> None:
        self._tables.dirty.difference_update(message_ids)

    def clusters_with(self, message_ids: Collection[str], keys: Collection[str]) -> set[int]:
        of = self._tables.cluster_of
        found = {of[one] for one in message_ids if one in of}
        wanted = frozenset(keys)
        return found | {at for at, own in self._tables.clusters.items() if own & wanted}

    def all_clusters(self) -> list[int]:
        return sorted(self._tables.clusters)

    def cluster_messages(self, clusters: Collection[int]) -> dict[str, Message]:
        return {
            one: self._tables.records[one].message
            for one, at in self._tables.cluster_of.items()
            if at in clusters
        }

    def replace_clusters(self, old: Collection[int], new: Iterable[Cluster]) -> None:
        listed = list(new)
        for at in old:
            self._drop_cluster(at)
        top = max(self._tables.clusters, default=0)
        for at, cluster in enumerate(listed, top + 1):
            self._add_cluster(at, cluster)

    def _drop_cluster(self, at: int) -> None:
        tables = self._tables
        tables.clusters.pop(at, None)
        tables.cluster_of = {one: own for one, own in tables.cluster_of.items() if own != at}
        gone = {one for one, own in tables.row_cluster.items() if own == at}
        tables.rows = {one: row for one, row in tables.rows.items() if one not in gone}
        tables.row_cluster = {o: own for o, own in tables.row_cluster.items() if own != at}
        tables.topic_of = {o: topic for o, topic in tables.topic_of.items() if topic not in gone}

    def _add_cluster(self, at: int, cluster: Cluster) -> None:
        tables = self._tables
        tables.clusters[at] = cluster.keys
        for message in cluster.messages:
            tables.cluster_of[message.message_id] = at
        for one in cluster.topics:
            topic_id = one.row.id
            tables.rows[topic_id] = one.row
            tables.row_cluster[topic_id] = at
            tables.topic_of.update(dict.fromkeys(one.message_ids, topic_id))
            tables.heads[topic_id] = cluster.heads.intersection(one.message_ids)
            tables.aspects[topic_id] = one.aspects

    def topic_ids(self, message_ids: Collection[str]) -> dict[str, str]:
        of = self._tables.topic_of
        return {one: of[one] for one in message_ids if one in of}

    def resolve_topic(self, prefix: str) -> list[str]:
        if not prefix:
            return []
        found = sorted(one for one in self._tables.rows if one.startswith(prefix))
        if not found:
            of = self._tables.topic_of
            found = sorted({of[one] for one in of if short_id(one).startswith(prefix)})
        return found[:20]

    def totals(self) -> tuple[int, int]:
        rows = self._tables.rows.values()
        return sum(row.revisions for row in rows), len(rows)

    def select(self, wanted: Selection) -> Listed:
        found = [row for row in self._tables.rows.values() if _matches(row, wanted)]
        return Listed((row.id, row.standing.verdict.turn.value) for row in _in_order(found))

    def rows(self, topic_ids: Collection[str]) -> list[TopicRow]:
        wanted = set(topic_ids)
        found = [row for one, row in self._tables.rows.items() if one in wanted]
        return _in_order([replace(row, findings=self._counts(row.id)) for row in found])

    def lines(self, wanted: Selection) -> list[Line | TopicRow]:
        return [_line_or_row(row) for row in self.rows([one for one, _ in self.select(wanted)])]

    def _counts(self, topic_id: str) -> tuple[tuple[str, int], ...] | None:
        heads = self._heads(topic_id)
        found = self.findings(heads)
        if not heads or len(found) < len(heads):
            return None
        counts = Counter(one.severity.value for several in found.values() for one in several)
        return tuple((name, counts[name]) for name in ("error", "warning", "info"))

    def _heads(self, topic_id: str) -> set[str]:
        of = self._tables.topic_of
        return {one for one in self._tables.heads[topic_id] if of.get(one) == topic_id}

    def topic_messages(self, topic_ids: Collection[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for message_id, topic_id in self._tables.topic_of.items():
            if topic_id in topic_ids:
                found.setdefault(topic_id, []).append(message_id)
        return found

    def topics_by(self, wanted: Wanted) -> set[str]:
        tables = self._tables
        reasons = search.reasons_of(self.groups(), tables.topic_of)
        return search.topics_by(tables.rows, tables.aspects, reasons, wanted)

    def delegates(self) -> dict[str, str]:
        return search.delegates(self._tables.rows)

    def paths_of(self, topic_ids: Collection[str] | None = None) -> dict[str, list[str]]:
        wanted = self._tables.rows if topic_ids is None else topic_ids
        return search.paths_of(self._tables.rows, self._tables.aspects, wanted)

    def topics_touching(self, start: str) -> dict[str, list[str]]:
        return search.touching(self._tables.rows, self._tables.aspects, start)

    def lists_mark(self) -> str:
        return self._tables.lists_mark

    def set_lists_mark(self, mark: str) -> None:
        self._tables.lists_mark = mark

    def addressed(self) -> set[str]:
        return lists.addressed(self._tables.rows)

    def unlisted(self) -> list[str]:
        return lists.unlisted(self._tables.rows)

    def lists_among(self, names: Collection[str]) -> set[str]:
        return lists.among(self._tables.rows, names)

    def count_routes(self, known: Collection[str]) -> tuple[int, int]:
        return lists.count_routes(self._tables.rows, known)

    def count_ignored(self) -> int:
        return sum(bool(row.standing.ignored) for row in self._tables.rows.values())

    def count_lists(self) -> list[ListCount]:
        return lists.count(self._tables.rows)

    def snoozed(self) -> list[tuple[str, int, str]]:
        held = [(one, row.standing.snooze) for one, row in self._tables.rows.items()]
        return [(one, snooze.wake, snooze.tag) for one, snooze in held if snooze]

    def waiting(self, now: int) -> set[str]:
        held = self._tables.rows.values()
        awake = [replace(row, standing=replace(row.standing, snooze=AWAKE)) for row in held]
        return {row.id for row in awake if row.at(now).standing.verdict.turn is Turn.CI}

    def put_standings(self, standings: Mapping[str, Standing]) -> None:
        for one, standing in standings.items():
            if row := self._tables.rows.get(one):
                self._tables.rows[one] = replace(row, standing=standing)

    def unchecked(self, mark: str, newest: int) -> list[str]:
        held = [row for row in self._tables.rows.values() if row.kind == TopicKind.SERIES]
        is_open = [row for row in held if _matches(row, Selection())]
        found = sorted(is_open, key=lambda row: (-row.updated, row.id))[:newest]
        return [
            row.id
            for row in found
            if len(self.findings(self._heads(row.id), mark)) < len(self._heads(row.id))
        ]

    def put_findings(self, mark: str, found: Mapping[str, Sequence[Finding]]) -> None:
        for one in self._known(found):
            self._tables.findings[one] = mark, tuple(found[one])

    def findings(
        self, message_ids: Collection[str], mark: str = ""
    ) -> dict[str, tuple[Finding, ...]]:
        held = self._tables.findings
        return {
            one: held[one][1] for one in message_ids if one in held and mark in ("", held[one][0])
        }

    def landings(
        self, message_ids: Collection[str] | None = None
    ) -> dict[str, tuple[Landing, ...]]:
        held = self._tables.landings
        return {one: held[one] for one in held if message_ids is None or one in message_ids}

    def claimants(self, commits: Collection[str]) -> set[str]:
        held = self._tables.landings
        return {one for one, found in held.items() if any(each.commit in commits for each in found)}

    def put_landings(self, found: Mapping[str, Sequence[Landing]]) -> None:
        for one, landings in found.items():
            self._tables.landings.pop(one, None)
            if landings:
                by_trust = sorted(landings, key=lambda each: (not each.is_sure, each.commit))
                self._tables.landings[one] = tuple(by_trust)
        self._tables.matched.update(self._known(found))

    def tested(self, message_ids: Collection[str]) -> dict[str, tuple[Check, ...]]:
        found: dict[str, tuple[Check, ...]] = {}
        for (one, _), check in sorted(self._tables.tested.items()):
            if one in message_ids:
                found[one] = (*found.get(one, ()), check)
        return found

    def put_tested(self, found: Mapping[str, Sequence[Check]]) -> None:
        for one, several in found.items():
            self._tables.tested.update({(one, each.context): each for each in several})

    def unmatched(self) -> set[str]:
        return self._tables.records.keys() - self._tables.matched

    def newly_announced(self) -> set[str]:
        new = self.records(self.unmatched()).values()
        return {one for r in new for said in r.message.announced for one in said.message_ids}

    def unmatch(self, message_ids: Collection[str] | None = None) -> None:
        gone = self._tables.matched if message_ids is None else set(message_ids)
        self._tables.matched = self._tables.matched - gone

    def count_patches(self) -> int:
        kinds = [one.message.kind for one in self._tables.records.values()]
        return kinds.count(Kind.PATCH)

    def landed_mark(self) -> str:
        return self._tables.landed_mark

    def set_landed_mark(self, mark: str) -> None:
        self._tables.landed_mark = mark

    def groups(self) -> list[Group]:
        return sorted(self._tables.groups.values(), key=lambda group: group.order)

    def last_time(self) -> int:
        return max((group.time for group in self._tables.groups.values()), default=0)

    def last_value(self, kind: str) -> str:
        held = decide(self.groups()).get(("", EventKind(kind)))
        return held.value if held else ""

    def put_groups(self, groups: Iterable[Group]) -> None:
        for group in groups:
            self._tables.groups.setdefault(group.id, group)
            self.soil([event.message_id for event in group.events])
        undone = {group.undoes for group in self._tables.groups.values() if group.undoes}
        for target in undone & self._tables.groups.keys():
            self.soil([event.message_id for event in self._tables.groups[target].events])

    def forget_groups(self) -> None:
        self.soil(self.decided_messages())
        self._tables.groups = {}

    def decisions(self, message_ids: Collection[str]) -> Decisions:
        wanted = set(message_ids)
        held = decide(self.groups())
        return {key: decision for key, decision in held.items() if key[0] in wanted}

    def decided_messages(self, kinds: Collection[EventKind] = ()) -> set[str]:
        events = (e for group in self._tables.groups.values() for e in group.events)
        return {e.message_id for e in events if not kinds or e.kind in kinds}


def _in_order(rows: list[TopicRow]) -> list[TopicRow]:
    """By turn; what waits longest on me first, elsewhere what is newest."""

    def key(row: TopicRow) -> tuple[int, int, str]:
        rank = TURN_ORDER.index(row.standing.verdict.turn)
        return rank, -row.updated if rank else row.updated, row.id

    return sorted(rows, key=key)


def _matches(row: TopicRow, wanted: Selection) -> bool:
    standing = row.standing
    if wanted.topic_ids is not None and row.id not in wanted.topic_ids:
        return False
    if wanted.states and standing.state not in wanted.states:
        return False
    if wanted.turns and standing.verdict.turn.value not in wanted.turns:
        return False
    if wanted.now and 0 < row.deadline <= wanted.now and standing.verdict.turn is Turn.ME:
        return False
    if not wanted.open_only:
        return True
    return not standing.archived and standing.verdict.turn is not Turn.NOBODY


def _line_or_row(row: TopicRow) -> Line | TopicRow:
    """The row itself where it may be another one by the clock."""
    by_clock = row.standing.snooze or row.deadline or row.expects or row.waits
    return row if by_clock else line_of(row)
