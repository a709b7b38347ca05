# SPDX-License-Identifier: GPL-2.0-or-later
"""Backports without git: messages, lines that clash, what is kept of a job."""

from __future__ import annotations

import pytest

from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.commit_words import upstream_of
from maintainer_kit.workflow.backporting.facts import How, Hunk, Picked, Present
from maintainer_kit.workflow.backporting.job import Job, dump, load
from maintainer_kit.workflow.backporting.lines import Span, clashing
from maintainer_kit.workflow.backporting.message import COMMIT, FORMS, UPSTREAM, backport_message

ROBIN = Person("Robin Maintainer", "robin@lumen.example")
SIGNED = "Signed-off-by: Ada <ada@q.example>"
MINE = "Signed-off-by: Robin Maintainer <robin@lumen.example>"
A = "a" * 40


def test_the_upstream_commit_is_named_below_the_title() -> None:
    message = f"fs: fix it\n\nIt leaks.\n\n{SIGNED}\n"
    assert backport_message(message, A, UPSTREAM, None) == (
        f"fs: fix it\n\n[ Upstream commit {A} ]\n\nIt leaks.\n\n{SIGNED}\n"
    )
    assert backport_message(message, A, COMMIT, ROBIN) == (
        f"fs: fix it\n\ncommit {A} upstream.\n\nIt leaks.\n\n{SIGNED}\n{MINE}\n"
    )


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("message", ["fs: fix it\n", "fs: fix\nit\n\nIt leaks.\n", "\n\nfs: x"])
def test_our_reader_finds_it_again(form: str, message: str) -> None:
    made = backport_message(message, A, form, ROBIN)
    assert upstream_of(made) == A
    assert made.endswith(f"\n\n{MINE}\n"), "no trailers were there"
    assert backport_message(made, "b" * 40, form, ROBIN) == made, "a copy names no second one"


@pytest.mark.parametrize(
    ("end", "gap"),
    [
        ("It leaks.", "\n"),
        (f"It leaks.\n\n{SIGNED}", ""),
        (f"It leaks.\n\n{SIGNED}\n[robin: another name]", ""),
        (f"It leaks.\n\n(cherry picked from commit {'b' * 40})", ""),
        ("Note: this is prose.\nOf two lines.\nOr of three.\nNo block.\nAt all.", "\n"),
    ],
)
def test_where_the_sign_off_stands(end: str, gap: str) -> None:
    assert backport_message(f"fs: x\n\n{end}", A, UPSTREAM, ROBIN).endswith(f"{end}\n{gap}{MINE}\n")


def test_who_signed_off_last_does_not_do_it_again() -> None:
    other = Person("R. Maintainer", "Robin@lumen.example")
    message = f"fs: x\n\n{SIGNED}\n{MINE}\n"
    assert backport_message(message, A, UPSTREAM, other).count("Signed-off-by") == 2
    before = f"fs: x\n\n{MINE}\n{SIGNED}\n"
    assert backport_message(before, A, UPSTREAM, ROBIN).endswith(f"{SIGNED}\n{MINE}\n")


def test_where_lines_clash() -> None:
    theirs = [Span(10, 2), Span(30, 1), Span(50, 0), Span(70, 3)]
    assert clashing(theirs, []) == []
    assert clashing(theirs, [Span(1, 5), Span(14, 4), Span(40, 5)]) == []
    assert clashing(theirs, [Span(11, 4)]) == [Hunk(10, 14)]
    assert clashing(theirs, [Span(31, 1)]) == [Hunk(30, 31)], "they touch"
    assert clashing(theirs, [Span(50, 0)]) == [Hunk(50, 50)], "both add there"
    assert clashing(theirs, [Span(9, 0), Span(72, 9)]) == [Hunk(9, 11), Hunk(70, 80)]
    assert clashing([Span(0, 0)], [Span(0, 0)]) == [Hunk(1, 1)], "at the top of the file"
    assert clashing([Span(at, 1) for at in range(1, 99)], [Span(1, 99)]) == [Hunk(1, 99)]
    many = [Span(at, 1) for at in range(1, 99, 3)]
    assert len(clashing(many, many)) == 20


def test_what_is_kept_comes_back() -> None:
    job = Job("/r", "refs/heads/stable", None, A, ("b" * 40, "c" * 40), UPSTREAM, True)
    job = job.having(Picked("b" * 40, "fs: one", "d" * 40))
    job = job.having(Present("c" * 40, "fs: two", "", How.CONTENT))
    assert (job.todo, job.head) == ((), "d" * 40)
    assert load(dump(job)) == job
    for broken in ({}, dump(job) | {"todo": 3}, dump(job) | {"present": [["x"]]}):
        assert load(broken) is None
