# SPDX-License-Identifier: GPL-2.0-or-later
"""Whom a word means, as far as settings and MAINTAINERS tell; mail is asked in tests/cli."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.mail.person import NOBODY, Person
from maintainer_kit.model.maintainers.maintainers import Maintainers, read_maintainers
from maintainer_kit.workflow.known_people import find_person, myself
from maintainer_kit.workflow.stores import Stores
from tests.memory.desk import SETTINGS, Desk

ROBIN = Person("Robin Maintainer", "robin@lumen.example")
JANE = Person("Jane Doe", "jane@x.example")
RULES = (
    "Jane Doe <jane@x.example> path=a",
    "Jane Roe <roe@x.example> path=b",
    "k9@x.example to=@b",
)
KNOWN = read_maintainers(
    {
        "MAINTAINERS": "ONE\nM:\tQuinn Quiet <q@x.example>\nR:\tJane Quiet <jq@x.example>\n"
        "L:\tquinn-list@lists.lumen.example\nF:\ta/\n"
    }
)


def stores(**more: object) -> Stores:
    found = Desk(replace(SETTINGS, name=("Robin Maintainer",), delegate=RULES)).stores
    return replace(found, **more)  # type: ignore[arg-type]


def maintainers() -> list[Maintainers]:
    return [KNOWN]


@pytest.mark.parametrize(
    ("word", "person"),
    [
        ("jane doe", JANE),
        ("JANE D", JANE),
        ("roe", Person("Jane Roe", "roe@x.example")),
        ("robin", ROBIN),
        (" me ", ROBIN),
        ("Nobody", NOBODY),
        ("k9", Person("", "k9@x.example")),
        ("quinn", Person("Quinn Quiet", "q@x.example")),
        ("jane quiet", Person("Jane Quiet", "jq@x.example")),
        ("Robin@Lumen.example", Person("Robin Maintainer", "Robin@Lumen.example")),
        ("jane@x.example", JANE),
    ],
)
def test_one_person(word: str, person: Person) -> None:
    assert find_person(stores(), word, maintainers) == person


def test_several_are_named() -> None:
    with pytest.raises(Refused, match="jane may be 2 people") as caught:
        find_person(stores(), "jane", maintainers)
    assert caught.value.hint == "one of: Jane Doe <jane@x.example>, Jane Roe <roe@x.example>"


@pytest.mark.parametrize("word", ["zoe", "", "?", "jane zoe", "\x1b[2J"])
def test_nobody_is_called_so(word: str) -> None:
    with pytest.raises(NotFound, match="nobody known is called") as caught:
        find_person(stores(), word, maintainers)
    assert caught.value.message.isprintable()


@pytest.mark.parametrize("word", ["@", "a@b, c@d", "<@x>", "x@y z@w", "a@b@c"])
def test_what_is_no_address(word: str) -> None:
    with pytest.raises(Refused, match="is no address of one person"):
        find_person(stores(), word)


def test_a_list_is_no_person() -> None:
    with pytest.raises(Refused, match="is a mailing list"):
        find_person(stores(), "pebblefs@lists.lumen.example")


def test_an_old_address_is_the_new_one_by_the_mailmap() -> None:
    mailmap = "Jane Doe <jane@x.example> <jane@old.example>\n"
    assert find_person(stores(mailmap=mailmap), "jane@old.example") == JANE
    assert find_person(stores(mailmap=mailmap), "J. D. <jane@old.example>") == JANE


def test_who_i_am_has_to_be_known() -> None:
    with pytest.raises(Refused, match="nobody said who you are"):
        myself(stores(settings=replace(SETTINGS, me=())))
    assert myself(stores(settings=replace(SETTINGS, name=()))).name == ""
