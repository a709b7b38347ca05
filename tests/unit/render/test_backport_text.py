# SPDX-License-Identifier: GPL-2.0-or-later
"""What is told of a backport."""

from __future__ import annotations

from dataclasses import replace

from maintainer_kit.render.backport_text import backport_text
from maintainer_kit.workflow.backporting.facts import (
    Conflict,
    FollowUp,
    How,
    Hunk,
    Picked,
    Present,
    Report,
    Stop,
    Suggestion,
)

A, B, C, D = (letter * 40 for letter in "abcd")
DONE = Report("stable", A, B, A, picked=(Picked(C, "fs: \x1b[31mred", B),))
STOP = Stop(
    C,
    "fs: fix",
    (Conflict("a.c", hunks=(Hunk(3, 5, (D,)), Hunk(9, 9))), Conflict("b.c", is_missing=True)),
    (Suggestion(D, "fs: rename", 1), Suggestion(A, "fs: there", 1, present=B)),
    first=(D,),
)


def test_what_was_picked() -> None:
    text = list(backport_text(DONE))
    assert text[0].startswith(f"{C[:12]} fs: ")
    assert "\x1b" not in "".join(text)
    assert text[-1] == f"stable is at {B[:12]}, 1 commit further"
    assert "would be" in list(backport_text(replace(DONE, is_dry=True)))[-1]


def test_what_was_there() -> None:
    present = tuple(Present(C, "fs: x", "" if how is How.CONTENT else D, how) for how in How)
    text = list(backport_text(Report("stable", A, A, A, present=present)))
    assert sum(line.startswith("    left: ") for line in text) == len(How)
    assert text[-1] == "nothing to do: stable is as it was"


def test_why_it_stopped_and_the_way_on() -> None:
    text = "\n".join(backport_text(replace(DONE, stop=replace(STOP, tree="/t"), left=(B,))))
    assert "a.c: lines 3-5, 9 are others there" in text
    assert "b.c: the branch has no such file" in text
    assert f"{A[:12]} fs: there  [1 place]  (there as {B[:12]})" in text
    again = " ".join(one[:12] for one in (C, D, C, B))
    assert f"mkit backport --abort --to stable\n    mkit backport {again} --to stable" in text
    assert "/t, then\n    mkit backport --continue --to stable" in text


def test_a_conflict_of_the_branchs_own_making() -> None:
    text = "\n".join(backport_text(replace(DONE, stop=replace(STOP, suggestions=(), first=()))))
    assert "no commit upstream explains it" in text
    assert "--abort" not in text, "a dry run leaves nothing"


def test_what_upstream_did_later() -> None:
    follow_ups = (
        FollowUp(A, "fs: mend", C),
        FollowUp(B, "Revert fs", C, is_revert=True),
        FollowUp(D, "fs: known", C, present=A),
    )
    text = "\n".join(backport_text(replace(DONE, follow_ups=follow_ups)))
    assert f"fs: mend  (mends {C[:12]})" in text
    assert f"Revert fs  (takes back {C[:12]})" in text
    assert "fs: known" not in text
