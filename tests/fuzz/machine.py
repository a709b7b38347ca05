# SPDX-License-Identifier: GPL-2.0-or-later
"""Two homes that decide, receive mail, share, crash and go on, in any order."""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, cast

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from maintainer_kit.errors import MkitError
from maintainer_kit.model.decision.event import Event, EventKind, Group, Origin
from maintainer_kit.workflow.decide import Plan, changes_of, decide, plan_each
from maintainer_kit.workflow.landing.match import match_new
from maintainer_kit.workflow.ports import Retag
from maintainer_kit.workflow.sharing.allowed import allowed_by
from maintainer_kit.workflow.sharing.ports import Exchange, JournalLines, Shared
from maintainer_kit.workflow.sharing.share import ShareReport, share
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.storing import rebuild
from maintainer_kit.workflow.sync import sync
from tests.fuzz.acts import BACK, DECISIONS, PLANNERS, SOME_ID, TAGS, Act, perform, plan
from tests.fuzz.checking import (
    STATE_TAGS,
    all_rows,
    check_anew,
    check_journal,
    check_level,
    exported,
    hidden_groups,
    shared_view,
)
from tests.fuzz.git import COMMITS, GIT
from tests.fuzz.mails import FIRST, HOT, IDS, MAILS
from tests.fuzz.places import Place, line_of
from tests.fuzz.simple import OF_TOPIC, PROGRESS, last_of, said_of
from tests.memory.fuse import Crash, Fuse

HERE = st.integers(0, 1)
STATE = st.sampled_from(PROGRESS)
AT = st.integers(1, 60)
SECOND = 1_000_000
TORN = Group("f" * 32, 1, "robin@lumen.example", Origin.CLI, "", (), "")


class Burning:
    """A port that is in no ``Stores``, behind a fuse as well."""

    def __init__(self, inner: object, fuse: Fuse) -> None:
        self._inner = inner
        self._fuse = fuse

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._inner, name)
        if not callable(value):
            return value

        def call(*args: Any) -> Any:
            self._fuse.spend(name)
            return value(*args)

        return call


def _ids(shared: Shared) -> set[str]:
    """Groups that a machine has committed."""
    return {json.loads(line)["group"] for line in shared.lines}


class Homes(RuleBasedStateMachine):
    """The steps; subclasses say what the homes are made of."""

    def __init__(self) -> None:
        super().__init__()
        self.places = self.make()
        foreign: set[tuple[str, str]] = set()
        for one in self.places:
            one.foreign = foreign

    @abstractmethod
    def make(self) -> list[Place]:
        """Two homes that share through one hub."""

    @initialize()
    def begin(self) -> None:
        for place in self.places:
            place.deliver([MAILS[one] for one in FIRST])
            sync(place.stores)
            match_new(place.stores, GIT)
            check_level(place)

    # What happens outside.

    @rule(at=HERE, ids=st.lists(st.sampled_from(IDS), min_size=1, max_size=5, unique=True))
    def mail_comes(self, at: int, ids: list[str]) -> None:
        place = self.places[at]
        there = place.stores.index.message_ids()
        place.deliver([MAILS[one] for one in ids if one not in there])

    @rule(at=HERE, one=SOME_ID)
    def mail_vanishes(self, at: int, one: str) -> None:
        place = self.places[at]
        place.stores.index.refresh()
        if one in place.stores.index.message_ids():
            place.remove(one)

    @rule(
        at=HERE,
        one=SOME_ID,
        state=STATE,
        how=st.sampled_from(["instead", "beside", "away", "unmark", "other"]),
        level=st.booleans(),
    )
    def client_tags(self, at: int, one: str, state: str, how: str, level: bool) -> None:
        place = self.places[at]
        if level:
            sync(place.stores)
        change = self._client(place, one, state, how)
        if change is None:
            return
        place.retag(change)
        if level:
            sync(place.stores)
            check_level(place)
            self._was_heard(place, one, state, how)

    def _client(self, place: Place, one: str, state: str, how: str) -> Retag | None:
        """What another client changes; noted, so that nothing else passes for its doing."""
        place.stores.index.refresh()
        tags = {each.message_id: each.tags for each in place.stores.index.find([one])}.get(one)
        if tags is None:
            return None
        said = {"instead": state, "beside": state, "away": "new"}.get(how)
        if said:
            # A cover letter means its series.
            stem, is_cover, _ = one.partition("-0@")
            meant = [each for each in IDS if is_cover and each.startswith(f"{stem}-")]
            place.foreign.update((each, said) for each in (one, *meant))
        add = {"instead": f"mkit/{state}", "beside": f"mkit/{state}", "other": "mkit/odd"}.get(how)
        gone = tags & STATE_TAGS if how in ("instead", "away") else frozenset()
        gone |= {"mkit"} if how == "unmark" else frozenset()
        wanted = frozenset({add}) if add else frozenset()
        return Retag(one, wanted, frozenset(gone) - wanted)

    def _was_heard(self, place: Place, one: str, state: str, how: str) -> None:
        """A tag that another client sets on what bears one is a decision."""
        rows = [row for row in all_rows(place.stores) if row.kind == "series"]
        if not any(one in row.decidable for row in rows):
            return
        held = place.simple.values().get((one, "state"))
        if how in ("instead", "away"):
            assert (held.value if held else "new") == (state if how == "instead" else "new")

    @rule(at=HERE, by=st.sampled_from([1, 5 * SECOND, 3600 * SECOND, 86400 * SECOND]))
    def clock_goes(self, at: int, by: int) -> None:
        self.places[at].clock.now += by

    @rule(at=HERE, by=st.sampled_from([1, 60 * SECOND, 3 * 86400 * SECOND]))
    def clock_goes_back(self, at: int, by: int) -> None:
        self.places[at].clock.now -= by

    @rule(at=HERE, tag=st.sampled_from(TAGS))
    def git_is_tagged(self, at: int, tag: str) -> None:
        self.places[at].tagged.add(tag)

    @rule(at=HERE, length=st.integers(1, len(line_of(TORN))))
    def journal_is_torn(self, at: int, length: int) -> None:
        place = self.places[at]
        place.tear(line_of(TORN)[:length])
        place.restart()
        check_journal(place)

    # What mkit does.

    @rule(at=HERE)
    def catch_up(self, at: int) -> None:
        sync(self.places[at].stores)
        check_level(self.places[at])

    @rule(at=HERE, act=DECISIONS)
    def decides(self, at: int, act: Act) -> None:
        """As the command line does: catch up, look at what would change, decide."""
        place = self.places[at]
        sync(place.stores)
        known = set(place.simple.groups)
        try:
            if act.kind in PLANNERS:
                made = plan(place.stores, act)
                self._as_foretold(place, made)
            else:
                perform(place.stores, act)
        except MkitError:
            assert set(place.simple.groups) == known
            return
        assert len(place.simple.groups) == len(known) + 1
        check_level(place)

    def _as_foretold(self, place: Place, made: Plan) -> None:
        """What a look before says is what happens."""
        stores = place.stores
        changes = changes_of(stores, made.events)
        before = {row.id: row.standing for row in all_rows(stores)}
        values = place.simple.values()
        for change in changes:
            assert change.before == self._holds(place, values, change.event)
        decide(stores, made.events, Origin.CLI, "", forced=made.forced)
        after = {row.id: row.standing for row in all_rows(stores)}
        values = place.simple.values()
        for change in changes:
            now = self._holds(place, values, change.event)
            if change.event.kind is EventKind.NOTE and change.event.value:
                assert now.split("\n")[-1] == change.event.value
            else:
                assert now == change.event.value
        if not any(change.is_one for change in changes):
            assert after == before

    def _holds(self, place: Place, values: Any, event: Event) -> str:
        """The value that holds of what an event is about: a message, or its topic."""
        mails = [event.message_id]
        kind = event.kind.value
        if kind == "landing":
            return said_of(values, event.message_id, event.value.partition(":")[2])
        if kind in OF_TOPIC and kind != "note":
            catalogue = place.stores.catalogue
            topic_id = catalogue.topic_ids(mails)[event.message_id]
            mails = catalogue.topic_messages([topic_id])[topic_id]
        held = last_of(values, mails, kind)
        return held.value if held else "new" if kind == "state" else ""

    @rule(at=HERE, which=st.sampled_from(list(zip(HOT, COMMITS, strict=True))), yes=st.booleans())
    def judges(self, at: int, which: tuple[str, str], yes: bool) -> None:
        """Somebody looks at a patch and the commit that is like it."""
        message_id, commit = which
        self.decides(at, Act("landing", f"{'yes' if yes else 'no'}:{commit}", (message_id,)))

    @rule(at=HERE, again=st.booleans())
    def looks_what_landed(self, at: int, again: bool) -> None:
        place = self.places[at]
        sync(place.stores)
        match_new(place.stores, GIT, again=again)
        check_level(place)

    @rule(at=HERE, act=DECISIONS)
    def decides_at_once(self, at: int, act: Act) -> None:
        """As the screen does, which catches up in the background."""
        place = self.places[at]
        try:
            perform(place.stores, act, Origin.TUI)
        except MkitError:
            return
        finally:
            check_journal(place)

    @rule(at=HERE, act=BACK)
    def goes_back(self, at: int, act: Act) -> None:
        place = self.places[at]
        sync(place.stores)
        undo = act.kind == "undo"
        target = place.simple.to_undo() if undo else place.simple.to_redo()
        known = set(place.simple.groups)
        try:
            found = perform(place.stores, act)
        except MkitError:
            assert target is None
            assert set(place.simple.groups) == known
            return
        (fresh,) = set(place.simple.groups) - known
        assert target and place.simple.groups[fresh].undoes == target.id
        if undo:
            assert found == target
        check_level(place)

    @rule(at=HERE, one=SOME_ID, state=STATE, act=DECISIONS)
    def client_is_quicker(self, at: int, one: str, state: str, act: Act) -> None:
        """Another client changes a tag right before a decision writes its own."""
        place = self.places[at]
        sync(place.stores)
        change = self._client(place, one, state, "instead")
        if change:
            place.interrupt(change)
        with suppress(MkitError):
            perform(place.stores, act, Origin.TUI)
        place.restart()
        sync(place.stores)
        check_level(place)

    @rule(at=HERE, act=DECISIONS | BACK)
    def decides_while_locked(self, at: int, act: Act) -> None:
        """Another program writes to the index all the while."""
        place = self.places[at]
        with place.locked(), suppress(MkitError):
            perform(place.stores, act)
        check_journal(place)

    @rule(at=HERE)
    def is_made_anew(self, at: int) -> None:
        place = self.places[at]
        sync(place.stores)
        before = exported(place.stores)
        rebuild(place.stores)
        assert exported(place.stores) == before
        check_level(place)
        check_anew(place)

    @rule(at=HERE)
    def shares(self, at: int) -> None:
        place = self.places[at]
        sync(place.stores)
        hidden = hidden_groups(place, place.simple.groups)
        with place.exchange() as exchange:
            old = _ids(exchange.own())
            left = set(place.simple.groups) - old.union(*map(_ids, exchange.others()))
            assert self._share(place, exchange).failure is None
            assert _ids(exchange.own()) - old == left - hidden
        check_level(place)

    def _share(self, place: Place, exchange: Exchange) -> ShareReport:
        stores = place.stores
        return share(stores, place.lines, exchange, allowed_by(stores.catalogue))

    # What goes wrong.

    @rule(at=HERE, act=DECISIONS | BACK, call=AT)
    def crashes_deciding(self, at: int, act: Act, call: int) -> None:
        self._crash(self.places[at], call, lambda stores: perform(stores, act))

    @rule(at=HERE, one=SOME_ID, states=st.tuples(STATE, STATE), call=AT, back=st.booleans())
    def crashes_beside_a_screen(
        self, at: int, one: str, states: tuple[str, str], call: int, back: bool
    ) -> None:
        """One program is killed, and in another one that runs the same is decided about."""
        acts = [Act("state", state, (one,)) for state in states]
        self.crashes_deciding(at, acts[0], call)
        self.decides_at_once(at, Act("undo") if back else acts[1])

    @rule(at=HERE, call=AT)
    def crashes_catching_up(self, at: int, call: int) -> None:
        self._crash(self.places[at], call, sync)

    @rule(at=HERE, call=AT)
    def crashes_rebuilding(self, at: int, call: int) -> None:
        self._crash(self.places[at], call, rebuild)

    def _crash(self, place: Place, call: int, work: Callable[[Stores], object]) -> None:
        with suppress(Crash, MkitError):
            work(Fuse(call).guard(place.stores))
        place.restart()
        check_journal(place)

    @rule(at=HERE, call=AT)
    def crashes_sharing(self, at: int, call: int) -> None:
        place = self.places[at]
        fuse = Fuse(call)
        stores = fuse.guard(place.stores)
        with place.exchange() as exchange:
            lines = cast(JournalLines, Burning(place.lines, fuse))
            end = cast(Exchange, Burning(exchange, fuse))
            with suppress(Crash):
                share(stores, lines, end, allowed_by(stores.catalogue))
        place.restart()
        check_journal(place)

    # The end of it all.

    def teardown(self) -> None:
        try:
            self._settle()
        finally:
            for place in self.places:
                place.close()

    def _settle(self) -> None:
        """All mail comes everywhere, everything is made public, all share: all homes are equal."""
        for place in self.places:
            sync(place.stores)
            check_level(place)
            check_anew(place)
        now = max(place.clock.now for place in self.places)
        for place in self.places:
            place.clock.now = now
            self.mail_comes(self.places.index(place), list(IDS))
        for _ in range(4):
            hidden = [self._publish(place) for place in self.places]
            for at in (0, 1, 0, 1):
                self.shares(at)
            if not any(hidden):
                break
        views = [shared_view(place) for place in self.places]
        assert views[0] == views[1]
        for at in (0, 1):
            self.is_made_anew(at)

    def _publish(self, place: Place) -> bool:
        sync(place.stores)
        hidden: Sequence[str] = [
            row.message_id for row in all_rows(place.stores) if row.standing.confidential
        ]
        if hidden:
            events = plan_each(EventKind.CONFIDENTIAL, "no", hidden).events
            decide(place.stores, events, Origin.CLI, "")
        return bool(hidden)
