# SPDX-License-Identifier: GPL-2.0-or-later
"""Who is asking, and portions of long work."""

from __future__ import annotations

from dataclasses import replace

from maintainer_kit.config import Settings
from maintainer_kit.model.mail.person import Person
from maintainer_kit.workflow.batches import batched
from maintainer_kit.workflow.stores import Stores
from tests.memory.desk import Desk


def stores(**settings: object) -> Stores:
    """Stores of a reader with these settings."""
    return Desk(Settings(**settings)).stores  # type: ignore[arg-type]


def test_me_and_my_lists() -> None:
    found = stores(me=("Robin@Lumen.example", "r@x"), list=("Pebble@lists.x", "wick.lists.x"))
    assert found.me.addresses == {"robin@lumen.example", "r@x"}
    assert found.me.lists == {"pebble.lists.x", "wick.lists.x"}
    assert found.who == "Robin@Lumen.example"
    assert stores().who == "me"


def test_the_readers_mark_changes_with_what_turns_depend_on() -> None:
    base = stores(me=("a@x", "b@x"), list=("c@x",))
    assert base.reader_mark == stores(me=("B@x", "A@x"), list=("c.x",)).reader_mark
    others = (
        stores(me=("a@x",), list=("c@x",)),
        stores(me=("a@x", "b@x")),
        stores(me=("a@x",), list=("b@x", "c@x")),
        stores(me=("a@x", "b@x"), list=("c@x",), query="tag:x"),
        replace(base, place="elsewhere"),
        replace(base, mailmap="Ada <ada@x.example>\n"),
        stores(me=("a@x", "b@x"), list=("c@x",), name=("Ada Author",)),
    )
    assert len({base.reader_mark, *(one.reader_mark for one in others)}) == 8


def test_what_i_am_called() -> None:
    found = stores(me=("ada@x.example",), name=("Ada Author", "A. Writer"))
    assert found.me.names == ("Ada Author", "A. Writer")
    assert found.me.call_words == {"ada", "author", "writer"}


def test_who_is_who_is_said_by_the_mailmap() -> None:
    found = replace(stores(), mailmap="<ada@x.example> <ada@old.example>\n")
    old, new = Person("", "ada@old.example"), Person("", "ada@x.example")
    assert found.people.canonical(old) == found.me.people.canonical(old) == new


def test_batched() -> None:
    assert list(batched(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(batched([], 2)) == []
