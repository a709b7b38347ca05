# SPDX-License-Identifier: GPL-2.0-or-later
"""People as mail names them."""

from __future__ import annotations

import time

import pytest

from maintainer_kit.model.mail.person import NOBODY, Person, parse_people, parse_person, without_via


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("", ()),
        ("a@b.example", (Person("", "a@b.example"),)),
        ("Ada  Lovelace <a@b.example>", (Person("Ada Lovelace", "a@b.example"),)),
        ('"Lovelace, Ada" <a@b.example>', (Person("Lovelace, Ada", "a@b.example"),)),
        (
            "<a@b.example>, Bo <c@d.example>",
            (Person("", "a@b.example"), Person("Bo", "c@d.example")),
        ),
        (r'"Ada \"the\" L" <a@b.example>', (Person('Ada "the" L', "a@b.example"),)),
        ("a@b.example (Ada)", (Person("Ada", "a@b.example"),)),
        ("\u6797\u6885 <a@b.example>", (Person("\u6797\u6885", "a@b.example"),)),
        ("undisclosed-recipients:;", ()),
        ("a@b@c.example", (Person("", "a@b@c.example"),)),
        ("  Ada\tL  <a@b.example> , ", (Person("Ada L", "a@b.example"),)),
        ("Ada", (Person("", "Ada"),)),
    ],
)
def test_parse_people(value: str, people: tuple[Person, ...]) -> None:
    assert parse_people(value) == people


def test_a_list_of_thousands_is_bounded() -> None:
    assert len(parse_people("a@b.example, " * 100_000)) == 500
    assert len(parse_people("a@b.example (x), " * 100_000)) <= 500


@pytest.mark.parametrize("unit", ["@", "a@", " ", "a ", "\t<", '"', '"a" '])
def test_what_is_nearly_an_address_takes_no_time(unit: str) -> None:
    start = time.perf_counter()
    parse_people(unit * 40_000 + "(")
    assert time.perf_counter() - start < 5


def test_parse_person_takes_the_first() -> None:
    assert parse_person("a@b.example, c@d.example").address == "a@b.example"
    assert parse_person("") == NOBODY


def test_a_person_is_known_by_address_without_case() -> None:
    assert Person("Ada", "Ada@B.example").key == "ada@b.example"


@pytest.mark.parametrize(
    ("person", "text"),
    [
        (Person("Ada", "a@b"), "Ada <a@b>"),
        (Person("", "a@b"), "<a@b>"),
        (Person("Ada", ""), "Ada <>"),
        (NOBODY, "(unknown)"),
    ],
)
def test_as_text(person: Person, text: str) -> None:
    assert str(person) == text


@pytest.mark.parametrize(
    ("name", "real"),
    [
        ("Ada via pebblefs", "Ada"),
        ("'Ada L' via Pebble List", "Ada L"),
        ("Ada VIA list", "Ada"),
        ("Olivia Viaduct", None),
        ("via list", None),
        ("", None),
    ],
)
def test_without_via(name: str, real: str | None) -> None:
    assert without_via(name) == real
