# SPDX-License-Identifier: GPL-2.0-or-later
"""Queries as trees: what is ours, what is notmuch's, how they bind, and what is refused where."""

from __future__ import annotations

import pytest

from maintainer_kit.model.query.expression import (
    EVERYTHING,
    And,
    Expression,
    Mail,
    Not,
    Or,
    Problem,
    Term,
    format_expression,
)
from maintainer_kit.model.query.parsing import MAX_DEPTH, parse
from maintainer_kit.model.query.tokens import MAX_LENGTH

NEW = Term("state", "new")
MINE = Term("turn", "me")


def read(text: str) -> Expression:
    """The expression of a text that is one; written out, it is read again as the same."""
    found = parse(text)
    assert not isinstance(found, Problem), found
    assert parse(format_expression(found)) == found
    return found


def refused(text: str) -> Problem:
    """Why a text is none."""
    found = parse(text)
    assert isinstance(found, Problem), found
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", EVERYTHING),
        ("  \t\n", EVERYTHING),
        ("state:new", NEW),
        ("+state:new", NEW),
        ("((state:new))", NEW),
        ("state:new turn:me", And((NEW, MINE))),
        ("state:new and turn:me", And((NEW, MINE))),
        ("state:new AND turn:me", And((NEW, MINE))),
        ("state:new or turn:me", Or((NEW, MINE))),
        ("-state:new", Not(NEW)),
        ("not state:new", Not(NEW)),
        ("state:new not turn:me", And((NEW, Not(MINE)))),
        ("state:new and not turn:me", And((NEW, Not(MINE)))),
        ("not not state:new", NEW),
        ("-(state:new or turn:me)", Not(Or((NEW, MINE)))),
        ("not (state:new turn:me)", Not(And((NEW, MINE)))),
        ("-(-state:new)", Not(Not(NEW))),
        ("state:new (turn:me state:new)", And((NEW, And((MINE, NEW))))),
    ],
)
def test_terms_of_ours(text: str, expected: Expression) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "from:jane",
        "from:jane subject:lock",
        "from:jane and not tag:seen",
        "not from:jane tag:seen",
        "a or b xor c",
        "date:2026-01-01..2026-02-01",
        'id:"a b@c"',
        'subject:"two words" or body:"and more"',
        "from:(jane or joe)",
        "thread:{from:jane}",
        "alpha near beta",
        "alpha ADJ/3 beta",
        "*",
        "List:netdev",
        "page:one",
        'foo"bar (baz"',
        "--alpha",
        "-",
    ],
)
def test_what_is_all_notmuchs_goes_there_as_it_is(text: str) -> None:
    assert read(text) == Mail(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-alpha", "not alpha"),
        ("-alpha -beta", "not (alpha or beta)"),
        ("-alpha beta", "beta -alpha"),
        ("beta or -alpha", "beta or not alpha"),
        ("beta and -alpha gamma", "beta and gamma -alpha"),
        ("not -alpha", "not (not alpha)"),
        ("-(alpha or beta)", "not (alpha or beta)"),
    ],
)
def test_a_dash_means_the_same_everywhere(text: str, expected: str) -> None:
    assert read(text) == Mail(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from:a state:new subject:b", And((Mail("from:a subject:b"), NEW))),
        ("state:new from:a turn:me from:b", And((NEW, Mail("from:a from:b"), MINE))),
        ("from:a and state:new and from:b", And((Mail("from:a and from:b"), NEW))),
        ("from:a state:new and -from:b", And((Mail("from:a and not from:b"), NEW))),
        ("from:a or state:new or from:b", Or((Mail("from:a or from:b"), NEW))),
        ("(from:a or from:b) state:new", And((Mail("(from:a or from:b)"), NEW))),
        ("state:new not from:a from:b", And((NEW, Mail("not from:a from:b")))),
        ("a or b state:new", Or((Mail("a"), And((Mail("b"), NEW))))),
        ("state:new and (turn:me or a) b", And((NEW, Or((MINE, Mail("a"))), Mail("b")))),
    ],
)
def test_what_is_notmuchs_in_one_place_is_one_search(text: str, expected: Expression) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('author:"Jane Doe"', "Jane Doe"),
        ('author:"the ""boss"""', 'the "boss"'),
        ('note:"(or) not"', "(or) not"),
        ("file:fs/*/x.c", "fs/*/x.c"),
        ("author:Müller", "Müller"),
        ('has:"from:jane or tag:x"', "from:jane or tag:x"),
    ],
)
def test_values(text: str, value: str) -> None:
    found = read(text)
    assert isinstance(found, Term)
    assert found.value == value


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("state:", 1, "without a value"),
        ('turn:me state:""', 15, "without a value"),
        ("state:(new or rfc)", 1, "without a value"),
        ("turn:me (from:a", 9, "not closed"),
        ("turn:me from:(a", 14, "not closed"),
        ("turn:me)", 8, "closes nothing"),
        ("turn:me ()", 9, "nothing after this parenthesis"),
        ('turn:me "a', 9, "quote is not closed"),
        ('state:"new"x', 7, "quotes go around"),
        ("turn:me and", 9, "nothing after 'and'"),
        ("or turn:me", 1, "nothing before 'or'"),
        ("turn:me or or state:new", 9, "nothing after 'or'"),
        ("not", 1, "nothing after 'not'"),
        ("turn:me xor from:a", 9, "xor"),
        ("turn:me not state:new from:a", 9, "several terms"),
        ("alpha near state:new", 7, "only between words"),
        ("turn:me stat:new", 9, "nothing is called stat:"),
        ("turn:me \0", 9, "no mail can hold"),
        ("a\udce4", 2, "no mail can hold"),
        ("(" * (MAX_DEPTH + 1), MAX_DEPTH + 1, "parentheses"),
        ("a" * (MAX_LENGTH + 1), MAX_LENGTH + 1, "characters"),
    ],
)
def test_what_is_refused(text: str, column: int, words: str) -> None:
    problem = refused(text)
    assert words in problem.message
    assert problem.column == column


def test_the_word_that_was_meant_is_named() -> None:
    assert "state:" in refused("stat:new").hint
    assert "file:" in refused("files:fs/").hint
    assert read('"stat:new"') == Mail('"stat:new"')


def test_columns_are_where_terms_begin() -> None:
    found = parse("from:a -state:new (turn:me or b)")
    assert isinstance(found, And)
    mail, negated, either = found.parts
    assert isinstance(mail, Mail)
    assert isinstance(negated, Not)
    assert isinstance(either, Or)
    assert isinstance(negated.part, Term)
    assert [mail.column, negated.part.column] == [1, 9]
    assert [one.column for one in either.parts if isinstance(one, Term | Mail)] == [20, 31]


def test_the_deepest_nesting_is_read() -> None:
    assert read("(" * MAX_DEPTH + "state:new" + ")" * MAX_DEPTH) == NEW
