# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines of a file replaced by others, in the charset that the file is in; all others stay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from maintainer_kit.checks.mending import CannotMend, NotInPlace

_UNREADABLE = "\ufffd"


@dataclass(frozen=True, slots=True)
class Change:
    """Lines of a file, and what stands there then."""

    at: int
    """The first, from 0."""
    old: Sequence[str]
    """As they read; empty where new ones are put in front of ``at``."""
    new: Sequence[str]


def change_lines(lines: list[bytes], changes: Iterable[Change], codec: str) -> None:
    """Replace lines in place; ``codec`` is that of the text.

    Raises NotInPlace where the new lines cannot be written in it, and CannotMend where nobody can
    read the old ones.
    """
    for one in sorted(changes, key=lambda change: change.at, reverse=True):
        raw = lines[one.at : one.at + len(one.old)]
        lines[one.at : one.at + len(one.old)] = _encoded(one, raw, codec)


def _encoded(change: Change, raw: Sequence[bytes], codec: str) -> list[bytes]:
    text = "\n".join(change.new)
    if text.isascii():
        return text.encode().split(b"\n") if change.new else []
    if _UNREADABLE in text and b"\xef\xbf\xbd" not in b"".join(raw):
        raise CannotMend("it holds bytes that nobody can read")
    for one in dict.fromkeys((codec, "utf-8")):
        if _decoded(raw, one) == list(change.old):
            return _written(change.new, one)
    raise NotInPlace("its text is not as it reads")


def _decoded(raw: Sequence[bytes], codec: str) -> list[str] | None:
    try:
        return [line.rstrip(b"\r").decode(codec, _errors(codec)) for line in raw]
    except ValueError:
        return None


def _written(new: Sequence[str], codec: str) -> list[bytes]:
    try:
        return [line.encode(codec, _errors(codec)) for line in new]
    except ValueError as error:
        raise NotInPlace(f"{codec} has no letters for it") from error


def _errors(codec: str) -> str:
    return "surrogateescape" if codec == "utf-8" else "strict"
