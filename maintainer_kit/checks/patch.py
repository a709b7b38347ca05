# SPDX-License-Identifier: GPL-2.0-or-later
"""A patch as it is checked: of a mail, a patch file, a commit, or a message in the making."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from maintainer_kit.checks.finding import Part, Place, Spot
from maintainer_kit.checks.placed_trailers import PlacedTrailer, placed_trailers
from maintainer_kit.lazy.dataclass import dataclass, field
from maintainer_kit.model.mail.person import NOBODY, Person
from maintainer_kit.model.message.subject import Subject

if TYPE_CHECKING:  # a hook that reads one message has no time for mails and diffs
    from maintainer_kit.checks.changed_lines import ChangedLine
    from maintainer_kit.model.mail.mail import Mail
    from maintainer_kit.model.patch.diff import Diff


class Origin(StrEnum):
    """Where a patch comes from; each rule says of which it speaks."""

    MAIL = "mail"
    """A mail that went, or is about to go, over the wire: it has a Message-ID."""
    FILE = "file"
    """A patch file as git format-patch writes it, without a Message-ID."""
    COMMIT = "commit"
    MESSAGE = "message"
    """A commit message in the making, without its diff."""
    STAGED = "staged"
    """A diff without a message."""


class Role(StrEnum):
    """What it is in its series."""

    PATCH = "patch"
    COVER = "cover"
    OTHER = "other"
    """Something without a diff that is no cover letter."""


@dataclass(frozen=True)
class Patch:
    """One patch or cover letter, taken apart. Lines have no newline; indices count from 0."""

    origin: Origin
    role: Role
    title_line: str
    """The subject as it stands: of a mail decoded, in one line and with its prefix."""
    subject: Subject
    body: tuple[str, ...]
    """The commit message below its title, without in-body headers; trailers included."""
    notes: tuple[str, ...] = ()
    diff_text: str = ""
    author: Person = NOBODY
    """In-body From:, else the sender; of a commit its author."""
    submitter: Person = NOBODY
    """The sender; of a commit its committer."""
    date: int = 0
    """Seconds since the epoch; 0 when unknown."""
    message_id: str | None = None
    commit: str | None = None
    parents: tuple[str, ...] = ()
    """Of a mail: Message-IDs it answers, the nearest first. Of a commit: its parents' ids."""
    to: tuple[Person, ...] = ()
    cc: tuple[Person, ...] = ()
    in_body: Mapping[str, str] = field(default_factory=dict)
    """Headers at the top of a mail's text, by lower-case name."""
    mail: Mail | None = None
    raw: bytes = b""
    """Of a mail or a patch file: its bytes."""
    path: str | None = None
    """The file it was read from, as the user named it."""
    first_lines: Mapping[Part, int] = field(default_factory=dict)
    """Line of the file, from 1, on which SUBJECT, BODY, NOTES or DIFF begins; a part is missing
    where the text was encoded, and nobody can point at it."""
    header_lines: Mapping[str, int] = field(default_factory=dict)
    """Line of the file of each header by lower-case name."""

    @property
    def title(self) -> str:
        """The subject without its prefix."""
        return self.subject.title

    @property
    def is_mail(self) -> bool:
        return self.origin in (Origin.MAIL, Origin.FILE)

    @property
    def is_merge(self) -> bool:
        return self.origin is Origin.COMMIT and len(self.parents) > 1

    @property
    def is_revert(self) -> bool:
        return self.title.startswith(('Revert "', "Reapply ", "Revert: "))

    @cached_property
    def diff(self) -> Diff | None:
        """The diff, parsed; ``first_line`` counts within ``diff_text``."""
        if not self.diff_text:
            return None
        from maintainer_kit.model.patch.diff import parse_diff

        return parse_diff(self.diff_text)

    @cached_property
    def diff_lines(self) -> Sequence[str]:
        return self.diff_text.split("\n")

    @cached_property
    def changes(self) -> tuple[ChangedLine, ...]:
        """Added and removed lines, in order, each with its file and line."""
        if not self.diff_text:
            return ()
        from maintainer_kit.checks.changed_lines import changed_lines

        return tuple(changed_lines(self.diff_lines))

    @cached_property
    def trailers(self) -> tuple[PlacedTrailer, ...]:
        """All that looks like a trailer of the field's vocabulary, wherever it stands."""
        return placed_trailers(self.body)

    @cached_property
    def prose_end(self) -> int:
        """Index in ``body`` behind the last line that is not of the block of trailers."""
        block = [one.index for one in self.trailers if one.in_block]
        return min(block) if block else len(self.body)

    @cached_property
    def prose(self) -> tuple[str, ...]:
        """The body without its block of trailers."""
        return self.body[: self.prose_end]

    @cached_property
    def text(self) -> str:
        """The body as one string."""
        return "\n".join(self.body)

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The files it touches, old names of moved ones included."""
        files = self.diff.files if self.diff else ()
        both = (path for one in files for path in (one.path, one.old_path) if path)
        return tuple(dict.fromkeys(both))

    def named(self, *names: str) -> tuple[PlacedTrailer, ...]:
        """Trailers of these names, given in their usual spelling."""
        return tuple(one for one in self.trailers if one.name in names)

    def line(self, spot: Spot) -> str:
        """The line that a spot speaks of; empty where there is none."""
        lines: Sequence[str]
        match spot.part:
            case Part.SUBJECT:
                lines = (self.title_line,)
            case Part.BODY:
                lines = self.body
            case Part.NOTES:
                lines = self.notes
            case Part.DIFF:
                lines = self.diff_lines
            case Part.HEADER:
                lines = (self.mail.header(spot.header),) if self.mail else ()
            case _:
                lines = ()
        return lines[spot.index] if 0 <= spot.index < len(lines) else ""

    def place(self, spot: Spot) -> Place:
        """Where the user finds a spot."""
        source_path, source_line = self._in_source(spot)
        if self.path is None:
            return Place(source_path, source_line, self.line(spot), source_path, source_line)
        return Place(self.path, self._in_file(spot), self.line(spot), source_path, source_line)

    def _in_file(self, spot: Spot) -> int | None:
        if spot.part is Part.WHOLE:
            return min(self.header_lines.values(), default=None)
        if spot.part is Part.HEADER:
            return self.header_lines.get(spot.header)
        if spot.part is Part.SUBJECT and spot.part not in self.first_lines:
            return self.header_lines.get("subject")
        first = self.first_lines.get(spot.part)
        return None if first is None else first + spot.index

    def _in_source(self, spot: Spot) -> tuple[str | None, int | None]:
        if spot.part is not Part.DIFF:
            return None, None
        at = bisect_left(self.changes, spot.index, key=lambda one: one.index)
        if at == len(self.changes):
            return None, None
        one = self.changes[at]
        return one.path, one.line if one.index == spot.index else None


def in_subject(start: int = 0, end: int = 0) -> Spot:
    return Spot(Part.SUBJECT, 0, start, end)


def in_title(patch: Patch, start: int, end: int) -> Spot:
    """Columns of the title, without its prefix, as columns of the subject."""
    at = patch.title_line.rfind(patch.title)
    return in_subject(max(at, 0) + start, max(at, 0) + end)


def in_body(index: int, start: int = 0, end: int = 0) -> Spot:
    return Spot(Part.BODY, index, start, end)


def in_notes(index: int, start: int = 0, end: int = 0) -> Spot:
    return Spot(Part.NOTES, index, start, end)


def in_diff(index: int, start: int = 0, end: int = 0) -> Spot:
    return Spot(Part.DIFF, index, start, end)


def in_header(name: str, start: int = 0, end: int = 0) -> Spot:
    return Spot(Part.HEADER, 0, start, end, name.lower())
