# SPDX-License-Identifier: GPL-2.0-or-later
"""The message of a commit that is mended, in its own bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from maintainer_kit.checks.finding import Edit, Part
from maintainer_kit.checks.mending import CannotMend
from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.reading_commit import CommitRecord, patch_of_commit
from maintainer_kit.model.mail.charset import is_plain, lookup
from maintainer_kit.model.mail.text import storable
from maintainer_kit.render.edited_lines import Change, change_lines


@dataclass(frozen=True)
class CommitDraft:
    """A commit with the bytes of its message."""

    content: bytes
    record: CommitRecord
    encoding: str = ""
    """As the commit names it; empty means UTF-8."""

    @cached_property
    def patch(self) -> Patch:
        text = self.content.decode(self._codec, "surrogateescape" if self._is_utf8 else "replace")
        return patch_of_commit(replace(self.record, message=storable(text)))

    def edited(self, edits: Sequence[Edit]) -> Self:
        if any(one.part not in (Part.SUBJECT, Part.BODY) for one in edits):
            raise CannotMend("only messages of commits are rewritten: amend it")
        return type(self)(self._written(edits), self.record, self.encoding)

    def resaved(self) -> Self:
        raise CannotMend("its message cannot be written in the encoding of the commit")

    @property
    def _is_utf8(self) -> bool:
        return self._codec == "utf-8"

    @property
    def _codec(self) -> str:
        return "utf-8" if is_plain(self.encoding) else lookup(self.encoding) or "utf-8"

    def _written(self, edits: Sequence[Edit]) -> bytes:
        text = self.content.rstrip(b"\n")
        lines = text.split(b"\n")
        title, title_end, body = _places(lines)
        changes: list[Change] = []
        for edit in edits:
            if edit.part is Part.BODY:
                old = self.patch.body[edit.first : edit.first + edit.count]
                changes.append(Change(body + edit.first, old, edit.lines))
        if changes and body == title_end:
            lines.append(b"")
            changes = [replace(one, at=one.at + 1) for one in changes]
        change_lines(lines, changes, self._codec)
        for edit in edits:
            if edit.part is Part.SUBJECT:
                new = [Change(title, (), edit.lines)]
                del lines[title:title_end]
                change_lines(lines, new, self._codec)
        return b"\n".join(lines).rstrip(b"\n") + (self.content[len(text) :] or b"\n")


def _places(lines: Sequence[bytes]) -> tuple[int, int, int]:
    """Where the title begins and ends, and where the body begins; as ``reading.split_message``."""
    at = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    end = at
    while end < len(lines) and lines[end].strip():
        end += 1
    body = end
    while body < len(lines) and not lines[body].strip():
        body += 1
    return at, end, body
