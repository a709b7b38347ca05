# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about threads and revisions, with an index behind them."""

from __future__ import annotations

import pytest

from maintainer_kit.checks.example import GOOD, LIST, Example
from maintainer_kit.checks.finding import Severity
from maintainer_kit.checks.mending import apply_edits
from maintainer_kit.checks.rule import Rule
from maintainer_kit.checks.rules import thread as rules
from tests.unit.checks.bench import findings, read_example
from tests.unit.checks.indexed import known_findings, known_series

_ALL = [pytest.param(one, id=one.id) for one in vars(rules).values() if isinstance(one, Rule)]


def messages(example: Example, rule: Rule) -> list[str]:
    return [one.message for one in known_findings(example, [rule])]


@pytest.mark.parametrize("rule", _ALL)
def test_examples(rule: Rule) -> None:
    assert {one.rule for one in known_findings(rule.fails, [rule])} == {rule.id}
    assert known_findings(rule.passes, [rule]) == []


@pytest.mark.parametrize("rule", _ALL)
def test_without_an_index_nothing_is_said(rule: Rule) -> None:
    assert findings(rule.fails, [rule]) == []


@pytest.mark.parametrize("rule", _ALL)
def test_a_first_version_has_no_earlier_one(rule: Rule) -> None:
    assert messages(rule.fails.with_(earlier=()), rule) == []


def test_one_replaced_patch_may_answer_the_old_one() -> None:
    old = rules.partial_resend.fails.earlier
    (one,) = (each for each in old if each.subject.startswith("[PATCH 1/2]"))
    again = one.with_(
        subject=one.subject.replace("PATCH", "PATCH v2"),
        hours=100,
        headers={"In-Reply-To": f"<{one.message_id}>"},
        earlier=old,
    )
    assert messages(again, rules.thread_version_reply) == []
    assert messages(again, rules.repost_too_soon) == []


def test_a_fix_may_answer_a_report() -> None:
    report = GOOD.with_(subject="[BUG] pebble: mount leaks", diff="", trailers="")
    fix = GOOD.with_(
        subject=GOOD.subject.replace("PATCH", "PATCH v2"),
        hours=100,
        headers={"In-Reply-To": f"<{report.message_id}>"},
        earlier=(report, GOOD),
    )
    assert known_series(fix).earlier is not None
    assert messages(fix, rules.thread_version_reply) == []


def test_a_day_is_long_enough() -> None:
    soon = rules.repost_too_soon.fails
    assert messages(soon, rules.repost_too_soon) == ["v1 was posted only 5 hours before"]
    parts = tuple(one.with_(hours=23) for one in soon.rest)
    assert messages(soon.with_(hours=23, rest=parts), rules.repost_too_soon)


def test_dropped_on_purpose() -> None:
    lone = rules.partial_resend.fails
    said = lone.with_(notes="v2: drop the second patch, which is applied\n")
    assert messages(said, rules.partial_resend) == []
    named = lone.with_(notes="v2: 'pebble: say which block cannot be read' is another series\n")
    assert messages(named, rules.partial_resend) == []


def test_a_changed_resend_is_called_a_new_version() -> None:
    rule = rules.resend_modified
    (found,) = known_findings(rule.fails, [rule])
    assert found.fix is not None
    mended = apply_edits(read_example(rule.fails), found.fix.edits)
    assert mended.title_line == "[PATCH v2] pebble: give the buffer back when a mount fails"
    assert mended.subject.revision == 2


def test_other_context_is_no_change() -> None:
    rule = rules.resend_modified
    moved = rule.passes.with_(diff=rule.passes.diff.replace("@@ -12,4 +12", "@@ -40,4 +40"))
    assert messages(moved, rule) == []


def test_overlap_is_told_once_for_each_series() -> None:
    other = rules.pending_overlap.fails.earlier[0]
    two = "".join(f"+\tpebble_more({n});\n" for n in range(3))
    wide = other.with_(
        diff=other.diff.replace("+12,5", "+12,8").replace(" \treturn", two + " \treturn")
    )
    found = known_findings(GOOD.with_(hours=50, earlier=(wide,)), [rules.pending_overlap])
    assert [one.severity for one in found] == [Severity.INFO]


def test_own_series_do_not_overlap() -> None:
    own = GOOD.with_(subject="[PATCH] pebble: another thing altogether is done here", hours=10)
    other = own.with_(diff=own.diff.replace("pebble_put(sb)", "pebble_hold(sb)"))
    series = known_series(GOOD.with_(hours=50, earlier=(other,)))
    assert series.pending == ()


def test_what_was_taken_does_not_overlap() -> None:
    other = rules.pending_overlap.fails.earlier[0]
    taken = GOOD.with_(
        subject=f"Re: {other.subject}",
        sender="Robin Maintainer <robin@lumen.example>",
        body="Applied, thanks!",
        diff="",
        trailers="",
        hours=5,
        headers={"In-Reply-To": f"<{other.message_id}>", "To": LIST},
    )
    assert known_series(GOOD.with_(hours=50, earlier=(other, taken))).pending == ()
