# SPDX-License-Identifier: GPL-2.0-or-later
"""Views: built in, and of the settings."""

from __future__ import annotations

import pytest

from maintainer_kit.errors import ConfigError
from maintainer_kit.model.query.expression import EVERYTHING, Problem
from maintainer_kit.model.query.meaning import Known, problem_of
from maintainer_kit.model.query.parsing import parse
from maintainer_kit.model.query.view import BUILT_IN, all_views, expression_of, read_view


def test_built_in_views_can_be_read_and_shown() -> None:
    known = Known(views=tuple(one.name for one in BUILT_IN))
    for one in BUILT_IN:
        found = parse(one.query)
        assert not isinstance(found, Problem)
        assert problem_of(found, known) is None
        assert one.words
        assert one.empty
        assert len(one.short) <= 8


def test_everything_asks_for_everything() -> None:
    assert expression_of(all_views(())["everything"]) == EVERYTHING


def test_a_view_of_the_settings() -> None:
    view = read_view('net file:net/ author:"Jane #2" # network patches')
    assert view.name == "net"
    assert view.query == 'file:net/ author:"Jane #2"'
    assert view.words == "network patches"


@pytest.mark.parametrize(
    ("line", "query", "words"),
    [
        ("net file:net/", "file:net/", "net"),
        ('net "a # b"', '"a # b"', "net"),
        ('net "a # b" # c', '"a # b"', "c"),
        ("net a #b", "a #b", "net"),
        ("net   a or b   #   c  ", "a or b", "c"),
    ],
)
def test_where_the_words_begin(line: str, query: str, words: str) -> None:
    view = read_view(line)
    assert (view.query, view.words) == (query, words)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "no name"),
        ("net", "no query"),
        ("net  # words", "no query"),
        ("Net a", "no name"),
        ("a/b c", "no name"),
        ("net state:", "column 1"),
        ("net a (b", "column 3"),
    ],
)
def test_lines_that_are_none(line: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words) as caught:
        read_view(line)
    assert caught.value.hint


def test_a_view_of_the_settings_takes_the_place_of_another() -> None:
    views = all_views(("mine author:me", "net a", "net b"))
    assert views["mine"].query == "author:me"
    assert views["net"].query == "b"
    assert list(views)[: len(BUILT_IN)] == [one.name for one in BUILT_IN]
