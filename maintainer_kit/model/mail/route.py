# SPDX-License-Identifier: GPL-2.0-or-later
"""Through which mailing list a mail came, by what those wrote into its header who carried it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.charset import decode_words
from maintainer_kit.model.mail.lists import list_from_address, list_from_id

_ID, _ADDRESS, _ARCHIVE, _MAIL = "list-id", "x-mailing-list", "list-archive", "archived-at"
"""RFC 2919; what vger and Debian write; RFC 2369; RFC 5064: the address of the mail itself."""
_MOST_VALUES = 10
_LONGEST = 1000
_MAILBOX = lazy_pattern(r"[A-Za-z0-9._+~=-]{1,64}@[A-Za-z0-9-][A-Za-z0-9.-]{0,250}")
_PLACE = lazy_pattern(r"https?://[^\s<>]+")
_NAME = lazy_pattern(r"[a-z0-9][a-z0-9._+-]{0,120}")
_MAILMAN = frozenset({"pipermail", "private", "list"})
_GROUPS = {"groups.google.com": "googlegroups.com", "groups.io": "groups.io"}
_EVERYTHING = frozenset({"r", "all", "mid"})
"""Not lists: where archives have the mail of all of theirs."""


class Route(NamedTuple):
    """The best that a header says of the list: raw values of the fields of one name."""

    kind: str = ""
    values: tuple[str, ...] = ()


def route_of(headers: Mapping[str, Sequence[str]]) -> Route:
    """The first kind that is there, so that copies that came through one list say the same."""
    for kind in (_ID, _ADDRESS, _ARCHIVE, _MAIL):
        if values := headers.get(kind):
            return Route(kind, tuple(values))
    return Route()


def lists_of(route: Route, addresses: Collection[str]) -> tuple[str, ...]:
    """All lists that a mail was sent to, sorted, in the form of a List-Id: by its route, and by
    ``addresses``, its recipients in lower case."""
    found = set(_through(route, addresses))
    found.update(name for address in addresses if (name := list_from_address(address)))
    return tuple(sorted(found))


def _through(route: Route, addresses: Collection[str]) -> Iterator[str]:
    if route.kind == _ID:
        yield from filter(None, map(list_from_id, map(decode_words, route.values)))
        return
    for value in route.values[:_MOST_VALUES]:
        if route.kind == _ADDRESS:
            found = _MAILBOX.search(value[:_LONGEST])
            name = found[0].lower().replace("@", ".") if found else None
        else:
            place = _PLACE.search(value[:_LONGEST])
            name = _archived(place[0], route.kind == _MAIL, addresses) if place else None
        if name:
            yield name


def _archived(place: str, is_mail: bool, addresses: Collection[str]) -> str | None:
    """The list of an archive: the recipient that is called as it is, else what its form says."""
    from urllib.parse import unquote, urlsplit  # most mails have a List-Id

    try:
        parts = urlsplit(place)
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    words = [unquote(one).lower() for one in parts.path.split("/") if one]
    name = _name_in(words, is_mail)
    if not name or name in _EVERYTHING:
        return None
    called = [one for one in addresses if name in (one, one.rpartition("@")[0])]
    if len(called) == 1:
        return called[0].replace("@", ".")
    if "@" in name:
        return name.replace("@", ".") if _MAILBOX.fullmatch(name) else None
    return f"{name}.{_GROUPS.get(host, host)}" if _NAME.fullmatch(f"{name}.{host}") else None


def _name_in(words: Sequence[str], is_mail: bool) -> str:
    """The word of an archive's path that names the list; empty where none is known to."""
    for lead, name in pairwise(words):
        if lead in _MAILMAN or (lead == words[0] and lead in ("g", "group")):
            return name
    if not is_mail:
        return words[-1] if words else ""
    # In public-inbox the Message-ID follows.
    return words[0] if len(words) == 2 and "@" in words[1] and "@" not in words[0] else ""
