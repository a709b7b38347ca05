# SPDX-License-Identifier: GPL-2.0-or-later
"""Fixes: its form, what the repository says of it, and when it lacks."""

from __future__ import annotations

import pytest

from maintainer_kit.checks.context import Repository
from maintainer_kit.checks.engine import Context, check_series
from maintainer_kit.checks.example import ADA, COVER, GOOD, Example
from maintainer_kit.checks.fixes_tag import fixes_tags
from maintainer_kit.checks.profile import read_profile
from maintainer_kit.checks.reading_commit import CommitRecord, patch_of_commit
from maintainer_kit.checks.rule import Rule
from maintainer_kit.checks.rules import fixes
from maintainer_kit.checks.series import Series
from maintainer_kit.model.mail.person import parse_person
from tests.unit.checks.bench import PLAIN, findings, read_example
from tests.unit.checks.mended import mended_body

_TITLE = "pebble: report I/O errors from lookup"
_FIXED = f'Fixes: c71f05609fb5 ("{_TITLE}")'
_SIGNED = f"Signed-off-by: {ADA}"
_WITH_REPOSITORY = (fixes.fixes_unknown, fixes.fixes_subject, fixes.fixes_not_ancestor)


def _fixing(*lines: str) -> Example:
    return GOOD.with_(trailers="\n".join((*lines, _SIGNED)))


@pytest.mark.parametrize("rule", _WITH_REPOSITORY, ids=lambda rule: rule.id)
def test_examples_hold_in_the_sample_repository(rule: Rule, repository: Repository) -> None:
    context = Context(repository=repository)
    assert {one.rule for one in findings(rule.fails, [rule], PLAIN, context)} == {rule.id}
    assert findings(rule.passes, [rule], PLAIN, context) == []


@pytest.mark.parametrize("rule", _WITH_REPOSITORY, ids=lambda rule: rule.id)
def test_without_a_repository_nothing_is_said(rule: Rule) -> None:
    assert findings(rule.fails, [rule]) == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (f'Fixes: c71f056 ("{_TITLE}")', "7 digits"),
        ("Fixes: c71f05609fb5", "does not quote"),
        (f"Fixes: c71f05609fb5 ({_TITLE})", "is not written as"),
        (f"Fixes: c71f05609fb5: {_TITLE}", "is not written as"),
        (f'Fixes: commit c71f05609fb5 ("{_TITLE}")', "is not written as"),
        ("Fixes: https://bugs.lumen.example/12", "names no commit"),
        ("Fixes: #12", "names no commit"),
    ],
)
def test_other_forms_are_named(line: str, words: str) -> None:
    [found] = findings(_fixing(line), [fixes.fixes_format])
    assert words in found.message


@pytest.mark.parametrize(
    "line",
    [
        _FIXED,
        f'Fixes: c71f05609fb5c0a4fb618efec5737cebcba78620 ("{_TITLE}")',
        'Fixes: c71f05609fb5 ("Revert "pebble: mend"")',
        'Fixes: c71f05609fb5 ("pebble: take (all) of it (again)")',
        "Fixes: CVE-2026-1234",
        "Fixes: the mount of old images",
        "Fixes: deadbeef-cafe is what the log says",
    ],
)
def test_good_forms_and_other_things_are_left_alone(line: str) -> None:
    assert findings(_fixing(line), [fixes.fixes_format]) == []


@pytest.mark.parametrize(
    "lines",
    [
        (f"Fixes: c71f05609fb5 ({_TITLE})",),
        (f"Fixes: commit c71f05609fb5 ('{_TITLE}')",),
        ('Fixes: c71f05609fb5 ("pebble: report I/O errors', 'from lookup")'),
        ('Fixes: c71f05609fb5 ("pebble: report I/O errors', '  from lookup")'),
        (f"Fixes: c71f05609fb5 ({_TITLE}, 2026-01-02)",),
    ],
)
def test_form_is_mended_without_a_repository(lines: tuple[str, ...]) -> None:
    assert mended_body(_fixing(*lines), fixes.fixes_format)[-2:] == [_FIXED, _SIGNED]


@pytest.mark.parametrize(
    "line",
    ["Fixes: c71f056", f"Fixes: c71f05609 ({_TITLE})", "Fixes: C71F05609FB5 (pebble: report)"],
)
def test_digits_and_title_come_from_the_repository(line: str, repository: Repository) -> None:
    context = Context(repository=repository)
    assert mended_body(_fixing(line), fixes.fixes_format, context)[-2:] == [_FIXED, _SIGNED]


def test_a_title_that_is_another_ones_is_not_written_over(repository: Repository) -> None:
    example = _fixing('Fixes: c71f056 ("wick: limit the blink period")')
    context = Context(repository=repository)
    for rule in (fixes.fixes_format, fixes.fixes_subject):
        [found] = findings(example, [rule], PLAIN, context)
        assert found.fix is not None
        assert not found.fix.is_mechanical


@pytest.mark.parametrize(
    ("title", "severity"),
    [
        ("pebble: report I/O errors", "info"),
        ("pebble: report I/O errors from loo...", "info"),
        ("Pebble: report I/O errors from lookup.", "warning"),
        ("pebble: report I/O error from lookup", "warning"),
        ("wick: limit the blink period", "warning"),
    ],
)
def test_titles_are_compared(title: str, severity: str, repository: Repository) -> None:
    example = _fixing(f'Fixes: c71f05609fb5 ("{title}")')
    [found] = findings(example, [fixes.fixes_subject], PLAIN, Context(repository=repository))
    assert found.severity == severity
    assert _TITLE in found.message


def test_a_cut_title_is_mended(repository: Repository) -> None:
    example = _fixing('Fixes: c71f05609fb5 ("pebble: report I/O errors")')
    after = mended_body(example, fixes.fixes_subject, Context(repository=repository))
    assert after[-2:] == [_FIXED, _SIGNED]


def test_a_commit_may_name_what_is_below_it_only(repository: Repository) -> None:
    context = Context(repository=repository)
    person = parse_person(ADA)

    def said(commit: str) -> list[str]:
        record = CommitRecord(commit, (), person, person, 0, f"pebble: mend\n\n{_FIXED}\n", "")
        series = Series((patch_of_commit(record),))
        return [
            one.rule for one in check_series(series, [fixes.fixes_not_ancestor], PLAIN, context)
        ]

    assert said("145f4862ccd9817d3281255a3aa2bc1dfaf00d1a") == []
    assert said("7b8251ab517acc516448206d7e4955af6bc5d76c") == ["fixes-not-ancestor"]


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("BUG: KASAN: use-after-free in pebble_put+0x1", True),
        ("[   12.345678] UBSAN: shift-out-of-bounds in fs/pebble/super.c", True),
        ("Call Trace:\n <TASK>\n pebble_put+0x1", True),
        ("WARNING: CPU: 1 PID: 2 at fs/pebble/super.c:12", True),
        ("Run it under KASAN or UBSAN: both are silent.", False),
        ("The WARNING: text of mkfs is translated.", False),
        ("stable@vger.kernel.org is not concerned.", False),
    ],
)
def test_signs_of_a_bug_ask_for_fixes(text: str, speaks: bool) -> None:
    example = GOOD.with_(body=f"Mend it.\n\n{text}")
    assert bool(findings(example, [fixes.fixes_missing])) is speaks


@pytest.mark.parametrize(
    ("line", "speaks"),
    [
        ("Cc: stable@vger.kernel.org", True),
        ("Cc: <stable@vger.kernel.org>", True),
        ("Cc: stable@vger.kernel.org # 5.15+", False),
        ("Reported-by: syzbot+0123@syzkaller.appspotmail.com", True),
        ("Closes: https://syzkaller.appspot.com/bug?extid=0123", True),
    ],
)
def test_trailers_ask_for_fixes(line: str, speaks: bool) -> None:
    assert bool(findings(_fixing(line), [fixes.fixes_missing])) is speaks
    assert findings(_fixing(_FIXED, line), [fixes.fixes_missing]) == []


def test_reverts_and_documentation_need_none() -> None:
    revert = _fixing("Cc: stable@vger.kernel.org").with_(subject='[PATCH] Revert "pebble: mend"')
    words = GOOD.diff.replace("fs/pebble/super.c", "Documentation/filesystems/pebble.rst")
    texts = _fixing("Cc: stable@vger.kernel.org").with_(diff=words)
    assert findings(revert, [fixes.fixes_missing]) == []
    assert findings(texts, [fixes.fixes_missing]) == []


def test_a_tree_of_fixes_wants_one_in_each_series() -> None:
    profile = read_profile("p", '[rules]\nfixes-missing = {trees = ["net"]}', lambda name: "")
    rule = [fixes.fixes_missing]
    first = GOOD.with_(subject="[PATCH net 1/2] pebble: first")
    second = first.with_(subject="[PATCH net 2/2] pebble: second")
    cover = COVER.with_(subject="[PATCH net 0/2] pebble: both", rest=(first, second))
    [found] = findings(cover, rule, profile)
    assert found.title == "pebble: first"
    fixed = second.with_(trailers=f"{_FIXED}\n{_SIGNED}")
    assert findings(cover.with_(rest=(first, fixed)), rule, profile) == []
    other = GOOD.with_(subject="[PATCH net-next] pebble: first")
    assert findings(other, rule, profile) == []


def test_the_id_is_pointed_at() -> None:
    [found] = findings(_fixing(f'Fixes: commit c71f056 ("{_TITLE}")'), [fixes.fixes_format])
    assert found.place.text[found.spot.start : found.spot.end] == "c71f056"


def test_hostile_values_are_read_in_good_time() -> None:
    values = (
        "a" * 100_000,
        '12345678 ("' + "x" * 100_000,
        "12345678 (" * 10_000,
        "12345678 \udc80",
    )
    for value in values:
        patch = read_example(_fixing(f"Fixes: {value}"))
        fixes_tags(patch)
    rules = [one for one in vars(fixes).values() if isinstance(one, Rule)]
    many = _fixing(*(f'Fixes: 1234567 ("pebble: {at}' for at in range(5000)))
    assert not [one for one in findings(many, rules) if one.rule == "rule-broken"]
