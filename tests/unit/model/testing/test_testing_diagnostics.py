# SPDX-License-Identifier: GPL-2.0-or-later
"""Warnings and errors as compilers write them."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.testing.diagnostics import read_diagnostics
from maintainer_kit.model.testing.result import Diagnostic


def told(text: str, root: str = "") -> dict[Diagnostic, int]:
    found, is_cut = read_diagnostics(text.splitlines(), root)
    assert not is_cut
    return dict(found)


def only(text: str, root: str = "") -> Diagnostic:
    (found,) = told(text, root)
    return found


def test_gcc() -> None:
    text = (
        "fs/p/inode.c: In function \u2018grow\u2019:\n"
        "fs/p/inode.c:12:7: warning: unused variable \u2018left\u2019 [-Wunused-variable]\n"
        "   12 |   int left;\n"
        "fs/p/inode.c:40:2: error: \u2018gone\u2019 undeclared (first use in this function)\n"
        "make[1]: *** [Makefile:3: fs/p/inode.o] Error 1\n"
    )
    assert told(text) == {
        Diagnostic("warning", "fs/p/inode.c", "unused variable 'left'", "-Wunused-variable"): 1,
        Diagnostic(
            "error", "fs/p/inode.c", "'gone' undeclared (first use in this function)", ""
        ): 1,
    }


def test_the_line_and_the_folder_of_the_build_do_not_matter() -> None:
    one = "/tree/fs/x.c:10:3: warning: shadows /tree/fs/x.h:7:2 at 0xdeadbeef [-Wshadow]"
    other = "./fs/x.c:99:1: warning: shadows fs/x.h:12:9 at 0x0123 [-Wshadow]"
    assert only(one, "/tree") == only(other)


def test_clang_with_a_group_of_flags_and_with_colours() -> None:
    text = "\x1b[1mx.c:3:9: \x1b[0m\x1b[0;1;35mwarning: \x1b[0mempty body [-Werror,-Wempty-body]"
    assert only(text) == Diagnostic("warning", "x.c", "empty body", "-Werror")


def test_sparse_without_a_flag_and_a_linker_without_a_file() -> None:
    text = (
        "fs/x.c:7:5: warning: symbol 'a' was not declared. Should it be static?\n"
        "ld: warning: x.o: missing .note.GNU-stack section implies executable stack\n"
        "/usr/bin/ld: x.c:(.text+0x5): undefined reference to `gone'\n"
    )
    assert [one[:3] for one in told(text)] == [
        ("error", "x.c", "undefined reference to 'gone'"),
        ("warning", "fs/x.c", "symbol 'a' was not declared. Should it be static?"),
        ("warning", "ld", "x.o: missing .note.GNU-stack section implies executable stack"),
    ]


def test_rustc_says_the_place_a_line_later() -> None:
    text = "warning: unused variable: `x`\n  --> src/main.rs:2:9\n   |\n"
    assert only(text) == Diagnostic("warning", "src/main.rs", "unused variable: 'x'", "")
    assert only("error[E0425]: cannot find value\n --> a.rs:1:1\n").kind == "error"
    assert not told("error: aborting due to 2 previous errors\n\nwarning: 1 warning emitted\n")


def test_a_header_that_is_compiled_often_warns_once_and_two_places_are_two() -> None:
    header = "inc/a.h:5:1: warning: it is old [-Wold]\n"
    assert list(told(header * 30).values()) == [1]
    assert list(told(header + header.replace(":5:", ":9:")).values()) == [2]


def test_prose_is_no_diagnostic() -> None:
    text = (
        "note: see what follows: warning: of nothing\n"
        ": warning: no file\n"
        "checking for a warning: no\n"
        "the tool said: error: perhaps\n"
    )
    assert not told(text)


def test_more_than_is_kept_is_said() -> None:
    lines = [f"f{at}.c:1:1: warning: w" for at in range(20_001)]
    found, is_cut = read_diagnostics(lines)
    assert len(found) == 20_000
    assert is_cut


@given(st.lists(st.text(max_size=80), max_size=20))
def test_whatever_is_printed(lines: list[str]) -> None:
    found, _ = read_diagnostics(lines, "/x")
    assert found == tuple(sorted(found))
    assert all("\ud800" not in one.message for one, _ in found)


def test_hostile_lines_take_no_time() -> None:
    lines = [":1" * 5000 + ": warning: " + " [-W" * 5000, "x" * 100_000, ": warning: " * 9000]
    start = time.process_time()
    for _ in range(200):
        read_diagnostics(lines)
    assert time.process_time() - start < 5
