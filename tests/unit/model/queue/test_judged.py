# SPDX-License-Identifier: GPL-2.0-or-later
"""What a person said of a patch and a commit stands above what comparing them gave."""

from __future__ import annotations

from dataclasses import replace

from maintainer_kit.model.decision.event import Decision, Decisions, EventKind, Origin
from maintainer_kit.model.queue.judged import judged
from maintainer_kit.model.queue.landed import BY_HAND, Landing, Place, Role

A, B, COPY = "a" * 40, "b" * 40, "c" * 40


def place(commit: str, ref: str = "master") -> Place:
    return Place(Role.MAINLINE, f"refs/heads/{ref}", "/r.git", commit, 1)


LIKELY = Landing("p@x", A, "similar", 0.43, False, "43 % alike", (place(A),))
OTHER = Landing("p@x", B, "split", 0.2, False, "a part", (place(B), place(COPY, "stable")))


def said(*lines: str, about: str = "p@x") -> Decisions:
    return {(about, EventKind.LANDING): Decision("\n".join(lines), "g", 1, Origin.CLI)}


def test_without_a_judgement_nothing_changes() -> None:
    known = {"p@x": (replace(LIKELY, is_sure=True), OTHER)}
    assert judged(known, {}) == known
    assert judged(known, said(f"yes:{B}", about="q@x")) == known


def test_yes_makes_it_sure_with_what_speaks_for_it_beside() -> None:
    found = judged({"p@x": (LIKELY, OTHER)}, said(f"yes:{B}"))
    first, second = found["p@x"]
    assert (first.commit, first.tier, first.is_sure) == (B, BY_HAND, True)
    assert (first.why, first.evidence) == ("split (0.20): a part", "by hand")
    assert second == LIKELY


def test_no_takes_it_away_however_sure_it_was() -> None:
    sure = replace(LIKELY, tier="patch-id", is_sure=True)
    assert judged({"p@x": (sure, OTHER)}, said(f"no:{A}")) == {"p@x": (OTHER,)}
    assert judged({"p@x": (sure,)}, said(f"no:{A}")) == {}


def test_what_was_sure_keeps_its_own_evidence() -> None:
    sure = replace(LIKELY, is_sure=True)
    assert judged({"p@x": (sure,)}, said(f"yes:{A}")) == {"p@x": (sure,)}


def test_a_copy_in_another_ref_is_the_same_change() -> None:
    assert judged({"p@x": (OTHER,)}, said(f"no:{COPY}")) == {}
    (found,) = judged({"p@x": (OTHER,)}, said(f"no:{COPY}", f"yes:{B}"))["p@x"]
    assert found.is_sure, "the commit itself was named"


def test_what_only_a_hand_has_found_goes_with_the_hand() -> None:
    only = Landing("p@x", A, BY_HAND, 1.0, False, places=(place(A),))
    (found,) = judged({"p@x": (only,)}, said(f"yes:{A}"))["p@x"]
    assert (found.is_sure, found.why) == (True, "")
    assert judged({"p@x": (only,)}, {}) == {}
    assert judged({"p@x": (only,)}, said(f"yes:{B}")) == {}
