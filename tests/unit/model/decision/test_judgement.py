# SPDX-License-Identifier: GPL-2.0-or-later
"""Judgements of commits: they add up, and of several about one commit the last holds."""

from __future__ import annotations

import pytest

from maintainer_kit.model.decision.event import Event, EventKind, Group, Origin, decide
from maintainer_kit.model.decision.judgement import held_judgement, judgement, read_judgements

A, B, LONG = "a" * 40, "b" * 40, "c" * 64


def said(*values: str) -> dict[str, bool]:
    groups = [
        Group(str(at), at, "me", Origin.CLI, "", (Event(EventKind.LANDING, "p@x", value),))
        for at, value in enumerate(values)
    ]
    held = decide(groups[::-1])
    return read_judgements(held["p@x", EventKind.LANDING].value)


def test_judgements_of_several_commits_add_up() -> None:
    assert said(f"yes:{A}", f"no:{B}", f"no:{LONG}") == {A: True, B: False, LONG: False}
    assert said(f"yes:{A}", f"no:{B}", f"no:{A}") == {A: False, B: False}
    assert said(f"yes:{A}", "", f"no:{B}") == {B: False}, "an empty one ends those before"


@pytest.mark.parametrize(
    "value", ["", "yes", "yes:", f"perhaps:{A}", f"yes:{A[:12]}", f"yes:{A}1", f"yes:{A.upper()}"]
)
def test_what_is_no_judgement_is_passed_over(value: str) -> None:
    assert read_judgements(f"{value}\nno:{B}\n{value}") == {B: False}


def test_what_holds_of_the_commit_that_another_is_about() -> None:
    held = f"yes:{A}\nno:{B}\nno:{A}"
    assert held_judgement(held, judgement(A, True)) == f"no:{A}"
    assert held_judgement(held, judgement(LONG, True)) == ""
    assert held_judgement(held, "something else") == ""
