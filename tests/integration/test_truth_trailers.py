# SPDX-License-Identifier: GPL-2.0-or-later
"""Trailers of a list's real mail, held against those that its maintainer took.

The mail is not part of the project; where it is not beside the checkout, this is skipped.
"""

from __future__ import annotations

import csv

import pytest

from bench.truth_trailers import (
    JUDGED,
    Verdict,
    given_by_patch,
    judge,
    read_messages,
    read_topics,
)
from maintainer_kit.model.mail.mailmap import NO_MAILMAP
from tests.integration.driver import ROOT

CORPORA = ROOT.parent / "shared" / "corpora"
TRUTH = CORPORA / "truth" / "erofs-trailers.tsv"
MAIL = sorted((CORPORA / "erofs").glob("20*.mbox.xz"))

pytestmark = [
    pytest.mark.skipif(not (MAIL and TRUTH.exists()), reason="the corpora are not beside this"),
    pytest.mark.timeout(600),
]


@pytest.fixture(scope="module")
def verdicts() -> list[Verdict]:
    with TRUTH.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    given = given_by_patch(read_topics(read_messages(MAIL).values()), NO_MAILMAP)
    return judge(rows, given, NO_MAILMAP)


def test_nearly_all_are_applied_with_the_right_giver(verdicts: list[Verdict]) -> None:
    judged = [one for one in verdicts if one.source in JUDGED]
    missed = [one for one in judged if not one.found]
    assert len(judged) > 200
    assert len(missed) <= len(judged) // 100, missed


def test_nearly_all_come_from_the_mail_that_gave_them(verdicts: list[Verdict]) -> None:
    judged = [one for one in verdicts if one.source in JUDGED]
    others = [one for one in judged if not one.from_source]
    assert len(others) <= len(judged) // 50, others
