# SPDX-License-Identifier: GPL-2.0-or-later
"""Where in a mail its patch is: below scissors, in the text, in an attachment."""

from __future__ import annotations

from dataclasses import dataclass, replace

from maintainer_kit.model.mail.charset import decode_words
from maintainer_kit.model.mail.mail import Mail
from maintainer_kit.model.mail.text import storable
from maintainer_kit.model.message import marks
from maintainer_kit.model.message.subject import Subject, parse_subject
from maintainer_kit.model.patch.diff import Diff, parse_diff

ATTACHED = "patch in an attachment"
_MAX_TEXT = 16 << 20


@dataclass(frozen=True, slots=True)
class Found:
    """The part of a mail that holds its patch; the whole text where there is none."""

    text: str
    subject: Subject
    """The patch's own, where it differs from the mail's."""
    diff: Diff | None
    in_reply: bool = False
    """It is a patch although the mail answers another one."""
    notes: tuple[str, ...] = ()


def find_patch(mail: Mail, text: str, subject: Subject, is_reply: bool) -> Found:
    """Look below scissors, in the text, then in attachments; the first that holds a diff."""
    below = marks.below_scissors(text)
    if below is not None and (diff := parse_diff(below)):
        headers, _ = marks.in_body_headers(below)
        if "subject" in headers:
            subject = parse_subject(storable(decode_words(headers["subject"])))
        elif is_reply:
            subject = replace(subject, is_reply=False, number=None, total=None, revision=1)
        return Found(below, subject, diff, is_reply, ("patch below scissors",))
    diff = parse_diff(text)
    if diff is None and not is_reply:
        for part in mail.attachments:
            if part.is_patch_file and (diff := parse_diff(part.text[:_MAX_TEXT])):
                return Found(part.text[:_MAX_TEXT], subject, diff, notes=(ATTACHED,))
    if diff and diff.damage and mail.unjoined:
        # Of a flowed mail, the reading that leaves the patch whole.
        other = parse_diff(mail.unjoined)
        if other and not other.damage:
            return Found(mail.unjoined, subject, other)
    return Found(text, subject, diff)
