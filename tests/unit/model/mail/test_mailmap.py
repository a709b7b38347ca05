# SPDX-License-Identifier: GPL-2.0-or-later
"""gitmailmap(5), and who counts as one person."""

from __future__ import annotations

import pytest

from maintainer_kit.model.mail.mailmap import NO_MAILMAP, read_mailmap
from maintainer_kit.model.mail.person import Person, parse_person

MAP = read_mailmap(
    "# people of the quarry\n"
    "Ada Author <ada@old.example>\n"
    "<ada@quarry.example> <ada@home.example>\n"
    "Bo Reviewer <bo@shale.example> <bo@old.example>   # since 2024\n"
    "Cy Other <cy@x.example> Cy <shared@old.example>\n"
    "Di Last <di@x.example> dI <SHARED@old.example>\n"
    "\n"
    "no address here\n"
    "Ada B. Author <ada@old.example>\n"
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ada <ADA@old.example>", "Ada B. Author <ADA@old.example>"),
        ("Ada <ada@home.example>", "Ada <ada@quarry.example>"),
        ("B <bo@old.example>", "Bo Reviewer <bo@shale.example>"),
        ("cy <shared@old.example>", "Cy Other <cy@x.example>"),
        ("Di <shared@old.example>", "Di Last <di@x.example>"),
        ("Ed <shared@old.example>", "Ed <shared@old.example>"),
        ("Ed <ed@x.example>", "Ed <ed@x.example>"),
    ],
)
def test_the_four_forms(before: str, after: str) -> None:
    assert str(MAP.canonical(parse_person(before))) == after


def test_later_lines_add_to_earlier_ones() -> None:
    people = read_mailmap("Ada Author <ada@x.example>\n<ada@y.example> <ada@x.example>\n")
    found = people.canonical(Person("A", "ada@x.example"))
    assert found == Person("Ada Author", "ada@y.example")


def test_nothing_is_said() -> None:
    assert NO_MAILMAP.canonical(Person("A", "a@x")) == Person("A", "a@x")
    assert read_mailmap("").entries == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bo@shale.example", "Bo <BO@shale.example>"),
        ("Bo Reviewer <bo@home.example>", "Bo Reviewer <bo@shale.example>"),
        ("B <bo@old.example>", "bo@shale.example"),
        ("bo+kernel@x.example", "bo@x.example"),
        ("bo@lab.x.example", "bo@x.example"),
        ("AdaChen <a@x.example>", "Cy <adachen@y.example>"),
        ("ada@home.example", "Ada <ada@quarry.example>"),
    ],
)
def test_one_person(one: str, other: str) -> None:
    people = [parse_person(one), parse_person(other)]
    assert MAP.same(*people)
    assert MAP.same(*reversed(people))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bo <bo@x.example>", "Bo <bo@y.example>"),
        ("bo@x.example", "cy@x.example"),
        ("bo@x.example", "bo@example"),
        ("+a@x.example", "+b@x.example"),
        ("", ""),
        ("Bo Reviewer <bo@x.example>", "Cy Reviewer <cy@x.example>"),
    ],
)
def test_two_people(one: str, other: str) -> None:
    assert not MAP.same(parse_person(one), parse_person(other))


def test_a_hostile_file() -> None:
    people = read_mailmap("<" * 100_000 + "\n" + "a <" * 5000 + "\n" + "\x00 <\x00>\n")
    assert len(people.entries) <= 1
