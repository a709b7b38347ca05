# SPDX-License-Identifier: GPL-2.0-or-later
"""What the blocks in front of a title say, word by word: ``[RFC PATCH net-next v3 02/11]``."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from maintainer_kit.lazy.dataclass import dataclass, field
from maintainer_kit.lazy.pattern import lazy_pattern

Words = tuple[str, ...]
"""The words of one block."""

_SPLIT = lazy_pattern(r"[\s,;|&]+")
_PARTS = lazy_pattern(r"[-_/+]")
_PATCH = lazy_pattern(r"(?i)^patch(?:es|set)?(?:v(\d{1,3}))?$")
_REVISION = lazy_pattern(r"(?i)^(?:rfc)?(?:v|ver|rev)(\d{1,3})(?:\.(\d))?$")
_RESEND = lazy_pattern(r"(?i)^re-?(?:send|sent|post)(?:ed|ing)?#?\d?$")
_MORE = 20
_NUMBER = lazy_pattern(r"^(\d{1,4})/(\d{1,4})$")
# "3 of 7", "1 / 2", "version 2", "v. 2", "take #3": words of several words, made one each.
_OF = lazy_pattern(r"(?i)(?<![\w.])(\d{1,4})(?:\s+of\s+|\s+/\s*|\s*/\s+)(\d{1,4})(?![\w.])")
_VERSION = lazy_pattern(
    r"(?i)(?<![\w.-])(?:v|ver|version|rev|revision|take|try)[.:# -]{1,2}(\d{1,2})(?![\w./]|\s*/)"
)
_RELEASE_CANDIDATE = lazy_pattern(r"(?i)^rc\d")
# What a company's gateway stamps on mail from outside.
_GATEWAY = lazy_pattern(
    r"(?i)^\W*(?:ext|external(?:[ -](?:e-?mail|mail|sender|message))?|phishing risk|caution|spam|"
    r"suspected spam|bulk|non-dod source|\u5916\u90e8\u90ae\u4ef6)\W*$"
)
# "v5.4 2/3" speaks of a stable tree, "v5.1 10/12" of one replaced patch of v5.
_LONGTERM = frozenset({"4.4", "4.9", "5.4", "6.1", "6.6"})
_FIRST_TREE = 3
"""No stable tree is older than 3.x any more: "v1.2" is a small step of a series."""
_BRANCH = lazy_pattern(r"^[\w.-]+:[\w./-]*$")
_VERSIONS = lazy_pattern(r"^v?\d+\.\d+[\w.]*(?:/v?\d+\.\d+[\w.]*)+$")
_TREE = lazy_pattern(r"^-?(?:[A-Za-z][\w.]*-)*next$|^stable$|^v?\d+\.\d+\.y$")
# Words of a prefix that say how far a patch is, not where it is to go.
_PROGRESS = lazy_pattern(
    r"^(?:wip|rft|fyi|poc|draft|preview|untested|tested|rebased?|submit|tests?|(?:bug)?fix|autosel|"
    r"interdiff|range-diff|tip:?|gsoc|new|final|question|discussion)$"
)


@dataclass(slots=True)
class Prefix:
    """What the blocks say together."""

    patch: bool = False
    revision: int = 0
    minor: int = 0
    number: int | None = None
    total: int | None = None
    rfc: bool = False
    resend: bool = False
    tags: list[str] = field(default_factory=list)
    designations: list[str] = field(default_factory=list)

    @property
    def is_patch(self) -> bool:
        """Whether only patches have such a prefix: test robots number the commits of a branch, and
        an interdiff is about a patch."""
        if any(tag.lower() in ("interdiff", "range-diff") for tag in self.tags):
            return False
        return self.patch or (
            self.number is not None and not any(_BRANCH.match(tag) for tag in self.tags)
        )

    def read(self, blocks: Iterable[Words]) -> None:
        """Take in all blocks."""
        numbered = any(_is_number(word) for words in blocks for word in words)
        for words in blocks:
            rest = [word for word in words if not self.take(word, numbered)]
            self.tags.extend(rest)
            if _names_place(words):
                self.designations.extend(one for word in rest for one in _designated(word))

    def take(self, word: str, numbered: bool) -> bool:
        """Understand one word; False leaves it to the tags."""
        bare = word.strip("().:\"'")
        if self._take_number(bare) or self._take_revision(bare, numbered):
            return True
        if _RESEND.match(bare):
            self.resend = True
            return True
        if found := _PATCH.match(bare):
            self.patch = True
            self.revision = int(found[1] or self.revision)
            return True
        if bare.lower() == "rfc":
            self.rfc = True
            return True
        return self._take_joined(bare)

    def _take_joined(self, word: str) -> bool:
        """``PATCH-v2``, ``RFC/PATCH``, ``PATCH-next``, ``v6-rebased``: what is not known of it
        becomes a tag."""
        parts = [part for part in _PARTS.split(word) if part]
        if not parts or (len(parts) < 2 and parts[0] == word):
            return False
        known = [part for part in parts if _is_known(part)]
        if len(known) < len(parts) and not _PATCH.match(parts[0]):
            plain = all(part.isalpha() for part in parts[1:]) and not word.startswith("-")
            candidate = _RELEASE_CANDIDATE.match(parts[1]) if len(parts) > 1 else None
            if known != parts[:1] or not _REVISION.match(parts[0]) or not plain or candidate:
                return False
        for part in known:
            self.take(part, False)
        if rest := [part for part in parts if part not in known]:
            self.tags.append("-".join(rest))
        return True

    def _take_number(self, word: str) -> bool:
        if not _is_number(word):
            return False
        number, _, total = word.partition("/")
        self.number, self.total = int(number), int(total)
        return True

    def _take_revision(self, word: str, numbered: bool) -> bool:
        found = _REVISION.match(word)
        if not found:
            return False
        release = f"{found[1]}.{found[2]}"
        is_tree = release in _LONGTERM or (not numbered and int(found[1]) >= _FIRST_TREE)
        if found[2] and is_tree:
            return False
        self.rfc = self.rfc or word[:3].lower() == "rfc"
        self.revision = int(found[1])
        self.minor = int(found[2] or 0)
        return True


@lru_cache(maxsize=4096)
def read_prefix(blocks: tuple[Words, ...]) -> Prefix:
    """What the blocks in front of a title say; not to be changed, for equal ones share it."""
    prefix = Prefix()
    prefix.read(blocks)
    return prefix


@lru_cache(maxsize=4096)
def words_of(block: str) -> Words:
    """The words of a block; none of a stamp that a mail gateway put there."""
    if _GATEWAY.match(block):
        return ()
    block = _VERSION.sub(r"v\1", _OF.sub(r"\1/\2", block))
    return tuple(word for word in _SPLIT.split(block) if word and word != "+")


def says_patch(words: Words) -> bool:
    """Whether a block says that a patch follows."""
    return any(_PATCH.match(part) for word in words for part in _PARTS.split(word))


def is_prefix_like(words: Words) -> bool:
    """Whether a block behind the one that says PATCH still belongs to the prefix: ``[v3]``,
    ``[next]``, but not ``[media]``."""
    probe = Prefix()
    numbered = any(_is_number(word) for word in words)
    return all(probe.take(word, numbered) or _TREE.match(word) for word in words)


def _is_number(word: str) -> bool:
    found = _NUMBER.match(word)
    if found is None:
        return False
    number, total = int(found[1]), int(found[2])
    # "6/5" is one more patch, sent after the series.
    return total > 0 and number <= total + (_MORE if total > 1 else 0)


def _is_known(part: str) -> bool:
    if part.lower() in ("rfc", "rft") or _RESEND.match(part) or _PATCH.match(part):
        return True
    found = _REVISION.match(part)
    return found is not None and not found[2]


def _names_place(words: Words) -> bool:
    """Whether the words of a block can name a tree: lists tag their mail in blocks of their own."""
    return (
        says_patch(words)
        or any(_is_number(word) or _BRANCH.match(word) or _TREE.match(word) for word in words)
        or any(_REVISION.match(word) for word in words)
    )


def _designated(word: str) -> list[str]:
    low = word.lower().strip("().:\"'").lstrip("-")
    if _PROGRESS.match(low) or not any(char.isalnum() for char in low):
        return []
    if low.isdigit() or "~" in low or _NUMBER.match(low):
        return []
    return low.split("/") if _VERSIONS.match(low) else [low]
