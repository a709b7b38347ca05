# SPDX-License-Identifier: GPL-2.0-or-later
"""What queries ask of the port Catalogue, in memory and in SQLite: the same answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from maintainer_kit.adapters.catalogue.catalogue import SqliteCatalogue
from maintainer_kit.model.decision.event import Event, EventKind, Origin
from maintainer_kit.model.query.values import ANY, Span
from maintainer_kit.model.query.words import words_of
from maintainer_kit.model.queue.landed import Landing, Place, Role
from maintainer_kit.workflow.decide import decide, undo
from maintainer_kit.workflow.project import project
from maintainer_kit.workflow.searching import Wanted, What
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.sync import sync
from tests.build import BO, DAY, START, edit, mail, part_id, patch, posting, reply
from tests.memory.desk import Desk

OTHER = "Uma Überall <uma@elsewhere.example>"
FOO, LONE, BUG = part_id("foo", 0, 2), "lone@made.example", "bug@made.example"
GAVE = ("reviewer", "acker", "tester")


@dataclass
class World:
    """A desk over one of the catalogues, and its topics by name."""

    stores: Stores

    def ids(self, *message_ids: str) -> set[str]:
        return set(self.stores.catalogue.topic_ids(message_ids).values())

    def find(self, what: What, *words: str, span: Span = ANY, roles: str = "") -> set[str]:
        wanted = Wanted(what, words, span, tuple(roles.split()))
        return self.stores.catalogue.topics_by(wanted)

    def decide(self, kind: EventKind, value: str, *message_ids: str, why: str = "") -> None:
        events = [Event(kind, one, value) for one in message_ids]
        decide(self.stores, events, Origin.CLI, why)


@pytest.fixture(params=["memory", "sqlite"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Two revisions of a series, a lone patch of somebody new, and a report."""
    desk = Desk()
    desk.deliver(
        *posting("foo", 2),
        *posting("foo", 2, revision=2, minutes=DAY),
        reply(FOO, "Reviewed-by: Bo Reviewer <bo@shale.example>\n", minutes=DAY + 5),
        patch(
            "[PATCH] lone: a first try",
            edit("net/core/sock.c"),
            sender=OTHER,
            message_id=LONE,
            to="net@lists.shale.example",
            headers={"List-Id": "<net.lists.shale.example>"},
            minutes=3 * DAY,
        ),
        mail("[BUG] oops in inode", message_id=BUG, sender=BO, minutes=5),
    )
    if request.param == "memory":
        sync(desk.stores)
        yield World(desk.stores)
        return
    real = SqliteCatalogue(tmp_path / "catalogue.sqlite")
    stores = replace(desk.stores, catalogue=real)
    sync(stores)
    yield World(stores)
    real.close()


def test_everything_kinds_and_ids(world: World) -> None:
    everything = world.ids(FOO, LONE, BUG)
    assert len(everything) == 3
    assert world.find(What.ALL) == everything
    assert world.find(What.KIND, "series") == world.ids(FOO, LONE)
    (foo,) = world.ids(FOO)
    assert world.find(What.ID, foo) == {foo}
    assert foo in world.find(What.ID, foo[:2])
    assert world.find(What.ID, foo + "x") == set()


def test_standing(world: World) -> None:
    world.decide(EventKind.STATE, "accepted", LONE)
    world.decide(EventKind.STAR, "yes", FOO)
    world.decide(EventKind.ATTENTION, "watch", FOO)
    world.decide(EventKind.ATTENTION, "mute", BUG)
    world.decide(EventKind.ARCHIVE, "yes", BUG)
    world.decide(EventKind.CONFIDENTIAL, "yes", BUG)
    assert world.find(What.STATE, "accepted") == world.ids(LONE)
    assert world.find(What.STATE, "new") == world.ids(FOO, BUG)
    assert world.find(What.STARRED) == world.ids(FOO)
    assert world.find(What.ATTENTION, "watch") == world.ids(FOO)
    assert world.find(What.ATTENTION, "mute") == world.ids(BUG)
    assert world.find(What.ARCHIVED) == world.ids(BUG)
    assert world.find(What.CONFIDENTIAL) == world.ids(BUG)


def test_times_and_revisions(world: World) -> None:
    start = int(START.timestamp())
    assert world.find(What.UPDATED, span=Span(start + 2 * 86400, None)) == world.ids(LONE)
    assert world.find(What.UPDATED, span=Span(None, start + 3600)) == world.ids(BUG)
    assert world.find(What.UPDATED, span=Span(start + 3600, start + 2 * 86400)) == world.ids(FOO)
    assert world.find(What.UPDATED) == world.find(What.ALL)
    assert world.find(What.REVISION, span=Span(2, None)) == world.ids(FOO)
    assert world.find(What.REVISION, span=Span(1, 1)) == world.ids(LONE)


def test_what_landed(world: World) -> None:
    first, second = part_id("foo", 1, 2), part_id("foo", 2, 2)
    assert world.find(What.LANDED, "no") == world.ids(FOO, LONE), "a report cannot land"
    place = Place(Role.MAINLINE, "refs/heads/master", "/r.git", "a" * 40, 1)
    for so, ids in (("part", [first]), ("yes", [first, second])):
        catalogue = world.stores.catalogue
        held = {x: [Landing(x, "a" * 40, "similar", 1.0, True, "", (place,))] for x in ids}
        with catalogue.transaction():
            catalogue.put_landings(held)
            records = catalogue.records(ids)
            project(world.stores, {one: record.message for one, record in records.items()})
        assert world.find(What.LANDED, so) == world.ids(FOO)
        assert world.find(What.LANDED, "no") == world.ids(LONE)
    assert world.find(What.LANDED, "part") == set()


@pytest.mark.parametrize("name", ["net.lists.shale.example", "net", "net.lists"])
def test_a_list_by_its_beginning(world: World, name: str) -> None:
    assert world.find(What.LIST, name) == world.ids(LONE)


@pytest.mark.parametrize("name", ["ne", "net.list", "lists.shale.example", "netx", ""])
def test_no_list(world: World, name: str) -> None:
    assert world.find(What.LIST, name) == set()


def test_marks_and_trailers(world: World) -> None:
    assert world.find(What.TRAILER, "Reviewed-by") == world.ids(FOO)
    assert world.find(What.TRAILER, "Acked-by") == set()
    assert world.find(What.MARK, "fix") == set()


@pytest.mark.parametrize("words", [("uma",), ("überall", "uma@"), ("elsewhere.example",)])
def test_words_of_an_author(world: World, words: tuple[str, ...]) -> None:
    assert world.find(What.AUTHOR, *words) == world.ids(LONE)


def test_words_of_different_people_are_nobodys(world: World) -> None:
    assert world.find(What.AUTHOR, "uma", "ada") == set()
    assert world.find(What.AUTHOR, "100%_") == set()


def test_who_took_part(world: World) -> None:
    assert world.find(What.PARTY, "bo@shale.example", roles="reviewer") == world.ids(FOO)
    assert world.find(What.PARTY, "bo@shale.example", roles="author submitter") == world.ids(BUG)
    assert world.find(What.PARTY, "ada@quarry.example", "bo@shale.example", roles="author") == (
        world.ids(FOO, BUG)
    )
    assert world.find(What.PARTY, roles="author") == set()
    assert world.find(What.GIVER, "shale", "bo", roles=" ".join(GAVE)) == world.ids(FOO)
    assert world.find(What.GIVER, "uma", roles=" ".join(GAVE)) == set()


def test_an_author_with_one_series(world: World) -> None:
    assert world.find(What.ONLY_ONE) == world.ids(FOO, LONE)


def test_words_of_notes_and_reasons(world: World) -> None:
    world.decide(EventKind.NOTE, "waits for the Größe of it", FOO)
    world.decide(EventKind.NOTE, "and a benchmark", FOO)
    world.decide(EventKind.STATE, "rejected", LONE, why="Withdrawn by its author")
    assert world.find(What.NOTE, *words_of("GRÖSSE")) == world.ids(FOO)
    assert world.find(What.NOTE, *words_of("Größe waits")) == world.ids(FOO)
    assert world.find(What.NOTE, "withdrawn", "author") == world.ids(LONE)
    assert world.find(What.NOTE, "benchmark", "withdrawn") == set()
    undo(world.stores, Origin.CLI)
    assert world.find(What.NOTE, "withdrawn") == set()


def test_delegates(world: World) -> None:
    assert world.stores.catalogue.delegates() == {}
    world.decide(EventKind.DELEGATE, "Jane Doe <jane@x.example>", FOO)
    (foo,) = world.ids(FOO)
    assert world.stores.catalogue.delegates() == {foo: "Jane Doe <jane@x.example>"}


def test_files(world: World) -> None:
    (foo,), (lone,) = world.ids(FOO), world.ids(LONE)
    paths = {foo: ["fs/foo/1.c", "fs/foo/2.c"], lone: ["net/core/sock.c"]}
    catalogue = world.stores.catalogue
    assert catalogue.paths_of() == paths
    assert catalogue.paths_of([lone, "gone"]) == {lone: paths[lone]}
    assert catalogue.paths_of([]) == {}
    assert catalogue.topics_touching("fs/") == {"fs/foo/1.c": [foo], "fs/foo/2.c": [foo]}
    assert catalogue.topics_touching("fs/foo/1.c") == {"fs/foo/1.c": [foo]}
    assert set(catalogue.topics_touching("")) == {*paths[foo], *paths[lone]}
    assert catalogue.topics_touching("usr") == {}
