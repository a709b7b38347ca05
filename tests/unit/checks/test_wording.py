# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about the words of a title, and what they learn from a real repository."""

from __future__ import annotations

import pytest

from maintainer_kit.adapters.git.checking.facts import GitFacts
from maintainer_kit.checks.area import area_end, area_of, usual_area
from maintainer_kit.checks.engine import Context
from maintainer_kit.checks.example import GOOD
from maintainer_kit.checks.profile import Profile, Setting
from maintainer_kit.checks.rule import Rule
from maintainer_kit.checks.rules import wording as rules
from maintainer_kit.checks.verbs import COMMANDS, DOUBTFUL, FORMS, command_of
from tests.unit.checks.bench import findings
from tests.unit.checks.fixing import fixed, marked

_ALL = [one for one in vars(rules).values() if isinstance(one, Rule)]
_CAPITAL = Profile("p", "", {"subject-case": Setting(options={"want": "capital"})})


def _says(rule: Rule, title: str) -> bool:
    return bool(findings(GOOD.with_(subject=f"[PATCH] {title}"), [rule]))


@pytest.mark.parametrize("rule", _ALL, ids=lambda rule: rule.id)
def test_examples_and_the_good_patch(rule: Rule) -> None:
    assert {one.rule for one in findings(rule.fails, [rule])} == {rule.id}
    assert findings(rule.passes, [rule]) == []
    assert findings(GOOD, [rule]) == []


@pytest.mark.parametrize(
    ("title", "area"),
    [
        ("net: fix it", "net"),
        ("net: dsa: sja1105: fix it", "net: dsa: sja1105"),
        ("x86/mm, kexec: fix it", "x86/mm, kexec"),
        ("add -p: fix it", "add -p"),
        ("net: fix a leak: again", "net"),
        ("net: foo::bar: fix it", "net: foo::bar"),
        ("Fix a leak: again", ""),
        ('Revert "net: fix it"', ""),
        ("a title that goes on for too many words: x", ""),
        (": x", ""),
    ],
)
def test_areas(title: str, area: str) -> None:
    assert area_of(title) == area
    assert title[area_end(title) :].strip() == title[area_end(title) :]


def test_the_usual_area_is_one_that_several_agree_on() -> None:
    assert usual_area(["a: x", "a: y", "b: z", "q"]) == ("a", 0.75)
    assert usual_area(["a: x", "b: z"]) == ("", 1.0)
    assert usual_area([]) == ("", 0.0)


@pytest.mark.parametrize(
    "title",
    [
        "[pebble] fix it",
        "pebble:fix it",
        'Revert "Fix it"',
        "Merge branch 'pebble'",
        "fixup! Fix it",
        "log --graph: draw it",
    ],
)
def test_titles_that_need_no_other_area(title: str) -> None:
    assert not _says(rules.subject_no_prefix, title)


def test_the_area_is_learnt_from_the_files(repository: GitFacts) -> None:
    bad = GOOD.with_(subject="[PATCH] Give the buffer back when a mount fails")
    found = findings(bad, [rules.subject_no_prefix], context=Context(repository=repository))
    # super.c has one commit only: its neighbours are asked.
    assert [one.message for one in found] == ["the title names no area; 'pebble:' is usual here"]
    assert found[0].fix and "'pebble: '" in found[0].fix.words


def test_a_project_that_names_no_areas_is_left_alone(repository: GitFacts) -> None:
    bad = GOOD.with_(subject="[PATCH] Give the buffer back when a mount fails")
    strict = Profile("p", "", {"subject-no-prefix": Setting(options={"common": 101})})
    context = Context(repository=repository)
    assert not findings(bad, [rules.subject_no_prefix], strict, context)


@pytest.mark.parametrize(
    "title", ["pebble: README is new", "pebble: Ada wrote it", "pebble: IO_urgent", "Give it back"]
)
def test_names_keep_their_letters(title: str) -> None:
    assert not _says(rules.subject_case, title)


def test_the_first_letter_is_changed_behind_the_area() -> None:
    patch = fixed(GOOD.with_(subject="[PATCH v2] Pebble: Add: Add it"), rules.subject_case)
    assert patch.title_line == "[PATCH v2] Pebble: Add: add it"


def test_a_profile_may_want_a_capital() -> None:
    found = findings(GOOD, [rules.subject_case], _CAPITAL)
    assert [one.fix.words for one in found if one.fix] == ["write 'Give'"]
    for title in ("pebble: Give it back", "pebble: pebble_put() is missing", "pebble: xfs too"):
        example = GOOD.with_(subject=f"[PATCH] {title}")
        assert not findings(example, [rules.subject_case], _CAPITAL)


@pytest.mark.parametrize(
    ("word", "following", "command"),
    [
        ("added", "x", "add"),
        ("Adds", "x", "add"),
        ("dropping", "x", "drop"),
        ("applies", "x", "apply"),
        ("wrote", "x", "write"),
        ("fixes", "for", ""),
        ("fixes", "the", "fix"),
        ("fixed", "clocks", ""),
        ("tests", "a", "test"),
        ("testing", "framework", ""),
        ("add", "the", ""),
        ("unused", "the", ""),
    ],
)
def test_forms_of_verbs(word: str, following: str, command: str) -> None:
    assert command_of(word, following) == command


def test_no_command_is_a_form_of_another() -> None:
    assert COMMANDS.isdisjoint(FORMS)
    assert FORMS.keys().isdisjoint(DOUBTFUL)


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("pebble: added a call", "added"),
        ("pebble: removing the lock", "removing"),
        ("Adding a call", "Adding"),
    ],
)
def test_titles_that_tell_a_story(title: str, word: str) -> None:
    assert marked(GOOD.with_(subject=f"[PATCH] {title}"), rules.subject_imperative) == [word]


@pytest.mark.parametrize(
    "title",
    [
        "pebble: add a call",
        "added: rename it",
        "pebble: fixed-size records",
        "pebble: missing put",
        "pebble: string handling",
        'Revert "pebble: added a call"',
    ],
)
def test_titles_that_tell_none(title: str) -> None:
    assert not _says(rules.subject_imperative, title)


@pytest.mark.parametrize(
    "title", [": " * 30000, "a " * 30000, "net:" * 20000, "\udcff: \u202eAdd", ""]
)
def test_hostile_titles_break_no_rule(title: str) -> None:
    found = findings(GOOD.with_(subject=f"[PATCH] {title}"), _ALL)
    assert all(one.rule != "rule-broken" for one in found)
