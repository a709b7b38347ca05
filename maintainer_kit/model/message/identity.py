# SPDX-License-Identifier: GPL-2.0-or-later
"""The Message-ID of a mail, as notmuch keys it."""

from __future__ import annotations

from hashlib import sha1

from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.mail import Mail

IDS = lazy_pattern(r"<([^<>]+)>")


def own_message_id(mail: Mail, raw: bytes) -> str:
    """The Message-ID as notmuch keys it; derived from the content where there is none.

    notmuch takes what stands between the first ``<`` and ``>``, drops white space in it, and calls
    a message without an id, or with an absurdly long one, by a SHA-1.
    """
    value = mail.headers.get("message-id", [""])[0]
    found = IDS.search(value)
    message_id = "".join((found[1] if found else value).split())
    return id_text(message_id) if message_id else derived_message_id(raw)


def id_text(message_id: str) -> str:
    """An id with raw 8-bit bytes as UTF-8, where it is UTF-8."""
    if message_id.isascii():
        return message_id
    return message_id.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def derived_message_id(raw: bytes) -> str:
    """The id that notmuch derives from a file whose mail has none."""
    return f"notmuch-sha1-{sha1(raw, usedforsecurity=False).hexdigest()}"
