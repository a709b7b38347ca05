# SPDX-License-Identifier: GPL-2.0-or-later
"""A patch as quilt keeps it in a file: a head that people read and git quiltimport understands, the
message, and the diff in the bytes that it had."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maintainer_kit.checks.patch import Patch
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.mail.text import storable, visible_line
from maintainer_kit.model.patch.outline import outline_of
from maintainer_kit.render.am_diff import diff_bytes
from maintainer_kit.render.am_mbox import author_date, message_text
from maintainer_kit.workflow.quilting.record import is_plain_id

_LONGEST = 400


def quilt_patch(patch: Patch, body: Sequence[str]) -> bytes:
    """The file. ``body`` is the message below the title, trailers included. Nothing is encoded, as
    patch(1) reads bytes; what a mailer put below the diff is left out."""
    head = "".join(f"{line}\n" for line in _head(patch))
    text = f"{head}\n{message_text(body, patch.author)}---\n\n"
    return storable(text).encode("utf-8") + bare_diff(patch)


def _head(patch: Patch) -> Iterator[str]:
    yield f"From: {_person(patch.author)}"
    if date := author_date(patch):
        yield f"Date: {date}"
    yield f"Subject: {' '.join(visible_line(patch.title).split())[:_LONGEST]}"
    if patch.message_id and is_plain_id(patch.message_id):
        yield f"Message-ID: <{patch.message_id}>"


def _person(person: Person) -> str:
    """Letters as they are; what a header takes for more than a name in quotes (RFC 5322, 3.2.4)."""
    name = " ".join(visible_line(person.name).split())[:_LONGEST]
    address = visible_line(person.address).translate(_BRACKETS)
    if _SPECIALS.intersection(name):
        name = '"{}"'.format(name.replace("\\", "").replace('"', "'"))
    return f"{name} <{address}>" if name else address


_BRACKETS = str.maketrans(dict.fromkeys("<> \t", ""))
_SPECIALS = frozenset('()<>[]:;@\\,"')


def bare_diff(patch: Patch) -> bytes:
    """The diff without what stands below its last line: a signature, the footer of a list."""
    data = diff_bytes(patch)
    outline = outline_of(patch.diff_text)
    if outline is None or outline.diff.damage or outline.start:
        return data if data.endswith(b"\n") else data + b"\n"
    last = outline.files[-1]
    lines = data.split(b"\n")
    if not last.hunks:
        # The data of a binary file ends in an empty line.
        ending = b"\n\n" if last.change == "binary" else b"\n"
        return b"\n".join(lines[: last.body]).rstrip(b"\n") + ending
    end = last.hunks[-1][1]
    # "\ No newline at end of file" belongs to the line above it.
    while end < len(lines) and lines[end].startswith(b"\\ "):
        end += 1
    return b"".join(line + b"\n" for line in lines[:end])
