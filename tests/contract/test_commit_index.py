# SPDX-License-Identifier: GPL-2.0-or-later
"""The port CommitIndex: in memory and in SQLite."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from maintainer_kit.adapters.commits import lines as commit_index_lines
from maintainer_kit.adapters.commits.index import SqliteCommitIndex
from maintainer_kit.adapters.commits.lines import MOST_COUNTED
from maintainer_kit.adapters.commits.rows import Found
from maintainer_kit.matching.index import CommitIndex
from maintainer_kit.matching.prints import CommitPrint, Print
from tests.memory.commit_index import MemoryCommitIndex

Make = Callable[..., CommitIndex]


@pytest.fixture(params=["memory", "sqlite"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    """An index of some commits."""
    opened: list[SqliteCommitIndex] = []

    def build(*commits: CommitPrint) -> CommitIndex:
        if request.param == "memory":
            return MemoryCommitIndex(commits)
        index = SqliteCommitIndex(tmp_path / f"{len(opened)}.sqlite")
        opened.append(index)
        # As they come in real life: in portions, now and then settled.
        size = max(3, len(commits) // 10)
        for number, at in enumerate(range(0, len(commits), size)):
            index.add(Found(one) for one in commits[at : at + size])
            if number % 2:
                index.settle()
        index.settle()
        return index

    yield build
    for index in opened:
        index.close()


def name(number: int) -> str:
    return f"{number:040x}"


def commit(number: int, **values: object) -> CommitPrint:
    """A commit with a print of its own."""
    mentions = {"message_ids", "linked", "reverts"}
    whole = {key: value for key, value in values.items() if key in mentions}
    made = Print(
        author="ada@quarry.example",
        author_name="ada author",
        subject=f"pebble: change {number}",
        date=1000 + number,
        paths=("a.c",),
        patch_id=f"{number + 1:040x}",
        lines_hash=f"{number + 1:032x}",
        lines=(number + 1, number + 10_000),
    )
    part = {key: value for key, value in values.items() if key not in mentions}
    return replace(CommitPrint(name(number), made), print=replace(made, **part), **whole)  # type: ignore[arg-type]


def named(index: CommitIndex, found: Mapping[int, Sequence[int]]) -> dict[int, list[str]]:
    """By line the ids of commits, sorted."""
    names = index.names({number for some in found.values() for number in some})
    return {line: sorted(names[number] for number in some) for line, some in found.items()}


def test_an_empty_index_knows_nothing(make: Make) -> None:
    index = make()
    assert index.count() == 0
    assert not index.commits([name(1)])
    assert not index.by_message_id(["a@quarry.example"])
    assert not index.by_patch_id([name(1)])
    assert not index.by_line([1, 2], 10)
    assert not index.rarity([1])
    assert index.near("ada@quarry.example", 0, 9999) == []
    assert not index.reverted_by([name(1)])


def test_commits_come_back_as_they_were(make: Make) -> None:
    commits = (
        commit(1),
        commit(2, lines=(), patch_id="", lines_hash="", paths=()),
        commit(3, author="", author_name="", subject="", date=0),
        commit(4, lines=(0, 1, 2**48 - 1)),
        commit(5, lines=(7, 2**63 - 1)),
        commit(6, paths=("a b.c", "caf\u00e9/\u5929.c", "line\nbreak", "x\udcff")),
        commit(7, message_ids=("a@b", "c@d"), linked=("e@f",), reverts=("deadbeef", name(1))),
        replace(commit(8), commit="ab" * 32),
    )
    index = make(*commits)
    wanted = [one.commit for one in commits]
    assert index.count() == len(commits)
    assert dict(index.commits([*wanted, name(99)])) == {one.commit: one for one in commits}


def test_by_what_they_are_found(make: Make) -> None:
    index = make(
        commit(1, message_ids=("one@quarry.example",), linked=("talk@quarry.example",)),
        commit(2, linked=("one@quarry.example",), subject="same"),
        commit(3, patch_id=name(77), lines_hash="77" * 16, subject="same"),
        commit(4, patch_id=name(77), lines_hash="77" * 16),
        commit(5, patch_id="", lines_hash=""),
    )

    assert index.by_message_id(["one@quarry.example", "no"]) == {"one@quarry.example": [name(1)]}
    assert index.by_linked(["one@quarry.example"]) == {"one@quarry.example": [name(2)]}
    assert index.by_linked(["talk@quarry.example"]) == {"talk@quarry.example": [name(1)]}
    found = index.by_patch_id([name(77), name(2), "f" * 40])
    assert {key: sorted(some) for key, some in found.items()} == {
        name(77): [name(3), name(4)],
        name(2): [name(1)],
    }
    hashes = index.by_lines_hash(["77" * 16, "99" * 16])
    assert {key: sorted(some) for key, some in hashes.items()} == {"77" * 16: [name(3), name(4)]}
    subjects = index.by_subject(["same", "pebble: change 1", "other"])
    assert {key: sorted(some) for key, some in subjects.items()} == {
        "same": [name(2), name(3)],
        "pebble: change 1": [name(1)],
    }


def test_hostile_questions_find_nothing(make: Make) -> None:
    index = make(commit(1))
    for text in ("", "x", "\udcff", "a\0b", "'); DROP TABLE entry; --", "é" * 5000, "[1]"):
        assert not index.by_message_id([text])
        assert not index.by_linked([text])
        assert not index.by_subject([text])
        assert not index.by_patch_id([text])
        assert not index.by_lines_hash([text])
        assert not index.commits([text])
        assert not index.reverted_by([text])
        assert not index.near(text.replace("\udcff", "?"), 0, 9999)
    assert index.count() == 1


def test_lines(make: Make) -> None:
    index = make(*(commit(at, lines=(5, 100 + at)) for at in range(4)), commit(9, lines=(100,)))
    assert index.rarity([5, 100, 101, 4, 5]) == {5: 4, 100: 2, 101: 1}
    assert named(index, index.by_line([5, 100, 101, 4], 4)) == {
        5: [name(0), name(1), name(2), name(3)],
        100: [name(0), name(9)],
        101: [name(1)],
    }
    assert set(index.by_line([5, 100, 101], 3)) == {100, 101}
    assert set(index.by_line([5, 100, 101], 1)) == {101}


def test_numbers_of_commits_lead_back_to_them(make: Make) -> None:
    index = make(*(commit(at) for at in range(5)))
    numbers = index.entries([name(1), name(3), name(77)])
    assert numbers.keys() == {name(1), name(3)}
    assert index.names([*numbers.values(), 10**9]) == {at: one for one, at in numbers.items()}
    assert index.by_line([2], 10) == {2: [numbers[name(1)]]}


def test_near_an_author_and_a_time(make: Make) -> None:
    index = make(
        commit(1), commit(2), commit(3), commit(4, author="bo@shale.example", author_name="")
    )
    assert index.near("ada@quarry.example", 1002, 1003) == [name(2), name(3)]
    assert index.near("ada@quarry.example", 1003, 1002) == []
    assert index.near("bo@shale.example", 0, 2**40) == [name(4)]
    assert index.near("nobody", 0, 2**40) == []


def test_near_is_bounded(make: Make) -> None:
    index = make(*(commit(at) for at in range(1100)))
    assert len(index.near("ada@quarry.example", 0, 9999)) == 1000


def test_reverts_by_abbreviations(make: Make) -> None:
    target = "0123456789abcdef0123456789abcdef01234567"
    index = make(
        replace(commit(1), commit=target),
        commit(2, reverts=(target[:12],)),
        commit(3, reverts=(target,)),
        commit(4, reverts=(target[:7] + "00000",)),
        commit(5, reverts=(target[:7],)),
    )
    found = index.reverted_by([target, name(2)])
    assert {key: sorted(some) for key, some in found.items()} == {
        target: [name(2), name(3), name(5)]
    }


def test_a_commit_that_comes_again_changes_nothing(make: Make) -> None:
    index = make(commit(1), replace(commit(1), message_ids=("x@y",)), commit(1, lines=(8,)))
    assert index.count() == 1
    assert not index.by_message_id(["x@y"])
    assert not index.rarity([8])
    assert index.rarity([2]) == {2: 1}


def test_a_flood_of_the_same_lines_is_counted_and_left_out(make: Make) -> None:
    """More answers than are given at once: licence headers, generated files."""
    flood = tuple(range(80))
    index = make(*(commit(at, lines=flood) for at in range(3000)), commit(4000, lines=(1, 99)))
    counts = index.rarity([*flood, 99, 100])
    assert counts == {**dict.fromkeys(flood, 3000), 1: 3001, 99: 1}
    assert named(index, index.by_line([*flood, 99], 200)) == {99: [name(4000)]}
    found = index.by_line([*flood, 99], 3000)
    assert {line: len(some) for line, some in found.items()} == {
        **{line: 3000 for line in flood if line != 1},
        99: 1,
    }


def test_a_line_of_very_many_commits_is_counted_to_a_bound(tmp_path: Path) -> None:
    """Nobody is listed then, however the commits came in."""
    index = SqliteCommitIndex(tmp_path / "c.sqlite")
    for first, last in ((0, MOST_COUNTED - 1), (MOST_COUNTED - 1, MOST_COUNTED + 3)):
        index.add(Found(commit(at, lines=(7,))) for at in range(first, last))
        index.settle()
    index.add([Found(commit(MOST_COUNTED + 9, lines=(7, 8)))])
    index.settle()
    assert index.rarity([7, 8]) == {7: MOST_COUNTED, 8: 1}
    assert named(index, index.by_line([7, 8], 10**9)) == {8: [name(MOST_COUNTED + 9)]}
    index.close()


def test_a_level_that_is_lifted_between_two_questions_is_not_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commit_index_lines, "_SMALLEST", 4)
    index, other = (SqliteCommitIndex(tmp_path / "c.sqlite") for _ in range(2))
    index.add([Found(commit(1, lines=(7, 8)))])
    index.settle()

    def lift(statement: str) -> None:
        if "json_each" in statement and other.count() == 1:
            other.add([Found(commit(2, lines=tuple(range(10, 20))))])
            other.settle()

    index.db.set_trace_callback(lift)
    assert index.rarity([7]) == {7: 1}
    assert other.count() == 2
    assert named(index, index.by_line([7, 11], 5)) == {7: [name(1)], 11: [name(2)]}
    index.close()
    other.close()


def test_both_answer_alike(tmp_path: Path) -> None:
    """Random commits, and the same questions to both."""
    random = Random(7)
    commits = [
        commit(at, lines=tuple(sorted(random.sample(range(300), random.randrange(12)))))
        for at in range(200)
    ]
    memory, real = MemoryCommitIndex(commits), SqliteCommitIndex(tmp_path / "c.sqlite")
    while commits:
        portion = [commits.pop() for _ in range(min(len(commits), random.randrange(1, 40)))]
        real.add(Found(one) for one in portion)
        real.settle()
    for _ in range(50):
        asked = random.sample(range(320), 30)
        assert real.rarity(asked) == memory.rarity(asked)
        most = random.randrange(1, 12)
        found, known = real.by_line(asked, most), memory.by_line(asked, most)
        assert named(real, found) == named(memory, known)
    real.close()
