# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a mail, or a whole archive of mails, is on the web: what people paste, read with care."""

from __future__ import annotations

from urllib.parse import SplitResult, unquote, urlsplit

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.lazy.pattern import lazy_pattern

_LONGEST = 2000
_ID = lazy_pattern(r"[^\s<>@]{1,900}@[^\s<>@]{1,250}")
_SCHEME = lazy_pattern(r"[A-Za-z][A-Za-z0-9+.-]{0,20}:/")
_NAMED = ("id:", "mid:", "msgid:")
_EVERYWHERE = frozenset(
    {
        *("lore.kernel.org", "lkml.kernel.org", "kernel.org", "www.kernel.org"),
        *("patch.msgid.link", "msgid.link", "patchwork.kernel.org"),
    }
)
"""Hosts whose addresses name a mail, wherever that is: lore's own archive of everything has it."""
_MIRRORS = ".lore.kernel.org"


class NoPlace(ValueError):
    """What was given names no mail, or no archive; its text says why, and never a password."""


@dataclass(frozen=True, slots=True)
class MailPlace:
    """A mail, and the archive that it is said to be in."""

    message_id: str
    archive: str = ""
    """The archive's address without a slash at its end; empty where the usual one has it."""


def read_place(word: str) -> MailPlace:
    """The mail that a Message-ID, or an address of it in any public-inbox, names.

    Paths, options, other schemes and addresses with a password raise NoPlace.
    """
    word = word.strip()
    if len(word) > _LONGEST or not word.isprintable() or " " in word:
        raise NoPlace("a Message-ID or an address has neither blanks nor control characters")
    if _SCHEME.match(word):
        return _read_address(_split(word))
    if word.lower().partition("/")[0] in _EVERYWHERE:
        return _read_address(_split(f"https://{word}"))
    for prefix in _NAMED:
        if word.startswith(prefix):
            return MailPlace(_checked(word.removeprefix(prefix).strip("<>")))
    if word.startswith("<") and word.endswith(">"):
        return MailPlace(_checked(word[1:-1]))
    # What somebody may have meant as a file or an option is none of ours.
    if "/" in word or word.startswith(("-", "~", ".")):
        raise NoPlace(f"{word!r} is neither a Message-ID nor an address of an archive")
    return MailPlace(_checked(word))


def read_archive(address: str) -> str:
    """The address of a public-inbox, without a slash at its end. Raises NoPlace."""
    if len(address) > _LONGEST or not address.isprintable() or " " in address:
        raise NoPlace("an address has neither blanks nor control characters")
    parts = _split(address)
    if parts.query or parts.fragment:
        raise NoPlace("an archive's address has neither ? nor #")
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}"


def _split(address: str) -> SplitResult:
    """The parts of an address that may be asked. Its text is not quoted: it may hold a password."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise NoPlace("that is no address of an archive") from error
    if "@" in parts.netloc:
        raise NoPlace("an address with a user or a password in it is not used: see netrc(5)")
    if parts.scheme not in ("http", "https"):
        raise NoPlace(f"an address with {parts.scheme or 'no scheme'}: is none of an archive")
    if not host:
        raise NoPlace("an address without a host is none of an archive")
    return parts


def _read_address(parts: SplitResult) -> MailPlace:
    words = [unquote(word) for word in parts.path.split("/") if word]
    at = next((at for at, word in enumerate(words) if "@" in word), None)
    if at is None:
        hint = "; a search is fetched with --query" if "q=" in parts.query else ""
        raise NoPlace(f"that address names no mail{hint}")
    shorthand = words[0] == "r"
    # A / in a Message-ID should be written %2F; after /r/ there is nothing else it could be.
    message_id = _checked("/".join(words[1 : at + 1]) if shorthand else words[at])
    host = (parts.hostname or "").lower()
    if host in _EVERYWHERE or host.endswith(_MIRRORS):
        return MailPlace(message_id)
    lead = "" if shorthand else parts.path[: _start(parts.path, at)].rstrip("/")
    return MailPlace(message_id, f"{parts.scheme}://{parts.netloc.lower()}{lead}")


def _start(path: str, at: int) -> int:
    """Where the word of that number begins in a path; several slashes count as one."""
    place = 0
    for _ in range(at + 1):
        while path[place] == "/":
            place += 1
        begin = place
        place = path.find("/", place)
        if place < 0:
            return begin
    return begin


def _checked(message_id: str) -> str:
    if not _ID.fullmatch(message_id) or not message_id.isprintable():
        raise NoPlace(f"{message_id[:80]!r} is no Message-ID")
    return message_id
