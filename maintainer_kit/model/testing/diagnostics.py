# SPDX-License-Identifier: GPL-2.0-or-later
"""Warnings and errors in what a build prints, by what stays when lines move.

As gcc, clang, sparse and linkers write them (``PATH:LINE:COLUMN: warning: WORDS [-Wflag]``),
and as rustc does (``warning: WORDS``, then `` --> PATH:LINE:COLUMN``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.text import storable
from maintainer_kit.model.testing.result import Diagnostic

_UNDEFINED = ": undefined reference to "
_KINDS = (
    (": warning: ", "warning"),
    (": error: ", "error"),
    (": fatal error: ", "error"),
    (_UNDEFINED, "error"),
)
_BARE = lazy_pattern(r"(warning|error)(?:\[E\d{1,5}\])?: (.+)")
_ARROW = lazy_pattern(r" {1,12}--> ([^\s:][^:]{0,500}):(\d{1,9}):(\d{1,9})")
_PLACE = lazy_pattern(r"(.*?)((?::\d{1,9}){1,2})")
_FLAG = lazy_pattern(r"(.*?) \[(-W[\w=+-]{1,80})(?:,-W[\w=+-]{1,80})*\]")
_COLOUR = lazy_pattern(r"\x1b\[[0-9;]{0,20}[mK]")
_MOVES = lazy_pattern(r"(?<=[\w.)])(?::\d{1,9}){1,2}(?!\w)|\b0x[0-9a-fA-F]{1,16}\b|\+0x[0-9a-f]+/")
_QUOTES = str.maketrans("\u2018\u2019\u201c\u201d`", "'''''")
_LONGEST_LINE = 2000
_LONGEST = 300
_MOST = 20_000
_MOST_COUNTED = 50

_Place = tuple[Diagnostic, str]


def read_diagnostics(
    lines: Iterable[str], root: str = ""
) -> tuple[tuple[tuple[Diagnostic, int], ...], bool]:
    """What is said, each with the number of different places it is said of, sorted; and whether
    there was more than is kept. ``root`` is the work tree, which paths begin with or not."""
    places: dict[Diagnostic, set[str]] = {}
    is_cut = False
    for one, place in _said(lines, root.rstrip("/") + "/" if root else ""):
        if one not in places and len(places) >= _MOST:
            is_cut = True
            continue
        held = places.setdefault(one, set())
        if len(held) < _MOST_COUNTED:
            # A header is compiled many times: the same place is one place.
            held.add(place)
    return tuple(sorted((one, len(held)) for one, held in places.items())), is_cut


def _said(lines: Iterable[str], root: str) -> Iterator[_Place]:
    bare: tuple[int, str, str] | None = None
    seen: set[str] = set()
    for number, line in _likely(lines):
        if "\x1b" in line:
            line = _COLOUR.sub("", line)
        if bare is not None and (arrow := _ARROW.match(line)) and number == bare[0] + 1:
            yield _made(bare[1], arrow[1], f":{arrow[2]}:{arrow[3]}", bare[2], root)
            bare = None
        elif line.startswith(("warning", "error")):
            found = _BARE.fullmatch(line.rstrip())
            bare = (number, found[1], found[2]) if found else None
        elif line not in seen and (found_here := _compiler(line, root)):
            if len(seen) < _MOST:
                seen.add(line)
            yield found_here


def _likely(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Those that may say something: of a build's lines few do."""
    for number, line in enumerate(lines):
        if "warning" in line or "error" in line or "undefined ref" in line or " --> " in line:
            yield number, line[:_LONGEST_LINE]


def _compiler(line: str, root: str) -> _Place | None:
    """The first mark of a line counts: what follows may quote anything."""
    at, mark, kind = min(
        ((at, mark, kind) for mark, kind in _KINDS if (at := line.find(mark)) > 0),
        default=(0, "", ""),
    )
    if not at:
        return None
    if mark == _UNDEFINED:
        # "ld: fs/x.c:(.text+0x5): undefined reference to `gone'": the offset is no place.
        path = line[:at].split()[-1].partition(":(")[0]
        return _made(kind, path, "", line[at + 2 :], root)
    found = _PLACE.fullmatch(line[:at])
    path, place = (found[1], found[2]) if found else (line[:at], "")
    if not path or " " in path.strip():
        return None
    return _made(kind, path.strip(), place, line[at + len(mark) :], root)


def _made(kind: str, path: str, place: str, words: str, root: str) -> _Place:
    if root:
        path, words = path.removeprefix(root), words.replace(root, "")
    path = path.removeprefix("./")
    found = _FLAG.fullmatch(words.rstrip())
    message, flag = (found[1], found[2]) if found else (words.rstrip(), "")
    still = _MOVES.sub("", message.translate(_QUOTES))
    one = Diagnostic(kind, storable(path), storable(still[:_LONGEST]), storable(flag))
    # Which line it was tells two places apart; what it says of others may do so too.
    return one, f"{place} {message}"
