# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails that announce commits: what they name."""

from __future__ import annotations

import re

from maintainer_kit.model.mail.mail import Mail
from maintainer_kit.model.message.subject import Subject

_LABEL = re.compile(r"Commit(?<=^Commit)(?:-ID)?:[ \t]+([0-9a-f]{12,64})[ \t]*$", re.MULTILINE)
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
# Each with what it is known by in front, so that the search is quick.
_APPLIED_IDS = (
    ("/c/", re.compile(r"/c/([0-9a-f]{10,40})\b")),
    ("id=", re.compile(r"id=(?<=[?&;]id=)([0-9a-f]{10,40})\b")),
    ("h=", re.compile(r"h=(?<=[?&;]h=)([0-9a-f]{10,40})\b")),
    (
        "commit:",
        re.compile(r"^[ \t]*\[\d+/\d+\][^\n]*\n[ \t]+commit:[ \t]*([0-9a-f]{10,40})", re.MULTILINE),
    ),
)
_TOP = 8000


def announced_commits(mail: Mail, message_id: str, text: str) -> tuple[str, ...]:
    """The commits that a notification announces (git-commits-head, tip-bot2, gitolite); empty for
    other mail. ``text`` is its text, which may leave hunks out.

    By label, not by position: the order of the labels changed over the years.
    """
    found = _LABEL.search(text, 0, _TOP) if text.find("ommit", 0, _TOP) >= 0 else None
    if found and _COMMITTER.search(text, 0, _TOP):
        return (found[1],)
    for name in _HEADERS:
        if name in mail.headers and (value := mail.header(name).split()):
            return (value[0],)
    if message_id.startswith("git-mailbomb-") and (bomb := _MAILBOMB.match(message_id)):
        return (bomb[1],)
    return _pushed(mail, text) if text.find("service:", 0, _TOP) >= 0 else ()


def _pushed(mail: Mail, text: str) -> tuple[str, ...]:
    """The commits of a push to a gitolite; its newest where there is no log."""
    if not mail.header("subject").lower().startswith("post-receive:"):
        return ()
    found = _PUSH_LOG.findall(text[: 1 << 20]) or _PUSH_NEW.findall(text[:_TOP])
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
    found: list[tuple[int, str]] = []
    for sign, pattern in _APPLIED_IDS:
        if sign in text:
            found += [(match.start(), match[1]) for match in pattern.finditer(text)]
    return tuple(dict.fromkeys([one for _, one in sorted(found)]))[:200]
