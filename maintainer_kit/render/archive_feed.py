# SPDX-License-Identifier: GPL-2.0-or-later
"""An Atom feed (RFC 4287) of mails in the served archive."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from maintainer_kit.model.message.message import Message
from maintainer_kit.render.archive_page import address_of

# What XML 1.0 cannot hold, escaped or not.
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(title: str, base: str, messages: Sequence[Message]) -> bytes:
    """The feed of mails, in the given order; ``base`` is the archive's address, with its slash."""
    newest = max((one.date for one in messages), default=0)
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{_text(title)}</title><id>{_id(base)}</id><updated>{_time(newest)}</updated>"
        f'<link rel="alternate" type="text/html" href={quoteattr(base)}/>\n'
    )
    return (head + "".join(_entry(base, one) for one in messages) + "</feed>\n").encode("utf-8")


def _entry(base: str, message: Message) -> str:
    place = f"{base}{address_of(message.message_id)}/"
    return (
        f"<entry><author><name>{_text(message.author.name or message.author.address)}</name>"
        f"<email>{_text(message.author.address)}</email></author>"
        f"<title>{_text(message.full_subject)}</title><updated>{_time(message.date)}</updated>"
        f"<link href={quoteattr(place)}/><id>{_id('mid:' + message.message_id)}</id></entry>\n"
    )


def _text(value: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", value))


def _id(name: str) -> str:
    return uuid5(NAMESPACE_URL, name.encode("utf-8", "replace").decode("utf-8")).urn


def _time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
