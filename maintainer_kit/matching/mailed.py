# SPDX-License-Identifier: GPL-2.0-or-later
"""The print of a mailed patch."""

from __future__ import annotations

from maintainer_kit.matching.commit import make_print
from maintainer_kit.matching.fingerprint import DiffPrint, diff_print
from maintainer_kit.matching.prints import PatchPrint
from maintainer_kit.model.mail.mailmap import NO_MAILMAP, People
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.patch.outline import Outline, outline_of


def patch_print(
    message: Message, text: str, *, series: str = "", people: People = NO_MAILMAP
) -> PatchPrint:
    """Of a patch mail; ``text`` holds its patch (``finding.find_patch``), and ``series`` is what is
    equal in all mails of its posting."""
    subject = message.subject
    return PatchPrint(
        message.message_id,
        make_print(message.author, subject.title, message.date, mailed_diff(text), people),
        series,
        subject.number or 0,
        subject.total or 0,
    )


def mailed_diff(text: str) -> DiffPrint:
    """Fingerprints of the first diff of a text, as if git had just written it."""
    outline = outline_of(text)
    if outline is None:
        return DiffPrint()
    clean = "".join(_file_of(outline, number) for number in range(len(outline.files)))
    data = clean.encode("utf-8", "surrogateescape")
    return diff_print(data, is_whole=not outline.diff.damage)


def _file_of(outline: Outline, number: int) -> str:
    """One file's diff without what a mailer or a person put between its lines."""
    lines, file = outline.lines.lines, outline.files[number]
    header = lines[file.start : file.end]
    if not file.has_git_header:
        header = [f"diff --git a/{file.path} b/{file.path}", *header]
    if outline.diff.damage:
        is_last = number + 1 == len(outline.files)
        body = lines[file.body : None if is_last else outline.files[number + 1].start]
    else:
        body = [line for first, end in file.hunks for line in lines[first - 1 : end]]
    return "\n".join([*header, *body, ""])
