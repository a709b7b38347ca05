# SPDX-License-Identifier: GPL-2.0-or-later
"""Where in a mail its patch is: below scissors, in the text, in an attachment."""

from __future__ import annotations

from dataclasses import replace

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.mail.charset import decode_words
from maintainer_kit.model.mail.mail import Mail
from maintainer_kit.model.mail.text import storable
from maintainer_kit.model.message import marks
from maintainer_kit.model.message.subject import Subject, parse_subject
from maintainer_kit.model.patch.change import Diff
from maintainer_kit.model.patch.outline import Outline, outline_of

ATTACHED = "patch in an attachment"
MAX_TEXT = 16 << 20
"""So many characters of a text are read."""


@dataclass(frozen=True, slots=True)
class Found:
    """The part of a mail that holds its patch; the whole text where there is none."""

    text: str
    subject: Subject
    """The patch's own, where it differs from the mail's."""
    outline: Outline | None
    prose: str
    """The mail's text without the hunks of its patch."""
    in_reply: bool = False
    """It is a patch although the mail answers another one."""
    notes: tuple[str, ...] = ()

    @property
    def diff(self) -> Diff | None:
        return self.outline.diff if self.outline else None


def find_patch(mail: Mail, text: str, subject: Subject, is_reply: bool) -> Found:
    """Look below scissors, in the text, then in attachments; the first that holds a diff."""
    outline = outline_of(text)
    if outline is None:
        return _find_attached(mail, text, subject, is_reply)
    if found := _find_below_scissors(text, outline, subject, is_reply):
        return found
    if outline.diff.damage and mail.unjoined:
        # Of a flowed mail, the reading that leaves the patch whole.
        other = outline_of(mail.unjoined)
        if other and not other.diff.damage:
            return Found(mail.unjoined, subject, other, text)
    return Found(text, subject, outline, outline.prose)


def _find_attached(mail: Mail, text: str, subject: Subject, is_reply: bool) -> Found:
    for part in () if is_reply else mail.attachments:
        held = part.text[:MAX_TEXT]
        if not part.is_patch_file or not (outline := outline_of(held)):
            continue
        if _is_bare(held, outline) and (joined := outline_of(f"{text}\n{held}")):
            # git format-patch --attach leaves the message in the text; git am joins the two.
            held, outline = f"{text}\n{held}", joined
        return Found(held, subject, outline, text, notes=(ATTACHED,))
    return Found(text, subject, None, text)


def _is_bare(text: str, outline: Outline) -> bool:
    """Whether nothing but blank lines stands above the diff."""
    return not any(line.strip() for line in text.split("\n", 50)[: outline.diff.first_line - 1])


def _find_below_scissors(
    text: str, outline: Outline, subject: Subject, is_reply: bool
) -> Found | None:
    if not marks.may_have_scissors(outline.prose):
        return None
    below = marks.below_scissors(text)
    if below is None or not (outline_below := outline_of(below)):
        return None
    headers, _ = marks.in_body_headers(below)
    if "subject" in headers:
        subject = parse_subject(storable(decode_words(headers["subject"])))
    elif is_reply:
        subject = replace(subject, is_reply=False, number=None, total=None, revision=1)
    return Found(below, subject, outline_below, text, is_reply, ("patch below scissors",))
