# SPDX-License-Identifier: GPL-2.0-or-later
"""What is looked at before a series goes out: a line each, and what speaks against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from maintainer_kit.checks.finding import Severity
from maintainer_kit.checks.series import Earlier
from maintainer_kit.checks.trailer_edits import shown
from maintainer_kit.model.mail.lists import list_from_address
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.model.testing.problems import Verdict as Ran
from maintainer_kit.workflow.audit import Audit, Verdict
from maintainer_kit.workflow.posting.before import Before
from maintainer_kit.workflow.posting.branch import Branch
from maintainer_kit.workflow.posting.ports import Rules
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.testing.verdicts import Verdicts, verdict_words

_HOUR = 3600
_SHOWN = 3


Tests = Callable[[str, str], Verdicts]
"""Asks about a commit of the branch's repository, and the one it is compared with, by their ids."""


def find_gates(
    stores: Stores,
    branch: Branch,
    before: Before | None,
    rules: Rules,
    people: Sequence[Person],
    tests: Tests,
) -> tuple[Audit, ...]:
    """All of them, in the order in which they are told."""
    return tuple(_gates(stores, branch, before, rules, people, tests))


def _gates(
    stores: Stores,
    branch: Branch,
    before: Before | None,
    rules: Rules,
    people: Sequence[Person],
    tests: Tests,
) -> Iterator[Audit]:
    yield _checked(rules)
    if before is not None:
        yield _settled(before.earlier, stores.clock() // 1_000_000, rules.hours)
        yield from _private(stores, before, people)
    yield _tested(tests(branch.tip, branch.base))
    yield _based(branch)


def _checked(rules: Rules) -> Audit:
    """Errors are what a maintainer sends back."""
    found = rules.checked.findings
    counts = Counter(one.severity for one in found)
    words = ", ".join(count_of(counts[one], one.value) for one in Severity if counts[one])
    errors = [one for one in found if one.severity is Severity.ERROR]
    details = tuple(visible_line(f"{shown(one.title)}: {one.message}") for one in errors)
    verdict = Verdict.FAILED if errors else Verdict.GOOD
    said = f"{words or 'nothing to say'} (profile {rules.profile})"
    return Audit("check", verdict, said, details)


def _settled(earlier: Earlier, now: int, hours: int) -> Audit:
    """Whether what was said of the last revision is answered, and it had its time."""
    told = [
        visible_line(f"{one.person.name or one.person.address} asks about {shown(one.title)}")
        for one in earlier.questions
    ]
    gap = now - earlier.posted
    if told:
        open_ones = count_of(len(told), "question")
        words = f"{open_ones} on v{earlier.revision} not answered"
        return Audit("reviews", Verdict.FAILED, words, tuple(told))
    if earlier.posted and gap < hours * _HOUR:
        since = f"{gap // _HOUR} h" if gap >= _HOUR else f"{max(0, gap) // 60} min"
        words = f"v{earlier.revision} was posted {since} ago; this list waits {hours} h"
        return Audit("reviews", Verdict.FAILED, words)
    return Audit("reviews", Verdict.GOOD, f"v{earlier.revision} has no open question")


def _private(stores: Stores, before: Before, people: Sequence[Person]) -> Iterator[Audit]:
    rows = stores.catalogue.rows([before.topic.id])
    if not any(row.standing.confidential for row in rows):
        return
    private = stores.policy.confidential
    named = [one for one in people if list_from_address(one.address)]
    out = [one.address for one in named if one.key.replace("@", ".") not in private]
    listed = ", ".join(out[:_SHOWN])
    learns = f", and {listed} would learn of it" if out else ""
    verdict = Verdict.FAILED if out else Verdict.GOOD
    yield Audit("confidential", verdict, f"{before.topic.id} is confidential{learns}")


def _tested(verdicts: Verdicts) -> Audit:
    """What the base has too is no fault of the series."""
    if not verdicts:
        return Audit("tests", Verdict.UNKNOWN, "not tested: no mkit.test is configured")
    is_all = all(one is Ran.PASSED for one in verdicts.values())
    verdict = Verdict.GOOD if is_all else Verdict.TOLD
    if Ran.FAILED in verdicts.values():
        verdict = Verdict.FAILED
    return Audit("tests", verdict, ", ".join(verdict_words(verdicts)))


def _based(branch: Branch) -> Audit:
    """Whether others can have what the patches stand on."""
    base = branch.base[:12]
    if branch.base_in:
        return Audit("base", Verdict.GOOD, f"{base}, which {visible_line(branch.base_in)} has")
    if branch.has_remotes:
        words = f"{base} is in no branch of a remote: nobody else can apply what stands on it"
        return Audit("base", Verdict.FAILED, words)
    return Audit("base", Verdict.GOOD, f"{base}; the repository has no remote that could have it")
