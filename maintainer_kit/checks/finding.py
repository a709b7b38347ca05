# SPDX-License-Identifier: GPL-2.0-or-later
"""What a rule found, where, and how it is mended."""

from __future__ import annotations

from enum import StrEnum

from maintainer_kit.lazy.dataclass import dataclass


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    """It will be sent back, or cannot be applied."""
    WARNING = "warning"
    """A reviewer is likely to ask."""
    INFO = "info"
    """Worth a look."""


RANK = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}
"""Severities by weight."""


class Part(StrEnum):
    """Where in a patch something stands."""

    WHOLE = "whole"
    HEADER = "header"
    SUBJECT = "subject"
    BODY = "body"
    """The commit message below its title; of a cover letter its text."""
    NOTES = "notes"
    """Between ``---`` and the diff: what git am drops."""
    DIFF = "diff"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a patch: a line of one of its parts, and the columns that are meant."""

    part: Part = Part.WHOLE
    index: int = 0
    """The line, counted from 0 within the part."""
    start: int = 0
    end: int = 0
    """Columns, ``end`` behind the last one; both 0 when the whole line is meant."""
    header: str = ""
    """Of a header: its name in lower case."""


WHOLE = Spot()


@dataclass(frozen=True, slots=True)
class Edit:
    """Lines of a part that others are to replace. Edits of one fix do not overlap."""

    part: Part
    """SUBJECT, BODY, NOTES or DIFF."""
    first: int
    count: int
    """How many lines go; 0 to put new ones in front of ``first``."""
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fix:
    """How a finding is mended."""

    words: str
    """What to do, as a command to the author."""
    edits: tuple[Edit, ...] = ()
    """What ``--fix`` does; empty where a person has to think."""
    resave: bool = False
    """Mended by writing the mail anew as plain text, as it was understood."""

    @property
    def is_mechanical(self) -> bool:
        return bool(self.edits) or self.resave


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule says of one place; the engine adds the rule and its severity."""

    message: str
    spot: Spot = WHOLE
    fix: Fix | None = None
    severity: Severity | None = None
    """Where it differs from that of the rule: never weightier than the profile's."""
    patch: int | None = None
    """Of a rule for series: the index of the patch in ``Series.all`` that is meant."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the user finds it."""

    path: str | None
    """The file that was read, else the changed file; as it was named, or in the tree."""
    line: int | None
    """Counted from 1."""
    text: str
    """The line itself, with ``start`` and ``end`` of the Spot counted in it; else empty."""
    source_path: str | None = None
    """Of a finding in a diff: the changed file."""
    source_line: int | None = None
    """Its line after the change, or before it where the line goes."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about one patch."""

    rule: str
    severity: Severity
    message: str
    spot: Spot
    place: Place
    message_id: str | None
    commit: str | None
    title: str
    """Of the patch."""
    fix: Fix | None = None
    source: str = ""
    """The page that asks for it."""
    at: int = 0
    """Index in ``Series.all`` of the patch that is meant."""
