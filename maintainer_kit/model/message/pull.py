# SPDX-License-Identifier: GPL-2.0-or-later
"""Pull requests (git-request-pull(1)): whether a mail is one, and what it asks for."""

from __future__ import annotations

import re

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.message.subject import Subject

_URL = r"(?:(?:https?|git|ssh|file)://|[\w.-]{1,80}@[\w.-]{1,120}:)[^\s<>]{1,300}"
_AVAILABLE = lazy_pattern(
    r"^(?:are )?available (?:in|at|from) the (?:[\w-]+ )?(?:git )?repo(?:sitory)?(?: at)?:?\s{1,8}"
    rf"({_URL})(?:[ \t]{{1,4}}([^\s<>]{{1,200}})|[ \t]*\n[ \t]{{1,8}}([^\s<>]{{1,200}})[ \t]*$)?",
    re.MULTILINE | re.IGNORECASE,
)
_PLEASE = lazy_pattern(
    rf"^\W{{0,4}}(?:please )?(?:git )?pull(?: from)?:?\s{{1,8}}({_URL})"
    r"(?:[ \t]{1,4}([^\s<>]{1,200}))?()",
    re.MULTILINE | re.IGNORECASE,
)
_UP_TO = lazy_pattern(r"^for you to fetch changes up to ([0-9a-f]{7,64})", re.MULTILINE)
_TEXT = lazy_pattern(
    r"^The following changes since commit [0-9a-f]{7,64}|available in the git repository at:"
    r"|^\W{0,4}(?:please )?(?:git )?pull from:?",
    re.MULTILINE | re.IGNORECASE,
)
_NAMED = lazy_pattern(
    r"^(?:\[?git[ -])?pull(?:[ -]req(?:uest)?)?\b(?! in| of| the| up| down| out|-)[^a-z]"
    r"|^(?:please|git)[ -]pull\b|\bpull[ -]request\b",
    re.IGNORECASE,
)
# As some write it by hand: the url of a git tree and a ref, alone in a line.
_ALONE = lazy_pattern(
    rf"^[ \t]{{0,8}}(?=\S{{0,200}}git)({_URL})[ \t]{{1,4}}([^\s<>]{{1,200}})()[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_MAX_TEXT = 200_000


@dataclass(frozen=True, slots=True)
class Pull:
    """Where to pull from, as the mail says it."""

    url: str
    ref: str
    """A branch or tag; empty where it names none."""
    commit: str
    """The commit that the ref should be at; empty where it does not say."""


def asks_to_pull(subject: Subject, text: str) -> bool:
    """Whether a mail is a pull request or says that it is.

    A numbered one is the cover letter of a series that may also be pulled. ``[GIT PULL]`` says
    enough; words in the title need the text that git writes.
    """
    if subject.number is not None or subject.is_forward:
        return False
    if subject.is_patch:
        return False
    tags = [part.lower() for tag in subject.tags for part in tag.split("-")]
    if "pull" in tags and "git" in tags:
        return True
    named = "pull" in tags or _NAMED.search(subject.title) is not None
    return named and _TEXT.search(text[:_MAX_TEXT]) is not None


def read_pull(text: str, *, asks: bool = True) -> Pull | None:
    """The url, ref and commit of git-request-pull(1)'s text; None where there is no url.

    Where a mail does not ask to pull, only that text counts.
    """
    text = text[:_MAX_TEXT]
    found = _AVAILABLE.search(text) if "vailable" in text else None
    if found is None and asks:
        found = _PLEASE.search(text) or _ALONE.search(text)
    if not found:
        return None
    up_to = _UP_TO.search(text)
    return Pull(found[1].rstrip(".,;"), found[2] or found[3] or "", up_to[1] if up_to else "")
