# SPDX-License-Identifier: GPL-2.0-or-later
"""What other checkers say: read, placed, graded, and not said twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.checks.catalogue import all_rules
from maintainer_kit.checks.example import GOOD, Example
from maintainer_kit.checks.finding import WHOLE, Finding, Part, Severity, Spot
from maintainer_kit.checks.foreign import Form, Said, Subject, Tool, covered_by, findings
from maintainer_kit.checks.foreign_output import read_output
from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.patch_text import write_text
from maintainer_kit.checks.profile import Profile, read_profile
from tests.unit.checks.bench import PLAIN, read_example

CHECKPATCH = Tool("checkpatch", ("checkpatch.pl",), Form.CHECKPATCH)
CODESPELL = Tool("codespell", ("codespell",), Form.CODESPELL)
OTHER = Tool("cocci", ("spatch",), Form.COMMON)
COVERED = covered_by(all_rules())


def _line_of(patch: Patch, text: str) -> int:
    """The number of a line in what tools are given."""
    return write_text(patch).lines.index(text) + 1


def _said(
    tool: Tool, patch: Patch, *said: Said, profile: Profile = PLAIN, ours: tuple[Finding, ...] = ()
) -> list[Finding]:
    subject = Subject(patch, 0, write_text(patch), profile, ours)
    return list(findings(tool, subject, said, COVERED))


def _warning(kind: str, line: int, file: str = "", word: str = "") -> Said:
    return Said(file, line, kind, Severity.WARNING, "something is odd", word)


@pytest.mark.parametrize("kind", ["mail", "file", "commit", "staged"])
def test_a_line_is_found_again_in_every_kind_of_patch(kind: str) -> None:
    patch = read_example(GOOD.with_(kind=kind))
    (found,) = _said(
        CHECKPATCH, patch, _warning("CODE_INDENT", _line_of(patch, "+\tpebble_put(sb);"))
    )
    assert found.rule == "checkpatch/CODE_INDENT"
    assert patch.line(found.spot) == "+\tpebble_put(sb);"
    assert (found.place.source_path, found.place.source_line) == ("fs/pebble/super.c", 14)


def test_parts_of_the_message_are_found_again() -> None:
    patch = read_example(GOOD.with_(notes="v2: read it twice"))
    text = write_text(patch)
    for line, part in (
        ("Give the buffer back. Found with kmemleak, tried with a broken image.", Part.BODY),
        ("v2: read it twice", Part.NOTES),
        (f"Subject: {patch.title_line}", Part.SUBJECT),
    ):
        assert text.spot(_line_of(patch, line)).part is part
    assert text.spot(1) == WHOLE
    assert text.spot(0) == WHOLE
    assert text.spot(len(text.lines)) == WHOLE
    assert text.spot(10**9) == WHOLE


def test_a_spelling_checker_is_given_the_authors_own_words_only() -> None:
    patch = read_example(GOOD)
    text = write_text(patch)
    kept = text.prose.decode().split("\n")
    assert len(kept) == len(text.whole.decode().split("\n"))
    assert [one for one in kept if "pebble" in one or "Ada" in one] == [
        f"Subject: {patch.title_line}",
        "+\tpebble_put(sb);",
    ]
    assert any("kmemleak" in one for one in kept)


def test_what_a_rule_of_ours_says_is_not_said_twice() -> None:
    patch = read_example(GOOD)
    body = _line_of(patch, patch.body[0])
    said = [
        _warning(kind, body)
        for kind in ("COMMIT_LOG_LONG_LINE", "BAD_FIXES_TAG", "NON_OCTAL_PERMISSIONS")
    ]
    assert [one.rule for one in _said(CHECKPATCH, patch, *said)] == [
        "checkpatch/NON_OCTAL_PERMISSIONS"
    ]


def test_a_rule_that_reads_messages_does_not_cover_the_diff() -> None:
    patch = read_example(GOOD)
    typo = _warning("TYPO_SPELLING", _line_of(patch, "+\tpebble_put(sb);"))
    assert [one.rule for one in _said(CHECKPATCH, patch, typo)] == ["checkpatch/TYPO_SPELLING"]
    assert not _said(CHECKPATCH, patch, replace(typo, line=_line_of(patch, patch.body[0])))
    blank = _warning("TRAILING_WHITESPACE", _line_of(patch, "+\tpebble_put(sb);"))
    assert not _said(CHECKPATCH, patch, blank)


def test_a_typo_that_our_rule_has_found_is_not_said_twice() -> None:
    patch = read_example(GOOD.with_(body="It is teh end, and teh begining."))
    at = _line_of(patch, patch.body[0])
    first, second = (
        _said(CODESPELL, patch, _warning("typo", at, word=word))[0] for word in ("teh", "begining")
    )
    assert (first.spot.start, first.spot.end) == (6, 9)
    assert patch.body[0][second.spot.start : second.spot.end] == "begining"
    both = [_warning("typo", at, word="teh"), _warning("typo", at, word="begining")]
    (left,) = _said(CODESPELL, patch, *both, ours=(first,))
    assert left.spot == second.spot


def test_a_profile_grades_and_switches_off_what_others_say() -> None:
    text = '[rules]\n"checkpatch/A" = "off"\n"checkpatch/B" = "info"\n"checkpatch/*" = "error"\n'
    profile = read_profile("mine", text, str)
    patch = read_example(GOOD)
    found = _said(CHECKPATCH, patch, *(_warning(kind, 1) for kind in "ABC"), profile=profile)
    assert [(one.rule, one.severity.value) for one in found] == [
        ("checkpatch/B", "info"),
        ("checkpatch/C", "error"),
    ]


def test_a_file_of_the_tree_is_found_by_its_name_and_line() -> None:
    patch = read_example(GOOD)
    (found,) = _said(OTHER, patch, _warning("leak", 14, "./fs/pebble/super.c"))
    assert patch.line(found.spot) == "+\tpebble_put(sb);"
    (other,) = _said(OTHER, patch, _warning("leak", 13, "fs/pebble/super.c"))
    assert other.spot == WHOLE


def test_of_what_is_staged_only_the_diff_is_judged() -> None:
    patch = read_example(GOOD.with_(kind="staged"))
    assert not _said(CHECKPATCH, patch, _warning("SOMETHING_NEW", 10**6))


def test_one_thing_is_said_once_and_not_for_ever() -> None:
    patch = read_example(GOOD)
    same = [_warning("A", 1)] * 5
    assert len(_said(CHECKPATCH, patch, *same)) == 1
    many = (replace(_warning("A", 1), message=f"number {at}") for at in range(5000))
    assert len(_said(CHECKPATCH, patch, *many)) == 200


def test_a_cover_letter_is_for_spelling_only() -> None:
    cover = read_example(GOOD.with_(subject="[PATCH 0/2] pebble: two repairs", diff=""))
    assert [tool.name for tool in (CHECKPATCH, CODESPELL, OTHER) if tool.takes(cover)] == [
        "codespell"
    ]


def test_a_tool_for_the_kernel_is_for_profiles_that_inherit_from_it() -> None:
    tool = replace(CHECKPATCH, profiles=frozenset({"kernel"}))
    assert tool.fits(Profile("netdev", "", {}, lineage=("netdev", "kernel", "generic")))
    assert not tool.fits(Profile("git", "", {}, lineage=("git", "generic")))
    assert CHECKPATCH.fits(PLAIN)


def test_the_output_of_checkpatch_is_read() -> None:
    output = (
        "a/1.patch:6: WARNING:LONG_LINE: line length of 120 exceeds 100 columns\n"
        "ERROR:NOT_UNIFIED_DIFF: Does not appear to be a unified-diff format patch\n"
        "a/1.patch:9: CHECK:SPACING: spaces preferred around that '+' (ctx:VxV)\r\n"
        "Use of uninitialized value $x in pattern match at checkpatch.pl line 3.\n"
        "a/1.patch:x: WARNING:LONG_LINE: no\n"
    )
    found = list(read_output(Form.CHECKPATCH, output))
    assert [(one.file, one.line, one.kind, one.severity.value) for one in found] == [
        ("a/1.patch", 6, "LONG_LINE", "warning"),
        ("", 0, "NOT_UNIFIED_DIFF", "error"),
        ("a/1.patch", 9, "SPACING", "info"),
    ]


def test_the_output_of_codespell_is_read() -> None:
    output = "1.patch:30: teh ==> the\n1.patch:31: wan ==> want, WAN, | maybe\nREAD-ONLY: x\n"
    first, second = read_output(Form.CODESPELL, output)
    assert (first.kind, first.word) == ("typo", "teh")
    assert first.message == "'teh' is probably a typo of the"
    assert second.word == "wan"


@pytest.mark.parametrize(
    ("line", "severity", "message", "kind"),
    [
        ("f.c:3: error: no such thing [no-thing]", "error", "no such thing", "no-thing"),
        ("f.c:3:17: warning: hm", "warning", "hm", "finding"),
        ("f.c:3: Note: hm", "info", "hm", "finding"),
        ("f.c:3: E501 line too long", "warning", "E501 line too long", "finding"),
        ("f.c:3: pebble: odd [a b]", "warning", "pebble: odd [a b]", "finding"),
    ],
)
def test_the_common_form_is_read(line: str, severity: str, message: str, kind: str) -> None:
    (found,) = read_output(Form.COMMON, line)
    assert (found.file, found.line) == ("f.c", 3)
    assert (found.severity.value, found.message, found.kind) == (severity, message, kind)


@pytest.mark.parametrize(
    "line",
    [
        "From 0000 Mon Sep 17 00:00:00 2001",
        "root:x:0:0:root:/root:/bin/sh",
        "f.c:3:",
        "f.c:99999999999: too far",
        ": 3: nothing",
        "",
    ],
)
def test_other_lines_are_passed_over(line: str) -> None:
    assert not list(read_output(Form.COMMON, line))


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.timeout(20)
def test_hostile_output_is_bounded(form: Form) -> None:
    output = "a:1: " * 2_000_000 + "\n" + "x:1: error: y\x1b[31m\n" * 500_000
    assert len(list(read_output(form, output))) <= 20_000
    assert all(len(one.message) < 400 for one in read_output(form, output))


@pytest.mark.timeout(20)
def test_a_large_patch_with_much_said_of_it_is_quick() -> None:
    lines = "".join(f"+line {at}\n" for at in range(50_000))
    diff = f"--- a/f.c\n+++ b/f.c\n@@ -0,0 +1,50000 @@\n{lines}"
    patch = read_example(Example(diff=diff))
    said = [_warning("a", at, "f.c") for at in range(1, 20_001)]
    found = _said(OTHER, patch, *said)
    assert found[7].spot == Spot(Part.DIFF, 10)
