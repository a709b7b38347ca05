# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails that announce commits or ask to pull: what they name."""

from __future__ import annotations

import re

from maintainer_kit.model.mail.mail import Mail
from maintainer_kit.model.message.subject import Subject

_LABEL = re.compile(r"^(?:Commit|Commit-ID):[ \t]+([0-9a-f]{12,64})[ \t]*$", re.MULTILINE)
_COMMITTER = re.compile(r"^(?:Committer|CommitDate|Parent|Gitweb|Web|Refname):[ \t]", re.MULTILINE)
_MAILBOMB = re.compile(r"git-mailbomb-.*-([0-9a-f]{40})@")
_PULL_TEXT = re.compile(
    r"(?:are available in the [Gg]it [Rr]epository at:|"
    r"^The following changes since commit [0-9a-f]{7,}|^(?:please )?pull from:?)",
    re.MULTILINE,
)
_APPLIED_IDS = re.compile(
    r"(?:/c/|[?&;](?:id|h)=)([0-9a-f]{10,40})\b"
    r"|^\s*\[\d+/\d+\][^\n]*\n\s+commit:\s*([0-9a-f]{10,40})",
    re.MULTILINE,
)


def announced_commits(mail: Mail, message_id: str) -> tuple[str, ...]:
    """The commit that a notification announces (git-commits-head, tip-bot2); empty for other mail.

    By label, not by position: the order of the labels changed over the years.
    """
    found = _LABEL.search(mail.text[:8000])
    if found and _COMMITTER.search(mail.text[:8000]):
        return (found[1],)
    for name in ("x-git-rev", "x-git-commit"):
        if value := mail.header(name):
            return (value.split()[0],)
    bomb = _MAILBOMB.match(message_id)
    return (bomb[1],) if bomb else ()


def summary_commits(text: str) -> tuple[str, ...]:
    """Commits that an "applied" summary links (git-patchwork-bot, b4 ty)."""
    ids = (one or other for one, other in _APPLIED_IDS.findall(text))
    return tuple(dict.fromkeys(ids))[:200]


def asks_to_pull(subject: Subject, text: str) -> bool:
    """Whether a mail is a pull request (git-request-pull(1)) or says that it is."""
    words = " ".join((*subject.tags, subject.title)).lower()
    named = "git pull" in words or "pull request" in words or "please pull" in words
    named = named or any(tag.lower() == "pull" for tag in subject.tags)
    return named and (_PULL_TEXT.search(text) is not None or "git pull" in words)
