# SPDX-License-Identifier: GPL-2.0-or-later
"""Any text is a query or refused at a column; what is read means what was written."""

from __future__ import annotations

from fnmatch import translate
from re import fullmatch

from hypothesis import given, settings
from hypothesis import strategies as st

from maintainer_kit.model.query.expression import (
    And,
    Expression,
    Mail,
    Not,
    Or,
    Problem,
    Term,
    format_expression,
)
from maintainer_kit.model.query.glob import read_glob
from maintainer_kit.model.query.meaning import Known, problem_of, says_standing
from maintainer_kit.model.query.parsing import parse
from maintainer_kit.model.query.view import all_views

PIECES = st.sampled_from(
    [
        *("state:new", "turn:me", "mkit:open", "view:mine", 'author:"a b"', "age:>3d", "stat:x"),
        *("from:a", "subject:b", 'subject:"c (d"', "from:(a b)", "word", "*", "near", "adj/2"),
        *("and", "or", "not", "xor", "AND", "(", ")", "-", "+", "(", ")", '"', "not", "-("),
    ]
)
SPACES = st.sampled_from(["", " ", " ", " ", "  ", "\n"])
SOUP = st.lists(st.tuples(PIECES, SPACES), max_size=25).map(
    lambda pairs: "".join(piece + space for piece, space in pairs)
)
TERMS = st.sampled_from([Term("state", "new"), Term("turn", "me"), Term("author", 'a "b" (c')])
MAILS = st.sampled_from(["from:a", '"b c"', "(d or e)", "*"]).map(Mail)
KNOWN = Known(views=tuple(all_views(())))


@given(st.text(max_size=60) | SOUP)
@settings(max_examples=1500)
def test_any_text_is_read_or_refused_with_a_column(text: str) -> None:
    found = parse(text)
    if isinstance(found, Problem):
        assert found.message
        assert 1 <= found.column <= len(text) + 1
        return
    assert parse(format_expression(found)) == found
    says_standing(found)
    problem = problem_of(found, KNOWN)
    if problem is not None:
        assert 1 <= problem.column <= len(text) + 1


def written(expression: Expression) -> str:
    """With parentheses around everything, so that nothing depends on what binds tighter."""
    if isinstance(expression, And | Or):
        word = " and " if isinstance(expression, And) else " or "
        return word.join(f"({written(part)})" for part in expression.parts)
    if isinstance(expression, Not):
        return f"-({written(expression.part)})"
    return format_expression(expression)


TREES = st.recursive(
    TERMS | MAILS,
    lambda parts: st.one_of(
        st.lists(parts, min_size=2, max_size=3).map(lambda some: And(tuple(some))),
        st.lists(parts, min_size=2, max_size=3).map(lambda some: Or(tuple(some))),
        parts.map(Not),
    ),
    max_leaves=8,
)


@given(TREES, st.lists(st.booleans(), min_size=8, max_size=8))
@settings(max_examples=400)
def test_what_is_read_means_what_was_written(tree: Expression, truths: list[bool]) -> None:
    """By truth tables: a topic of one mail, for which each leaf holds or does not."""
    leaves = ["state", "turn", "author", "from:a", '"b c"', "(d or e)"]
    holds = dict(zip(leaves, truths, strict=False)) | {"*": True}
    for text in (written(tree), format_expression(tree)):
        found = parse(text)
        assert not isinstance(found, Problem), text
        assert _truth(found, holds) == _truth(tree, holds), text


def _truth(expression: Expression, holds: dict[str, bool]) -> bool:
    if isinstance(expression, Term):
        return holds[expression.field]
    if isinstance(expression, Mail):
        return _mail_truth(expression.text, holds)
    if isinstance(expression, Not):
        return not _truth(expression.part, holds)
    truths = [_truth(part, holds) for part in expression.parts]
    return all(truths) if isinstance(expression, And) else any(truths)


def _mail_truth(text: str, holds: dict[str, bool]) -> bool:
    """What notmuch would make of a search, by Python's own operators."""
    for leaf in sorted(holds, key=len, reverse=True):
        text = text.replace(leaf, f" {holds[leaf]} ")
    return bool(eval(text.replace("-", " not ")))  # of words of this file only


NAMES = st.text(alphabet="ab.*?-", min_size=1, max_size=6)


@given(NAMES, st.text(alphabet="ab.-", min_size=1, max_size=8))
@settings(max_examples=500)
def test_one_name_is_matched_as_python_does(pattern: str, name: str) -> None:
    if pattern == "**":
        return
    assert read_glob(f"/{pattern}").matches(name) == bool(fullmatch(translate(pattern), name))
