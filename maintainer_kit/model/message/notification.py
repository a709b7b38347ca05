# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails that announce commits: what they name."""

from __future__ import annotations

import re

from maintainer_kit.model.mail.mail import Mail
from maintainer_kit.model.message.subject import Subject

_LABEL = re.compile(r"^(?:Commit|Commit-ID):[ \t]+([0-9a-f]{12,64})[ \t]*$", re.MULTILINE)
_COMMITTER = re.compile(r"^(?:Committer|CommitDate|Parent|Gitweb|Web|Refname):[ \t]", re.MULTILINE)
_HEADERS = ("x-git-rev", "x-git-commit")
_MAILBOMB = re.compile(r"git-mailbomb-.*-([0-9a-f]{40})@")
# gitolite's log of pushes: "log: |" and below it "<commit> <title>", the newest first.
_PUSH_LOG = re.compile(r"^[ \t-]{1,12}([0-9a-f]{40}) \S", re.MULTILINE)
_PUSH_NEW = re.compile(r"^[ \t-]{0,12}new:[ \t]*([0-9a-f]{40})[ \t]*$", re.MULTILINE)
_NO_COMMIT = "0" * 40
_QUEUED = re.compile(
    r'^patch ".*" has been added to the \S+(?: (?:stable|longterm))? tree$', re.IGNORECASE
)
_APPLIED_IDS = re.compile(
    r"(?:/c/|[?&;](?:id|h)=)([0-9a-f]{10,40})\b"
    r"|^[ \t]*\[\d+/\d+\][^\n]*\n[ \t]+commit:[ \t]*([0-9a-f]{10,40})",
    re.MULTILINE,
)
_SIGNS = ("/c/", "commit:", "?id=", ";id=", "&id=", "?h=", ";h=", "&h=")
_TOP = 8000


def announced_commits(mail: Mail, message_id: str) -> tuple[str, ...]:
    """The commits that a notification announces (git-commits-head, tip-bot2, gitolite); empty for
    other mail.

    By label, not by position: the order of the labels changed over the years.
    """
    text = mail.text
    found = _LABEL.search(text, 0, _TOP) if "ommit" in text[:_TOP] else None
    if found and _COMMITTER.search(text, 0, _TOP):
        return (found[1],)
    for name in _HEADERS:
        if name in mail.headers and (value := mail.header(name).split()):
            return (value[0],)
    if message_id.startswith("git-mailbomb-") and (bomb := _MAILBOMB.match(message_id)):
        return (bomb[1],)
    return _pushed(mail) if "service:" in text[:_TOP] else ()


def _pushed(mail: Mail) -> tuple[str, ...]:
    """The commits of a push to a gitolite; its newest where there is no log."""
    if not mail.header("subject").lower().startswith("post-receive:"):
        return ()
    found = _PUSH_LOG.findall(mail.text[: 1 << 20]) or _PUSH_NEW.findall(mail.text[:_TOP])
    return tuple(dict.fromkeys(one for one in found if one != _NO_COMMIT))[:1000]


def says_queued(subject: Subject) -> bool:
    """Whether a stable tree's maintainer says to have queued a patch: the mail shows the patch, and
    the commit that it names is not the one that it will become."""
    title = subject.title
    if subject.is_reply or title[:7].lower() != 'patch "':
        return False
    return _QUEUED.match(title) is not None


def summary_commits(text: str) -> tuple[str, ...]:
    """Commits that an "applied" summary links (git-patchwork-bot, b4 ty)."""
    # Most mail holds none of what such a link or line is known by.
    if "/c/" not in text and "id=" not in text and "h=" not in text and "commit:" not in text:
        return ()
    if not any(sign in text for sign in _SIGNS):
        return ()
    ids = (one or other for one, other in _APPLIED_IDS.findall(text))
    return tuple(dict.fromkeys(ids))[:200]
