# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines in a patch mail that tools leave for tools: base-commit, change-id, links, in-body From."""

from __future__ import annotations

import re
from urllib.parse import unquote

from maintainer_kit.lazy.pattern import lazy_pattern

_BASE = lazy_pattern(r"^base-commit:\s*([0-9a-f]{7,64})\s*$", re.MULTILINE)
_CHANGE_ID = lazy_pattern(r"^change-id:\s*(\S{1,200})\s*$", re.MULTILINE)
_PREREQUISITE = lazy_pattern(r"^prerequisite-patch-id:\s*([0-9a-f]{7,64})\s*$", re.MULTILINE)
_NAMED = lazy_pattern(
    r"^[ \t*-]{0,8}(?:Link to v\d{1,3}|Supersedes)[ \t]{0,4}:[ \t]{0,8}(\S{5,500})",
    re.MULTILINE | re.IGNORECASE,
)
_LISTED = lazy_pattern(
    r"^[ \t*-]{0,8}v\d{1,3}[ \t]{0,4}:[ \t]{0,8}(\S{5,500})", re.MULTILINE | re.IGNORECASE
)
_MAYBE_LISTED = lazy_pattern(r"[vV]\d{1,3}[ \t]{0,4}:")
# An archive's URL of a mail: lore and its like, patch.msgid.link, any public-inbox.
_ARCHIVE_URL = lazy_pattern(r"https?://[^\s/<>]+/(?:[^\s/<>@]+/){0,6}([^\s/<>]+@[^\s/<>]+)")
_BARE_ID = lazy_pattern(r"^<?([^<>\s/]+@[^<>\s/]+?)>?[.,;]?$")
_IN_BODY = lazy_pattern(r"^(From|Subject|Date|Message-ID|Cc|To):[ \t]*(.*)$", re.IGNORECASE)
_SCISSORS = lazy_pattern(
    r"^[- \t]*(?:8<|>8|8%|%<|>%)[- \t<>8%]*(?:cut here[- \t<>8%]*)?$", re.IGNORECASE
)
# Begins with what is searched for, so that the search is quick.
_CUT = lazy_pattern(r"---(?<=^---)[ \t]*$", re.MULTILINE)


def base_commit(text: str) -> str:
    """The commit of git format-patch --base; empty when there is none."""
    found = _BASE.search(text) if "base-commit:" in text else None
    return found[1] if found else ""


def change_id(text: str) -> str:
    """b4's change-id; empty when there is none."""
    found = _CHANGE_ID.search(text) if "change-id:" in text else None
    return found[1] if found else ""


def prerequisites(text: str) -> tuple[str, ...]:
    """The prerequisite-patch-ids of git format-patch --base."""
    if "prerequisite-patch-id:" not in text:
        return ()
    return tuple(_PREREQUISITE.findall(text))[:100]


def message_id_of(target: str) -> str | None:
    """The Message-ID in an archive's URL, or the bare id with or without ``<>``."""
    if found := _ARCHIVE_URL.search(target):
        return unquote(found[1])
    found = _BARE_ID.match(target)
    return found[1] if found else None


def older_revisions(text: str) -> tuple[str, ...]:
    """Message-IDs of older revisions that a mail names: ``Link to v1: URL``, ``Supersedes: id``."""
    if "ink to v" not in text and "upersedes:" not in text and "INK TO V" not in text:
        return ()
    return _ids(_NAMED.findall(text))


def listed_revisions(text: str) -> tuple[str, ...]:
    """Message-IDs in lines ``v2: URL``: older revisions for the most part, yet of whatever."""
    if "://" not in text or not _MAYBE_LISTED.search(text):
        return ()
    return _ids(_LISTED.findall(text))


def _ids(targets: list[str]) -> tuple[str, ...]:
    ids = (message_id_of(target) for target in targets)
    return tuple(dict.fromkeys(one for one in ids if one))[:50]


def in_body_headers(text: str) -> tuple[dict[str, str], str]:
    """Headers that git am takes from the top of the body, and the text that follows them."""
    headers: dict[str, str] = {}
    rest = text.lstrip("\n\r\t ")
    for _ in range(12):
        line, newline, after = rest.partition("\n")
        found = _IN_BODY.match(line)
        if not found:
            break
        headers.setdefault(found[1].lower(), found[2].strip())
        rest = after
        if not newline:
            break
    if "from" not in headers and "subject" not in headers:
        return {}, text
    return headers, rest


def may_have_scissors(text: str) -> bool:
    """Whether a line of the text may be scissors: cheap, and right when it says no."""
    if "8<" in text or ">8" in text:
        return True
    # One character is looked for much faster than two, and most mail has none of it.
    return "%" in text and ("%<" in text or "%>" in text)


def below_scissors(text: str) -> str | None:
    """The text below the last scissors line (git-mailinfo(1) --scissors), None without one."""
    if not may_have_scissors(text):
        return None
    lines = text.split("\n")
    cuts = [at for at, line in enumerate(lines[:5000]) if len(line) < 200 and _SCISSORS.match(line)]
    return "\n".join(lines[cuts[-1] + 1 :]) if cuts else None


def commit_message(above: str) -> str:
    """What of the text above a diff becomes the commit message: what stands above ``---``."""
    found = _CUT.search(above)
    return above[: found.start()] if found else above
