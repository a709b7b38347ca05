# SPDX-License-Identifier: GPL-2.0-or-later
"""What is wrong with the person that a trailer names."""

from __future__ import annotations

import re

from maintainer_kit.checks.finding import Severity
from maintainer_kit.checks.placed_trailers import PlacedTrailer
from maintainer_kit.checks.trailer_names import VOUCHING
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.lazy.pattern import lazy_pattern

_BARE = lazy_pattern(r"[^\s<>(),;:\"@#]{1,100}@[^\s<>(),;:\"@#]{1,200}")
_FORM = lazy_pattern(
    r"(?P<name>[^<>]{0,200}?)(?P<gap>[ \t]{0,20})<(?P<address>[^<>]{1,300})>(?P<rest>.*)$"
)
_REMARK = lazy_pattern(r"[ \t]*(?:#.*|\(.*\)|\[.*\]|via [^<>]{1,100})?$")
_STOPS = lazy_pattern(r"[ \t]*[.,;]$")
_HIDDEN = lazy_pattern(r"\s(?:at|\[at\]|\(at\)|_at_)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a value, and the value as it should be where that is certain."""

    words: str
    advice: str
    mended: str = ""
    severity: Severity | None = None
    """Where it matters less than the rule says."""


def flaw_of(one: PlacedTrailer) -> Flaw | None:
    """The first thing that is wrong with ``Name <user@host> # remark``."""
    value = one.value
    if len(value) > 1000:
        return Flaw("the line is too long", "name one person a line")
    found = _FORM.match(value)
    if found:
        return _in_brackets(one, found)
    if "<" in value or ">" in value:
        return _unbalanced(value)
    return _without_brackets(one)


def _in_brackets(one: PlacedTrailer, found: re.Match[str]) -> Flaw | None:
    value = one.value
    name, address, rest = found["name"], found["address"], found["rest"]
    if "@" not in address:
        # "Name <user at host>" hides the address from robots, and from tools.
        return Flaw(f"no address stands between '<' and '>'{_hint(address)}", "write user@host")
    if address != address.strip() or " " in address.strip():
        bare = address.strip()
        if _BARE.fullmatch(bare):
            return Flaw(
                "there is space in the address", "close it up", value.replace(address, bare)
            )
        return Flaw("there is space in the address", "write user@host")
    if name and not found["gap"]:
        mended = value.replace("<", " <", 1)
        return Flaw("no space parts name and address", "put a space in front of '<'", mended)
    if _REMARK.fullmatch(rest):
        return None if name else _nameless(one)
    stripped = _STOPS.sub("", value)
    if _STOPS.fullmatch(rest):
        return Flaw("the address ends with punctuation", "take it off", stripped)
    if "<" in rest or _BARE.search(rest[:300]):
        return Flaw("there is more than one person", "give each a line of its own")
    return Flaw(
        "there is text behind the address", "put '#' in front of it", _remarked(value, rest)
    )


def _hint(address: str) -> str:
    return " (' at ' for '@')" if _HIDDEN.search(address[:100]) else ""


def _remarked(value: str, rest: str) -> str:
    head = value[: len(value) - len(rest)]
    return f"{head} # {rest.strip()}"


def _nameless(one: PlacedTrailer) -> Flaw | None:
    # Bots that report and test ask to be named by their address alone.
    if one.name not in VOUCHING or one.name == "Tested-by":
        return None
    return Flaw("there is no name", "write 'Name <user@host>'", severity=Severity.INFO)


def _unbalanced(value: str) -> Flaw:
    bare = _BARE.findall(value[:400])
    if len(bare) == 1 and value.count("<") + value.count(">") == 1:
        name = value[: value.find(bare[0])].strip(" \t<>,")
        rest = value[value.find(bare[0]) + len(bare[0]) :].strip(" \t<>")
        if not rest:
            mended = f"{name} <{bare[0]}>".strip()
            return Flaw("'<' or '>' is missing", "put the address in '<' and '>'", mended)
    return Flaw("'<' and '>' do not match", "put the address in '<' and '>'")


def _without_brackets(one: PlacedTrailer) -> Flaw | None:
    head = one.value.partition(" #")[0].strip()
    bare = _BARE.search(head)
    if bare is None:
        if one.name in VOUCHING:
            return Flaw("there is no address", "write 'Name <user@host>'")
        return None  # who reports or helps may be known by a name only
    if bare[0] == head:
        return _nameless(one)
    if bare.end() == len(head) and "," not in head:
        name = head[: bare.start()].strip()
        mended = one.value.replace(head, f"{name} <{bare[0]}>", 1)
        return Flaw("the address is not in '<' and '>'", "write 'Name <user@host>'", mended)
    return Flaw("the address is not in '<' and '>'", "write 'Name <user@host>'")
