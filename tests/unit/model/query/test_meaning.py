# SPDX-License-Identifier: GPL-2.0-or-later
"""Values of terms: what means nothing, and what was near it."""

from __future__ import annotations

import pytest

from maintainer_kit.model.decision.state import read_states
from maintainer_kit.model.query.expression import Expression, Problem
from maintainer_kit.model.query.fields import FIELDS, NOTMUCH, PROPERTIES, Property
from maintainer_kit.model.query.glob import MAX_GLOB
from maintainer_kit.model.query.meaning import Known, problem_of, says_standing
from maintainer_kit.model.query.parsing import parse

KNOWN = Known(views=("mine", "net"))


def look(text: str, known: Known = KNOWN) -> Problem | None:
    """What is wrong with a query that can be read."""
    found = parse(text)
    assert not isinstance(found, Problem)
    return problem_of(found, known)


@pytest.mark.parametrize("name", FIELDS)
def test_the_example_of_each_field_means_something(name: str) -> None:
    assert look(FIELDS[name].example) is None
    assert FIELDS[name].example.startswith(f"{name}:")


def test_every_property_has_its_words() -> None:
    assert set(PROPERTIES) == set(Property)
    assert all(look(f"mkit:{one.value}") is None for one in Property)


def test_no_field_of_ours_is_notmuchs() -> None:
    assert NOTMUCH.isdisjoint(FIELDS)


@pytest.mark.parametrize(
    ("text", "column", "message", "hint"),
    [
        ("state:accpted", 7, "no state accpted", "accepted"),
        ("from:a or -state:rejcted", 18, "no state rejcted", "rejected"),
        ("turn:mee", 6, "no turn mee", "me"),
        ("turn:jane", 6, "no turn jane", "reviewer"),
        ("kind:serie", 6, "no kind serie", "series"),
        ("(mkit:stared)", 7, "no property stared", "starred"),
        ("view:mne", 6, "no view mne", "mine"),
        ("age:30", 5, "no age", "age:>30d"),
        ("revision:v2", 10, "no number", "revision:>2"),
        (f"file:{'x' * (MAX_GLOB + 1)}", 6, "characters", ""),
    ],
)
def test_what_means_nothing(text: str, column: int, message: str, hint: str) -> None:
    problem = look(text)
    assert problem is not None
    assert message in problem.message
    assert hint in problem.hint
    assert problem.column == column


def test_the_first_problem_from_the_left_is_told() -> None:
    problem = look("(mkit:open or state:x) turn:y")
    assert problem is not None
    assert "state x" in problem.message


def test_states_of_the_settings_and_other_spellings() -> None:
    known = Known(states=read_states(("needs-ack after=new",)))
    assert look("state:needs-ack", known) is None
    assert look("state:needs-ack") is not None
    assert look("state:Under_Review") is None


@pytest.mark.parametrize(
    "text",
    ["state:new", "a or -turn:me", "mkit:archived", "view:mine", "topic:k3v9", "(mkit:open)"],
)
def test_queries_that_say_which_standing_they_want(text: str) -> None:
    assert says_standing(_read(text))


@pytest.mark.parametrize("text", ["", "from:jane", "mkit:starred file:fs/", "author:a age:>3d"])
def test_queries_that_do_not(text: str) -> None:
    assert not says_standing(_read(text))


def _read(text: str) -> Expression:
    found = parse(text)
    assert not isinstance(found, Problem)
    return found
