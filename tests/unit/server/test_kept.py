# SPDX-License-Identifier: GPL-2.0-or-later
"""Answers that are kept."""

from __future__ import annotations

from maintainer_kit.server.kept import Kept


def test_an_answer_is_kept_for_its_generation() -> None:
    kept = Kept()
    kept.put(1, "a", b"one")
    assert kept.get(1, "a") == b"one"
    assert kept.get(2, "a") is None
    kept.put(2, "b", b"two")
    kept.put(1, "c", b"late")
    assert kept.get(1, "a") is None and kept.get(2, "c") is None
    assert kept.get(2, "b") == b"two"


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    kept = Kept(limit=5)
    kept.put(1, "a", b"aa")
    kept.put(1, "b", b"bb")
    assert kept.get(1, "a") == b"aa"
    kept.put(1, "c", b"cc")
    assert kept.get(1, "b") is None
    assert kept.get(1, "a") == b"aa" and kept.get(1, "c") == b"cc"
