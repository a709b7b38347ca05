# SPDX-License-Identifier: GPL-2.0-or-later
"""Which lines of a commit message its author wrote as prose, and which are quotes, dumps, tables,
commands and the like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache

from maintainer_kit.checks.patch import Patch
from maintainer_kit.lazy.pattern import lazy_pattern

_LIST = lazy_pattern(r"[ \t]{0,4}(?:[-*+o\u2022\u2013]|\(?[0-9a-zA-Z]{1,2}[.)])[ \t]{1,4}(?=\S)")
# What begins a log, a trace, a dump or a command with its output; it goes on to a blank line.
_DUMP = lazy_pattern(
    r"\[[ \d]{1,12}\.\d{3,9}\]|<[0-9A-Z]>|\d{1,2}:\d\d:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d"
    r"|\$ |[#%] \S|>>> |\(gdb\)|BUG: |WARNING: |INFO: |Oops: |Unable to handle|Kernel panic"
    r"|[Cc]all [Tt]race|Backtrace|Traceback|RIP: |RSP: |Code: |CPU: ?\d|Modules linked|\#\d{1,3} "
    r"|==\d{2,7}==|[0-9a-f]{8,16}[: ][ 0-9a-f]|==+|--+\+|\+--|\||diff --git |@@ -|[-+]{3} [ab]/"
    r"|(?:fatal|error|warning|hint): |[\w./+-]{1,120}:\d{1,6}:|In file included"
    r"|[\w./-]{1,60}: (?:error|warning|fatal): "
)
_REFERENCE = lazy_pattern(r"\[\d{1,3}\]:?[ \t]|(?:https?|git|ftp|file)://|[\w-]{1,20}: https?://")
_MADE_BY_GIT = lazy_pattern(
    r"\(cherry[ -]picked from commit [0-9a-f]{7,64}\)?|This reverts commit [0-9a-f]{7,64}\.?|"
    r"\[ ?[Uu]pstream commit [0-9a-f]{7,64} ?\]|commit [0-9a-f]{7,64} upstream\.?"
)


class Kind(StrEnum):
    """What a line of a commit message is."""

    BLANK = "blank"
    PROSE = "prose"
    TRAILER = "trailer"
    QUOTE = "quote"
    INDENTED = "indented"
    DUMP = "dump"
    REFERENCE = "reference"
    """A URL, alone or as a footnote."""


def kinds_of(patch: Patch) -> tuple[Kind, ...]:
    """The kind of each line of its body."""
    return _kinds_of(patch.body, tuple((one.index, one.count) for one in patch.trailers))


@lru_cache(maxsize=8)
def _kinds_of(body: tuple[str, ...], trailers: tuple[tuple[int, int], ...]) -> tuple[Kind, ...]:
    found = list(_kinds(body))
    for index, count in trailers:
        found[index : index + count] = [Kind.TRAILER] * count
    return tuple(found)


def _kinds(body: Sequence[str]) -> Iterator[Kind]:
    fenced = dumping = False
    margin = 0
    """How far lines that go on with a list item are indented; 0 outside of lists."""
    for line in body:
        if not line or line.isspace():
            yield Kind.BLANK
            dumping = False
            continue
        if "```" in line and line.lstrip().startswith("```"):
            fenced = not fenced
            yield Kind.DUMP
            continue
        if fenced or dumping:
            yield Kind.DUMP
            continue
        item = _LIST.match(line)
        if item:
            margin = item.end()
            yield Kind.PROSE
            continue
        if line[0] in " \t":
            indent = len(line) - len(line.lstrip(" \t"))
            in_item = margin > 0 and 0 < indent <= margin
            is_text = in_item and "\t" not in line[:indent] and not _DUMP.match(line, indent)
            yield Kind.PROSE if is_text else Kind.INDENTED
            continue
        margin = 0
        kind = _flush_kind(line)
        dumping = kind is Kind.DUMP
        yield kind


def _flush_kind(line: str) -> Kind:
    """Of a line that begins in the first column and is of no list."""
    if line[0] == ">":
        return Kind.QUOTE
    if _DUMP.match(line):
        return Kind.DUMP
    return Kind.REFERENCE if _REFERENCE.match(line) else Kind.PROSE


def prose_lines(patch: Patch) -> Iterator[tuple[int, str]]:
    """What the author wrote in words, with the index of each line in the body."""
    kinds = kinds_of(patch)
    for at in range(patch.prose_end):
        if kinds[at] is Kind.PROSE:
            yield at, patch.body[at]


def has_prose(patch: Patch) -> bool:
    """Whether the body says anything besides trailers and what git wrote itself."""
    kinds = kinds_of(patch)
    return any(
        kind not in (Kind.BLANK, Kind.TRAILER) and not _MADE_BY_GIT.fullmatch(line.strip())
        for kind, line in zip(kinds, patch.body, strict=True)
    )


def list_margin(line: str) -> int:
    """Where the text of a list item begins; 0 of a line that begins none."""
    found = _LIST.match(line)
    return found.end() if found else 0


def is_wordy(line: str, least: float = 0.65) -> bool:
    """Whether most of a line's words are of a language: no table, no path, no output."""
    words = line.split()
    plain = sum(1 for one in words if _is_plain(one))
    return len(words) > 3 and plain >= least * len(words)


def _is_plain(word: str) -> bool:
    if word.startswith(("-", "/", "./")) and len(word) > 2:
        return False  # an option, a path
    bare = word.strip("()[]{}\"'`.,;:!?*\u2018\u2019\u201c\u201d-")
    return not bare or bare.replace("-", "").replace("'", "").replace("/", "").isalpha()
