# SPDX-License-Identifier: GPL-2.0-or-later
"""What the message of an announced commit names: mails, and the commit that it is a copy of."""

from __future__ import annotations

import re

from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.text import storable
from maintainer_kit.model.message.marks import message_id_of

_MAX_TEXT = 1 << 16
_MAX_IDS = 20
_LONGEST = 250
_LONGEST_TITLE = 300
_NAMED = lazy_pattern(
    r"^[ \t]{0,8}(?:link|message-id):[ \t]*<?([^\s<>]{3,500})", re.MULTILINE | re.IGNORECASE
)
_UPSTREAM = lazy_pattern(
    r"^[ \t]{0,8}(?:\[ ?upstream commit |commit (?=[0-9a-f]{12,64} upstream\b)"
    r"|\(cherry picked from commit )([0-9a-f]{12,64})\b",
    re.MULTILINE | re.IGNORECASE,
)
_END = lazy_pattern(r"^[ \t]{0,8}(?:---[ \t]*$|diff --git )", re.MULTILINE)


def message_part(text: str, start: int = 0) -> str:
    """The message from ``start`` on, to the rule or diff that ends it."""
    text = text[start : start + _MAX_TEXT]
    end = _END.search(text)
    return text[: end.start()] if end else text


def named_mails(message: str) -> tuple[str, ...]:
    """Message-IDs in its ``Link:`` and ``Message-ID:`` lines."""
    low = message.lower()
    if "link:" not in low and "message-id:" not in low:
        return ()
    ids = (message_id_of(one) for one in _NAMED.findall(message))
    known = dict.fromkeys(storable(one) for one in ids if one and len(one) <= _LONGEST)
    return tuple(known)[:_MAX_IDS]


def upstream_of(message: str) -> str:
    """The commit that it says to be a copy of, in one of the three usual forms."""
    low = message.lower()
    found = _UPSTREAM.search(message) if "upstream" in low or "cherry picked" in low else None
    return found[1].lower() if found else ""


def one_line(title: str) -> str:
    """A title on one line, and no longer than titles are."""
    return storable(" ".join(title[: 2 * _LONGEST_TITLE].split()))[:_LONGEST_TITLE]
