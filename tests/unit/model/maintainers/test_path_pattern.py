# SPDX-License-Identifier: GPL-2.0-or-later
"""What the wildcards of F: and X: take in."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.maintainers.path_pattern import depth_of, start_of, takes_in


@pytest.mark.parametrize(
    ("pattern", "path", "wanted"),
    [
        ("fs/", "fs/a/b.c", True),
        ("fs/", "fsx/a.c", False),
        ("fs/*", "fs/a.c", True),
        ("fs/*", "fs/a/b.c", False),
        ("*/fs/", "arch/fs/a.c", True),
        ("*/fs/", "arch/x86/fs/a.c", True),
        ("*/fs/*", "arch/x86/fs/a.c", False),
        ("*", "Makefile", True),
        ("*", "fs/a.c", False),
        ("*/", "fs/a.c", True),
        ("*/", "Makefile", False),
        ("fs/a.c", "fs/a.c", True),
        ("fs/a.c", "fs/a.cpp", True),
        ("fs/a.c", "fs/abc", False),
        ("fs/a?.c", "fs/ab.c", True),
        ("fs/a?.c", "fs/a.c", False),
        ("fs/a*.[ch]", "fs/abc.h", True),
        ("fs/a*.[ch]", "fs/abc.S", False),
        ("fs/a[^b].c", "fs/ac.c", True),
        ("fs/a[!b].c", "fs/ab.c", False),
        ("fs/[ab]*/", "fs/bc/d/e", True),
        ("fs/[[&&]x", "fs/&x", True),
        ("fs/[b-a]", "fs/[b-a]", True),
        ("lib/c++/", "lib/c++/x", True),
        ("fs/(a|b)", "fs/a", False),
        ("fs/a", "fs/a/b/c", True),
        ("fs/a", "fs/ab", True),
        ("fs/a", "fs/ab/c", False),
    ],
)
def test_what_is_taken_in(pattern: str, path: str, wanted: bool) -> None:
    assert takes_in(pattern, path) is wanted


def test_a_known_directory_is_no_beginning_of_a_name() -> None:
    assert not takes_in("fs/a", "fs/ab", {"fs/a"})
    assert takes_in("fs/a", "fs/a/b", {"fs/a"})


@pytest.mark.parametrize(
    ("pattern", "depth"),
    [("*", -1), ("*/net/", -1), ("fs/", 1), ("fs/a", 2), ("fs/*", 2), ("fs/a/", 2), ("README", 1)],
)
def test_how_precise_it_is(pattern: str, depth: int) -> None:
    assert depth_of(pattern) == depth


def test_what_stands_before_the_wildcards() -> None:
    assert [start_of(one) for one in ("fs/a*b?", "a/[b]", "fs/", "*")] == ["fs/a", "a/", "fs/", ""]


@given(st.text(alphabet="ab/*?.", min_size=1, max_size=10), st.text(alphabet="ab/.", max_size=14))
def test_as_an_expression_says_it(pattern: str, path: str) -> None:
    """The rule of the script: dots are dots, a star is anything, and the slashes are counted."""
    made = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    is_inside = path.startswith(pattern + "/") and not re.search(r"[*?]", pattern)
    deep = pattern.endswith("/") or path.count("/") == pattern.count("/") or is_inside
    assert takes_in(pattern, path) is bool(re.match(made, path) and deep)


@pytest.mark.timeout(10)
def test_many_stars_do_not_go_back() -> None:
    assert not takes_in("a*" * 200 + "b", "a" * 4000)
    assert not takes_in("a*[xy]?" * 100 + "b/", "ax" * 2000)
