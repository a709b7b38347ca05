# SPDX-License-Identifier: GPL-2.0-or-later
"""What is known of one commit, beside its base: the verdict that mkit test would report."""

from __future__ import annotations

import pytest

from maintainer_kit.model.testing.configuration import Configuration, read_configurations
from maintainer_kit.model.testing.history import Commit
from maintainer_kit.model.testing.problems import Verdict
from maintainer_kit.model.testing.result import Diagnostic, Key, Outcome, Result, key_of
from maintainer_kit.workflow.testing.verdicts import Verdicts, known_verdicts, verdict_words

TIP, BASE = Commit("c" * 40, "1" * 40, (), "tip"), Commit("b" * 40, "2" * 40, (), "base")
(BUILD,) = read_configurations(["build tip timeout=60s make"])
GOOD, BAD = Result(Outcome.SUCCESS), Result(Outcome.FAIL, 2)
LOUD = Result(Outcome.SUCCESS, diagnostics=((Diagnostic("warning", "a.c", "unused", ""), 1),))
WORSE = Result(Outcome.FAIL, 2, diagnostics=((Diagnostic("error", "a.c", "no such", ""), 1),))


def verdicts(tip: Result | None, base: Result | None, of: Configuration = BUILD) -> Verdicts:
    held = {key_of(TIP.tree, of): tip, key_of(BASE.tree, of): base}

    def known(key: Key) -> Result | None:
        return held[key]

    return known_verdicts([of], TIP, lambda: BASE, known)


@pytest.mark.parametrize(
    ("tip", "base", "verdict"),
    [
        (None, None, None),
        (None, BAD, None),
        (GOOD, BAD, Verdict.PASSED),
        (LOUD, GOOD, Verdict.WARNED),
        (LOUD, LOUD, Verdict.PASSED),
        (BAD, None, Verdict.FAILED),
        (BAD, GOOD, Verdict.FAILED),
        (BAD, BAD, Verdict.KNOWN),
        (WORSE, BAD, Verdict.FAILED),
        (BAD, Result(Outcome.SKIP), Verdict.FAILED),
        (Result(Outcome.SKIP), BAD, Verdict.SKIPPED),
        (Result(Outcome.TIMEOUT, time_limit=60), GOOD, Verdict.FAILED),
        (Result(Outcome.TIMEOUT, time_limit=30), GOOD, None),
    ],
)
def test_what_the_base_has_too_is_known(
    tip: Result | None, base: Result | None, verdict: Verdict | None
) -> None:
    assert verdicts(tip, base) == {"build": verdict}


def test_a_base_that_did_not_say_all_is_compared_with_nothing() -> None:
    half = Result(Outcome.FAIL, 2, whole=False)
    assert verdicts(BAD, half) == {"build": Verdict.FAILED}


def test_the_base_is_looked_for_only_where_something_is_wrong() -> None:
    asked: list[str] = []

    def base() -> Commit | None:
        asked.append("base")
        return None

    key = key_of(TIP.tree, BUILD)
    for result in (None, GOOD, Result(Outcome.SKIP)):
        known_verdicts([BUILD], TIP, base, {key: result}.get)
    assert not asked
    assert known_verdicts([BUILD], TIP, base, lambda _: BAD) == {"build": Verdict.FAILED}
    assert asked == ["base"]


def test_words() -> None:
    told = list(verdict_words({"build": Verdict.KNOWN, "style": None}))
    assert told == ["build: fails already in base", "style: not tested"]
