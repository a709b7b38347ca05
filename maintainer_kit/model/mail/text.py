# SPDX-License-Identifier: GPL-2.0-or-later
"""Text as it comes in mail: made safe to store, and to show on a terminal."""

from __future__ import annotations

import re

from maintainer_kit.lazy.pattern import lazy_pattern

# C0 and C1 controls, and the invisible formatting characters that reorder or hide text
# (Unicode TR 36): none of them may reach a terminal as they are.
_UNSAFE = lazy_pattern(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
# What of ASCII is nothing to look at; most texts are nothing else.
_PLAIN = bytes(at for at in range(128) if 32 <= at < 127 or at in b"\t\n")
_UNSAFE_LINE = lazy_pattern(
    r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u2028\u2029]"
)


def storable(text: str) -> str:
    """Replace what cannot be encoded as UTF-8 (lone surrogates) by U+FFFD."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        raw = text.encode("utf-8", "surrogatepass")
        return raw.decode("utf-8", "replace").replace("\ufffd\ufffd\ufffd", "\ufffd")
    return text


def _visible(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return f"<U+{code:04X}>"


def visible(text: str) -> str:
    """Make control and reordering characters visible; tabs and newlines stay."""
    return _UNSAFE.sub(_visible, text)


def visible_line(text: str) -> str:
    """The same for one line: tabs and newlines are made visible too."""
    return _UNSAFE_LINE.sub(_visible, text)


def has_controls(text: str) -> bool:
    """Whether ``text`` holds characters that ``visible`` would replace."""
    rest = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    return bool(rest) and _UNSAFE.search(rest.decode("utf-8", "surrogatepass")) is not None


def count_of(number: int, noun: str) -> str:
    """``3 patches``, ``1 patch``: a number with its noun in the right form."""
    if number == 1:
        return f"1 {noun}"
    if noun.endswith(("ch", "s", "x", "sh")):
        return f"{number} {noun}es"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{number} {noun[:-1]}ies"
    return f"{number} {noun}s"
