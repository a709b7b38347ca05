# SPDX-License-Identifier: GPL-2.0-or-later
"""People and lists as MAINTAINERS and other files write them."""

from __future__ import annotations

import pytest

from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.maintainers.addresses import list_of, people_in, people_of


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("Ada Author <ada@x.example>", [("Ada Author", "ada@x.example")]),
        ("ada@x.example", [("", "ada@x.example")]),
        ("<ada@x.example>", [("", "ada@x.example")]),
        ('"Ada B. Author" <ada@x.example>', [("Ada B. Author", "ada@x.example")]),
        ("Ada B. Author <ada@x.example>", [("Ada B. Author", "ada@x.example")]),
        ("Ada (Bo) Author <ada@x.example>", [("Ada (Bo) Author", "ada@x.example")]),
        ("Ada <ada@x.example> (wheels, carts)", [("Ada", "ada@x.example")]),
        ("Ada, carts and sons <ada@x.example>", [("Ada, carts and sons", "ada@x.example")]),
        (
            "Ada <ada@x.example>, bo@x.example",
            [("Ada", "ada@x.example"), ("", "bo@x.example")],
        ),
        (
            '"Author, Ada" <ada@x.example>, Bo <bo@x.example>',
            [("Author, Ada", "ada@x.example"), ("Bo", "bo@x.example")],
        ),
        ("Zo\u00eb \u0141ata <zoe@x.example>", [("Zo\u00eb \u0141ata", "zoe@x.example")]),
        ("Ada Author", []),
        ("", []),
    ],
)
def test_people(value: str, people: list[tuple[str, str]]) -> None:
    assert people_of(value) == tuple(Person(*one) for one in people)


@pytest.mark.parametrize(
    ("value", "address", "role", "closed"),
    [
        ("carts@l.example", "carts@l.example", "open list", False),
        ("carts@l.example (deprecated)", "carts@l.example", "open list", False),
        (
            "carts@l.example\t(moderated for non-subscribers)",
            "carts@l.example",
            "moderated list",
            0,
        ),
        ("carts@l.example (subscribers-only)", "carts@l.example", "subscriber list", True),
        ("Cart Drivers <carts@l.example>", "carts@l.example", "open list", False),
    ],
)
def test_lists(value: str, address: str, role: str, closed: bool) -> None:
    found = list_of(value)
    assert found is not None
    assert (found.person, found.role, found.is_closed) == (Person("", address), role, bool(closed))


def test_no_list() -> None:
    assert list_of("") is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("  - Ada Author <ada@x.example>", "Ada Author"),
        ("  - Ada B. Author <ada@x.example>", "Ada B. Author"),
        ("  - Ada Bo Author <ada@x.example>", "Bo Author"),
        ("# written by Ada Author (ada@x.example)", "Ada Author"),
        ("Author, ada@x.example", "Author"),
        ("  - ada@x.example", ""),
        ("  - Zo\u00eb \u0141ata <ada@x.example>", "Zo\u00eb \u0141ata"),
    ],
)
def test_people_in_other_files(line: str, name: str) -> None:
    assert people_in(f"maintainers:\n{line}\n") == (Person(name, "ada@x.example"),)


def test_what_is_no_address() -> None:
    assert people_in("cart@1000 { reg = <0x10@20>; }\n") == ()


@pytest.mark.timeout(10)
def test_a_long_text_takes_no_time() -> None:
    assert people_in("a" * 500_000 + "@" + "b" * 500_000) == ()
    assert people_of("(" * 100_000 + "a@b," * 1000) is not None
