# SPDX-License-Identifier: GPL-2.0-or-later
"""What an export notes in the comments of a series file: the topic, and each file as it was made.

By that a file is told that its owner has changed since. quilt keeps comments where they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from maintainer_kit.model.mail.text import visible_line

_DIGITS = 16
_TOPIC = re.compile(
    r"# mkit quilt export of (?P<topic>[a-z2-7]{1,10}) v(?P<revision>[0-9]{1,4}): .*"
)
_COVER = re.compile(r"# {3}cover letter <(?P<cover>[!-;=?-~]{3,250})>")
_FILE = re.compile(
    r"# {3}(?P<name>[A-Za-z0-9_.-]{1,80}) (?P<digest>[0-9a-f]{16})(?: <(?P<id>[!-;=?-~]{3,250})>)?"
)
_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Noted:
    """A file as it was exported."""

    name: str
    digest: str
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """An export, as the series file tells of it."""

    topic: str
    revision: int
    title: str
    cover: str
    """Message-ID of the cover letter; empty without one."""
    files: tuple[Noted, ...]

    @property
    def message_ids(self) -> tuple[str, ...]:
        found = (self.cover, *(one.message_id for one in self.files))
        return tuple(one for one in found if one)


def digest_of(content: bytes) -> str:
    """By what a file is known to be as it was."""
    return sha256(content).hexdigest()[:_DIGITS]


def record_lines(record: Record) -> list[str]:
    """The comments."""
    title = visible_line(record.title)[:_LONGEST_TITLE]
    lines = [f"# mkit quilt export of {record.topic} v{record.revision}: {title}"]
    if is_plain_id(record.cover):
        lines.append(f"#   cover letter <{record.cover}>")
    lines.extend(_file_line(one) for one in record.files)
    return lines


def _file_line(one: Noted) -> str:
    tail = f" <{one.message_id}>" if is_plain_id(one.message_id) else ""
    return f"#   {one.name} {one.digest}{tail}"


def is_plain_id(message_id: str) -> bool:
    """Whether a Message-ID can stand in a comment or a header and be read back."""
    return bool(_PLAIN_ID.fullmatch(message_id)) and not message_id.startswith("notmuch-sha1-")


_PLAIN_ID = re.compile(r"[!-;=?-~]{3,250}")


def split_record(text: str) -> tuple[Record | None, list[str]]:
    """The record of a series file, and its other lines; of several exports the first counts."""
    others: list[str] = []
    head: re.Match[str] | None = None
    cover, files = "", list[Noted]()
    for line in _lines(text):
        if found := _TOPIC.fullmatch(line):
            head = head or found
        elif found := _COVER.fullmatch(line):
            cover = cover or found["cover"]
        elif found := _FILE.fullmatch(line):
            files.append(Noted(found["name"], found["digest"], found["id"] or ""))
        else:
            others.append(line)
    if head is None:
        return None, _lines(text)
    title = head[0].partition(": ")[2]
    return Record(head["topic"], int(head["revision"]), title, cover, tuple(files)), others


def _lines(text: str) -> list[str]:
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    return lines if lines[-1] else lines[:-1]


def noted_by_name(files: Sequence[Noted]) -> dict[str, Noted]:
    """The files by their names."""
    return {one.name: one for one in files}
