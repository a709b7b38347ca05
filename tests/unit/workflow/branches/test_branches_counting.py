# SPDX-License-Identifier: GPL-2.0-or-later
"""Counting how far tips are apart, beside counting each pair by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.workflow.branches import counting
from maintainer_kit.workflow.branches.counting import Distance, count_apart

Graph = dict[int, list[int]]
"""By commit its parents, which have smaller numbers."""


def name(commit: int) -> str:
    return f"{commit:040x}"


def line(commit: int, parents: Sequence[int]) -> bytes:
    return " ".join(map(name, (commit, *parents))).encode()


def reached(graph: Graph, tip: int) -> set[int]:
    found, waiting = set[int](), [tip]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += graph[one]
    return found


class History:
    """Commits as git lists them: by date, each only once a child of it was listed; where clocks
    were wrong a parent may come before another of its children."""

    def __init__(self, graph: Graph, dates: Sequence[int], portion: int = 3) -> None:
        self.graph, self.dates, self.portion = graph, dates, portion
        self.read = 0

    def __call__(self, tips: Sequence[str]) -> Iterator[list[bytes]]:
        queue: list[tuple[int, int]] = []
        named = {int(one, 16) for one in tips}
        for one in named:
            heappush(queue, (-self.dates[one], one))
        lines = []
        while queue:
            _, commit = heappop(queue)
            lines.append(line(commit, self.graph[commit]))
            self.read += 1
            for parent in self.graph[commit]:
                if parent not in named:
                    named.add(parent)
                    heappush(queue, (-self.dates[parent], parent))
            if len(lines) == self.portion:
                yield lines
                lines = []
        yield lines


@st.composite
def graphs(draw: st.DrawFn) -> tuple[Graph, list[int]]:
    size = draw(st.integers(1, 25))
    graph = {
        one: draw(st.lists(st.integers(0, one - 1), max_size=3, unique=True)) if one else []
        for one in range(size)
    }
    dates = draw(st.lists(st.integers(0, 9), min_size=size, max_size=size))
    return graph, dates


@given(graphs(), st.data())
def test_each_pair_is_as_far_apart_as_if_it_were_alone(
    made: tuple[Graph, list[int]], data: st.DataObject
) -> None:
    graph, dates = made
    tips = data.draw(st.lists(st.sampled_from(sorted(graph)), min_size=1, max_size=6))
    shared = data.draw(st.lists(st.sampled_from(tips), max_size=2))
    pairs = [(name(one), name(other)) for one in tips for other in tips]
    found = count_apart(pairs, History(graph, dates), map(name, shared), map(name, tips))
    common = set[int]().union(*(reached(graph, one) for one in shared))
    for one in tips:
        mine = reached(graph, one)
        for other in tips:
            theirs = reached(graph, other)
            expected = Distance(len(mine - theirs), len(theirs - mine))
            assert found.distance(name(one), name(other)) == expected
        assert sorted(found.kept_of(name(one))) == sorted(map(name, mine - common))
        assert found.alone(name(one)) == len(mine - common)


def straight(size: int) -> Graph:
    return {one: [one - 1] if one else [] for one in range(size)}


def test_the_walk_ends_where_all_is_common() -> None:
    size = 50_000
    graph = straight(size)
    graph[size] = [size - 10]
    history = History(graph, range(size + 1), portion=100)
    found = count_apart([(name(size), name(size - 1))], history)
    assert found.distance(name(size), name(size - 1)) == Distance(1, 9)
    assert history.read < 2000


def test_what_is_not_compared_is_not_waited_for() -> None:
    """Two families of branches that have nothing in common, each compared in itself."""
    size = 20_000
    graph = straight(size) | {size + one: [size + one - 1] if one else [] for one in range(size)}
    dates = [*range(size), *range(size)]
    history = History(graph, dates, portion=100)
    first, other = size - 1, 2 * size - 1
    pairs = [(name(first), name(first - 3)), (name(other), name(other - 5))]
    found = count_apart(pairs, history)
    assert [found.distance(*pair).ahead for pair in pairs] == [3, 5]
    assert history.read < 2000


def test_the_whole_history_where_two_have_nothing_in_common() -> None:
    size = 3000
    graph = straight(size) | {size: []}
    found = count_apart([(name(size), name(size - 1))], History(graph, range(size + 1)))
    assert found.distance(name(size), name(size - 1)) == Distance(1, size)


def test_memory_holds_a_window_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "_WINDOW", 100)
    size = 10_000
    graph = straight(size) | {size: []}
    tips = {name(size - 1).encode(): 1, name(size).encode(): 2}
    walk = counting._Walk(tips, [3], counting._Keeping(0, 0))
    for lines in History(graph, range(size + 1))([name(size - 1), name(size)]):
        walk.read(lines)
        assert len(walk._lately) + len(walk._before) <= 2 * 110
    assert walk.counts == {1: size, 2: 1}


def test_more_sets_of_tips_than_one_part_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "_ROWS", 2)
    graph = straight(9)
    tips = [name(one) for one in range(9)]
    found = count_apart(list(permutations(tips, 2)), History(graph, range(9)))
    assert found.distance(tips[8], tips[2]) == Distance(6, 0)
    assert found.distance(tips[0], tips[5]) == Distance(0, 5)


@pytest.mark.parametrize("bound", ["_MOST_KEPT", "_MOST_ALIKE"])
def test_as_many_as_are_kept(monkeypatch: pytest.MonkeyPatch, bound: str) -> None:
    monkeypatch.setattr(counting, bound, 5)
    graph = straight(50)
    history = History(graph, range(50))
    found = count_apart([(name(49), name(0))], history, [name(0)], [name(49)])
    assert found.kept_of(name(49)) == [name(49 - at) for at in range(5)], "the newest"
    assert found.alone(name(49)) == 49
    assert found.distance(name(49), name(0)) == Distance(49, 0)
