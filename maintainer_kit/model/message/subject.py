# SPDX-License-Identifier: GPL-2.0-or-later
"""The Subject line of a patch mail: what its prefix says, and the title that is left."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPACES = re.compile(r"\s+")
# Reply and forward marks of mailers in the languages that kernel lists see.
_REPLY = re.compile(
    r"(?i:(?:re|aw|sv|antw|antwort|vs|odp|ynt|r\u00e9f)(?:\s*\[\d+\])?|\u7b54\u590d|\u56de\u590d|\u56de\u8986|\u7b54\u8986)"
    r"\s*[:\uff1a]\s*"
)
_FORWARD = re.compile(r"(?i:fwd?|wg|\u8f6c\u53d1)\s*[:\uff1a]\s*")
_BLOCK = re.compile(r"\[([^\[\]]*)\]\s*")
_TOKENS = re.compile(r"[\s,]+")
_PATCH = re.compile(
    r"(?i)^(?:(rfc|resend)[-_/+]?)?patch(?:es|set)?(?:[-_/+]?(rfc|resend))?(?:[-_/]?v?(\d{1,3}))?$"
)
_REVISION = re.compile(r"(?i)^(?:(rfc|resend)[-_/]?)?v(\d{1,3})(?:\.(\d))?$")
_NUMBER = re.compile(r"^(\d{1,4})/(\d{1,4})$")
_OF = re.compile(r"(?i)\b(\d{1,4})\s+of\s+(\d{1,4})\b")
# "v5.4 2/3" speaks of a stable tree, "v5.1 10/12" of one replaced patch of v5.
_LONGTERM = frozenset({"4.4", "4.9", "4.14", "4.19", "5.4", "5.10", "5.15", "6.1", "6.6"})
_MAX_LENGTH = 2000


@dataclass(frozen=True, slots=True)
class Subject:
    """A Subject taken apart: ``[RFC PATCH net-next v3 02/11] net: fix foo``."""

    title: str
    """What is left without reply marks and prefix blocks."""
    is_reply: bool
    is_forward: bool
    is_patch: bool
    """A prefix block says PATCH, or is one that only patches have (``[v2,1/2]``)."""
    revision: int
    """The n of vN; 1 when the subject says nothing."""
    minor: int
    """The m of ``vN.m``, with which one patch of a series is replaced; else 0."""
    number: int | None
    """The k of k/n; 0 is the cover letter; None without numbering."""
    total: int | None
    rfc: bool
    resend: bool
    tags: tuple[str, ...]
    """What else the prefix says, as written: tree designations, list tags."""

    @property
    def key(self) -> str:
        """The title for comparing: case, space and final punctuation do not count."""
        return title_key(self.title)


def title_key(title: str) -> str:
    """A title for comparing, without case, double spaces and final punctuation."""
    return _SPACES.sub(" ", title).strip(" .:;!").lower()


@dataclass(slots=True)
class _Prefix:
    patch: bool = False
    revision: int = 0
    minor: int = 0
    number: int | None = None
    total: int | None = None
    rfc: bool = False
    resend: bool = False

    @property
    def numbered(self) -> bool:
        return self.number is not None

    def note(self, word: str | None) -> None:
        if word:
            self.rfc = self.rfc or word.lower() == "rfc"
            self.resend = self.resend or word.lower() == "resend"

    def take(self, token: str, numbered: bool) -> bool:
        """Understand one token; False leaves it to the tags."""
        low = token.lower()
        if low in ("rfc", "resend", "repost"):
            self.note("resend" if low == "repost" else low)
            return True
        found = _PATCH.match(token)
        if found:
            self.patch = True
            self.note(found[1])
            self.note(found[2])
            if found[3]:
                self.revision = int(found[3])
            return True
        return self._take_number(token) or self._take_revision(token, numbered)

    def _take_number(self, token: str) -> bool:
        found = _NUMBER.match(token)
        if not found or int(found[1]) > int(found[2]) or not int(found[2]):
            return False
        self.number, self.total = int(found[1]), int(found[2])
        return True

    def _take_revision(self, token: str, numbered: bool) -> bool:
        found = _REVISION.match(token)
        if not found:
            return False
        if found[3] and (not numbered or f"{found[2]}.{found[3]}" in _LONGTERM):
            return False
        self.note(found[1])
        self.revision = int(found[2])
        self.minor = int(found[3] or 0)
        return True


def _tokens(block: str) -> list[str]:
    return [token for token in _TOKENS.split(_OF.sub(r"\1/\2", block)) if token]


def _is_prefix_like(tokens: list[str]) -> bool:
    """Whether a block behind the PATCH block still belongs to the prefix."""
    probe = _Prefix()
    numbered = any(_NUMBER.match(token) for token in tokens)
    return bool(tokens) and all(probe.take(token, numbered) for token in tokens)


def parse_subject(value: str) -> Subject:
    """Take a decoded Subject apart. Never fails: what is not understood is title."""
    rest = _SPACES.sub(" ", value[:_MAX_LENGTH]).strip()
    prefix = _Prefix()
    tags: list[str] = []
    is_reply = is_forward = False
    blocks: list[list[str]] = []
    while True:
        if found := _REPLY.match(rest):
            is_reply = True
        elif found := _FORWARD.match(rest):
            is_forward = True
        elif found := _BLOCK.match(rest):
            tokens = _tokens(found[1])
            if prefix.patch and not _is_prefix_like(tokens):
                break
            blocks.append(tokens)
            prefix.patch = prefix.patch or any(_PATCH.match(token) for token in tokens)
        else:
            break
        rest = rest[found.end() :]
    numbered = any(_NUMBER.match(token) for tokens in blocks for token in tokens)
    for tokens in blocks:
        tags.extend(token for token in tokens if not prefix.take(token, numbered))
    return Subject(
        title=rest.strip(),
        is_reply=is_reply,
        is_forward=is_forward,
        is_patch=prefix.patch or prefix.numbered,
        revision=prefix.revision or 1,
        minor=prefix.minor,
        number=prefix.number,
        total=prefix.total,
        rfc=prefix.rfc,
        resend=prefix.resend,
        tags=tuple(tags),
    )
