# SPDX-License-Identifier: GPL-2.0-or-later
"""Which runs are made, in which order, and what is said of them; commands are functions here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from maintainer_kit.model.testing.configuration import Configuration
from maintainer_kit.model.testing.history import Commit, Span
from maintainer_kit.model.testing.problems import Sort, Verdict
from maintainer_kit.model.testing.result import Key, Outcome, Result, key_of
from maintainer_kit.workflow.testing.ports import Job, Ran
from maintainer_kit.workflow.testing.report import Report, Tested
from maintainer_kit.workflow.testing.run import RunWish, Testing, keys_of

BUILD = Configuration("build", "make")
TIP = Configuration("suite", "run", on_each=False)
Command = Callable[[int], tuple[int | None, str]]
"""From the number of a commit, 0 for the base, to exit code and output."""


class Bench:
    """A laboratory whose commands are functions; the job that began last ends first."""

    def __init__(self, commands: Mapping[str, Command], cores: int = 1) -> None:
        self._commands = commands
        self._cores = cores
        self._running: list[Job] = []
        self.ran: list[tuple[str, int]] = []
        self.clean: list[bool] = []
        self.most = 0

    def has_room(self, cores: int) -> bool:
        taken = sum(one.configuration.cores for one in self._running)
        return self.is_idle or taken + cores <= self._cores

    def start(self, job: Job) -> None:
        self._running.append(job)
        self.most = max(self.most, len(self._running))
        self.ran.append((job.configuration.name, int(job.commit.title)))
        self.clean.append(job.after is None)

    @property
    def is_idle(self) -> bool:
        return not self._running

    def wait(self) -> Ran:
        job = self._running.pop()
        code, said = self._commands[job.configuration.name](int(job.commit.title))
        reason = "" if code is not None else said
        output = said.encode()
        was_clean = job.after is None
        return Ran(job, code, reason, 1.0, output, "log", False, was_clean, "/tree", ())


class Shelf:
    """Results in memory."""

    def __init__(self) -> None:
        self.held: dict[Key, Result] = {}

    def get(self, key: Key) -> Result | None:
        return self.held.get(key)

    def put(self, key: Key, result: Result, log: str) -> None:
        self.held[key] = result

    def log_of(self, key: Key) -> str:
        return f"/logs/{key.tree}" if key in self.held else ""


def span(count: int) -> Span:
    """A base and commits above it, in a line."""
    made = [_commit(at, (f"c{at - 1}",) if at else ()) for at in range(count + 1)]
    return Span(made[0], tuple(made[1:]))


def _commit(at: int, parents: tuple[str, ...]) -> Commit:
    return Commit(f"c{at}", f"t{at}", parents, str(at))


def run(
    wanted: Span,
    commands: Mapping[Configuration, Command],
    shelf: Shelf | None = None,
    cores: int = 1,
    believed: Mapping[Key, Result] | None = None,
) -> tuple[Bench, Report]:
    bench = Bench({one.name: command for one, command in commands.items()}, cores)
    sources = dict.fromkeys(believed or {}, "refs/notes/x")
    wish = RunWish(wanted, list(commands), "Robin", believed or {}, sources)
    testing = Testing(wish, shelf if shelf is not None else Shelf())
    steps: list[tuple[int, int]] = []
    testing.run(
        bench, lambda: 5_000_000, lambda job, result, done, left: steps.append((done, left))
    )
    assert [done for done, _ in steps] == list(range(1, len(bench.ran) + 1))
    report = testing.report()
    assert report.ran == len(bench.ran)
    assert report.is_full
    return bench, report


def good(_: int) -> tuple[int, str]:
    return 0, ""


def breaks_at(*numbers: int) -> Command:
    """It fails from the first of the numbers up to the second."""
    first, last = (*numbers, 1 << 30)[:2]
    return lambda at: (1 if first <= at < last else 0, "")


def began(tested: Tested) -> list[tuple[int, list[Sort]]]:
    return [(int(one.commit.title), [p.sort for p in one.problems]) for one in tested.began]


def test_each_commit_and_the_base_once() -> None:
    shelf = Shelf()
    bench, report = run(span(3), {BUILD: good}, shelf)
    assert sorted(bench.ran) == [("build", at) for at in range(4)]
    (tested,) = report.tested
    assert tested.verdict is Verdict.PASSED
    result = shelf.held[key_of("t2", BUILD)]
    assert (result.when, result.by, result.commit, result.whole) == (5, "Robin", "c2", True)
    again, report = run(span(4), {BUILD: good}, shelf)
    assert again.ran == [("build", 4)]


def test_configurations_tell_of_a_commit_at_about_the_same_time() -> None:
    other = Configuration("other", "make W=1")
    bench, _ = run(span(3), {BUILD: good, other: good})
    assert [at for _, at in bench.ran] == [0, 0, 1, 1, 2, 2, 3, 3]


def test_as_many_at_once_as_there_are_cores() -> None:
    assert run(span(9), {BUILD: good}, cores=4)[0].most == 4
    big = Configuration("big", "make", cores=3)
    assert run(span(9), {big: good}, cores=4)[0].most == 1
    huge = Configuration("huge", "make", cores=64)
    assert run(span(2), {huge: good}, cores=4)[0].most == 1


@pytest.mark.parametrize("first", range(1, 31))
def test_of_the_tip_the_first_bad_commit_is_looked_for(first: int) -> None:
    bench, report = run(span(30), {TIP: breaks_at(first)})
    assert began(report.tested[0]) == [(first, [Sort.RUN])]
    assert len(bench.ran) <= 2 + 5
    assert not report.tested[0].began[0].others


def test_of_a_tip_that_is_good_or_as_bad_as_the_base_nothing_is_looked_for() -> None:
    assert run(span(30), {TIP: good})[0].ran == [("suite", 0), ("suite", 30)]
    bench, report = run(span(30), {TIP: breaks_at(0)})
    assert len(bench.ran) == 2
    assert report.tested[0].verdict is Verdict.KNOWN
    assert not report.tested[0].began


def test_two_things_that_began_at_different_commits() -> None:
    def command(at: int) -> tuple[int, str]:
        lines = [f"{'not ' * (at >= 5)}ok 1 a", f"{'not ' * (at >= 21)}ok 2 b"]
        return 0, "\n".join(("1..2", *lines))

    _, report = run(span(30), {TIP: command})
    found = {
        (p.sort, p.place): int(one.commit.title)
        for one in report.tested[0].began
        for p in one.problems
    }
    assert found == {(Sort.TEST, "a"): 5, (Sort.TEST, "b"): 21, (Sort.RUN, ""): 5}


def test_commits_that_cannot_be_tested_stay_suspect() -> None:
    def command(at: int) -> tuple[int, str]:
        return (125 if at in (9, 10, 11) else int(at >= 10)), ""

    _, report = run(span(20), {TIP: command})
    (one,) = report.tested[0].began
    assert int(one.commit.title) == 12
    assert [int(other.title) for other in one.others] == [9, 10, 11]


@pytest.mark.parametrize("untold", [0, 20])
def test_nothing_is_looked_for_where_an_end_cannot_be_tested(untold: int) -> None:
    def command(at: int) -> tuple[int, str]:
        return (125 if at == untold else 1), ""

    bench, report = run(span(20), {TIP: command})
    assert len(bench.ran) == 2
    (row,) = report.tested[0].rows
    expected = Verdict.SKIPPED if untold else Verdict.FAILED
    assert row.judgement.verdict is expected


def test_without_a_base_nothing_is_compared() -> None:
    whole = span(3)
    bench, report = run(Span(None, whole.commits), {BUILD: breaks_at(2), TIP: breaks_at(2)})
    assert ("build", 0) not in bench.ran
    assert report.tested[0].base is None
    assert [row.judgement.is_compared for row in report.tested[0].rows] == [False] * 3


def test_builds_that_are_kept_run_in_order_one_after_the_other() -> None:
    keeps = Configuration("keeps", "make", keeps=True)
    bench, _ = run(span(5), {keeps: good}, cores=4)
    assert bench.ran == [("keeps", at) for at in range(6)]
    assert bench.clean == [True, *[False] * 5]
    assert bench.most == 1


def test_a_base_that_was_built_on_top_of_another_is_built_again() -> None:
    keeps = Configuration("keeps", "make", keeps=True)
    shelf = Shelf()
    run(span(5), {keeps: good}, shelf)
    whole = span(6)
    later = Span(whole.commits[2], whole.commits[3:])
    bench, _ = run(later, {keeps: good}, shelf)
    assert bench.ran == [("keeps", 3), ("keeps", 6)]
    assert bench.clean == [True, False]
    assert run(later, {keeps: good}, shelf)[0].ran == []


def test_what_others_found_out_counts_where_nothing_of_ours_is_known() -> None:
    shelf = Shelf()
    wanted = span(3)
    run(Span(wanted.base, wanted.commits[:1]), {BUILD: good}, shelf)
    theirs = dict.fromkeys(keys_of(wanted, [BUILD]), Result(Outcome.FAIL, 1, whole=True))
    bench, report = run(wanted, {BUILD: good}, shelf, believed=theirs)
    assert bench.ran == []
    verdicts = [row.judgement.verdict for row in report.tested[0].rows]
    assert verdicts == [Verdict.PASSED, Verdict.FAILED, Verdict.FAILED]
    assert sorted(key.tree for key in report.believed) == ["t2", "t3"]


def test_what_others_say_of_a_narrower_bound_is_run() -> None:
    late = Result(Outcome.TIMEOUT, None, time_limit=10)
    theirs = dict.fromkeys(keys_of(span(1), [BUILD]), late)
    bench, report = run(span(1), {BUILD: good}, believed=theirs)
    assert len(bench.ran) == 2
    assert not report.believed


def test_bounds_and_what_a_shell_cannot_run() -> None:
    def command(at: int) -> tuple[int | None, str]:
        return [(0, ""), (None, "timeout"), (None, "memory"), (127, "sh: nope: not found\n")][at]

    shelf = Shelf()
    _, report = run(span(3), {BUILD: command}, shelf)
    outcomes = [row.result.outcome for row in report.tested[0].rows]
    assert outcomes == [Outcome.TIMEOUT, Outcome.MEMORY, Outcome.FAIL]
    assert report.problems == ("build: exit code 127: sh: nope: not found",)
    assert {key.tree for key in report.logs} == {"t1", "t2", "t3"}


def test_a_merge_of_a_bad_side_branch() -> None:
    #  0 - 1 - 2 ---- 5 - 6
    #   \- 3 - 4 ----/
    above = ("", "c0", "c1", "c0", "c3", "c2 c4", "c5")
    made = [_commit(at, tuple(parents.split())) for at, parents in enumerate(above)]

    def command(at: int) -> tuple[int, str]:
        return int(at in (4, 5, 6)), ""

    _, report = run(Span(made[0], tuple(made[1:])), {TIP: command})
    assert began(report.tested[0]) == [(4, [Sort.RUN])]
