# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about what a commit message says: boundaries, traps, and what their fixes make."""

from __future__ import annotations

import pytest

from maintainer_kit.checks.columns import columns, fill
from maintainer_kit.checks.example import GOOD
from maintainer_kit.checks.prose import Kind, kinds_of
from maintainer_kit.checks.rule import Rule
from maintainer_kit.checks.rules import body as rules
from tests.unit.checks.bench import findings, read_example
from tests.unit.checks.fixing import fixed, marked

_ALL = [one for one in vars(rules).values() if isinstance(one, Rule)]
_LONG = "the buffer of the super block is never given back to the cache when its read fails there"
assert len(_LONG) > 75


def _says(rule: Rule, body: str, **changes: object) -> bool:
    return bool(findings(GOOD.with_(body=body, **changes), [rule]))


@pytest.mark.parametrize("rule", _ALL, ids=lambda rule: rule.id)
def test_examples_and_the_good_patch(rule: Rule) -> None:
    assert {one.rule for one in findings(rule.fails, [rule])} == {rule.id}
    assert findings(rule.passes, [rule]) == []
    assert findings(GOOD, [rule]) == []


def test_kinds_of_lines() -> None:
    lines = {
        "The buffer leaks.": Kind.PROSE,
        " - an item,": Kind.PROSE,
        "   and its second line": Kind.PROSE,
        "": Kind.BLANK,
        "  $ mount /dev/sdb1 /mnt": Kind.INDENTED,
        "> somebody wrote": Kind.QUOTE,
        "[1] https://lumen.example/": Kind.REFERENCE,
        "[   12.345678] pebble: no memory": Kind.DUMP,
        "what follows a dump is of it": Kind.DUMP,
        " ": Kind.BLANK,
        "Reported-by: Bo <bo@shale.example>": Kind.TRAILER,
    }
    patch = read_example(GOOD.with_(kind="commit", body="\n".join(lines), trailers=""))
    assert dict(zip(lines, kinds_of(patch), strict=True)) == lines


def test_fences_hide_what_is_in_them() -> None:
    body = f"Text.\n\n```\n{_LONG}\n\n{_LONG}\n```\nthe the"
    assert not _says(rules.body_long_line, body)
    assert _says(rules.spelling, body)


@pytest.mark.parametrize(
    "body",
    [
        "Leaks.",
        "  $ mount /dev/sdb1",
        "This reverts commit c71f05609fb5.\n\nIt broke lookup.",
        "https://lumen.example/bug/7",
        "(cherry picked from commit c71f05609fb5)\nMounts leak.",
    ],
)
def test_a_body_of_any_words_is_one(body: str) -> None:
    assert not _says(rules.body_missing, body)


def test_what_git_wrote_is_no_reason() -> None:
    example = GOOD.with_(subject='[PATCH] Revert "pebble: x"', body="This reverts commit c71f0560.")
    found = findings(example, [rules.body_missing])
    assert [one.message for one in found] == ["the message does not say why the commit is reverted"]


def test_a_body_of_trailers_is_none() -> None:
    body = 'Fixes: c71f05609fb5 ("pebble: report I/O errors from lookup")'
    assert _says(rules.body_missing, body)
    assert _says(rules.body_missing, "", kind="message")


def test_the_misplaced_body_is_moved_and_not_called_missing() -> None:
    rule = rules.misplaced_body
    assert not findings(rule.fails, [rules.body_missing])
    patch = fixed(rule.fails, rule)
    assert patch.body == (
        "When the super block cannot be read, its buffer is never given back.",
        "",
        *GOOD.trailers.split("\n"),
    )
    assert not any(line.strip() for line in patch.notes)


@pytest.mark.parametrize(
    "notes",
    [
        "v2: give the buffer back in the caller, as Bo asked for on the list.",
        "Changes since v1:\n - give the buffer back in the caller, as Bo asked for.",
        "This applies on top of the series that was posted last week by Bo.",
        " fs/pebble/super.c | 1 +\n 1 file changed, 1 insertion(+)",
        "Sorry for the noise, the last mail went out with the wrong subject.",
        "base-commit: c71f05609fb5c0a4fb618efec5737cebcba78620",
    ],
)
def test_notes_that_are_meant_as_notes(notes: str) -> None:
    assert not _says(rules.misplaced_body, "", notes=notes)


def test_a_diffstat_is_left_where_it_is() -> None:
    stat = " fs/pebble/super.c | 1 +\n 1 file changed, 1 insertion(+)"
    text = "When the super block cannot be read, its buffer leaks for ever."
    patch = fixed(GOOD.with_(body="", notes=f"{text}\n\n{stat}"), rules.misplaced_body)
    assert patch.body[0] == text
    assert stat in "\n".join(patch.notes)


def test_lines_of_exactly_the_limit() -> None:
    line = _LONG[:70].rstrip() + " abcdefghij"
    assert not _says(rules.body_long_line, line[:75])
    assert _says(rules.body_long_line, line[:76])


@pytest.mark.parametrize(
    "line",
    [
        f"> {_LONG}",
        f"    {_LONG}",
        f"\t{_LONG}",
        f"[   12.345678] {_LONG}",
        f"super.c:12: {_LONG}",
        f"See https://lumen.example/{'x' * 60} for all that is known of it",
        "| one | two words | three | four words here | five | six words of them | seven |",
        "name      size of the block      free blocks      used blocks      all of the blocks",
        "x" * 200,
        f"$ {_LONG}",
        'commit c71f05609fb5 ("pebble: report I/O errors from lookup, and from all the others")',
        f"Link: https://lumen.example/r/{'x' * 80}",
        "pebble_put() sb->s_bdev brelse(bh) kfree(sbi) sb->s_fs_info = NULL; return -ENOMEM /* */",
    ],
)
def test_long_lines_that_are_no_prose(line: str) -> None:
    assert not _says(rules.body_long_line, f"The buffer leaks:\n\n{line}")


def test_a_log_goes_on_to_the_next_blank_line() -> None:
    assert not _says(rules.body_long_line, f"BUG: unable to mount\n{_LONG}")
    assert _says(rules.body_long_line, f"BUG: unable to mount\n\n{_LONG}")


def test_wrapping_changes_no_word_and_no_other_paragraph() -> None:
    body = f"First one.\n\nShort line\n{_LONG}\nand {_LONG}\n\n - {_LONG}\n   of it\n - other"
    example = GOOD.with_(body=body)
    patch = fixed(example, rules.body_long_line)
    before = read_example(example)
    assert " ".join(patch.text.split()) == " ".join(before.text.split())
    assert max(map(len, patch.body)) <= 75
    assert patch.body[:3] == ("First one.", "", "Short line")
    item = next(at for at, line in enumerate(patch.body) if line.startswith(" - the buffer"))
    assert patch.body[item + 1].startswith("   ") and patch.body[item + 2] == " - other"


@pytest.mark.parametrize("word", ["#123", "---", "diff", "Fixes:", ">", "-"])
def test_a_line_that_could_be_misread_is_not_wrapped(word: str) -> None:
    line = f"{'words ' * 12}ab {word} and some more of them, until it is too long for one"
    found = findings(GOOD.with_(body=line), [rules.body_long_line])
    assert found and found[0].fix and not found[0].fix.edits


def test_columns_and_filling() -> None:
    assert columns("a\tb") == 9
    assert columns("\u4e2d\u6587") == 4
    assert columns("e\u0301") == 1
    assert fill(["aa", "bb", "cc"], 5) == ["aa bb", "cc"]
    assert fill(["x" * 9, "y"], 5, "- ", "  ") == ["- " + "x" * 9, "  y"]
    assert fill([], 5) == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("This patch adds it.", "This patch"),
        ("Text. This commit only moves it.", "This commit"),
        ("So this patch also adds it.", "this patch also adds"),
        ("In this patch, we add it.", "In this patch, we"),
    ],
)
def test_this_patch(body: str, said: str) -> None:
    assert marked(GOOD.with_(body=body), rules.body_this_patch) == [said]


@pytest.mark.parametrize(
    "body",
    [
        "Without this patch it leaks.",
        "When this commit is popped, it is freed.",
        "> This patch adds it.",
        "This patch is based on the other one.",
        "The series that this commit is of.",
    ],
)
def test_this_patch_as_a_thing(body: str) -> None:
    assert not _says(rules.body_this_patch, body)


@pytest.mark.parametrize("body", ["I/O errors", "the I2C bus", "us-east", "I&D caches", "`we`"])
def test_no_person(body: str) -> None:
    assert not _says(rules.body_first_person, body)


@pytest.mark.parametrize(("body", "who"), [("so we drop it", "we"), ("I'm sure", "I'm")])
def test_a_person(body: str, who: str) -> None:
    assert marked(GOOD.with_(body=body), rules.body_first_person) == [who]


@pytest.mark.parametrize(
    "body",
    [
        "had had that that is is long long long",
        "say 'recieve' or \"recieve\" or `recieve`",
        "recieve_buf(), recieve(), a/recieve, --recieve, recieve.c",
        "> the the",
        "in order to, to wit",
    ],
)
def test_words_that_are_meant(body: str) -> None:
    assert not _says(rules.spelling, body)


def test_misspelt_words_keep_their_case_when_mended() -> None:
    patch = fixed(GOOD.with_(body="Recieve the LENGHT, untill, occured."), rules.spelling)
    assert patch.body[0] == "Receive the LENGTH, until, occurred."


def test_doubled_words_are_found_across_lines() -> None:
    patch = fixed(GOOD.with_(body="Give it to\nto the cache."), rules.spelling)
    assert patch.body[:2] == ("Give it to", "the cache.")
    patch = fixed(GOOD.with_(body="Give it to the the cache."), rules.spelling)
    assert patch.body[0] == "Give it to the cache."


def test_titles_are_read_too_and_those_that_mend_spelling_are_not() -> None:
    bad = GOOD.with_(subject="[PATCH v2] pebble: recieve the buffer")
    assert fixed(bad, rules.spelling).title_line == "[PATCH v2] pebble: receive the buffer"
    typo = GOOD.with_(subject="[PATCH] pebble: fix typo", body="recieve became receive")
    assert not findings(typo, [rules.spelling])


@pytest.mark.parametrize(
    ("subject", "body", "expected"),
    [
        ("pebble: fix pebble_fill()", "Call pebble_put() here.", True),
        ("pebble: fix pebble_fill()", "Mounts hang.", False),
        ("pebble: fix typo", "Change two letters.", False),
        ("pebble: use pebble_put()", "Call pebble_put() here.", False),
        ('Revert "pebble: fix it"', "Call pebble_put() here.", False),
    ],
)
def test_only_fixes_are_asked_what_was_broken(subject: str, body: str, expected: bool) -> None:
    example = GOOD.with_(subject=f"[PATCH] {subject}", body=body)
    assert bool(findings(example, [rules.impact_missing])) is expected


@pytest.mark.parametrize(
    "changes",
    [
        {"trailers": "Tested-by: Bo Reviewer <bo@shale.example>"},
        {"body": "Tested on a broken image."},
        {"notes": "Ran the selftests, all tests pass."},
        {"diff": rules.testing_missing.fails.diff.replace("fs/pebble/super.c", "doc/super.txt")},
        {"diff": rules.testing_missing.fails.diff.replace("fs/pebble/super.c", "t/test/super.c")},
        {"diff": GOOD.diff},
    ],
)
def test_who_is_not_asked_how_it_was_tried(changes: dict[str, str]) -> None:
    example = rules.testing_missing.fails.with_(**changes)
    assert not findings(example, [rules.testing_missing])


@pytest.mark.parametrize(
    "body",
    [
        "the " * 100_000,
        "a\n" * 100_000,
        "- " * 50_000,
        " " * 100_000 + "x",
        "[" + " " * 100_000,
        "```\n" * 50_001,
        "\udcff\u202e\x00 the the",
        "x" * 1_000_000,
        "This patch " * 20_000,
        "w\u0301 " * 50_000,
    ],
)
@pytest.mark.timeout(20)
def test_hostile_bodies_break_no_rule(body: str) -> None:
    found = findings(GOOD.with_(body=body), _ALL)
    assert all(one.rule != "rule-broken" for one in found)
