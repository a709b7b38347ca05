# SPDX-License-Identifier: GPL-2.0-or-later
"""The Subject line of a patch mail: what its prefix says, and the title that is left."""

from __future__ import annotations

from functools import lru_cache

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.message.prefix import (
    Words,
    is_prefix_like,
    read_prefix,
    says_patch,
    words_of,
)

_SPACES = lazy_pattern(r"\s+")
# Reply and forward marks of mailers in the languages that kernel lists see; those that could begin
# a title ("rv: ...") count only before another mark or a block. Outlook recalls mails by a reply.
_REPLY = lazy_pattern(
    r"(?:(?i:(?:re|aw|sv|antw|antwort|vs|odp|ynt|r\u00e9f|ref|recall)(?:\s*\[\d+\])?)"
    r"|\u7b54\u590d|\u56de\u590d|\u56de\u8986|\u7b54\u8986|\u64a4\u56de|\u8fd4\u4fe1|\u56de\u4fe1"
    r"|(?i:res|rif|\u043e\u0442\u0432\u0435\u0442|\ub2f5\uc7a5)(?=\s*[:\uff1a]\s*(?:\[|re:)))"
    r"\s*[:\uff1a]\s*"
)
_FORWARD = lazy_pattern(
    r"(?:(?i:fwd?|wg)|\u8f6c\u53d1|\u8f49\u5bc4|(?i:tr|rv|enc|vb|vl)(?=\s*:\s*(?:\[|re:)))"
    r"\s*[:\uff1a]\s*"
)
# What tools and hands put before the prefix.
_NOISE = lazy_pattern(r"(?i:subject:\s*|\(subset\)\s*(?=\[))")
_BLOCK = lazy_pattern(r"(?:\[+([^\[\]]*)\]+|\u3010([^\u3010\u3011]*)\u3011)\s*")
_BARE = lazy_pattern(r"(PATCH(?:[ -]?[vV]\d{1,3})?(?: \d{1,4}/\d{1,4})?)\s*:\s*(?=\S)")
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
    designations: tuple[str, ...] = ()
    """Those of the tags that say where a patch is to go, in lower case: ``net-next``, ``5.10.y``,
    ``liburing``; no list tags, and nothing like WIP."""

    @property
    def key(self) -> str:
        """The title for comparing: case, space and final punctuation do not count."""
        return title_key(self.title)


@lru_cache(maxsize=4096)
def title_key(title: str) -> str:
    """A title for comparing, without case, double spaces and final punctuation."""
    return " ".join(title.split()).strip(" .:;!").lower()


@lru_cache(maxsize=4096)
def parse_subject(value: str) -> Subject:
    """Take a decoded Subject apart. Never fails: what is not understood is title."""
    rest = " ".join(value[:_MAX_LENGTH].split())
    is_reply = is_forward = patch = False
    blocks: list[Words] = []
    while True:
        if found := _REPLY.match(rest):
            is_reply = True
        elif found := _FORWARD.match(rest):
            is_forward = True
        elif found := _BLOCK.match(rest) or (None if patch else _BARE.match(rest)):
            words = words_of(next((one for one in found.groups() if one), ""))
            if is_prefix_like(words) if patch else rest[0] != "\u3010" or says_patch(words):
                blocks.append(words)
            else:
                break
            patch = patch or says_patch(words)
        elif patch or not (found := _NOISE.match(rest)):
            break
        rest = rest[found.end() :]
    prefix = read_prefix(tuple(blocks))
    return Subject(
        title=rest.lstrip(": ").strip() if patch else rest.strip(),
        is_reply=is_reply,
        is_forward=is_forward,
        is_patch=prefix.is_patch,
        revision=prefix.revision or 1,
        minor=prefix.minor,
        number=prefix.number,
        total=prefix.total,
        rfc=prefix.rfc,
        resend=prefix.resend,
        tags=tuple(prefix.tags),
        designations=tuple(dict.fromkeys(prefix.designations)),
    )
