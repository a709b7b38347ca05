# SPDX-License-Identifier: GPL-2.0-or-later
"""A patch written as the text that other checkers read, and the way back from their line numbers.

Written anew, so that a commit, a mail in base64 and a patch file look the same to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from maintainer_kit.checks.finding import WHOLE, Part, Spot
from maintainer_kit.checks.patch import Patch

_NO_COMMIT = "0" * 40
_BELOW = ("-- ", "mkit")
"""The signature, as git format-patch ends with one: what a checker says at the end of its reading
is said of the whole patch, and not of the diff's last line."""


@dataclass(frozen=True)
class PatchText:
    """The lines of the text, without newlines, and where the parts begin in it."""

    lines: tuple[str, ...]
    first: Mapping[Part, int]
    """Index of the first line of SUBJECT, BODY, NOTES and DIFF; a part that is empty is missing."""
    last: Mapping[Part, int]
    """Index of the line behind each."""
    own: frozenset[int]
    """Lines that the author wrote as words or code: no headers, trailers, context or removed lines.
    """

    def spot(self, line: int) -> Spot:
        """The place in the patch of a line, counted from 1; the whole patch where it is in none."""
        at = line - 1
        for part, first in self.first.items():
            if first <= at < self.last[part]:
                return Spot(part, at - first)
        return WHOLE

    @cached_property
    def whole(self) -> bytes:
        """The text as a file."""
        return _joined(self.lines)

    @cached_property
    def prose(self) -> bytes:
        """The text with all lines emptied but the author's own ones."""
        return _joined(line if at in self.own else "" for at, line in enumerate(self.lines))


def _joined(lines: Iterator[str] | tuple[str, ...]) -> bytes:
    # No line of ours has a newline in it: the numbers hold.
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def write_text(patch: Patch) -> PatchText:
    """The patch in the form of git format-patch; what is staged has a diff only."""
    writer = _Writer()
    if patch.title_line or patch.body:
        writer.headers(patch)
        writer.part(Part.BODY, patch.body, _written(patch))
        writer.lines.append("---")
    writer.part(Part.NOTES, patch.notes, range(len(patch.notes)))
    diff = [*patch.diff_lines] if patch.diff_text else []
    while diff and not diff[-1]:
        diff.pop()
    added = (one.index for one in patch.changes if one.sign == "+")
    writer.part(Part.DIFF, tuple(diff), added)
    writer.lines.extend(_BELOW)
    return PatchText(tuple(writer.lines), writer.first, writer.last, frozenset(writer.own))


def _written(patch: Patch) -> Iterator[int]:
    """Lines of the body that are no trailers: those are names, and titles of others."""
    trailers = {one.index + at for one in patch.trailers for at in range(one.count)}
    return (at for at in range(len(patch.body)) if at not in trailers)


class _Writer:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.first: dict[Part, int] = {}
        self.last: dict[Part, int] = {}
        self.own: set[int] = set()

    def headers(self, patch: Patch) -> None:
        tag = "" if patch.subject.is_patch else "[PATCH] "
        self.lines.append(f"From {patch.commit or _NO_COMMIT} Mon Sep 17 00:00:00 2001")
        self.lines.append(f"From: {' '.join(str(patch.author).split())}")
        self.part(Part.SUBJECT, (f"Subject: {tag}{' '.join(patch.title_line.split())}",), (0,))
        self.lines.append("")

    def part(
        self, part: Part, lines: tuple[str, ...], own: Iterator[int] | range | tuple[int, ...]
    ) -> None:
        if not lines:
            return
        start = len(self.lines)
        self.first[part], self.last[part] = start, start + len(lines)
        self.own.update(start + at for at in own)
        self.lines.extend(lines)
