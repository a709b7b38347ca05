# SPDX-License-Identifier: GPL-2.0-or-later
"""Hostile text is made harmless, and stays readable."""

from __future__ import annotations

import pytest

from maintainer_kit.model.mail.text import count_of, has_controls, storable, visible, visible_line


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("plain \u5929 \u05d9\u05e2\u05dc", "plain \u5929 \u05d9\u05e2\u05dc"),
        ("\x1b[31mred", "\u241b[31mred"),
        ("a\x00b\x07c\x7f", "a\u2400b\u2407c\u2421"),
        ("c1 \x9b31m", "c1 <U+009B>31m"),
        ("bidi \u202egpj.exe\u2066", "bidi <U+202E>gpj.exe<U+2066>"),
        ("zero\u200bwidth\ufeff", "zero<U+200B>width<U+FEFF>"),
        ("carriage\rreturn", "carriage\u240dreturn"),
    ],
)
def test_visible(text: str, safe: str) -> None:
    assert visible(text) == safe
    assert visible_line(text) == safe
    assert has_controls(text) is (text != safe)
    assert visible(safe) == safe


def test_tabs_and_newlines() -> None:
    assert visible("a\tb\nc") == "a\tb\nc"
    assert visible_line("a\tb\nc\u2028d") == "a\u2409b\u240ac<U+2028>d"
    assert not has_controls("a\tb\nc")
    assert not has_controls("a\tb\nc \u5929")


@pytest.mark.parametrize("code", range(128))
def test_each_control_is_found_beside_any_text(code: int) -> None:
    is_control = code in {*range(32), 127} - {9, 10}
    assert has_controls(f"a{chr(code)}") is is_control
    assert has_controls(f"\u5929{chr(code)}") is is_control


def test_unprintable_but_harmless() -> None:
    assert not has_controls("soft\u00adhyphen")


def test_storable() -> None:
    assert storable("plain \u5929") == "plain \u5929"
    assert storable("lone \udce4 one") == "lone \ufffd one"
    storable("\ud800").encode()


@pytest.mark.parametrize(
    ("number", "noun", "text"),
    [
        (1, "patch", "1 patch"),
        (0, "patch", "0 patches"),
        (2, "message", "2 messages"),
        (2, "reply", "2 replies"),
        (2, "day", "2 days"),
        (3, "address", "3 addresses"),
    ],
)
def test_count_of(number: int, noun: str, text: str) -> None:
    assert count_of(number, noun) == text
