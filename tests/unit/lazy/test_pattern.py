# SPDX-License-Identifier: GPL-2.0-or-later
"""A lazy pattern answers as the compiled one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from maintainer_kit.lazy.pattern import lazy_pattern

_SOURCE, _FLAGS = r"(?P<first>[a-z]+)-(\d+)", re.IGNORECASE
_TEXT = "Ab-12, cd-3 ef-"


@pytest.mark.parametrize(
    "ask",
    [
        lambda one: one.search(_TEXT)[2],
        lambda one: one.match(_TEXT, 7)["first"],
        lambda one: one.fullmatch(_TEXT),
        lambda one: [hit.span() for hit in one.finditer(_TEXT)],
        lambda one: one.findall(_TEXT),
        lambda one: one.sub(r"\2", _TEXT),
        lambda one: one.subn("x", _TEXT, count=1),
        lambda one: one.split(_TEXT, 1),
        lambda one: (one.pattern, one.flags, one.groups, dict(one.groupindex)),
    ],
)
def test_answers_are_the_same_at_first_and_later(ask: Callable[[Any], object]) -> None:
    lazy, plain = lazy_pattern(_SOURCE, _FLAGS), re.compile(_SOURCE, _FLAGS)
    assert ask(lazy) == ask(plain)
    assert ask(lazy) == ask(plain)


def test_bytes_are_searched_too() -> None:
    assert lazy_pattern(rb"\d+").findall(b"1 22") == [b"1", b"22"]


def test_what_is_no_method_is_missing() -> None:
    with pytest.raises(AttributeError):
        _ = lazy_pattern("a").nothing  # type: ignore[attr-defined]
