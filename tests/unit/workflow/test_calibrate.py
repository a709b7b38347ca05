# SPDX-License-Identifier: GPL-2.0-or-later
"""Calibration: what accepted commits say of the rules, as a profile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from maintainer_kit.checks.catalogue import all_rules, find_rule
from maintainer_kit.checks.engine import NO_CONTEXT
from maintainer_kit.checks.finding import Severity
from maintainer_kit.checks.profile import OFF, Profile, problems, read_profile
from maintainer_kit.checks.reading_commit import CommitRecord
from maintainer_kit.checks.rule import Rule
from maintainer_kit.model.mail.person import Person
from maintainer_kit.workflow.calibrate import (
    Limits,
    Tally,
    profile_lines,
    speaks_of_commits,
    tally,
    verdict,
)

BASE = Profile("base", "All rules as they are written", {}, lineage=("base",))
ADA = Person("Ada Author", "ada@quarry.example")


def _rule(name: str) -> Rule:
    found = find_rule(name)
    assert found is not None
    return found


STOP = _rule("subject-full-stop")
SIGNED = _rule("signoff-missing")


def _commit(number: int, title: str, signed: bool = True, parents: int = 1) -> CommitRecord:
    trailer = f"\n\nSigned-off-by: {ADA}" if signed else ""
    message = f"{title}\n\nNobody could open the lid.{trailer}\n"
    ids = tuple(f"{at:040x}" for at in range(parents))
    return CommitRecord(f"{number:040x}", ids, ADA, ADA, 1_700_000_000, message, "")


def _history(count: int, dotted: int, unsigned: int = 0) -> Iterator[CommitRecord]:
    for at in range(count):
        dot = "." if at < dotted else ""
        yield _commit(at, f"lid: open it{dot}", signed=at >= unsigned)


def _tally(records: Iterator[CommitRecord]) -> Tally:
    *_, found = tally(records, all_rules(), BASE, NO_CONTEXT)
    return found


def _made(found: Tally) -> Profile:
    text = "\n".join(profile_lines(BASE, found))
    return read_profile("mine", text, {"base": ""}.__getitem__)


@pytest.mark.parametrize(
    ("dotted", "grade"),
    [(5, "warning"), (6, "info"), (20, "info"), (21, OFF), (100, OFF)],
)
def test_a_rule_that_accepted_commits_break_is_made_quieter(dotted: int, grade: str) -> None:
    found = _tally(_history(100, dotted))
    assert found.hits[STOP.id] == dotted
    assert STOP.severity is Severity.WARNING
    assert verdict(STOP, BASE, found) == grade


@pytest.mark.parametrize(("unsigned", "grade"), [(1, "error"), (2, "warning"), (11, "warning")])
def test_an_error_must_be_rarer_than_a_warning(unsigned: int, grade: str) -> None:
    found = _tally(_history(200, 0, unsigned))
    assert found.errors[SIGNED.id] == unsigned
    assert verdict(SIGNED, BASE, found) == grade


def test_the_limits_can_be_set() -> None:
    found = _tally(_history(100, 6))
    assert verdict(STOP, BASE, found, Limits(quieter=0.1)) == "warning"
    assert verdict(STOP, BASE, found, Limits(off=0.05)) == OFF


def test_information_that_is_too_frequent_is_switched_off() -> None:
    rule = next(one for one in all_rules() if one.severity is Severity.INFO)
    found = Tally(100, "f" * 40, Counter({rule.id: 10}))
    assert verdict(rule, BASE, found) == OFF


def test_the_profile_can_be_read_and_does_what_it_says() -> None:
    made = _made(_tally(_history(100, 21, unsigned=3)))
    assert made.lineage == ("mine", "base")
    assert not made.is_on(STOP)
    assert made.severity(SIGNED) is Severity.WARNING
    assert not problems(made, all_rules())


def test_each_line_gives_its_figures() -> None:
    found = _tally(_history(1000, 78))
    lines = list(profile_lines(BASE, found))
    assert 'subject-full-stop = "info"  # 7.8 % of 1,000 accepted commits; was warning' in lines
    rare = list(profile_lines(BASE, _tally(_history(1000, 4))))
    assert "# subject-full-stop: 0.4 % of 1,000 accepted commits; stays warning" in rare


def test_the_profile_is_the_same_each_time() -> None:
    texts = {"\n".join(profile_lines(BASE, _tally(_history(50, 9)))) for _ in range(2)}
    assert len(texts) == 1


def test_merges_are_not_counted() -> None:
    records = iter([_commit(1, "lid: open it."), _commit(2, "Merge lids.", parents=2)])
    found = _tally(records)
    assert (found.commits, found.newest) == (1, f"{1:040x}")


def test_rules_about_mails_are_left_alone() -> None:
    mails = [one for one in all_rules() if not speaks_of_commits(one)]
    assert {"series-no-cover", "mail-html"} <= {one.id for one in mails}
    found = _tally(_history(20, 20))
    assert not [one.id for one in mails if found.hits[one.id]]


def test_without_a_commit_nothing_changes() -> None:
    assert not list(tally(iter(()), all_rules(), BASE, NO_CONTEXT))
    assert [verdict(one, BASE, Tally()) for one in all_rules()] == [
        one.severity.value for one in all_rules()
    ]
    assert _made(Tally()).settings == {}
