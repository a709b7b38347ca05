# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails that announce commits: which there are, and what they name."""

from __future__ import annotations

import re

from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.mail import Mail
from maintainer_kit.model.message.announced import Announced
from maintainer_kit.model.message.commit_mail import one_commit
from maintainer_kit.model.message.push_mail import pushed_commits
from maintainer_kit.model.message.queued_mail import queued, says_queued
from maintainer_kit.model.message.subject import Subject
from maintainer_kit.model.message.summary_mail import pulled, summed_up

__all__ = ["announcements", "notified", "says_queued", "summary_commits"]

_TOP = 8000
# Each with what it is known by in front, so that the search is quick.
_APPLIED_IDS = (
    ("/c/", lazy_pattern(r"/c/([0-9a-f]{10,40})\b")),
    ("id=", lazy_pattern(r"id=(?<=[?&;]id=)([0-9a-f]{10,40})\b")),
    ("h=", lazy_pattern(r"h=(?<=[?&;]h=)([0-9a-f]{10,40})\b")),
    (
        "commit:",
        lazy_pattern(
            r"^[ \t]*\[\d+/\d+\][^\n]*\n[ \t]+commit:[ \t]*([0-9a-f]{10,40})", re.MULTILINE
        ),
    ),
)


def notified(mail: Mail, subject: Subject, message_id: str, text: str) -> tuple[Announced, ...]:
    """The commits that a notification announces (git-commits-head, tip-bot2, gitolite); none for
    other mail. ``text`` is its text, which may leave hunks out."""
    found = one_commit(mail, subject, message_id, text)
    if not found and text.find("service:", 0, _TOP) >= 0:
        return pushed_commits(mail, text)
    return found


def announcements(mail: Mail, subject: Subject, text: str) -> tuple[Announced, ...]:
    """What other mail that is no patch announces: a summary of a series, a pull request that was
    pulled, a patch that waits in a queue; none where it announces nothing."""
    return pulled(mail) or queued(subject, text) or summed_up(text)


def summary_commits(text: str) -> tuple[str, ...]:
    """Commits that an "applied" summary links (git-patchwork-bot, b4 ty)."""
    found: list[tuple[int, str]] = []
    for sign, pattern in _APPLIED_IDS:
        if sign in text:
            found += [(match.start(), match[1]) for match in pattern.finditer(text)]
    return tuple(dict.fromkeys([one for _, one in sorted(found)]))[:200]
