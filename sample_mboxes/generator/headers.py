# SPDX-License-Identifier: GPL-2.0-or-later
"""Header fields on the wire: encoded words, folding, dates.

Our own, so that no next version of a library changes the bytes.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime

from sample_mboxes.generator.cast import Person

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def encode(text: str, charset: str = "utf-8") -> str:
    """The text as it is where ASCII, else as encoded words (RFC 2047) on folded lines."""
    if text.isascii():
        return text
    words, piece = [], ""
    for character in text:
        if len(_word(piece + character, charset)) > 66:
            words.append(_word(piece, charset))
            piece = ""
        piece += character
    return "\n ".join([*words, _word(piece, charset)])


def _word(text: str, charset: str) -> str:
    raw = text.encode(charset)
    if charset in ("utf-8", "iso-8859-1") and 2 * sum(byte > 127 for byte in raw) < len(raw):
        quoted = "".join(_quoted(byte) for byte in raw)
        return f"=?{charset}?Q?{quoted}?="
    return f"=?{charset}?B?{b64encode(raw).decode()}?="


def _quoted(byte: int) -> str:
    if byte == 0x20:
        return "_"
    return chr(byte) if chr(byte).isalnum() and byte < 127 else f"={byte:02X}"


def address(person: Person, charset: str = "utf-8") -> str:
    """`Name <addr>`, the name encoded or quoted where it must be."""
    if not person.name:
        return person.email
    name = encode(person.name, charset)
    if set(name) & set('.,@"') and person.name.isascii():
        name = f'"{name}"'
    return f"{name} <{person.email}>"


def subject(text: str, charset: str = "utf-8") -> str:
    """A subject, folded; only its words that are not ASCII are encoded."""
    if text.isascii():
        return fold(text.split(" "), " ")
    first = next(at for at, word in enumerate(text.split(" ")) if not word.isascii())
    words = text.split(" ")
    plain = " ".join(words[:first])
    return f"{plain}{' ' if plain else ''}{encode(' '.join(words[first:]), charset)}"


def fold(parts: Sequence[str], joint: str, width: int = 66) -> str:
    """Parts joined, with a fold where a line would grow too long."""
    lines, line = [], ""
    for part in parts:
        if line and len(line) + len(part) > width:
            lines.append(line)
            line = part
        else:
            line = f"{line}{joint}{part}" if line else part
    return (f"{joint.rstrip()}\n ").join([*lines, line])


def date(when: datetime) -> str:
    """RFC 5322 date, whatever the locale."""
    day, month = _DAYS[when.weekday()], _MONTHS[when.month - 1]
    return f"{day}, {when.day} {month} {when.year} {when:%H:%M:%S %z}"


def git_date(when: datetime) -> str:
    """Date as `git log` writes it."""
    day, month = _DAYS[when.weekday()], _MONTHS[when.month - 1]
    return f"{day} {month} {when.day} {when:%H:%M:%S %Y %z}"


def c_date(when: datetime) -> str:
    """Date as asctime() writes it, in the lines between mails."""
    day, month = _DAYS[when.weekday()], _MONTHS[when.month - 1]
    return f"{day} {month} {when.day:2d} {when:%H:%M:%S %Y}"
