# SPDX-License-Identifier: GPL-2.0-or-later
"""Which sections some files concern, in which order, and what they say together."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.maintainers.maintainers import read_maintainers
from maintainer_kit.model.maintainers.path_pattern import takes_in
from tests.unit.model.maintainers.tree import quarry

_PATTERNS = st.text(alphabet="ab/*?", min_size=1, max_size=6)
_PATHS = st.text(alphabet="ab/", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("path", "titles"),
    [
        ("blast/cap.c", ["BLASTING", "QUARRY CORE", "THE MOUNTAIN"]),
        ("blast/fuse/wick.c", ["FUSES (and wicks)", "QUARRY CORE", "THE MOUNTAIN"]),
        ("carts/wheel_left.c", ["CARTS", "QUARRY CORE", "THE MOUNTAIN"]),
        ("carts/wheel_left.S", ["QUARRY CORE", "THE MOUNTAIN"]),
        ("include/carts/wheel.h", ["CARTS", "QUARRY CORE", "THE MOUNTAIN"]),
        ("doc/old-carting", ["CARTS", "QUARRY CORE", "THE MOUNTAIN"]),
        ("papers/old/map1.rst", ["OLD PAPERS", "QUARRY CORE", "THE MOUNTAIN"]),
        ("Makefile", ["QUARRY CORE", "THE MOUNTAIN"]),
    ],
)
def test_the_most_precise_section_comes_first(path: str, titles: Sequence[str]) -> None:
    assert [one.title for one in quarry().sections_of([path])] == titles


def test_sections_of_several_files() -> None:
    found = quarry().sections_of(["carts/wheel.c", "blast/cap.c"])
    assert [one.title for one in found] == ["BLASTING", "QUARRY CORE", "THE MOUNTAIN", "CARTS"]


def test_why_a_section_is_asked() -> None:
    first = quarry().index.matches("papers/old/map1.rst")[0]
    assert str(first.entry) == "F: papers/*/map?.rst"
    assert (first.path, first.depth) == ("papers/old/map1.rst", 3)


def test_words_in_the_change() -> None:
    found = quarry().sections_of(["Makefile"], changed="+ two detonators\n")
    assert [one.title for one in found][-1] == "BLASTING"


def test_a_directory_that_is_known_is_no_beginning_of_a_name() -> None:
    text = "ONE\nF: fs/a\n"
    assert read_maintainers({"M": text}).sections_of(["fs/ab"])
    assert not read_maintainers({"M": text}, {"fs/a"}).sections_of(["fs/ab"])


def test_the_last_line_that_matches_tells_the_depth() -> None:
    made = read_maintainers({"M": "ONE\nF: a/b/c/\nF: a/\nTWO\nF: a/b/\n"})
    assert [one.title for one in made.sections_of(["a/b/c/d"])] == ["TWO", "ONE"]


def test_where_patches_are_collected() -> None:
    assert quarry().trees_of(["carts/wheel.c", "blast/cap.c"]) == (
        "git https://git.example/blasting.git for-next",
        "git https://git.example/carts.git",
    )


def test_files_that_nobody_looks_after() -> None:
    paths = ["blast/cap.c", "blast/fuse/wick.c", "papers/old/map1.rst", "Makefile"]
    assert quarry().unmaintained(paths) == tuple(paths[1:])


@given(st.lists(st.lists(_PATTERNS, min_size=1, max_size=3), max_size=6), _PATHS)
def test_the_index_finds_what_trying_everything_finds(
    sections: Sequence[Sequence[str]], path: str
) -> None:
    lines = [
        f"S{at}\n" + "".join(f"F: {one}\n" for one in each) for at, each in enumerate(sections)
    ]
    wanted = {f"S{at}" for at, each in enumerate(sections) if any(takes_in(p, path) for p in each)}
    found = read_maintainers({"M": "\n".join(lines)}).sections_of([path])
    assert {one.title for one in found} == wanted


def test_the_same_answer_twice() -> None:
    made = quarry()
    assert made.index.matches("blast/cap.c") == made.index.matches("blast/cap.c")


def test_the_answers_of_many_paths_are_not_all_kept() -> None:
    made = read_maintainers({"M": "ONE\nF: a*\n"})
    assert all(made.index.matches(f"a{at}") for at in range(10_001))
    assert made.index.matches("a0")


@pytest.mark.timeout(10)
def test_many_sections_and_paths() -> None:
    text = "".join(f"S{at}\nF: d{at}/e/\nF: d{at}/*x.c\nN: n{at}z\n\n" for at in range(5000))
    made = read_maintainers({"M": text})
    found = made.sections_of([f"d{at}/e/f/g{at}.c" for at in range(0, 5000, 5)])
    assert len(found) == 1000
