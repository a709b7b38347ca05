# SPDX-License-Identifier: GPL-2.0-or-later
"""Profiles: what they inherit, what they exempt, and what is said of one that means nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from maintainer_kit.checks import profiles as shipped
from maintainer_kit.checks.catalogue import all_rules, find_rule
from maintainer_kit.checks.example import GOOD
from maintainer_kit.checks.finding import Severity
from maintainer_kit.checks.profile import Profile, check_types, problems, read_profile
from maintainer_kit.checks.rule import Rule
from maintainer_kit.errors import ConfigError
from tests.unit.checks.bench import findings

_FOLDER = Path(next(iter(shipped.__path__)))
_NAMES = sorted(one.stem for one in _FOLDER.glob("*.toml"))


def _read(text: str, **others: str) -> Profile:
    return read_profile("mine", text, others.__getitem__)


def _rule(name: str) -> Rule:
    rule = find_rule(name)
    assert rule is not None
    return rule


STOP = _rule("subject-full-stop")
LONG = _rule("subject-too-long")
REVERT = GOOD.with_(subject='[PATCH] Revert "pebble: give the buffer back."')


def test_a_profile_says_its_own_over_what_it_inherits() -> None:
    base = (
        '[rules]\nsubject-full-stop = "error"\nsubject-too-long = {severity = "info", limit = 50}'
    )
    profile = _read('inherits = "base"\n[rules]\nsubject-too-long = {limit = 60}', base=base)
    assert profile.severity(STOP) is Severity.ERROR
    assert profile.severity(LONG) is Severity.INFO
    assert profile.options(LONG)["limit"] == 60
    assert profile.lineage == ("mine", "base")


def test_a_rule_that_was_off_is_on_again_when_it_is_graded() -> None:
    base = '[rules]\nsubject-full-stop = "off"'
    assert not _read('inherits = "base"', base=base).is_on(STOP)
    again = 'inherits = "base"\n[rules]\nsubject-full-stop = "info"'
    assert _read(again, base=base).is_on(STOP)


def test_what_is_exempt_is_passed_over() -> None:
    loud = _read("[rules]")
    quiet = _read('[rules]\nsubject-full-stop = {exempt = ["revert"]}')
    titled = _read("[rules]\nsubject-full-stop = {exempt_titles = ['^Revert ']}")
    dotted = REVERT.with_(subject=REVERT.subject + ".")
    assert findings(dotted, [STOP], loud)
    assert not findings(dotted, [STOP], quiet)
    assert not findings(dotted, [STOP], titled)


@pytest.mark.parametrize(
    "text",
    [
        "rules = 5",
        "[rules]\nx = 5",
        '[rules]\nx = "loud"',
        '[rules]\nx = {severity = "loud"}',
        "[rules]\nx = {exempt = 5}",
        '[rules]\nx = {exempt = ["all"]}',
        "[rules]\nx = {exempt_titles = [1]}",
        '[rules]\nx = {exempt_titles = ["("]}',
        "[detect]\nlists = 5",
        "no toml",
        'inherits = "mine"',
    ],
)
def test_nonsense_is_an_error_of_the_user(text: str) -> None:
    with pytest.raises(ConfigError):
        read_profile("mine", text, lambda _: text)


@pytest.mark.parametrize("value", ['"many"', "true", "[60]", "1979-05-27", "{a = 1}"])
def test_a_parameter_of_another_sort_is_an_error(value: str) -> None:
    profile = _read(f"[rules]\nsubject-too-long = {{limit = {value}}}")
    with pytest.raises(ConfigError):
        check_types(profile, [LONG])


def test_rules_that_are_not_there_are_told() -> None:
    profile = _read('[rules]\nsubject-full-stpo = "off"\nsubject-too-long = {limits = 5}')
    told = problems(profile, all_rules())
    assert [one.rpartition("; ")[2] for one in told] == [
        "did you mean subject-full-stop?",
        "profile mine: subject-too-long has no parameter limits",
    ]


@pytest.mark.parametrize("name", _NAMES)
def test_what_is_shipped_means_something(name: str) -> None:
    def load(which: str) -> str:
        return (_FOLDER / f"{which}.toml").read_text(encoding="utf-8")

    profile = read_profile(name, load(name), load)
    rules: Sequence[Rule] = all_rules()
    assert problems(profile, rules) == []
    check_types(profile, rules)
    assert profile.words != name
