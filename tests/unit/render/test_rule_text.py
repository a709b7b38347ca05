# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules explained: ``mkit check --explain``."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from maintainer_kit.adapters.profiles import SHIPPED, load_profile
from maintainer_kit.checks.catalogue import FAMILIES, all_rules, find_rule
from maintainer_kit.checks.example import GOOD
from maintainer_kit.checks.finding import Severity
from maintainer_kit.checks.profile import Profile, Setting
from maintainer_kit.checks.rule import Rule
from maintainer_kit.render.example_text import example_lines
from maintainer_kit.render.grades import grades
from maintainer_kit.render.rule_text import list_lines, rule_lines

RULES = [pytest.param(rule, id=rule.id) for rule in all_rules()]
STOP = next(one for one in all_rules() if one.id == "subject-full-stop")


@pytest.fixture(scope="module")
def shipped() -> list[Profile]:
    return [load_profile(name) for name in SHIPPED]


def graded(name: str, severity: Severity | None = None, *, is_off: bool = False) -> Profile:
    return Profile(name, name, {STOP.id: Setting(severity, is_off)})


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_all_that_is_shown(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", rule.id)
    assert rule.words.strip().endswith(".")
    assert "\n" not in rule.words
    assert len(rule.why.split()) >= 10
    assert rule.why.rstrip()[-1] in ".!?)"
    assert rule.fix.strip()
    assert rule.source.title
    assert re.fullmatch(r"https://[\w.-]+/\S*", rule.source.url)
    assert rule.passes != rule.fails
    assert all(re.fullmatch(r"[A-Z][A-Z0-9_]+", one) for one in rule.aliases)


def test_no_name_stands_for_two_rules() -> None:
    names = Counter(name for rule in all_rules() for name in (rule.id, *rule.aliases))
    shared = {name for name, count in names.items() if count > 1}
    assert {name for name in shared if not name.isupper()} == set()
    # checkpatch has one TYPE for what we tell apart; its name finds the first of ours.
    assert shared <= {"BAD_SIGN_OFF"}


def test_checkpatch_names_are_understood() -> None:
    assert find_rule("MISSING_SIGN_OFF") is find_rule("signoff-missing") is not None
    assert find_rule("TYPO_SPELLING") is find_rule("spelling") is not None
    assert find_rule("no-such-rule") is None


@pytest.mark.parametrize("rule", RULES)
def test_each_is_explained_in_80_columns(rule: Rule, shipped: list[Profile]) -> None:
    lines = list(rule_lines(rule, shipped, 80))
    text = "\n".join(lines)
    head = text[: text.index("\nPasses:\n")]
    for line in head.split("\n"):
        # Only what cannot be parted may be longer.
        assert len(line) <= 80 or len(line.split()) <= 3, line
    assert " ".join(head.split()).count(" ".join(rule.why.split())) == 1
    assert rule.source.url in head
    assert "\n\n\n" not in text
    passes, fails = text.split("\nPasses:\n")[1].split("\nFails:\n")
    assert passes.strip()
    assert fails.strip()
    assert passes.strip() != fails.strip()
    assert not set(text) & set("\x1b\r\x07\u202e")
    text.encode()


def test_a_page(shipped: list[Profile]) -> None:
    lines = list(rule_lines(STOP, shipped, 80))
    assert lines[0] == f"{STOP.id}: {STOP.words}"
    assert f"Fix:      {STOP.fix}" in lines
    assert any(line.startswith("Severity: warning") for line in lines)
    assert "    Subject: [PATCH] pebble: give the buffer back when a mount fails" in lines


def test_blanks_at_the_end_are_seen() -> None:
    example = GOOD.with_(body="one \t\ntwo\x1b\u202e")
    assert list(example_lines(example, GOOD)) == [
        "    one\u2423\u2409",
        "    two\u241b<U+202E>",
    ]


def test_what_an_example_is_made_of() -> None:
    example = GOOD.with_(
        kind="commit",
        hours=3,
        trailers="",
        headers={"Cc": "a@x.example", "Date": ""},
        maintainers="PEBBLE\nF:\tfs/",
        rest=(GOOD.with_(subject="[PATCH 2/2] x"),),
        earlier=(GOOD.with_(subject="[PATCH] y"),),
    )
    assert "\n".join(example_lines(example, GOOD)) == (
        "    (a commit)\n"
        "    (3 hours later)\n"
        "    Cc: a@x.example\n"
        "    (no Date)\n"
        "\n"
        "    (no trailers)\n"
        "    with MAINTAINERS:\n"
        "      PEBBLE\n"
        "      F:\tfs/\n"
        "    with, in the same series:\n"
        "      Subject: [PATCH 2/2] x\n"
        "    after:\n"
        "      Subject: [PATCH] y"
    )


def test_long_examples_are_cut() -> None:
    lines = list(example_lines(GOOD.with_(body="\n".join(["x" * 500] * 99)), GOOD))
    assert len(lines) == 31
    assert lines[-1] == "    (and 69 more lines)"
    assert len(lines[0]) < 130


def test_grades() -> None:
    on, off = graded("a"), graded("b", is_off=True)
    error = graded("c", Severity.ERROR)
    assert grades(STOP, [on]) == "warning"
    assert grades(STOP, [off]) == "off"
    assert grades(STOP, [on, graded("d"), error, off]) == "warning; error in c; off in b"
    assert grades(STOP, [off, graded("e", is_off=True), error]) == "error in c; else off"


def test_the_list_has_each_rule_once(shipped: list[Profile]) -> None:
    lines = list(list_lines(shipped[1], 90))
    assert all(len(line) <= 90 for line in lines)
    named = [line.split()[0] for line in lines if line.startswith("  ")]
    assert named == [rule.id for rule in all_rules()]
    assert [line for line in lines if not line.startswith("  ")] == list(FAMILIES.values())
