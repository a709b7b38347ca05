# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about lines that programs misread, held against what git itself makes of them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from maintainer_kit.checks.engine import Context
from maintainer_kit.checks.example import DIFF, GOOD, Example
from maintainer_kit.checks.finding import Severity
from maintainer_kit.checks.rule import Rule
from maintainer_kit.checks.rules import marks as rules
from tests.conftest import require_tool
from tests.unit.checks.bench import findings
from tests.unit.checks.fixing import fixed, marked

_ALL = [one for one in vars(rules).values() if isinstance(one, Rule)]


def _commit(body: str) -> Example:
    return GOOD.with_(kind="commit", body=body)


def _grades(rule: Rule, body: str) -> list[Severity]:
    return [one.severity for one in findings(_commit(body), [rule])]


@pytest.mark.parametrize("rule", _ALL, ids=lambda rule: rule.id)
def test_examples_and_the_good_patch(rule: Rule) -> None:
    assert {one.rule for one in findings(rule.fails, [rule])} == {rule.id}
    assert findings(rule.passes, [rule]) == []
    assert findings(GOOD, [rule]) == []
    assert findings(GOOD.with_(kind="commit"), [rule]) == []


def _keeps_sign_off(folder: Path, body: str) -> bool:
    """Whether git mailinfo keeps the sign-off in the message of a patch with this body."""
    require_tool("git")
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["git", "mailinfo", "msg", "patch"],
        input=GOOD.with_(body=body).mail,
        cwd=folder,
        env=environment,
        capture_output=True,
        timeout=20,
        check=True,
    )
    assert done.returncode == 0
    return "Signed-off-by" in (folder / "msg").read_text("utf-8")


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("diff --git a/x b/x", rules.body_diff),
        ("diff -u x y", rules.body_diff),
        ("Index: super.c", rules.body_diff),
        ("--- a/super.c", rules.body_diff),
        ("--- dmesg ---", rules.body_separator),
        ("---", rules.body_separator),
        ("---   ", rules.body_separator),
    ],
)
def test_what_git_cuts_is_an_error_and_its_fix_helps(tmp_path: Path, line: str, rule: Rule) -> None:
    body = f"It leaks, as in:\n\n{line}\n\nGive it back."
    assert not _keeps_sign_off(tmp_path, body)
    assert _grades(rule, body) == [Severity.ERROR]
    mended = fixed(_commit(body), rule)
    text = "\n".join(one for one in mended.body if "Signed-off-by" not in one)
    assert _keeps_sign_off(tmp_path, text)


@pytest.mark.parametrize(
    "line",
    [
        "-----",
        "---x",
        "----- dmesg -----",
        "+++ x",
        "@@ -1 +1 @@",
        "    --- a/x",
        "different",
        "--",
    ],
)
def test_what_git_keeps_is_no_error(tmp_path: Path, line: str) -> None:
    body = f"It leaks, as in:\n\n{line}\n\nGive it back."
    assert _keeps_sign_off(tmp_path, body)
    for rule in (rules.body_diff, rules.body_separator):
        assert Severity.ERROR not in _grades(rule, body)


def test_a_sentence_that_begins_as_a_diff_is_reported_but_not_rewritten() -> None:
    body = "It is shown by\ndiff --quiet, which is silent."
    found = findings(_commit(body), [rules.body_diff])
    assert [one.severity for one in found] == [Severity.ERROR]
    assert found[0].fix and not found[0].fix.edits


def test_the_whole_example_is_indented() -> None:
    patch = fixed(rules.body_diff.fails, rules.body_diff)
    assert patch.body[2:7] == (
        "    --- a/super.c",
        "    +++ b/super.c",
        "    @@ -1 +1 @@",
        "    -a",
        "    +b",
    )


def test_a_diff_above_the_cut_of_a_mail() -> None:
    body = f"It leaks, as in:\n\n{DIFF}\nGive it back."
    found = findings(GOOD.with_(body=body), [rules.body_diff])
    assert [one.severity for one in found] == [Severity.ERROR]
    assert not findings(GOOD.with_(notes="--\nv2: more"), [rules.body_diff])


def test_a_removed_line_of_dashes_is_no_cut() -> None:
    diff = DIFF.replace("@@ -12,4 +12,5 @@", "@@ -12,5 +12,5 @@").replace(
        "+\tpebble_put", "---\n+\tpebble_put"
    )
    assert "\n---\n" in diff
    assert not findings(GOOD.with_(diff=diff + DIFF, notes=""), [rules.body_diff])


def test_notes_below_dashes_in_a_commit_of_ones_own_are_fine() -> None:
    example = GOOD.with_(
        kind="commit", trailers=f"{GOOD.trailers}\n---\nv2: give it back in the caller"
    )
    assert not findings(example, [rules.body_separator])


def test_dashes_become_equals_signs() -> None:
    assert "=== dmesg ===" in fixed(rules.body_separator.fails, rules.body_separator).body
    assert "=====" in fixed(_commit("Table\n-----\nx"), rules.body_separator).body


def test_the_comment_character_is_the_users() -> None:
    body = "Mounts leak:\n; mount\n# mount"
    assert marked(_commit(body), rules.body_hash_line) == ["#"]
    other = findings(_commit(body), [rules.body_hash_line], context=Context(comment_char=";"))
    assert [one.spot.index for one in other] == [1]
    patch = fixed(_commit("# a\nb\n# c"), rules.body_hash_line)
    assert patch.body[:3] == (" # a", "b", " # c")


def test_the_line_of_gerrit_is_dropped() -> None:
    patch = fixed(rules.change_id.fails, rules.change_id)
    assert patch.body[-1] == GOOD.trailers
    assert not any("Change-Id" in line for line in patch.body)


@pytest.mark.parametrize(
    "trailer", ["change-id: 20260105-pebble-put-3f5c1f9c0d2e", "Change-Id: none", "Issue: I12"]
)
def test_change_ids_of_others(trailer: str) -> None:
    assert not findings(GOOD.with_(trailers=f"{trailer}\n{GOOD.trailers}"), [rules.change_id])


@pytest.mark.parametrize(
    "body",
    ["---" * 100_000, "---\n" * 100_000, "#\n" * 100_000, "@@ -" * 50_000, "Index: " * 50_000],
)
@pytest.mark.timeout(20)
def test_hostile_bodies_break_no_rule(body: str) -> None:
    for kind in ("mail", "commit"):
        found = findings(GOOD.with_(body=body, kind=kind), _ALL)
        assert all(one.rule != "rule-broken" for one in found)
