# SPDX-License-Identifier: GPL-2.0-or-later
"""Addresses of mails in archives: which mail they mean, and the address that stays."""

from __future__ import annotations

import re
from urllib.parse import unquote

from maintainer_kit.lazy.pattern import lazy_pattern

LORE = "https://lore.kernel.org/r/"
"""Finds a mail on whatever list it was."""

_HOSTED = lazy_pattern(
    r"(?P<scheme>https?://)?(?P<host>lore\.kernel\.org|lkml\.kernel\.org|patch\.msgid\.link|msgid\.link"
    r"|patchwork\.kernel\.org)/(?P<path>[^\s>\])]{0,400})",
    re.IGNORECASE,
)
_IN_PATH = lazy_pattern(r"[^\s/<>]{1,250}@[^\s/<>?#]{1,250}")
_BARE_ID = lazy_pattern(r"<?(?P<id>[^\s<>@/:]{6,200}@[^\s<>@/]{3,200})>?$")
_DATED = lazy_pattern(r"\d{8}|\d{10}|[a-f0-9]{16}|\d{4}-?\d\d-?\d\d|cover\.|[-.]\d{4,}")
_OLD = lazy_pattern(
    r"https?://(?:www\.)?(?P<host>marc\.info|(?:www\.)?spinics\.net|lkml\.org|lkml\.iu\.edu"
    r"|(?:www\.)?mail-archive\.com|lists\.infradead\.org/pipermail|lists\.ozlabs\.org/pipermail"
    r"|lists\.freedesktop\.org/archives|lists\.linaro\.org/pipermail|lists\.gnu\.org/archive"
    r"|(?:thread|article|news|permalink)\.gmane\.org|gmane\.org)\b",
    re.IGNORECASE,
)


def message_id_in(url: str) -> str:
    """The Message-ID that an address of a known archive ends with; empty without one."""
    found = _HOSTED.match(url.strip("<> "))
    inside = _IN_PATH.search(unquote(found["path"])) if found else None
    return inside[0] if inside else ""


def lasting(url: str) -> str:
    """The address under which a mail stays to be found, when another one is given that means the
    same; empty when nothing is to be changed, or nobody can tell."""
    bare = url.strip("<>")
    found = _HOSTED.match(bare)
    if found is None:
        mail = _BARE_ID.match(url)
        return LORE + mail["id"] if mail and _DATED.search(mail["id"]) else ""
    host = found["host"].lower()
    if host == "lkml.kernel.org":
        message_id = message_id_in(bare)
        return LORE + message_id if message_id else ""
    if found["scheme"] != "https://":
        return f"https://{host}/{found['path']}"
    return bare if bare != url else ""


def old_archive(url: str) -> str:
    """The host of an archive that does not keep Message-IDs in its addresses; else empty."""
    found = _OLD.match(url)
    return found["host"] if found else ""
