# SPDX-License-Identifier: GPL-2.0-or-later
"""Patterns of paths."""

from __future__ import annotations

import time

import pytest

from maintainer_kit.model.query.glob import MAX_GLOB, read_glob


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("fs/erofs/", "fs/erofs/super.c"),
        ("fs/erofs/", "fs/erofs/deep/down/super.c"),
        ("fs/erofs", "fs/erofs/super.c"),
        ("fs/erofs", "fs/erofs"),
        ("fs/*/super.c", "fs/erofs/super.c"),
        ("fs/*.c", "fs/namei.c"),
        ("fs/**/Makefile", "fs/Makefile"),
        ("fs/**/Makefile", "fs/a/b/Makefile"),
        ("**/test", "lib/test/x.c"),
        ("super.c", "fs/erofs/super.c"),
        ("*.c", "fs/erofs/super.c"),
        ("erofs/", "fs/erofs/super.c"),
        ("/Makefile", "Makefile"),
        ("fs/?mei.c", "fs/imei.c"),
        ("fs/a*b*c", "fs/a-b-b-c"),
        ("fs//erofs", "fs/erofs/x"),
        ("*", "anything/at/all"),
        ("/", "any"),
        ("fs/[x].c", "fs/[x].c"),
        ("fs/ü*.c", "fs/üben.c"),
    ],
)
def test_what_is_meant(pattern: str, path: str) -> None:
    glob = read_glob(pattern)
    assert glob.matches(path)
    assert path.startswith(glob.start)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("fs/erofs/", "fs/erofs"),
        ("fs/erofs/", "fs/erofs2/super.c"),
        ("erofs/", "tools/erofs"),
        ("erofs", "fs/erofs2/super.c"),
        ("fs/*.c", "fs/erofs/super.c"),
        ("fs/*/super.c", "fs/a/b/super.c"),
        ("/Makefile", "fs/Makefile"),
        ("erofs/super.c", "fs/erofs/super.c"),
        ("fs/?.c", "fs/ab.c"),
        ("fs/?x", "fs//x"),
        ("fs/[xy].c", "fs/x.c"),
        ("fs/a*b", "fs/a-b-c"),
    ],
)
def test_what_is_not(pattern: str, path: str) -> None:
    assert not read_glob(pattern).matches(path)


def test_a_pattern_made_to_take_long_takes_no_time() -> None:
    start = time.monotonic()
    stars = read_glob("fs/" + "*a" * (MAX_GLOB // 2) + "b")
    deep = read_glob("**/a/" * (MAX_GLOB // 5) + "b")
    assert not stars.matches("fs/" + "a" * 4000)
    assert not deep.matches("a/" * 2000 + "c")
    assert time.monotonic() - start < 5
