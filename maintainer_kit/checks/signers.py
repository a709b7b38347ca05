# SPDX-License-Identifier: GPL-2.0-or-later
"""Who signed a patch off, and whether that is who wrote or sent it."""

from __future__ import annotations

from functools import lru_cache

from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.placed_trailers import PlacedTrailer
from maintainer_kit.model.mail.mailmap import People
from maintainer_kit.model.mail.person import Person, without_via
from maintainer_kit.model.message.trailer import Trailer

SIGNED = "Signed-off-by"
_ALIKE = 0.86
_MOST = 100
"""Sign-offs that are looked at, at either end of a chain."""
_LONG = 5
"""Letters that the part before the ``@`` must have to tell somebody."""
_SHARED = frozenset({"admin", "contact", "devel", "email", "github", "kernel", "linux", "patch"})


def sign_offs(patch: Patch) -> tuple[PlacedTrailer, ...]:
    """Its sign-offs, in order; quoted and empty ones left out."""
    found = tuple(
        one for one in patch.named(SIGNED) if one.value and (one.in_block or not one.indent)
    )
    return found if len(found) <= 2 * _MOST else (*found[:_MOST], *found[-_MOST:])


def named_in(one: PlacedTrailer) -> Person:
    """The person that a trailer names, as git parts name and address: a comma is of the name."""
    return _named(one.value[:1000])


@lru_cache(maxsize=4096)
def _named(value: str) -> Person:
    name, opened, rest = value.partition("<")
    address = rest.partition(">")[0].strip()
    if opened and "@" in address:
        return Person(" ".join(name.replace('"', " ").split()), address)
    return Trailer(SIGNED, value).person


def is_same(one: Person, other: Person, people: People) -> bool:
    """Whether two are one person, by address or by name."""
    if one.key == other.key or people.same(one, other):
        return True
    # A name of one word proves little among all people, but enough in one chain of sign-offs.
    return bool(one.name) and plain(one.name) == plain(other.name)


def resembles(one: Person, other: Person) -> bool:
    """Whether one is likely the other under a changed name and address: ``Rob`` and ``Robert``."""
    local, other_local = (each.key.partition("@")[0].partition("+")[0] for each in (one, other))
    if local == other_local and len(local) >= _LONG and local not in _SHARED:
        return True
    first, second = plain(one.name)[:80], plain(other.name)[:80]
    if not first or not second:
        return False
    if _is_word_of(first, second) or _is_word_of(second, first):
        return True
    if _abbreviates(first, second):
        return True
    from difflib import SequenceMatcher

    return SequenceMatcher(None, first, second).ratio() >= _ALIKE


def is_rewritten(patch: Patch, person: Person) -> bool:
    """Whether a list has put its own address in the place of that of a patch's author or sender,
    and only the name is left."""
    if without_via(person.name) is not None:
        return True
    sender = patch.mail.header("from") if patch.mail else ""
    return " via " in sender.lower() and person.key == patch.submitter.key


def plain(name: str) -> str:
    """A name without the forms that differ by mail client: quotes, case, spaces, ``via LIST``, a
    company in brackets behind it."""
    bare = (without_via(name) or name).replace('"', "").partition("(")[0] or name
    return " ".join(bare.casefold().split())


def _abbreviates(first: str, second: str) -> bool:
    """Whether each word of a name begins with that of the other: ``j. doe`` and ``jane doe``."""
    pairs = list(zip(first.split(), second.split(), strict=False))
    if len(pairs) < 2 or len(first.split()) != len(second.split()):
        return False
    words = [(a.rstrip("."), b.rstrip(".")) for a, b in pairs]
    return all(a and b and (a.startswith(b) or b.startswith(a)) for a, b in words)


def _is_word_of(first: str, second: str) -> bool:
    """Whether a name of one long word is a word of the other: ``chengyu`` of ``chengyu zhu``."""
    return len(first) >= _LONG and first in second.split()
