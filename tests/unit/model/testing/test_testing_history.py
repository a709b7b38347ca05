# SPDX-License-Identifier: GPL-2.0-or-later
"""Which commit to test next, and which may be the first that is bad."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.testing.history import Commit, Span, Suspects


def line(count: int) -> list[Commit]:
    return [
        Commit(str(at), f"t{at}", (str(at - 1),) if at else (), f"step {at}") for at in range(count)
    ]


def hunt(commits: list[Commit], bad: set[str], untold: set[str], tip: str) -> tuple[str, int]:
    """Bisect to the end; the bad commit that is left, and the number of tests."""
    suspects, good, told, count = Suspects(commits), set[str](), set[str](), 0
    while one := suspects.next(good, tip, told):
        count += 1
        if one.commit in untold:
            told.add(one.commit)
        elif one.commit in bad:
            tip = one.commit
        else:
            good.add(one.commit)
    return tip, count


def test_a_line_is_halved() -> None:
    bad = {str(at) for at in range(700, 1000)}
    assert hunt(line(1000), bad, set(), "999") == ("700", hunt(line(1000), bad, set(), "999")[1])
    assert hunt(line(1000), bad, set(), "999")[1] <= 10


def test_the_first_of_all_and_the_only_one() -> None:
    assert hunt(line(8), {str(at) for at in range(8)}, set(), "7")[0] == "0"
    assert hunt(line(1), {"0"}, set(), "0") == ("0", 0)


def test_a_side_branch() -> None:
    #   0 - 1 - 2 ----- 5 (merge) - 6
    #    \- 3 - 4 -----/
    parents = {"0": (), "1": ("0",), "2": ("1",), "3": ("0",), "4": ("3",), "5": ("2", "4")}
    parents["6"] = ("5",)
    commits = [Commit(one, one, above, one) for one, above in parents.items()]
    assert hunt(commits, {"4", "5", "6"}, set(), "6")[0] == "4"
    assert hunt(commits, {"5", "6"}, set(), "6")[0] == "5"
    assert Suspects(commits).between(["2"], "5") == [3, 4, 5]


def test_what_cannot_be_tested_stays_suspect() -> None:
    commits = line(10)
    bad = {str(at) for at in range(6, 10)}
    found, _ = hunt(commits, bad, {"4", "5"}, "9")
    assert found == "6"
    assert Suspects(commits).between(["3"], "6") == [4, 5, 6]


@given(st.integers(1, 60), st.data())
def test_the_first_bad_one_of_any_line_is_found(count: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, count - 1))
    bad = {str(at) for at in range(first, count)}
    found, tests = hunt(line(count), bad, set(), str(count - 1))
    assert found == str(first)
    assert tests <= count.bit_length() + 1


@given(st.lists(st.lists(st.integers(0, 20), max_size=3), min_size=1, max_size=20), st.data())
def test_in_any_history_what_is_found_is_bad_and_its_parents_are_good(
    above: list[list[int]], data: st.DataObject
) -> None:
    commits = [
        Commit(str(at), str(at), tuple(str(one) for one in parents if one < at), "")
        for at, parents in enumerate(above)
    ]
    root = data.draw(st.integers(0, len(commits) - 1))
    suspects = Suspects(commits)
    bad = {one.commit for one in commits if root in suspects.between([], one.commit)}
    tip = data.draw(st.sampled_from(sorted(bad)))
    found, _ = hunt(commits, bad, set(), tip)
    assert found == str(root)


def test_a_span() -> None:
    commits = tuple(line(3))
    assert Span(None, commits).all == commits
    assert [one.commit for one in Span(commits[0], commits[1:]).all] == ["0", "1", "2"]
    assert Span(None, commits).tip.commit == "2"
