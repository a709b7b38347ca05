# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``--fix`` does with the failing examples of all rules, and how it is shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from maintainer_kit.checks.catalogue import all_rules
from maintainer_kit.checks.engine import NO_CONTEXT, check_series
from maintainer_kit.checks.example import GOOD, Example
from maintainer_kit.checks.finding import Finding
from maintainer_kit.checks.mending import Mended
from maintainer_kit.checks.profile import Profile
from maintainer_kit.checks.rule import Rule
from maintainer_kit.model.patch.patch_id import patch_id
from maintainer_kit.render.patch_file import MailDraft
from maintainer_kit.workflow.check import Judge
from maintainer_kit.workflow.mend_patches import (
    Repair,
    diff_of,
    left_of,
    mend_series,
    posted_drafts,
    rules_of,
)

PLAIN = Profile("plain", "", {})
MAILS = [pytest.param(one, id=one.id) for one in all_rules() if one.fails.kind in ("mail", "file")]
OF_THE_DIFF = {"whitespace-error", "exec-mode"}
_BY = re.compile(rb"^[ \t]*([A-Za-z][A-Za-z -]*-by)[ \t]*:[ \t]*(.*)$", re.MULTILINE)
_ADDRESS = re.compile(rb"[^\s<>,]+@[^\s<>,]+")


def drafts_of(example: Example) -> list[MailDraft]:
    raws = [one.mail if one.kind == "mail" else one.file for one in example.series()]
    return [MailDraft(raw, f"{at:04}.patch") for at, raw in enumerate(raws)]


def mend(drafts: Sequence[MailDraft], rules: Sequence[Rule]) -> list[Mended[MailDraft]]:
    judge = Judge(rules, PLAIN, NO_CONTEXT)
    return [
        one for series, parts in posted_drafts(drafts) for one in mend_series(judge, series, parts)
    ]


def mechanical(drafts: Sequence[MailDraft], rules: Sequence[Rule]) -> list[Finding]:
    return [
        one
        for series, _ in posted_drafts(drafts)
        for one in check_series(series, rules, PLAIN, NO_CONTEXT)
        if one.fix and one.fix.is_mechanical
    ]


@pytest.mark.parametrize("rule", MAILS)
def test_what_is_mended_is_not_found_again(rule: Rule) -> None:
    before = drafts_of(rule.fails)
    had = mechanical(before, [rule])

    done = mend(before, [rule])

    left = {one.rule for one in left_of(done)}
    again = [one.draft for one in done]
    assert {one.rule for one in mechanical(again, [rule])} <= left
    assert not had or rule.needs or set(rules_of(done)) | left == {rule.id}
    assert [one.draft.content for one in mend(again, [rule])] == [one.content for one in again]


@pytest.mark.parametrize("rule", MAILS)
def test_all_fixes_together_keep_the_patch_and_sign_for_nobody(rule: Rule) -> None:
    drafts = drafts_of(rule.fails)
    done = mend(drafts, all_rules())

    by_id = {one.draft.path: one for one in done}
    for old in drafts:
        new = by_id[old.path]
        if not OF_THE_DIFF.intersection(new.rules):
            assert patch_id(new.patch.diff_text) == patch_id(old.patch.diff_text)
        for name, value in _BY.findall("\n".join(new.patch.body).encode()):
            address = _ADDRESS.search(value)
            assert address is None or address[0] in old.content, name
            if name.lower() == b"signed-off-by" and address:
                signed = [one for one in old.content.split(b"\n") if address[0] in one]
                assert any(re.match(rb"[ \t]*S[a-z]*-?[a-z]*-? ?by", one) for one in signed)
    again = [one.draft for one in done]
    assert [one.draft.content for one in mend(again, all_rules())] == [one.content for one in again]


def test_what_is_posted_together_is_mended_together() -> None:
    first = GOOD.with_(kind="file", subject="[PATCH 1/2] pebble: one.")
    both = first.with_(rest=(first.with_(subject="[PATCH 3/2] pebble: two."),))

    done = mend(drafts_of(both), all_rules())

    assert [one.patch.title_line for one in done] == [
        "[PATCH 1/2] pebble: one",
        "[PATCH 2/2] pebble: two",
    ]


# the difference


def shown(before: str, after: str) -> list[str]:
    return list(diff_of(Repair("a.patch", before.encode(), after.encode(), ())))


def test_a_difference_far_down_has_the_right_line_numbers() -> None:
    lines = [f"line {at}" for at in range(1, 101)]
    new = [*lines[:79], "changed", "more", *lines[80:]]

    assert shown("\n".join(lines), "\n".join(new)) == [
        "--- a.patch",
        "+++ a.patch (mended)",
        "@@ -77,7 +77,8 @@",
        " line 77",
        " line 78",
        " line 79",
        "-line 80",
        "+changed",
        "+more",
        " line 81",
        " line 82",
        " line 83",
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "a\n"), ("a\n", ""), ("a", "a\n"), ("a\nb\n", "b\n"), ("x\n" * 9, "x\n")],
)
def test_small_differences(before: str, after: str) -> None:
    lines = shown(before, after)[3:]
    old = [one[1:] for one in lines if one[0] in " -"]
    new = [one[1:] for one in lines if one[0] in " +"]

    assert "\n".join(old) in before
    assert before.endswith("\n".join(old))
    assert after.endswith("\n".join(new))


def test_a_difference_that_is_too_long_is_told_only() -> None:
    before = "\n".join(f"line {at}" for at in range(30_000))
    lines = shown(before, before.replace("line", "row"))

    assert len(lines) == 2
    assert "too many to compare" in lines[1]


def test_bytes_that_are_no_text_are_shown_somehow() -> None:
    repair = Repair("a.patch", b"\xff\n", b"\xfe\n", ())

    assert len(list(diff_of(repair))) == 6
