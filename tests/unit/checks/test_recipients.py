# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about who is mailed."""

from __future__ import annotations

import pytest

from maintainer_kit.adapters.git.checking.facts import GitFacts
from maintainer_kit.checks.engine import Context
from maintainer_kit.checks.example import ADA, BO, GOOD, LIST, ROBIN, Example
from maintainer_kit.checks.finding import Finding, Severity
from maintainer_kit.checks.profile import Profile, Setting
from maintainer_kit.checks.rule import Rule
from maintainer_kit.checks.rules import recipients as rules
from maintainer_kit.model.mail.mailmap import read_mailmap
from maintainer_kit.model.mail.person import parse_person
from maintainer_kit.model.maintainers.maintainers import read_maintainers
from tests.unit.checks.bench import PLAIN, findings

_ALL = [pytest.param(one, id=one.id) for one in vars(rules).values() if isinstance(one, Rule)]
_SECTION = f"PEBBLE\nM:\t{ROBIN}\nR:\t{BO}\nL:\t{LIST}\nS:\tMaintained\nF:\tfs/pebble/\n"


def said(
    rule: Rule, example: Example, text: str = _SECTION, profile: Profile = PLAIN, mailmap: str = ""
) -> list[Finding]:
    context = Context(
        maintainers=read_maintainers({"MAINTAINERS": text}), people=read_mailmap(mailmap)
    )
    return findings(example, [rule], profile, context)


def sent(to: str, cc: str = "", **fields: object) -> Example:
    return GOOD.with_(headers={"To": to, "Cc": cc}, **fields)


@pytest.mark.parametrize("rule", _ALL)
def test_examples(rule: Rule) -> None:
    assert {one.rule for one in said(rule, rule.fails, rule.fails.maintainers)} == {rule.id}
    assert said(rule, rule.passes, rule.passes.maintainers) == []


@pytest.mark.parametrize("rule", _ALL)
def test_without_maintainers_nothing_is_said(rule: Rule) -> None:
    assert findings(rule.fails, [rule]) == []


def test_a_maintainer_weighs_more_than_a_reviewer() -> None:
    asked, shown = said(rules.missing_maintainer, sent(LIST))
    assert asked.message == "not in To or Cc: Robin Maintainer <robin@lumen.example> (maintainer)"
    assert shown.message == "not in To or Cc: Bo Reviewer <bo@shale.example> (reviewer)"
    assert (asked.severity, shown.severity) == (Severity.WARNING, Severity.INFO)


def test_cc_is_as_good_as_to_and_the_author_needs_no_copy() -> None:
    assert said(rules.missing_maintainer, sent(LIST, f"{ROBIN}, {BO}")) == []
    own = _SECTION.replace(ROBIN, ADA)
    assert said(rules.missing_maintainer, sent(LIST, BO), own) == []


def test_case_of_addresses() -> None:
    assert said(rules.missing_maintainer, sent("ROBIN@LUMEN.example", BO)) == []


def test_another_address_of_the_same_person() -> None:
    away = sent(f"Robin Maintainer <robin@oldmill.example>, {LIST}", BO)
    assert said(rules.missing_maintainer, away) == []
    (found,) = said(rules.recipient_stale, away)
    assert found.message == (
        "Robin Maintainer <robin@oldmill.example> is robin@lumen.example in MAINTAINERS"
    )


def test_another_address_by_the_mailmap() -> None:
    mailmap = "Robin Maintainer <robin@lumen.example> <rm@oldmill.example>\n"
    away = sent(f"rm@oldmill.example, {LIST}", BO)
    assert said(rules.missing_maintainer, away, mailmap=mailmap) == []
    assert said(rules.recipient_stale, away, mailmap=mailmap)


def test_a_list() -> None:
    (found,) = said(rules.missing_list, sent(ROBIN, BO))
    assert found.message == f"not in To or Cc: {LIST}"


def test_lists_that_nobody_is_sent_to() -> None:
    text = _SECTION.replace(
        f"L:\t{LIST}\n", "L:\tsecurity@kernel.org\nL:\tx@y.example (subscribers-only)\n"
    )
    assert said(rules.missing_list, sent(ROBIN, BO), text) == []
    rest = f"{_SECTION}\nTHE REST\nL:\tlinux-kernel@vger.kernel.org\nF:\t*\nF:\t*/\n"
    assert said(rules.missing_list, sent(f"{ROBIN}, {LIST}", BO), rest) == []


def test_a_profile_leaves_some_out() -> None:
    settings = {"missing-maintainer": Setting(options={"ignore": ["Robin@lumen.example"]})}
    assert said(rules.missing_maintainer, sent(LIST, BO), profile=Profile("x", "", settings)) == []


def test_a_file_without_recipients() -> None:
    bare = sent("", kind="file")
    for rule in (rules.missing_maintainer, rules.missing_list, rules.recipient_stale):
        assert said(rule, bare) == []


def test_other_files_have_other_maintainers() -> None:
    other = sent(LIST, diff=GOOD.diff.replace("fs/pebble/", "fs/boulder/"))
    assert said(rules.missing_maintainer, other) == []


def test_many_maintainers_are_one_finding() -> None:
    many = "".join(f"M:\tNumber {n} <n{n}@lumen.example>\n" for n in range(300))
    (found,) = said(rules.missing_maintainer, sent(f"{ROBIN}, {LIST}", BO), _SECTION + many)
    assert found.message.endswith("and 296 more")


def test_signers_of_the_commit_that_is_mended(repository: GitFacts) -> None:
    text = f"PEBBLE\nM:\t{BO}\nS:\tMaintained\nF:\tfs/pebble/\n"
    fixes = 'Fixes: c71f05609fb5 ("pebble: report I/O errors from lookup")'
    mending = sent(LIST, BO, trailers=f"{fixes}\n{GOOD.trailers}")
    context = Context(repository, read_maintainers({"MAINTAINERS": text}))
    (found,) = findings(mending, [rules.missing_maintainer], context=context)
    assert found.message == f"not in To or Cc: {ROBIN} (signed the commit that is mended)"
    assert found.severity is Severity.INFO
    to_robin = mending.with_(headers={"To": ROBIN, "Cc": BO})
    assert findings(to_robin, [rules.missing_maintainer], context=context) == []
    ignoring = read_maintainers({"MAINTAINERS": text}, ignored=[parse_person(ROBIN)])
    quiet = Context(repository, ignoring)
    assert findings(mending, [rules.missing_maintainer], context=quiet) == []
