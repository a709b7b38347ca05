# SPDX-License-Identifier: GPL-2.0-or-later
"""Rerolls of real series, by change-ids that nobody here wrote.

Neither mail nor truth is part of the project; where they are not beside the checkout, this is
skipped.
"""

from __future__ import annotations

import csv
import lzma
from collections import defaultdict
from functools import cache
from itertools import pairwise

import pytest

from maintainer_kit.adapters.mail.mbox import split_mbox
from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.reading import patch_of_mail
from maintainer_kit.render.interdiff import interdiff_lines
from maintainer_kit.render.range_diff import range_diff_lines
from maintainer_kit.workflow.comparing.comparison import Comparison, compare
from maintainer_kit.workflow.comparing.pairing import Fate
from maintainer_kit.workflow.comparing.side import Side, Sides
from tests.integration.driver import ROOT

CORPORA = ROOT.parent / "shared" / "corpora"
TRUTH = CORPORA / "truth" / "erofs-reroll-changeid.tsv"

pytestmark = pytest.mark.skipif(not TRUTH.exists(), reason="no corpora beside the checkout")


@cache
def patches_of(year: str) -> dict[str, dict[int, Patch]]:
    """All patches of a year by the mail that they stand below, and by number."""
    found: defaultdict[str, dict[int, Patch]] = defaultdict(dict)
    path = CORPORA / "erofs" / f"{year}.mbox.xz"
    for piece in split_mbox(lzma.decompress(path.read_bytes())):
        patch = patch_of_mail(piece.raw)
        if patch.diff_text and not patch.subject.is_reply:
            above = patch.parents[-1] if patch.parents else patch.message_id or ""
            found[above][patch.subject.number or 1] = patch
            found[patch.message_id or ""].setdefault(patch.subject.number or 1, patch)
    return found


def postings() -> dict[str, dict[int, str]]:
    """The first mail of each revision, by change-id."""
    found: defaultdict[str, dict[int, str]] = defaultdict(dict)
    with TRUTH.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
            found[row["change_id"]][int(row["version"])] = row["msgid"]
    return found


def comparisons() -> list[Comparison]:
    """Each revision beside the one before, of those whose patches came to the list."""
    found = []
    for change_id, revisions in postings().items():
        mails = patches_of(change_id[:4])
        for old, new in pairwise(sorted(revisions)):
            before, after = (
                Side(f"v{one}", tuple(p for _, p in sorted(mails[revisions[one]].items())))
                for one in (old, new)
            )
            if before.patches and after.patches:
                found.append(compare(Sides(before, after)))
    return found


def test_patches_of_one_title_are_found_in_each_other() -> None:
    told = comparisons()
    assert len(told) >= 4
    for found in told:
        titles = [[one.title if one else "" for one in s.patches] for s in (found.old, found.new)]
        for pair in found.pairs:
            if pair.fate in (Fate.NEW, Fate.SPLIT) and pair.new is not None:
                assert titles[1][pair.new] not in titles[0]
            if pair.old is not None and pair.new is not None and pair.changed == ():
                assert titles[0][pair.old] == titles[1][pair.new]


def test_both_ways_of_comparing_agree_on_whether_anything_changed() -> None:
    for found in comparisons():
        for pair in found.pairs:
            if pair.old is None or pair.new is None:
                continue
            old, new = found.old.patches[pair.old], found.new.patches[pair.new]
            assert old and new
            assert bool(range_diff_lines(old, new)) == bool(pair.changed)
            if {"code", "context"}.isdisjoint(pair.changed):
                assert interdiff_lines(found.interdiff(pair)) == []
