# SPDX-License-Identifier: GPL-2.0-or-later
"""What docs/tui.md says of keys and names holds."""

from __future__ import annotations

import re
from pathlib import Path

from maintainer_kit.tui import actions
from maintainer_kit.tui.keys import read_key, read_keymap

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "tui.md").read_text(encoding="utf-8")
_CODE = re.compile(r"`([^`]+)`")


def _rows() -> list[tuple[list[str], list[str]]]:
    """Keys and names of each row of the table."""
    rows = [line.split("|")[1:3] for line in TEXT.splitlines() if line.startswith("| `")]
    return [(_CODE.findall(keys), _CODE.findall(names)) for keys, names in rows]


def test_each_key_does_what_its_row_says() -> None:
    keys_of: dict[str, set[str]] = {}
    for one in actions.ALL:
        keys_of.setdefault(one.name, set()).update(one.keys.split(","))
    rows = _rows()
    assert len(rows) > 10
    for keys, names in rows:
        assert len(keys) == len(names), (keys, names)
        for key, name in zip(keys, names, strict=True):
            assert read_key(key) in keys_of[name], (key, name)


def test_the_examples_of_keys_of_ones_own_can_be_read() -> None:
    given = re.findall(r'mkit\.key "([^"]+)"', TEXT)
    assert len(given) == 2
    names = [one.name for one in actions.ALL]
    assert len(read_keymap(given, names)) == 2
    line = next(line for line in TEXT.splitlines() if line.startswith("`NAME KEY...`"))
    more = TEXT[TEXT.index(line) :].partition("An action has")[0]
    assert all(read_key(word) for word in _CODE.findall(more)[1:])
