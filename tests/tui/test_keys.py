# SPDX-License-Identifier: GPL-2.0-or-later
"""How keys are written, and keys of the user's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from maintainer_kit.errors import ConfigError
from maintainer_kit.tui import actions
from maintainer_kit.tui.keys import read_key, read_keymap, shown_key
from tests.tui.driver import running


def test_each_key_of_the_table_can_be_written_by_a_person() -> None:
    for one in actions.ALL:
        for key in one.keys.split(","):
            assert read_key(shown_key(key)) == key


@pytest.mark.parametrize(
    ("word", "key"),
    [("x", "x"), ("X", "X"), ("^d", "ctrl+d"), ("F5", "f5"), ("esc", "escape"), ("}", None)],
)
def test_what_a_person_writes(word: str, key: str | None) -> None:
    assert read_key(word) == (key or "right_curly_bracket")


@pytest.mark.parametrize("word", ["", "xx", "^^", "^1", "F99", "\x1b", "\u4e2d", "ctrl+d"])
def test_what_is_no_key(word: str) -> None:
    assert read_key(word) is None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("acept x", "no action is called 'acept'"),
        ("accept", "'' is no key"),
        ("accept x yy", "'yy' is no key"),
        ("accept \x1b[2J", "no key"),
        ("", "no action"),
    ],
)
def test_what_means_nothing_is_told(given: str, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_keymap([given or "?"], ["accept", "reject"])
    assert words in caught.value.message
    assert "\x1b" not in caught.value.message


async def test_a_key_of_ones_own(place: Path) -> None:
    (place / "config").write_text("[mkit]\n\tkey = accept x\n\tkey = reject a\n")
    async with running() as screens:
        assert "x accept" in screens.text
        await screens.press("j", "x")
        await screens.sees("accepted on 1 message")
        assert screens.state("alloc@made.example") == "accepted"
        await screens.press("u")
        await screens.sees("taken back")
        await screens.press("a")
        await screens.sees("rejected on 1 message")
        await screens.press("question_mark")
        assert "x               accept" in screens.text
