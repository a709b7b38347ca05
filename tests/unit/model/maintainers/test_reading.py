# SPDX-License-Identifier: GPL-2.0-or-later
"""Sections of MAINTAINERS files, and the lines that fit nowhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.maintainers.maintainers import read_maintainers
from maintainer_kit.model.maintainers.reading import read_sections
from tests.unit.model.maintainers.tree import TEXT, quarry


def test_titles_stand_above_their_entries() -> None:
    assert [(one.title, one.line) for one in quarry().sections] == [
        ("BLASTING", 7),
        ("CARTS", 17),
        ("FUSES (and wicks)", 28),
        ("OLD PAPERS", 32),
        ("QUARRY CORE", 37),
        ("THE MOUNTAIN", 44),
    ]


def test_what_a_section_says() -> None:
    blasting, carts, fuses, papers, core, mountain = quarry().sections
    assert blasting.values("F") == ("blast/",)
    assert blasting.trees == ("git https://git.example/blasting.git for-next",)
    assert (blasting.status, fuses.status) == ("Supported", "Orphan")
    assert [one.is_active for one in (blasting, carts, fuses, papers)] == [True, True, False, False]
    assert [one.is_rest for one in (carts, core, mountain)] == [False, True, True]
    assert [one.is_buried for one in (core, mountain)] == [False, True]
    assert str(blasting.entries[0]) == "M: Ada Author <ada@quarry.example>"


def test_a_good_file_has_no_problems() -> None:
    assert quarry().problems == ()


def test_an_empty_line_ends_no_section() -> None:
    (one,), _ = read_sections({"M": "ONE\nM: Ada <ada@x.example>\n\n# why\nF: a/\n"})
    assert one.values("F") == ("a/",)


def test_a_title_may_be_underlined() -> None:
    sections, _ = read_sections({"M": "Hills\n-----\nF: a/\n\nDales\n=====\nONE\nF: b/\n"})
    assert [one.title for one in sections] == ["Hills", "ONE"]


def test_several_files_are_one_list() -> None:
    made = read_maintainers({"MAINTAINERS": "ONE\nF: a/\n", "board/MAINTAINERS": "TWO\nF: b/\n"})
    assert [(one.title, one.source, one.number) for one in made.sections] == [
        ("ONE", "MAINTAINERS", 0),
        ("TWO", "board/MAINTAINERS", 1),
    ]


def test_lines_that_end_as_in_windows() -> None:
    (one,), problems = read_sections({"M": "ONE\r\nF:\ta/ \r\n"})
    assert (one.title, one.values("F"), problems) == ("ONE", ("a/",), ())


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("F: a/\n", 1, "there is no title above"),
        ("ONE\nZ: a\n", 2, "nobody knows what Z: means"),
        ("ONE\nM:\nF: a/\n", 2, "says nothing"),
        ("ONE\nF: a/\nm: ada@x.example\nF: b/\n", 3, "begins another section"),
        ("ONE\nM: Ada Author\n", 2, "no address"),
        ("ONE\nR: @home\n", 2, "no address"),
        ("ONE\nL: (moderated)\n", 2, "no address"),
        ("ONE\nN: a(b\n", 2, "regular expression"),
        ("ONE\nS: Supported\nK: [a\n", 3, "regular expression"),
    ],
)
def test_a_broken_line_is_told_with_its_place(text: str, line: int, reason: str) -> None:
    (problem,) = read_maintainers({"MAINTAINERS": text}).problems
    assert (problem.source, problem.line) == ("MAINTAINERS", line)
    assert problem.text == text.split("\n")[line - 1]
    assert reason in problem.reason


def test_a_broken_line_hides_no_other() -> None:
    made = read_maintainers({"M": "ONE\nK: [a\nN: a(b\nF: a/\n"})
    assert [one.title for one in made.sections_of(["a/x"])] == ["ONE"]


@given(st.text(alphabet="AFKMNX:*?[]() \t\n#<>@/ab", max_size=200))
def test_no_text_is_too_bad(text: str) -> None:
    made = read_maintainers({"M": text})
    assert made.sections_of(["a/b", "b"], changed="+ab\n") is not None
    assert all(1 <= one.line <= text.count("\n") + 1 for one in made.problems)


def test_the_text_above_is_prose() -> None:
    assert "what an indented line says" in TEXT
    assert all("prose" not in str(one.entries) for one in quarry().sections)
