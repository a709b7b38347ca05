# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about the form of the subject: boundaries, traps, and what their fixes make."""

from __future__ import annotations

import pytest

from maintainer_kit.checks.example import COVER, GOOD
from maintainer_kit.checks.finding import Severity
from maintainer_kit.checks.profile import Profile, Setting
from maintainer_kit.checks.rule import Rule
from maintainer_kit.checks.rules import subject as rules
from tests.unit.checks.bench import findings
from tests.unit.checks.fixing import fixed, marked

_ALL = [one for one in vars(rules).values() if isinstance(one, Rule)]


def _says(rule: Rule, subject: str, **changes: object) -> bool:
    return bool(findings(GOOD.with_(subject=subject, **changes), [rule]))


@pytest.mark.parametrize("rule", _ALL, ids=lambda rule: rule.id)
def test_examples_and_the_good_patch(rule: Rule) -> None:
    assert {one.rule for one in findings(rule.fails, [rule])} == {rule.id}
    assert findings(rule.passes, [rule]) == []
    assert findings(GOOD, [rule]) == []


@pytest.mark.parametrize(
    "subject",
    [
        "[PATCH] pebble: fix it",
        "[PATCHv3 1/2] pebble: fix it",
        "[RFC] pebble: fix it",
        "[pebble 2/3] pebble: fix it",
        "Re: pebble: fix it",
        "Fwd: pebble: fix it",
        "[RESEND PATCH] pebble: fix it",
    ],
)
def test_a_patch_tag_has_many_forms(subject: str) -> None:
    assert not _says(rules.subject_no_patch_tag, subject)


def test_an_answer_with_a_diff_needs_no_patch_tag() -> None:
    example = GOOD.with_(subject="pebble: fix it", headers={"In-Reply-To": "<a@b.example>"})
    assert not findings(example, [rules.subject_no_patch_tag])


def test_a_file_of_a_quilt_series_needs_no_patch_tag() -> None:
    example = GOOD.with_(subject="pebble: fix it", kind="file")
    assert findings(example, [rules.subject_no_patch_tag])
    assert not findings(example.with_(headers={"Date": ""}), [rules.subject_no_patch_tag])


def test_a_missing_patch_tag_is_put_in_front() -> None:
    patch = fixed(rules.subject_no_patch_tag.fails, rules.subject_no_patch_tag)
    assert patch.title_line == "[PATCH] pebble: give the buffer back when a mount fails"
    assert patch.subject.is_patch


def test_git_am_keeps_brackets_that_are_not_in_front() -> None:
    assert not _says(rules.subject_brackets, "[PATCH] pebble: accept [a-z] in names")
    assert marked(rules.subject_brackets.fails, rules.subject_brackets) == ["[pebble]"]


def test_a_reply_mark_is_taken_off() -> None:
    patch = fixed(rules.subject_reply_mark.fails, rules.subject_reply_mark)
    assert patch.title_line == "[PATCH] pebble: give the buffer back when a mount fails"


@pytest.mark.parametrize("subject", ["Re: pebble: leaks", "Fwd: [PATCH] pebble: x", "Re[2]: hm"])
def test_talk_may_begin_as_a_reply_does(subject: str) -> None:
    assert not _says(rules.subject_reply_mark, subject)


def test_the_title_is_measured_without_its_prefix() -> None:
    title = "pebble: " + "x" * 67
    assert len(title) == 75
    assert not _says(rules.subject_too_long, f"[RFC PATCH net-next v12 03/14] {title}")
    assert _says(rules.subject_too_long, f"[PATCH] {title}y")


def test_wide_characters_take_two_columns_and_marks_none() -> None:
    wide = "pebble: " + "\u4e2d" * 33
    assert not _says(rules.subject_too_long, f"[PATCH] {wide}")
    assert _says(rules.subject_too_long, f"[PATCH] {wide}\u4e2d")
    assert not _says(rules.subject_too_long, "[PATCH] pebble: " + "e\u0301" * 60)


def test_git_made_the_title_of_a_revert() -> None:
    assert not _says(rules.subject_too_long, f'[PATCH] Revert "pebble: {"x" * 70}"')


def test_a_profile_sets_the_limit() -> None:
    profile = Profile("p", "", {"subject-too-long": Setting(options={"limit": 47})})
    assert len(GOOD.subject.removeprefix("[PATCH] ")) == 47
    assert not findings(GOOD, [rules.subject_too_long], profile)
    longer = GOOD.with_(subject=f"{GOOD.subject}!")
    assert findings(longer, [rules.subject_too_long], profile)


@pytest.mark.parametrize("end", ["...", " etc.", "e.g."])
def test_some_dots_are_no_full_stop(end: str) -> None:
    assert not _says(rules.subject_full_stop, f"[PATCH] pebble: handle quotas{end}")


def test_a_full_stop_is_dropped_of_cover_letters_too() -> None:
    cover = COVER.with_(subject="[PATCH 0/2] pebble: mounts that fail.")
    assert findings(cover, [rules.subject_full_stop])
    patch = fixed(rules.subject_full_stop.fails, rules.subject_full_stop)
    assert patch.title_line.endswith("mount fails")


@pytest.mark.parametrize(
    ("title", "mark"),
    [
        ("fixup! pebble: x", "fixup!"),
        ("squash! pebble: x", "squash!"),
        ("amend! pebble: x", "amend!"),
        ("fixup! fixup! pebble: x", "fixup!"),
        ("WIP", "WIP"),
        ("wip: pebble: half of it", "wip"),
        ("DO NOT MERGE: pebble: debug", "DO NOT MERGE"),
    ],
)
def test_commits_that_are_not_to_stay(title: str, mark: str) -> None:
    for kind in ("mail", "commit"):
        example = GOOD.with_(subject=f"[PATCH] {title}", kind=kind)
        assert marked(example, rules.fixup_commit) == [mark]


@pytest.mark.parametrize("title", ["wiphy: fix it", "WIP-lists: x", "fixup: x", "pebble: fixup! x"])
def test_titles_that_only_look_unfinished(title: str) -> None:
    assert not _says(rules.fixup_commit, f"[PATCH] {title}")


def test_a_hook_lets_fixup_commits_be_made_and_an_rfc_may_be_unfinished() -> None:
    assert not _says(rules.fixup_commit, "[PATCH] fixup! pebble: x", kind="message")
    assert not _says(rules.fixup_commit, "[RFC PATCH] WIP: pebble: half of it")


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("pebble: fix checkpatch warnings", "checkpatch"),
        ("pebble: Fix smatch error in super.c", "smatch"),
        ("pebble: silence sparse endianness warnings", "sparse endianness warning"),
        ("pebble: Fix Coverity issue", "Coverity issue"),
    ],
)
def test_tools_that_titles_name(title: str, named: str) -> None:
    assert marked(GOOD.with_(subject=f"[PATCH] {title}"), rules.subject_names_tool) == [named]


@pytest.mark.parametrize(
    "title",
    [
        "checkpatch: warn about tabs",
        "scripts/checkpatch.pl: warn about tabs",
        "pebble: support sparse files",
        "sparse: fix warnings",
        "ci: run checkpatch on each push",
        "mm/sparse: keep the error",
        "pebble: clang-format",
    ],
)
def test_titles_about_tools_and_of_other_meaning(title: str) -> None:
    assert not _says(rules.subject_names_tool, f"[PATCH] {title}")


@pytest.mark.parametrize(
    "subject",
    [
        "",
        "[",
        "[PATCH]",
        "[PATCH] " + "[" * 5000,
        "Re: " * 3000,
        "\udcff\u202e[PATCH] x",
        "x" * 99999,
    ],
)
def test_hostile_subjects_break_no_rule(subject: str) -> None:
    found = findings(GOOD.with_(subject=subject), _ALL)
    assert all(one.rule != "rule-broken" for one in found)
    assert all(one.severity in Severity for one in found)
