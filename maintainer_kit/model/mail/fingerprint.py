# SPDX-License-Identifier: GPL-2.0-or-later
"""What two copies of one mail share, however they travelled."""

from __future__ import annotations

import re
from hashlib import sha256

from maintainer_kit.model.mail.charset import decode_words
from maintainer_kit.model.mail.mail import Mail
from maintainer_kit.model.mail.route import route_of

# The headers that its author wrote. Everything else (Received, DKIM, List-*, X-TUID, Status,
# Content-Length, encodings) is put on or changed by those who carry the mail.
_WRITTEN = ("from", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references")
_FOOTER = re.compile(
    r"\n(?:_{30,}\n(?:[^\n]*\n){1,3}[^\n]*(?:listinfo|lists?\b)[^\n]*\s*"
    r"|-- \nMailing list info: [^\n]*\s*)\Z"
)


def without_footer(text: str) -> str:
    """Text without what a mailing list program appended to it."""
    tail = text[-1200:]
    if "____" not in tail and "\n-- \nMailing list info" not in tail:
        return text
    found = _FOOTER.search(tail)
    return text[: len(text) - len(tail) + found.start()] if found else text


CONTENT_DIGITS = 48
"""So many leading digits of a fingerprint speak of the content; the others of the list."""


def fingerprint(mail: Mail) -> str:
    """64 hex digits: 48 of a SHA-256 of what the author wrote, 16 of one of the List-Id, or
    of what else tells the list.

    Copies of one mail share the first part however they travelled; copies that came through
    different lists differ in the second, and are both kept: each proves a list.
    """
    written = [
        f"{name}:{decode_words(value)}\n"
        for name in _WRITTEN
        for value in mail.headers.get(name, ())
    ]
    for text in (mail.text, *(part.text for part in mail.attachments)):
        if own := without_footer(text).strip():
            written += ("\n\n", own)
    through = " ".join(route_of(mail.headers).values)
    return _digits("".join(written), CONTENT_DIGITS) + _digits(through, 64 - CONTENT_DIGITS)


def _digits(text: str, count: int) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:count]
