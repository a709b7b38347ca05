# SPDX-License-Identifier: GPL-2.0-or-later
"""Keywords, strings and comments in lines of code."""

from __future__ import annotations

import time

import pytest

from maintainer_kit.render.code_words import code_words, is_ready, language_of, warm_up


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("fs/a.c", "c"),
        ("include/linux/a.h", "c"),
        ("tools/a.py", "python"),
        ("scripts/run.sh", "shell"),
        ("fs/Makefile", "make"),
        ("drivers/Kbuild", "make"),
        ("scripts/rules.mk", "make"),
        ("rust/kernel/lib.rs", "rust"),
        ("README", ""),
        ("a.c/notes.txt", ""),
        ("", ""),
    ],
)
def test_language_of_a_file(path: str, language: str) -> None:
    assert language_of(path) == language


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("c", '\tif (x) /* why */ return "a\\"b";', "if|keyword /* why */|comment return|keyword"),
        ("c", "static int walk(struct node *n)", "static|keyword int|keyword struct|keyword"),
        ("c", "#include <linux/fs.h>", "#include|keyword"),
        ("c", " * which goes on", " * which goes on|comment"),
        ("c", "\t*next = 3; // so", "// so|comment"),
        ("python", "def f(x): return 'a'  # so", "def|keyword return|keyword 'a'|string"),
        ("shell", "for x in *; do echo; done # so", "for|keyword in|keyword do|keyword"),
        ("make", "obj-y += foo.o # so", "# so|comment"),
        ("rust", "pub fn foo() { /* so */ }", "pub|keyword fn|keyword /* so */|comment"),
    ],
)
def test_what_a_line_holds(language: str, text: str, told: str) -> None:
    found = [
        f"{text[start:end].rstrip()}|{kind}" for start, end, kind in code_words(language, text)
    ]
    assert " ".join(found).startswith(told)


def test_spans_are_in_order_and_within_the_line() -> None:
    for text in ('x = "open', "/* open", "a 'b' \"c\" // d", "\u4f50 = '\u4f50'", "\\", "#"):
        for language in ("c", "python", "shell", "make", "rust"):
            ends = [at for start, end, _ in code_words(language, text) for at in (start, end)]
            assert ends == sorted(ends)
            assert all(0 <= at <= len(text) for at in ends)


def test_nothing_is_told_of_what_is_no_code() -> None:
    assert code_words("", "int x;") == []
    assert code_words("c", "   ") == []
    assert code_words("c", "int " * 2000) == []


def test_a_language_is_ready_once_it_was_loaded() -> None:
    warm_up("rust")
    assert is_ready("rust")
    assert not is_ready("")


@pytest.mark.parametrize("language", ["c", "python", "shell", "make", "rust"])
def test_hostile_lines_end(language: str) -> None:
    warm_up(language)
    start = time.process_time()
    for unit in ("(", "* ", '"', "'", "$(", "{", "/*", "a(", "<<", "=", "\\"):
        code_words(language, (unit * 200)[:200])
    assert time.process_time() - start < 3
