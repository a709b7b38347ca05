# SPDX-License-Identifier: GPL-2.0-or-later
"""What the message of a commit names: its mail, other mails, commits that it takes back."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

from maintainer_kit.lazy.pattern import lazy_pattern

_MOST = 50
_LONGEST = 250
# A trailer, at the beginning of a line.
_OWN = lazy_pattern(r"(?im)^message-id:[ \t]*<?([^\s<>@]{1,200}@[^\s<>@]{1,200})>?[ \t]*$")
_LINK = lazy_pattern(r"(?im)^link:[ \t]*<?https?://([^\s/<>]{1,100})/([^\s<>#?]{1,500})")
_REVERTS = lazy_pattern(r"\b[Rr]everts\s+commit\s+([0-9a-f]{7,64})\b")
_MAIL_HOST = "patch.msgid.link"
"""What b4 and others put the id of the patch itself behind; other archives hold discussions too."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Ids without angle brackets, commits as they are written."""

    message_ids: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    reverts: tuple[str, ...] = ()


NOTHING = Mentions()


def read_mentions(message: str) -> Mentions:
    """Read the message of a commit; the first fifty of each kind."""
    low = message.lower()
    own: list[str] = _OWN.findall(message)[:_MOST] if "message-id:" in low else []
    linked: list[str] = []
    for host, path in _LINK.findall(message)[:_MOST] if "link:" in low else ():
        if message_id := _id_in(path):
            (own if host.lower() == _MAIL_HOST else linked).append(message_id)
    reverts: list[str] = _REVERTS.findall(message)[:_MOST] if "everts" in low else []
    if not (own or linked or reverts):
        return NOTHING
    return Mentions(
        tuple(dict.fromkeys(own)),
        tuple(one for one in dict.fromkeys(linked) if one not in own),
        tuple(dict.fromkeys(reverts)),
    )


def _id_in(path: str) -> str:
    """The Message-ID in the path of an archive's address: its part with an ``@``, escapes undone.

    Ids that hold a slash come escaped (public-inbox), so that it never parts one.
    """
    for part in path.split("/"):
        found = unquote(part)
        if "@" in found.strip("@") and len(found) <= _LONGEST:
            return found
    return ""
