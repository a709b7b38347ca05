# SPDX-License-Identifier: GPL-2.0-or-later
"""From patches to a branch, over stops: the way through it, in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from maintainer_kit.errors import Refused
from maintainer_kit.model.topic.series import Series
from maintainer_kit.workflow.applying.application import Application, Phase, Wanted
from maintainer_kit.workflow.applying.base import Base, Question, find_bases
from maintainer_kit.workflow.applying.ports import Candidate, OldFile, Parcel
from maintainer_kit.workflow.applying.run import Run
from maintainer_kit.workflow.applying.ways import Tried, Way
from tests.build import posting, read

BASE, OTHER = "b" * 40, "0" * 40


@dataclass
class Field:
    """A yard, a shelf and a repository whose patches apply by the ways that are said."""

    ways: Mapping[int, Way] = field(default_factory=dict)
    """For each patch that does not apply as it is the way that does; none for a stop."""
    bad_bases: Sequence[str] = ()
    commits: Mapping[str, str] = field(default_factory=dict)
    candidates: Sequence[Candidate] = ()
    kept: list[Application] = field(default_factory=list)
    changes: list[Application] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    head: str = BASE
    tip: str | None = None
    mended: bool = True
    lost: bool = False
    dropped: bool = False
    count: int = 3

    place = "repo"

    def commit(self, name: str) -> str:
        return self.commits.get(name, "")

    def branch(self, name: str) -> tuple[str, str | None]:
        return name, self.tip

    def holding(self, files: Sequence[OldFile], refs: Sequence[str]) -> Sequence[Candidate]:
        return self.candidates

    def has(self, commit: str) -> bool:
        return not self.lost

    def start(self, commit: str) -> None:
        self.head = commit

    def take(self, first: int) -> tuple[Sequence[str], str]:
        if self.head in self.bad_bases:
            return [], "not here"
        stop = min((n for n in self.ways if n >= first), default=self.count)
        return [f"c{n}" for n in range(first, stop)], "" if stop == self.count else "a.c:1"

    def climb(self, way: Way, at: int, head: str) -> Tried:
        if self.ways[at] is Way.THERE:
            return Tried(is_there=True)
        return Tried(f"c{at}") if self.ways[at] is way else Tried(words=f"{way} fails")

    def lay_open(self, at: int, head: str) -> Sequence[str]:
        return ["a.c"]

    def record(self, at: int, head: str) -> Tried:
        return Tried(f"hand{at}") if self.mended else Tried(words="marked")

    def edited(self, at: int, head: str, diff: bytes) -> Tried:
        return Tried(f"edit{at}") if diff else Tried(words="a.c:2")

    def lay(self, one: Application, parcels: Sequence[Parcel], refs: Sequence[str]) -> None:
        self.put(one)

    def put(self, one: Application) -> None:
        self.kept.append(one)

    def keep_changes(self, one: Application) -> None:
        assert not self.dropped
        self.changes.append(one)

    def drop(self) -> None:
        self.dropped = True

    def publish(self, one: Application) -> None:
        self.tip = one.head

    @property
    def run(self) -> Run:
        return Run(self, self, self.publish, self.said.append)


def application(count: int = 3, *, guesses: bool = True) -> Application:
    wanted = tuple(Wanted(f"m{n}@x", "topic", f"fs: {n}") for n in range(count))
    return Application("repo", "refs/heads/x", None, BASE, wanted, guesses)


def ways(one: Application) -> list[str]:
    return [each.way.value for each in one.applied]


def test_all_as_it_is() -> None:
    place = Field()
    one = place.run.begin(application(), [Base(BASE, "said")])
    assert ways(one) == ["plain"] * 3 and one.is_complete
    place.run.finish(one)
    assert (place.tip, place.dropped, place.kept[-1].phase) == ("c2", True, Phase.PUBLISHING)
    assert place.changes == []
    assert place.said == [f"base: {BASE[:12]}, said"]


def test_the_first_base_upon_which_all_apply() -> None:
    place = Field(bad_bases=[OTHER])
    one = place.run.begin(application(), [Base(OTHER, "named"), Base(BASE, "found")])
    assert one.base == BASE
    assert place.said[0] == f"not upon {OTHER[:12]}, named: not here"


def test_up_the_ladder_and_down_again() -> None:
    place = Field({1: Way.RERERE, 2: Way.THERE})
    one = place.run.begin(application(), [Base(BASE, "said")])
    assert ways(one) == ["plain", "rerere", "already-there"]
    assert [each.commit for each in one.applied] == ["c0", "c1", ""]
    assert one.head == "c1" and [each.message_id for each in one.changed] == ["m1@x"]
    assert "  3way: 3way fails" in place.said
    place.run.finish(one)
    assert [ways(each) for each in place.changes] == [ways(one)]


@pytest.mark.parametrize("guesses", [True, False])
def test_a_guess_only_where_it_is_wanted(guesses: bool) -> None:
    place = Field({1: Way.MERGE})
    one = place.run.begin(application(guesses=guesses), [Base(BASE, "said")])
    assert (one.phase is Phase.STOPPED) is not guesses


def stopped(place: Field) -> Application:
    one = place.run.begin(application(), [Base(BASE, "said")])
    assert (one.phase, one.at, one.paths) == (Phase.STOPPED, 1, ("a.c",))
    assert place.kept[-1] == one
    return one


def test_a_person_goes_on() -> None:
    place = Field({1: Way.BY_HAND})
    one = place.run.go_on(stopped(place))
    assert ways(one) == ["plain", "by-hand", "plain"]


def test_what_is_not_ready_is_refused() -> None:
    place = Field({1: Way.BY_HAND}, mended=False)
    one = stopped(place)
    with pytest.raises(Refused, match="marked"):
        place.run.go_on(one)
    with pytest.raises(Refused, match=r"a\.c:2"):
        place.run.with_edited(one, b"")
    assert ways(place.run.with_edited(one, b"x")) == ["plain", "edited-patch", "plain"]
    assert ways(place.run.skip(one)) == ["plain", "skipped", "plain"]
    with pytest.raises(Refused, match="waits for nobody"):
        place.run.skip(application())


def test_commits_that_are_lost_are_made_again() -> None:
    place = Field()
    broken = application().having(Way.PLAIN, ["gone"])
    place.lost = True
    one = place.run.go_on(broken)
    assert [each.commit for each in one.applied] == ["c0", "c1", "c2"]


def test_after_a_crash_while_the_branch_was_moved() -> None:
    place = Field()
    one = place.run.begin(application(), [Base(BASE, "said")]).publishing()
    place.tip = one.head
    place.kept.clear()
    place.run.finish(place.run.go_on(one))
    assert (place.tip, place.dropped) == ("c2", True)


def question(onto: str = "", old: str | None = None, *, tail: str = "") -> Question:
    mails = [read(one) for one in posting("s", 1, cover=False, tail=tail)]
    files = [OldFile("a.c", "1111111"), OldFile("b.c", "")]
    return Question(onto, old, Series(1, None, tuple(mails)), files, ["HEAD"])


WHOLE = Candidate("w" * 40, "HEAD", 2, 3)
PART = Candidate("p" * 40, "HEAD", 1, 0)


def test_the_tip_of_a_branch_that_is_there() -> None:
    assert [one.commit for one in find_bases(Field(), question(old=BASE))] == [BASE]
    with pytest.raises(Refused, match="only moved forward"):
        find_bases(Field(commits={"v1": OTHER}), question("v1", BASE))


def test_what_the_user_says() -> None:
    place = Field(commits={"v1": OTHER, "HEAD": BASE}, candidates=[WHOLE])
    assert [one.commit for one in find_bases(place, question("v1"))] == [OTHER]
    with pytest.raises(Refused, match="no commit here"):
        find_bases(place, question("v2"))


@pytest.mark.parametrize(
    ("more", "order"), [("", "nwph"), (f"prerequisite-patch-id: {'1' * 40}\n", "wnph")]
)
def test_what_the_series_says_and_what_its_diffs_show(more: str, order: str) -> None:
    place = Field(commits={"e" * 40: "n" * 40, "HEAD": "h" * 40}, candidates=[WHOLE, PART])
    found = find_bases(place, question(tail=f"base-commit: {'e' * 40}\n{more}"))
    assert "".join(one.commit[0] for one in found) == order
    reasons = {one.commit[0]: one.why for one in found}
    assert reasons["w"] == "has its files as the diffs expect them (3 changes of them below HEAD)"
    assert reasons["p"] == "has 1 of 2 files as the diffs expect them (the tip of HEAD)"


def test_nothing_says_where() -> None:
    with pytest.raises(Refused, match="nothing says"):
        find_bases(Field(), question())
