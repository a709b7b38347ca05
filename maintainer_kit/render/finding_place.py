# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a finding is to be shown: for people in words, for programs as a file with columns."""

from __future__ import annotations

from typing import NamedTuple

from maintainer_kit.checks.finding import Finding, Part
from maintainer_kit.model.mail.text import visible_line

_AS_THEY_STAND = (Part.BODY, Part.NOTES, Part.DIFF)


class FileSpot(NamedTuple):
    """A place in a file; line and columns count from 1, ``end`` is behind the last column."""

    path: str
    """As it is on disk: bytes that are no UTF-8 are lone surrogates."""
    line: int | None
    start: int | None = None
    end: int | None = None


def where(finding: Finding) -> str:
    """``file:line``; where there is no such line the name of the commit or mail, and the part."""
    place = finding.place
    file = visible_line(place.path or "")
    if file and place.line:
        return f"{file}:{place.line}"
    name = ":".join(filter(None, (file, named(finding)))) or "staged"
    part = finding.spot.part
    if part is Part.WHOLE:
        return name
    if part is Part.HEADER:
        return f"{name}:{visible_line(finding.spot.header)}"
    line = f":{finding.spot.index + 1}" if part is not Part.SUBJECT else ""
    return f"{name}:{part.value}{line}"


def named(finding: Finding) -> str:
    """The patch of a finding: its abbreviated commit or its Message-ID; empty for a draft."""
    return (finding.commit or "")[:12] or visible_line(finding.message_id or "")


def file_spot(finding: Finding) -> FileSpot | None:
    """The place that a forge can annotate: the changed file, else the file that was read."""
    place, spot = finding.place, finding.spot
    has_columns = spot.end > spot.start and place.text != ""
    if place.source_path:
        # The first column of a diff is its sign; what a patch takes away is in no file.
        if has_columns and spot.start and place.source_line and place.text.startswith("+"):
            return FileSpot(place.source_path, place.source_line, spot.start, spot.end)
        return FileSpot(place.source_path, place.source_line)
    if not place.path:
        return None
    if has_columns and place.line and spot.part in _AS_THEY_STAND:
        return FileSpot(place.path, place.line, spot.start + 1, spot.end + 1)
    return FileSpot(place.path, place.line)
