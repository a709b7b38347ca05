# SPDX-License-Identifier: GPL-2.0-or-later
"""Keys: how a person writes them, and which ones the user gave to which action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from maintainer_kit.errors import ConfigError
from maintainer_kit.model.mail.text import visible_line

_SIGNS = {
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "right_curly_bracket": "}",
    "left_curly_bracket": "{",
    "right_parenthesis": ")",
    "left_parenthesis": "(",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "full_stop": ".",
    "comma": ",",
    "slash": "/",
    "question_mark": "?",
    "asterisk": "*",
    "semicolon": ";",
    "vertical_line": "|",
    "number_sign": "#",
    "exclamation_mark": "!",
    "equals_sign": "=",
    "plus": "+",
    "minus": "-",
    "at": "@",
    "colon": ":",
    "tilde": "~",
    "circumflex_accent": "^",
    "dollar_sign": "$",
    "percent_sign": "%",
    "ampersand": "&",
}
_WORDS = {
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "S-Tab",
    "backspace": "BS",
    "delete": "Del",
    "insert": "Ins",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "up": "\u2191",
    "down": "\u2193",
    "left": "\u2190",
    "right": "\u2192",
}
_NAMES = {shown: name for name, shown in (_SIGNS | _WORDS).items()}
_NAMES |= {word.lower(): name for name, word in _WORDS.items() if word.isascii()}


UNBOUND = "unbound"
"""Stands for the keys of an action that has none: no terminal sends it."""


def shown_key(key: str) -> str:
    """Textual's name of a key as it is told to a person: ``ctrl+d`` is ``^D``."""
    if key == UNBOUND:
        return ""
    if key.startswith("ctrl+"):
        return f"^{key[5:].upper()}"
    if len(key) > 1 and key[0] == "f" and key[1:].isdigit():
        return key.upper()
    return _SIGNS.get(key) or _WORDS.get(key, key)


def read_key(word: str) -> str | None:
    """Textual's name of a key that a person wrote (``x``, ``^D``, ``F5``, ``Esc``, ``/``)."""
    if word in _NAMES or word.lower() in _NAMES:
        return _NAMES.get(word) or _NAMES[word.lower()]
    if len(word) == 2 and word[0] == "^" and word[1].isalpha():
        return f"ctrl+{word[1].lower()}"
    if len(word) > 1 and word[0] in "fF" and word[1:].isdigit() and 1 <= int(word[1:3]) <= 24:
        return word.lower()
    return word if len(word) == 1 and word.isascii() and word.isalnum() else None


Keymap = Mapping[str, str]
"""Textual's keys, separated by commas, by the name of the action."""
NO_KEYS: Keymap = MappingProxyType({})


def settle_keys(given: Keymap, screens: Sequence[Mapping[str, str]]) -> Keymap:
    """The same with the keys of all actions that lose one to those that are given.

    ``screens`` are the usual keys of the actions that are on one screen, by name. Of two actions
    that are given the same key the later one has it.
    """
    found = dict(given)
    for usual in screens:
        owners = {key: name for name in given if name in usual for key in given[name].split(",")}
        for name, keys in usual.items():
            held = found.get(name, keys).split(",")
            kept = [key for key in held if owners.get(key, name) == name]
            if kept != held:
                found[name] = ",".join(kept) or UNBOUND
    return found


def read_keymap(given: Sequence[str], names: Sequence[str]) -> Keymap:
    """What ``mkit.key`` says: ``NAME KEY...`` of some of the actions called ``names``.

    Raises ConfigError where it means nothing.
    """
    found: dict[str, str] = {}
    for one in given:
        name, *words = one.split()
        if name not in names:
            raise _wrong(one, f"no action is called {visible_line(name)!r}", _near(name, names))
        keys = [read_key(word) for word in words]
        if not keys or None in keys:
            wrong = next((word for word in words if read_key(word) is None), "")
            raise _wrong(one, f"{visible_line(wrong)!r} is no key", "a letter, ^D, F5, Tab, / ...")
        found[name] = ",".join(key for key in keys if key)
    return found


def _wrong(value: str, why: str, hint: str) -> ConfigError:
    return ConfigError(f"mkit.key is {visible_line(value)!r}: {why}", hint)


def _near(name: str, names: Sequence[str]) -> str:
    import difflib

    near = difflib.get_close_matches(name, names, n=3, cutoff=0.4)
    return f"did you mean {', '.join(near)}?" if near else "the names: mkit tui --keys"
