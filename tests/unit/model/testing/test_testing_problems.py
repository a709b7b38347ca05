# SPDX-License-Identifier: GPL-2.0-or-later
"""A result beside the base's."""

from __future__ import annotations

from maintainer_kit.model.testing.problems import (
    Judgement,
    Problem,
    Sort,
    Verdict,
    has_passed,
    judge,
    problems_of,
)
from maintainer_kit.model.testing.result import Diagnostic, Outcome, Result, TestOutcome

PASS, FAIL, SKIP = TestOutcome.PASS, TestOutcome.FAIL, TestOutcome.SKIP
GOOD = Result(Outcome.SUCCESS, 0)
BAD = Result(Outcome.FAIL, 2)


def run(outcome: Outcome = Outcome.SUCCESS, **tests: TestOutcome) -> Result:
    return Result(outcome, tests=tuple(sorted(tests.items())))


def said(*kinds_and_counts: tuple[str, int], outcome: Outcome = Outcome.SUCCESS) -> Result:
    told = [
        (Diagnostic(kind, "a.c", f"{kind} of it", "-Wit"), count)
        for kind, count in kinds_and_counts
    ]
    return Result(outcome, diagnostics=tuple(told))


def test_good_and_bad() -> None:
    assert judge(GOOD, GOOD) == Judgement(Verdict.PASSED)
    assert judge(GOOD, BAD).verdict is Verdict.PASSED
    assert judge(BAD, GOOD).new == (Problem(Sort.RUN, "", "failed"),)
    assert judge(BAD, GOOD).verdict is Verdict.FAILED
    assert judge(BAD, BAD) == Judgement(Verdict.KNOWN, known=1)


def test_it_fails_in_another_way_than_the_base() -> None:
    late = Result(Outcome.TIMEOUT)
    assert judge(late, BAD).verdict is Verdict.FAILED
    assert judge(late, late).verdict is Verdict.KNOWN
    assert judge(Result(Outcome.MEMORY), late).verdict is Verdict.FAILED
    broken = said(("error", 1), outcome=Outcome.FAIL)
    found = judge(broken, BAD)
    assert found.verdict is Verdict.FAILED
    assert found.new == (Problem(Sort.ERROR, "a.c", "error of it [-Wit]"),)
    assert found.known == 1


def test_tests_one_by_one() -> None:
    base = run(Outcome.FAIL, old=FAIL, good=PASS, lost=PASS)
    same = judge(run(Outcome.FAIL, old=FAIL, good=PASS, lost=PASS), base)
    assert (same.verdict, same.known) == (Verdict.KNOWN, 2)
    worse = judge(run(Outcome.FAIL, old=FAIL, good=FAIL, more=FAIL), base)
    assert worse.verdict is Verdict.FAILED
    assert [one.place for one in worse.new] == ["good", "more"]
    assert [has_passed(one.place, base) for one in worse.new] == [True, False]
    assert worse.gone == ("lost",)
    assert not has_passed("good", None)


def test_a_new_warning_and_one_more_of_an_old_one() -> None:
    base = said(("warning", 2))
    assert judge(base, base).verdict is Verdict.PASSED
    assert judge(said(("warning", 1)), base).verdict is Verdict.PASSED
    found = judge(said(("warning", 3)), base)
    assert found.verdict is Verdict.WARNED
    assert found.new == (Problem(Sort.WARNING, "a.c", "warning of it [-Wit]", 3),)
    assert len(problems_of(said(("warning", 40)))) == 20


def test_a_warning_in_what_fails_in_the_base_too_is_told_and_fails_nothing() -> None:
    found = judge(said(("warning", 1), outcome=Outcome.FAIL), BAD)
    assert found.verdict is Verdict.KNOWN
    assert [one.sort for one in found.new] == [Sort.WARNING]
    assert judge(said(("warning", 1), outcome=Outcome.FAIL), GOOD).verdict is Verdict.FAILED


def test_without_a_base_all_is_new() -> None:
    for base in (None, Result(Outcome.SKIP, 125)):
        found = judge(BAD, base)
        assert (found.verdict, found.is_compared) == (Verdict.FAILED, False)
        assert judge(GOOD, base).verdict is Verdict.PASSED


def test_what_cannot_be_tested_is_neither() -> None:
    assert judge(Result(Outcome.SKIP, 125), GOOD) == Judgement(Verdict.SKIPPED)
    assert not Result(Outcome.SKIP, 125).is_bad


def test_the_gravest_comes_first_and_nothing_is_said_to_be_gone_from_a_cut_log() -> None:
    base = run(one=PASS)
    result = Result(
        Outcome.FAIL,
        is_cut=True,
        diagnostics=(
            (Diagnostic("warning", "a", "w", ""), 1),
            (Diagnostic("error", "b", "e", ""), 1),
        ),
        tests=(("t", FAIL),),
    )
    found = judge(result, base)
    assert [one.sort for one in found.new] == [Sort.RUN, Sort.TEST, Sort.ERROR, Sort.WARNING]
    assert found.gone == ()
