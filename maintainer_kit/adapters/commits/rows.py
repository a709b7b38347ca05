# SPDX-License-Identifier: GPL-2.0-or-later
"""Commits as rows of the index, and back."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from maintainer_kit.matching.prints import CommitPrint, Print
from maintainer_kit.model.mail.person import NOBODY, Person

Row = tuple[Any, ...]

OWN, LINKED = 0, 1
"""Kinds of mention: the commit's own mail, and what it only links to."""
COLUMNS = "name, subject, date, patch_id, lines_hash, paths, lines"
_WORD, BYTES = 8, 6
"""Bytes of a line's number in memory, and on disk where they are enough."""
_NARROW, _WIDE = b"\x06", b"\x08"


@dataclass(frozen=True, slots=True)
class Found:
    """A commit that was read."""

    print: CommitPrint
    author: Person = NOBODY
    """As the commit has it, for the day when the mailmap changes."""
    lacks_diff: bool = False
    """Objects of it are missing."""


def row_of(found: Found, person: int) -> Row:
    """Values for ``COLUMNS``, then the person and ``lacks_diff``."""
    commit, it = found.print.commit, found.print.print
    return (
        bytes.fromhex(commit),
        it.subject,
        it.date,
        bytes.fromhex(it.patch_id) or None,
        bytes.fromhex(it.lines_hash) or None,
        "\0".join(it.paths).encode("utf-8", "surrogatepass"),
        pack(it.lines),
        person,
        found.lacks_diff,
    )


def commit_of(
    row: Row, author: tuple[str, str], mentions: Sequence[tuple[int, str]], reverts: Sequence[str]
) -> CommitPrint:
    """The commit of a row of ``COLUMNS``."""
    name, subject, date, patch_id, lines_hash, paths, lines = row
    return CommitPrint(
        name.hex(),
        Print(
            *author,
            subject,
            date,
            tuple(paths.decode("utf-8", "surrogatepass").split("\0")) if paths else (),
            patch_id.hex() if patch_id else "",
            lines_hash.hex() if lines_hash else "",
            tuple(unpack(lines)),
        ),
        tuple(text for kind, text in mentions if kind == OWN),
        tuple(text for kind, text in mentions if kind == LINKED),
        tuple(reverts),
    )


def pack(numbers: Sequence[int]) -> bytes:
    """Ascending numbers as bytes: six for each where that is enough, as nearly always."""
    if not numbers:
        return b""
    wide = _little(array("Q", numbers)).tobytes()
    if numbers[-1] >> 8 * BYTES:
        return _WIDE + wide
    narrow = bytearray(len(numbers) * BYTES)
    for at in range(BYTES):
        narrow[at::BYTES] = wide[at::_WORD]
    return _NARROW + narrow


def unpack(data: bytes) -> array[int]:
    """The numbers that were packed."""
    numbers = array("Q")
    wide: bytes | bytearray = data[1:]
    if data[:1] == _NARROW:
        narrow = wide
        wide = bytearray(len(narrow) // BYTES * _WORD)
        for at in range(BYTES):
            wide[at::_WORD] = narrow[at::BYTES]
    numbers.frombytes(wide)
    return _little(numbers)


def _little(numbers: array[int]) -> array[int]:
    """The same in little-endian order, or back: files are equal on all machines."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
