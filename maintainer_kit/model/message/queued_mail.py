# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails by which a maintainer's scripts tell that a patch was taken into a queue: of the stable
trees, of driver trees with the same scripts, and of the -mm tree."""

from __future__ import annotations

import re

from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.message.announced import Announced
from maintainer_kit.model.message.commit_place import branch_of, tree_of
from maintainer_kit.model.message.commit_words import (
    message_part,
    named_mails,
    one_line,
    upstream_of,
)
from maintainer_kit.model.message.subject import Subject

_TOP = 8000
_TAKEN = lazy_pattern(
    r'patch ".*" (?:has been added to the \S{1,100}(?: stable| longterm)? tree'
    r"|added to \S{1,100})$"
    r"|\+ \S{1,250}\.patch added to \S{1,100}(?: branch| tree)$",
    re.IGNORECASE,
)
_LEFT = lazy_pattern(r"\S{1,250}\.patch removed from \S{1,100} tree$", re.IGNORECASE)
_MERGED = "merged"
_TITLE = lazy_pattern(r"\bpatch titled\s{1,40}(?:Subject:[ \t]*)?(\S[^\n]{0,600})")
# Each names the tree, the branch or both.
_PLACES = (
    lazy_pattern(
        r"^to my (?P<name>\S{1,100}) git tree which can be found at:?\s{1,20}"
        r"(?P<tree>\S{1,300})\s{1,4}in the (?P<ref>\S{1,100}) branch",
        re.MULTILINE,
    ),
    lazy_pattern(r"^to the (?P<tree>\S{1,100})(?: stable| longterm)? tree\b", re.MULTILINE),
    lazy_pattern(r"\bmerged into the (?P<ref>\S{1,100}) branch\s{1,4}of (?P<tree>\S{1,300})"),
    lazy_pattern(r"\bmerged into (?P<tree>mainline)\b"),
    lazy_pattern(
        r"^has been added to the (?P<tree>-mm)(?: (?P<ref>\S{1,100}) branch| tree)", re.MULTILINE
    ),
)
_QUEUE = lazy_pattern(r"\bin the (\S{1,100}) subdirectory\b")
# The line that git format-patch begins with; scripts that take patches from git keep it.
_FROM = lazy_pattern(r"^>?From ([0-9a-f]{40}) Mon Sep 17 00:00:00 2001$", re.MULTILINE)


def says_queued(subject: Subject) -> bool:
    """Whether such a script's mail says that a patch was taken: the mail shows the patch, and the
    commit that it names is not the one that it will become."""
    if subject.is_reply or subject.is_forward:
        return False
    if subject.tags[:1] == (_MERGED,):
        return _LEFT.match(subject.title) is not None
    is_near = subject.title[:2] == "+ " or subject.title[:7].lower() == 'patch "'
    return is_near and _TAKEN.match(subject.title) is not None


def queued(subject: Subject, text: str) -> tuple[Announced, ...]:
    """What such a mail says of its patch: the queue that it is in, the mails and the commit that it
    comes from; nothing for other mail. ``text`` may leave hunks out."""
    if not says_queued(subject):
        return ()
    top = text[:_TOP]
    title = _TITLE.search(top)
    tree, ref = _place(top)
    message = message_part(text, title.end() if title else 0)
    source = _FROM.search(message)
    return (
        Announced(
            tree=tree,
            ref=ref,
            title=one_line(title[1]) if title else "",
            message_ids=named_mails(message),
            upstream=upstream_of(message) or (source[1] if source and source[1].strip("0") else ""),
        ),
    )


def _place(top: str) -> tuple[str, str]:
    found = next((one for pattern in _PLACES if (one := pattern.search(top))), None)
    if not found:
        return "", ""
    named = found.groupdict()
    queue = _QUEUE.search(top)
    ref = named.get("ref") or (queue[1] if queue else "")
    return tree_of(named["tree"].rstrip(".")), branch_of(ref)
