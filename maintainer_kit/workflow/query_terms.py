# SPDX-License-Identifier: GPL-2.0-or-later
"""What each term of a query stands for: ids of topics, from the catalogue, the clock and who I
am."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from functools import cached_property

from maintainer_kit.errors import NotFound
from maintainer_kit.model.decision.event import MUTE, WATCH
from maintainer_kit.model.decision.state import spelt
from maintainer_kit.model.mail.person import Person, parse_person
from maintainer_kit.model.query.areas import areas_of, is_within
from maintainer_kit.model.query.expression import Term
from maintainer_kit.model.query.fields import LANDED, ME, NOBODY, Property
from maintainer_kit.model.query.glob import read_glob
from maintainer_kit.model.query.values import ANY, DAY, Span, read_age, read_numbers
from maintainer_kit.model.query.words import holds, words_of
from maintainer_kit.model.queue.aspects import Role
from maintainer_kit.model.queue.delegate_turn import is_me
from maintainer_kit.model.queue.verdict import Me
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.workflow.batches import batched
from maintainer_kit.workflow.list_settings import list_word
from maintainer_kit.workflow.ports import Selection
from maintainer_kit.workflow.reading import select, tags_there
from maintainer_kit.workflow.searching import Wanted, What
from maintainer_kit.workflow.stores import Stores

STALE_DAYS = 30
"""An open topic without mail for so long is about to be forgotten."""
_POSTED = (Role.AUTHOR.value, Role.SUBMITTER.value)
_GAVE = (Role.REVIEWER.value, Role.ACKER.value, Role.TESTER.value)
_ALL_ROLES = tuple(role.value for role in Role)
_BATCH = 500
"""Topics whose paths are in memory at a time."""
_WITH_A_MARK = (Property.FIX, Property.REGRESSION, Property.INCOMPLETE)


@dataclass
class Terms:
    """Looks terms up; their values were found to mean something before."""

    stores: Stores

    def of(self, term: Term) -> Set[str]:
        """The topics of one term, but for views and searches in mail. Raises NotFound where it
        needs what is not there."""
        value = term.value
        if term.field in ("author", "by"):
            return self._by_person(term)
        if term.field == "list":
            return self._find(What.LIST, (list_word(self.stores.settings, value),))
        if term.field in ("state", "kind", "note", "topic"):
            return self._find(*_plain(term))
        return {
            "age": self._by_age,
            "delegate": self._by_delegate,
            "file": self._by_file,
            "landed": self._by_landed,
            "mkit": lambda name: self._by_property(Property(name)),
            "revision": self._by_revision,
            "turn": self._by_turn,
        }[term.field](value)

    def _find(
        self,
        what: What,
        words: Iterable[str] = (),
        *,
        span: Span = ANY,
        roles: tuple[str, ...] = (),
    ) -> set[str]:
        return self.stores.catalogue.topics_by(Wanted(what, tuple(words), span, roles))

    def _select(self, wanted: Selection) -> set[str]:
        return {topic_id for topic_id, _ in select(self.stores, wanted)}

    @cached_property
    def _me(self) -> Me:
        return self.stores.me

    @cached_property
    def _my_addresses(self) -> tuple[str, ...]:
        """Mine, and under which of them the catalogue has me."""
        me = self._me
        people = [Person(name, one) for one in me.addresses for name in ("", *me.names)]
        canonical = {me.people.canonical(person).key for person in people}
        return tuple(sorted(canonical | me.addresses))

    @property
    def _now(self) -> int:
        return self.stores.clock() // 1_000_000

    def _by_turn(self, value: str) -> set[str]:
        return self._select(Selection(turns=frozenset({value}), open_only=False))

    def _by_person(self, term: Term) -> set[str]:
        gave = term.field == "by"
        if term.value == ME:
            roles = _GAVE if gave else _POSTED
            return self._find(What.PARTY, self._my_addresses, roles=roles)
        words = words_of(term.value)
        return self._find(What.GIVER if gave else What.AUTHOR, words, roles=_GAVE if gave else ())

    def _by_age(self, value: str) -> set[str]:
        age = read_age(value)
        assert age is not None
        now = self._now
        span = Span(
            None if age.high is None else now - age.high, None if age.low is None else now - age.low
        )
        return self._find(What.UPDATED, span=span)

    def _by_revision(self, value: str) -> set[str]:
        span = read_numbers(value)
        assert span is not None
        return self._find(What.REVISION, span=Span(max(1, span.low or 1), span.high))

    def _by_file(self, value: str) -> set[str]:
        glob = read_glob(value)
        touching = self.stores.catalogue.topics_touching(glob.start)
        return {one for path, topics in touching.items() if glob.matches(path) for one in topics}

    def _by_landed(self, value: str) -> set[str]:
        if value in LANDED:
            return self._find(What.LANDED, (value,))
        from maintainer_kit.workflow.landing.where import landed_in

        return landed_in(self.stores.catalogue, value)

    def _by_delegate(self, value: str) -> set[str]:
        delegates = self.stores.catalogue.delegates()
        if value == NOBODY:
            left = self._find(What.ALL)
            left.difference_update(delegates)
            return left
        means = self._is_me if value == ME else _is_called(value)
        known = {person: means(person) for person in set(delegates.values())}
        return {topic for topic, person in delegates.items() if known[person]}

    def _is_me(self, person: str) -> bool:
        return is_me(parse_person(person), self._me)

    def _by_property(self, name: Property) -> set[str]:
        if name in _WITH_A_MARK:
            return self._find(What.MARK, (name.value,))
        simple = {
            Property.STARRED: (What.STARRED, ()),
            Property.ARCHIVED: (What.ARCHIVED, ()),
            Property.CONFIDENTIAL: (What.CONFIDENTIAL, ()),
            Property.IGNORED: (What.IGNORED, ()),
            Property.WATCHED: (What.ATTENTION, (WATCH,)),
            Property.MUTED: (What.ATTENTION, (MUTE,)),
            Property.NEW_CONTRIBUTOR: (What.ONLY_ONE, ()),
        }
        if name in simple:
            return self._find(*simple[name])
        return {
            Property.OPEN: lambda: self._open,
            Property.MINE: self._mine,
            Property.SNOOZED: self._snoozed,
            Property.STALE: self._stale,
            Property.UNREVIEWED: self._unreviewed,
            Property.COULD_REVIEW: self._could_review,
            Property.NOBODYS: self._nobodys,
        }[name]()

    @cached_property
    def _open(self) -> set[str]:
        return self._select(Selection())

    def _mine(self) -> set[str]:
        took_part = self._find(What.PARTY, self._my_addresses, roles=_ALL_ROLES)
        return took_part | self._by_delegate(ME)

    def _snoozed(self) -> set[str]:
        catalogue = self.stores.catalogue
        rows = catalogue.rows([topic_id for topic_id, _, _ in catalogue.snoozed()])
        now, tags = self._now, tags_there(self.stores, {r.standing.snooze.tag for r in rows})
        return {row.id for row in rows if not row.standing.snooze.over(row.mails, now, tags)}

    def _stale(self) -> set[str]:
        latest = self._now - STALE_DAYS * DAY
        return self._open & self._find(What.UPDATED, span=Span(None, latest))

    def _unreviewed(self) -> set[str]:
        series = self._find(What.KIND, (TopicKind.SERIES.value,))
        return self._open & series - self._find(What.TRAILER, ("Reviewed-by",))

    def _could_review(self) -> set[str]:
        """My directories are those of what I posted or gave a trailer to; commits of mine that
        came another way are not looked for, as that takes git seconds."""
        catalogue = self.stores.catalogue
        mine = self._find(What.PARTY, self._my_addresses, roles=(*_POSTED, *_GAVE))
        areas = frozenset().union(*map(areas_of, catalogue.paths_of(mine).values()))
        return {
            topic
            for batch in batched(self._unreviewed() - self._mine(), _BATCH)
            for topic, files in catalogue.paths_of(batch).items()
            if is_within(files, areas)
        }

    def _nobodys(self) -> set[str]:
        """All of its files are nobody's: where one has a maintainer, that one will see it."""
        if self.stores.unmaintained is None:
            raise NotFound(
                "mkit:nobodys asks MAINTAINERS of a repository, and none is set",
                "git config --add mkit.repository DIRECTORY",
            )
        paths = self.stores.catalogue.paths_of()
        known = {path for files in paths.values() for path in files}
        orphans = self.stores.unmaintained(sorted(known))
        return {topic for topic, files in paths.items() if orphans.issuperset(files)}


def _plain(term: Term) -> tuple[What, tuple[str, ...]]:
    """Terms whose value is looked for as it is, or nearly so."""
    value = term.value
    if term.field == "state":
        return What.STATE, (spelt(value),)
    if term.field == "kind":
        return What.KIND, (value,)
    if term.field == "note":
        return What.NOTE, words_of(value)
    return What.ID, (value,)


def _is_called(value: str) -> Callable[[str], bool]:
    words = words_of(value)
    return lambda person: holds(person, words)
