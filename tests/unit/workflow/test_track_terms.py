# SPDX-License-Identifier: GPL-2.0-or-later
"""What is searched for, for a section, a path, a list."""

from __future__ import annotations

import pytest

from maintainer_kit.errors import Refused
from maintainer_kit.model.maintainers.maintainers import Maintainers, read_maintainers
from maintainer_kit.workflow.track_terms import (
    any_of,
    list_terms,
    path_terms,
    section_terms,
    userspace_terms,
)


@pytest.mark.parametrize(
    ("pattern", "term"),
    [
        ("fs/pebble/", 'dfn:"fs/pebble"'),
        ("fs/pebble/*.c", 'dfn:"fs/pebble"'),
        ("arch/*/include/asm/foo.h", 'dfn:"include/asm/foo.h"'),
        ("drivers/net/ethernet/wick*/", 'dfn:"drivers/net/ethernet"'),
        ("Makefile", 'dfn:"Makefile"'),
        ("net/", 'dfn:"net"'),
        ('fs/a" OR f:x \\#;/b', 'dfn:"fs/a OR f x /b"'),
    ],
)
def test_a_path(pattern: str, term: str) -> None:
    assert path_terms(pattern) == (term,)


@pytest.mark.parametrize("pattern", ["*", "*/", "net/*", "*foo*", "", "///", '"'])
def test_a_path_that_says_next_to_nothing(pattern: str) -> None:
    assert path_terms(pattern) == ()


def test_a_list() -> None:
    assert list_terms("Wick@lists.lumen.example") == (
        "l:wick.lists.lumen.example",
        'tc:"wick@lists.lumen.example"',
    )
    assert list_terms('a" OR x@host') == ()
    assert list_terms("nobody") == ()


def project(text: str) -> Maintainers:
    return read_maintainers({"MAINTAINERS": text})


PEBBLE = (
    "PEBBLE\nM:\tA <a@x.example>\nL:\tpebble@lists.example (moderated)\nL:\tall@lists.example\n"
    "F:\tfs/pebble/\nF:\tfs/pebble/super.c\nN:\tpebbly\nK:\t\\bpebble_map\\b\nK:\ta|b\n\n"
)
OTHERS = "".join(f"OTHER {at}\nL:\tall@lists.example\nF:\tlib/{at}/\n\n" for at in range(30))


def test_a_section() -> None:
    known = project(PEBBLE + OTHERS)
    assert section_terms(known.sections[0], known.sections) == (
        "l:pebble.lists.example",
        'tc:"pebble@lists.example"',
        'dfn:"fs/pebble"',
        "dfn:pebbly*",
        'dfa:"pebble_map"',
        'dfb:"pebble_map"',
        'dfhh:"pebble_map"',
    )


def test_a_section_with_nothing_of_its_own() -> None:
    known = project("THE REST\nL:\tall@lists.example\nF:\t*\nF:\t*/\n\n" + OTHERS)
    with pytest.raises(Refused):
        section_terms(known.sections[0], known.sections)


def test_a_query_stays_short_enough_for_an_address() -> None:
    assert any_of(["a", "b", "a"]) == "a OR b"
    with pytest.raises(Refused):
        any_of(f'dfn:"fs/{at}"' for at in range(1000))
    assert any_of(userspace_terms())


def test_what_is_made_can_be_kept_by_lei() -> None:
    known = project(PEBBLE + OTHERS)
    terms = (*section_terms(known.sections[0], known.sections), *userspace_terms())
    assert not any(set("\\#;") & set(term) for term in terms)
