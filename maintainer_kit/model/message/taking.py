# SPDX-License-Identifier: GPL-2.0-or-later
"""The sentence by which a mail says that patches were taken, and which of a series it lists."""

from __future__ import annotations

import re

from maintainer_kit.model.mail.text import storable
from maintainer_kit.model.message.message import Kind, Message, Says
from maintainer_kit.model.message.tone import sentence_of

_TOP = 8000
_LONGEST = 300
_LONGEST_SUMMARY = 1 << 16
# What bots write: "This series was applied to TREE (BRANCH)" with "by NAME <ADDRESS>:" on a line of
# its own, "The following commit has been merged into the BRANCH branch of tip:".
_ANNOUNCED = re.compile(
    r"^(?!>)[^\n]{0,200}\b(?:was|were|been) (?:applied|merged|pulled|added|queued)\b[^\n]{0,200}"
    r"(?:\nby [^\n]{1,200})?",
    re.MULTILINE,
)
# A summary's lines, by b4 "[1/2] TITLE" and by git-patchwork-bot "- [v2,1/2] TITLE", each with the
# commit on the next line, or words that there is none.
_LISTED = re.compile(
    r"^[ \t]{0,8}(?:- )?\[(?:[^\]\n]{0,60}[ ,])?(\d{1,4})/(\d{1,4})\][^\n]{0,300}\n"
    r"[ \t]{2,12}(\S[^\n]{0,300})",
    re.MULTILINE,
)
_COMMIT = re.compile(r"[0-9a-f]{10,40}\b|https?://")


def taking_sentence(message: Message, text: str) -> str:
    """The writer's own words of ``text``, on one line; of a notification its subject or the commit
    that it names."""
    if message.is_from_person and message.kind is not Kind.COMMIT:
        found = sentence_of(text, Says.APPLIED)
    elif message.kind is Kind.COMMIT and Says.APPLIED in message.says:
        found = message.full_subject
    else:
        announced = _ANNOUNCED.search(text, 0, _TOP)
        found = announced[0] if announced else ""
    if not found and message.commits:
        found = f"commit {message.commits[0]}"
    words = " ".join(storable(found).split()).rstrip(":")
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}\u2026"


def applied_numbers(text: str, total: int) -> frozenset[int]:
    """Of a summary of a series of so many patches, the numbers of those that became commits; none
    where the mail has no such summary."""
    found = _LISTED.findall(text[:_LONGEST_SUMMARY])
    return frozenset(
        int(number) for number, of, commit in found if int(of) == total and _COMMIT.search(commit)
    )
