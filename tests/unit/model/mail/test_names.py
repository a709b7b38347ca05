# SPDX-License-Identifier: GPL-2.0-or-later
"""One name in several spellings, and names that are two."""

from __future__ import annotations

import pytest

from maintainer_kit.model.mail.names import name_keys, same_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Chen", "ada  chen"),
        ("Ada Chen", "Chen, Ada"),
        ("Ada Chen", '"Ada Chen"'),
        ("Ada Chen", "'Ada Chen' via Pebble-fs"),
        ("Ada Chen", "AdaChen"),
        ("Ada Chen", "AdaChen6"),
        ("Ada Bo Chen", "Adabo Chen"),
        ("Ada B. Chen", "Ada Chen"),
        ("Ada Chen (Quarry)", "Ada Chen"),
        ("Jo\u00e3o Chen", "Joao Chen"),
        ("\u91d1\u5b5d (Ada Chen)", "Ada Chen"),
        ("\u91d1\u5b5d", "\u91d1\u5b5d"),
    ],
)
def test_one_person(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Chen", "Ada Li"),
        ("Ada", "Ada"),
        ("", ""),
        ("Ada Chen (Quarry Inc)", "Bo Li (Quarry Inc)"),
        ("\u0410\u0434\u0430", "\u0410\u0434\u0430"),
        ("B. C.", "Ada Chen"),
    ],
)
def test_no_proof(one: str, other: str) -> None:
    assert not same_name(one, other)


def test_an_absurd_name_is_cut() -> None:
    assert len(name_keys("a b " * 100_000)) <= 3
