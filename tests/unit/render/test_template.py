# SPDX-License-Identifier: GPL-2.0-or-later
"""Rows in a form of the user's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.model.queue.making import make_row
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.render.json_topics import row_json
from maintainer_kit.render.template import MAX_WIDTH, NoTemplate, formatted, names, read_template
from tests.build import ME, posting, topic

ROW = make_row(topic(*posting("foo", 2, revision=3)), ME, {})


def text(template: str, row: TopicRow = ROW) -> str:
    """One row in a form."""
    (line,) = formatted([row], read_template(template))
    return line


def test_the_names_are_those_of_json() -> None:
    assert set(names()) == set(row_json(ROW))


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("", ""),
        ("plain", "plain"),
        ("{revision}", "3"),
        ("{revision:4}|", "3   |"),
        ("{revision:<4}|", "3   |"),
        ("{revision:>4}|", "   3|"),
        ("{subject}", "foo: make it better"),
        ("{subject:.3}", "foo"),
        ("{subject:6.3}|", "foo   |"),
        ("{subject:>6.3}|", "   foo|"),
        ("{subject:.0}|", "|"),
        ("{subject:3}", "foo: make it better"),
        ("{kind}\\t{turn}\\n", "series\tme\n"),
        ("{{{revision}}}", "{3}"),
        ("\\\\n", "\\n"),
        ("{archived} {checked}", "no no"),
        ("{states}", "new=2"),
        ("{checks}|{trailers}", "success=0,warning=0,fail=0,pending=0|"),
        ("{deadline}", ""),
        ("100% $x", "100% $x"),
    ],
)
def test_values_in_their_cells(template: str, expected: str) -> None:
    assert text(template) == expected


def test_lists_and_counts_have_commas() -> None:
    row = replace(ROW, lists=("a.b", "c.d"), trailers=(("Acked-by", 1), ("Reviewed-by", 2)))
    assert text("{lists} {trailers}", row) == "a.b,c.d Acked-by=1,Reviewed-by=2"


@pytest.mark.parametrize("char", ["\n", "\x1b", "\x07", "\u202e", "\x9b", "\u2028"])
def test_what_a_mail_says_is_made_visible(char: str) -> None:
    line = text("{subject}\t{revision}", replace(ROW, subject=f"a{char}b"))
    assert char not in line
    assert line.endswith("b\t3")


def test_a_subject_that_is_a_template_is_none() -> None:
    assert text("{subject}", replace(ROW, subject="{id} %s \\n")) == "{id} %s \\n"


def test_cells_of_wide_characters() -> None:
    row = replace(ROW, subject="修复锁")
    assert text("{subject:8}|", row) == "修复锁  |"
    assert text("{subject:.4}|", row) == "修复|"
    assert text("{subject:5.5}|", row) == "修复 |"


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{subjct}", "did you mean subject"),
        ("{nothing_like_it}", "there are id, kind"),
        ("{}", "is no field"),
        ("{0}", "is no field"),
        ("{subject.__class__}", "is no field"),
        ("{subject[0]}", "is no field"),
        ("{subject!r}", "is no field"),
        ("{subject:x}", "is no field"),
        ("{subject:{revision}}", "is no field"),
        ("{subject", "is no field"),
        ("subject}", "is no field"),
        ("\\x", "means nothing"),
        ("end\\", "means nothing"),
        (f"{{subject:{MAX_WIDTH + 1}}}", "wider"),
        ("{subject:99999}", "is no field"),
    ],
)
def test_what_is_no_template(template: str, words: str) -> None:
    with pytest.raises(NoTemplate, match=words):
        read_template(template)
