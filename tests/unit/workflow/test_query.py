# SPDX-License-Identifier: GPL-2.0-or-later
"""Queries over stores in memory: terms with the clock and the reader, and how they are joined."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pytest

from maintainer_kit.config import Settings
from maintainer_kit.errors import ConfigError, Refused
from maintainer_kit.model.decision.event import Event, EventKind, Origin
from maintainer_kit.workflow.decide import decide, set_archived, set_state
from maintainer_kit.workflow.query import evaluate
from tests.build import BO, DAY, ROBIN, START, edit, mail, part_id, patch, posting, reply
from tests.memory.desk import SETTINGS, Desk

DAY_SECONDS = 86_400
OTHER = "Uma Other <uma@elsewhere.example>"
NOW = int(START.timestamp()) + 40 * DAY_SECONDS
FOO, BAR, LONE, BUG = part_id("foo", 0), part_id("bar", 0), "lone@x", "bug@x"
OWN = "own@x"


def new_desk(settings: Settings = SETTINGS) -> Desk:
    """Four series, one of them Robin's own, and a report; 40 days after the first mail."""
    desk = Desk(settings, clock=lambda: NOW * 1_000_000)
    desk.deliver(
        *posting("foo", 2),
        reply(FOO, "Reviewed-by: Robin Maintainer <robin@lumen.example>\n", sender=ROBIN),
        *posting("bar", 1, sender=BO, minutes=20 * DAY),
        patch(
            "[PATCH] foo: another",
            edit("fs/foo/new.c"),
            sender=OTHER,
            message_id=LONE,
            minutes=39 * DAY,
        ),
        patch("[PATCH] own: mine", edit("net/x.c"), sender=ROBIN, message_id=OWN, minutes=2),
        mail("[BUG] oops in inode", message_id=BUG, sender=BO, minutes=38 * DAY),
    )
    desk.sync()
    return desk


@pytest.fixture
def desk() -> Desk:
    return new_desk()


NAMES = {"foo": FOO, "bar": BAR, "lone": LONE, "bug": BUG, "own": OWN}


def found(desk: Desk, text: str) -> set[str]:
    """The names of the topics that a query stands for."""
    ids = evaluate(desk.stores, text)
    names = {desk.catalogue.topic_ids([one])[one]: name for name, one in NAMES.items()}
    return set(names.values()) if ids is None else {names[one] for one in ids}


def test_nothing_asked_is_everything(desk: Desk) -> None:
    assert evaluate(desk.stores, "") is None
    assert evaluate(desk.stores, "view:everything") is None
    assert evaluate(desk.stores, "view:everything or state:rejected") is None
    assert found(desk, "not view:everything") == set()
    assert found(desk, "view:everything author:uma") == {"lone"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("author:uma", "lone"),
        ('author:"Bo Reviewer"', "bar bug"),
        ("author:me", "own"),
        ("by:me", "foo"),
        ("by:robin", "foo"),
        ("age:>30d", "foo own"),
        ("age:<3d", "lone bug"),
        ("age:5d..25d", "bar"),
        ("file:fs/foo/", "foo lone"),
        ("file:new.c", "lone"),
        ("file:*.c -file:fs/", "own"),
        ("revision:1", "foo bar lone own"),
        ("revision:<9", "foo bar lone own"),
        ("revision:>1", ""),
        ("mkit:stale", "foo own"),
        ("mkit:mine", "foo own"),
        ("mkit:unreviewed", "bar lone own"),
        ("mkit:could-review", "lone"),
        ("mkit:new-contributor", "lone foo bar own"),
        ("kind:report", "bug"),
        ("kind:series -author:uma", "foo bar own"),
        ("delegate:nobody", "foo bar lone own bug"),
        ("delegate:me", ""),
    ],
)
def test_terms(desk: Desk, text: str, names: str) -> None:
    assert found(desk, text) == set(names.split())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("oops", "bug"),
        ("oops or author:uma", "bug lone"),
        ("author:bo -has:oops", "bar"),
        ("author:bo and not has:oops", "bar"),
        ("not (has:oops or author:uma)", "foo bar own"),
        ("file:fs/ (author:uma or by:me)", "foo lone"),
        ("another foo author:uma", "lone"),
        ("another author:uma foo", "lone"),
        ("another oops author:bo", ""),
        ("* author:bo", "bar bug"),
    ],
)
def test_joined_with_words_of_mails(desk: Desk, text: str, names: str) -> None:
    """The index in memory knows words alone: what is negated stands in ``has:`` here."""
    assert found(desk, text) == set(names.split())


def test_whose_turn_it_is_counts_decisions_and_the_clock(desk: Desk) -> None:
    turns = {"me", "author", "reviewer", "delegate", "ci", "nobody"}
    parts = [found(desk, f"turn:{turn}") for turn in sorted(turns)]
    assert set().union(*parts) == set(NAMES)
    assert sum(map(len, parts)) == len(NAMES)
    assert found(desk, "mkit:open") == set(NAMES) - found(desk, "turn:nobody")
    set_archived(desk.stores, True, [LONE], Origin.CLI)
    assert "lone" in found(desk, "turn:nobody")
    assert "lone" not in found(desk, "mkit:open")
    assert found(desk, "mkit:archived") == {"lone"}


def test_a_snoozed_topic_is_nobodys_until_it_comes_back(desk: Desk) -> None:
    moment = "2026-03-01T00:00:00Z"
    decide(desk.stores, [Event(EventKind.SNOOZE, LONE, f"until:{moment}")], Origin.CLI, "")
    assert found(desk, "mkit:snoozed") == {"lone"}
    assert "lone" not in found(desk, "mkit:open")
    assert "lone" in found(desk, "turn:nobody")
    later = replace(desk.stores, clock=lambda: (NOW + 60 * DAY_SECONDS) * 1_000_000)
    ids = evaluate(later, "mkit:open")
    assert ids is not None
    assert desk.row(LONE).id in ids
    assert evaluate(later, "mkit:snoozed") == frozenset()


def test_states_in_any_spelling(desk: Desk) -> None:
    set_state(desk.stores, "under-review", [LONE], Origin.CLI)
    assert found(desk, "state:under-review") == {"lone"}
    assert found(desk, "state:Under_Review") == {"lone"}
    assert found(desk, '-state:"Under Review"') == set(NAMES) - {"lone"}


def test_delegates(desk: Desk) -> None:
    decide(desk.stores, [Event(EventKind.DELEGATE, LONE, ROBIN)], Origin.CLI, "")
    decide(
        desk.stores, [Event(EventKind.DELEGATE, FOO, "Jane Doe <jane@x.example>")], Origin.CLI, ""
    )
    assert found(desk, "delegate:me") == {"lone"}
    assert found(desk, "delegate:jane") == {"foo"}
    assert found(desk, 'delegate:"doe jane@"') == {"foo"}
    assert found(desk, "delegate:nobody") == set(NAMES) - {"lone", "foo"}
    assert "lone" in found(desk, "mkit:mine")


def test_ids(desk: Desk) -> None:
    assert found(desk, f"topic:{desk.row(LONE).id[:8]}") == {"lone"}
    assert found(desk, "topic:0000000000000000") == set()


def test_lists_by_address_and_id(desk: Desk) -> None:
    asked = ("pebblefs@lists.lumen.example", "pebblefs", "<PebbleFS.lists.lumen.example>")
    everything = [found(desk, f"list:{name}") for name in asked]
    assert everything[0] == everything[1] == everything[2]


def test_files_that_nobody_maintains(desk: Desk) -> None:
    with pytest.raises(Refused, match=r"query, column 9: mkit:nobodys asks MAINTAINERS") as caught:
        found(desk, "file:fs mkit:nobodys")
    assert "mkit.repository" in (caught.value.hint or "")

    def orphans(paths: Collection[str]) -> frozenset[str]:
        return frozenset(path for path in paths if path != "fs/foo/1.c")

    desk.stores = replace(desk.stores, unmaintained=orphans)
    assert found(desk, "mkit:nobodys") == {"bar", "lone", "own"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("turn:me state:accpted", "query, column 15: no state accpted"),
        ("turn:me (oops", "query, column 9: this parenthesis is not closed"),
        ("turn:me date:foo", "query, column 9: notmuch cannot read"),
        ("turn:me or (author:x and date:foo)", "query, column 26: notmuch cannot read"),
        ("turn:me has:date:foo", "query, column 9: notmuch cannot read"),
        ("view:nope", "query, column 6: no view nope"),
    ],
)
def test_what_is_refused(desk: Desk, text: str, words: str) -> None:
    with pytest.raises(Refused, match=words) as caught:
        evaluate(desk.stores, text)
    assert caught.value.hint


def with_views(*lines: str) -> Desk:
    return new_desk(replace(SETTINGS, view=lines))


def test_views_of_the_settings() -> None:
    desk = with_views("fs file:fs/ # file systems", "mine view:fs by:me")
    assert found(desk, "view:fs") == {"foo", "bar", "lone"}
    assert found(desk, "view:mine") == {"foo"}
    assert found(desk, "view:fs -view:mine") == {"bar", "lone"}


def test_views_that_ask_for_each_other() -> None:
    desk = with_views("a oops or view:b", "b author:bo view:a")
    with pytest.raises(Refused, match=r"view b, column 11: view a asks for itself: a > b > a"):
        evaluate(desk.stores, "view:a")


def test_views_deep_in_others() -> None:
    desk = with_views(*(f"v{at} view:v{at + 1}" for at in range(20)), "v20 oops")
    with pytest.raises(Refused, match="too deep"):
        evaluate(desk.stores, "view:v0")
    assert found(desk, "view:v17") == {"bug"}


def test_views_that_double_at_each_step_cost_nothing() -> None:
    desk = with_views(*(f"v{at} view:v{at + 1} or view:v{at + 1}" for at in range(4)), "v4 oops")
    searched: list[str] = []
    search = desk.index.search

    def counting(query: str) -> list[str]:
        searched.append(query)
        return search(query)

    desk.index.search = counting  # type: ignore[method-assign]
    assert found(desk, " or ".join(["view:v0"] * 30)) == {"bug"}
    assert searched == ["oops"]


def test_an_error_in_a_view_is_told_where_it_is() -> None:
    desk = with_views("a oops", "b mkit:open date:foo", "c turn:me view:nope", "d state:accpted")
    with pytest.raises(Refused, match="view b, column 11: notmuch cannot read"):
        evaluate(desk.stores, "view:b")
    with pytest.raises(Refused, match="view c, column 14: no view nope"):
        evaluate(desk.stores, "view:c")
    with pytest.raises(Refused, match="view d, column 7: no state accpted"):
        evaluate(desk.stores, "view:a or view:d")


def test_a_view_that_cannot_be_read() -> None:
    with pytest.raises(ConfigError, match=r"mkit\.view a: column 1"):
        evaluate(with_views("a (oops").stores, "turn:me")
