# SPDX-License-Identifier: GPL-2.0-or-later
"""Who signed a commit, and who wants no mail for that."""

from __future__ import annotations

from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.maintainers.addresses import people_of

_SIGNED = lazy_pattern(r"[ \t]*(?:Signed-off-by|Reviewed-by|Acked-by):(.*@.*)")
_PLAIN = lazy_pattern(r"[^<>\s@]{1,200}@[^<>\s@]{1,200}")
_LONGEST = 2000
_MOST = 1000


def signers_of(message: str) -> tuple[Person, ...]:
    """Those who signed off, reviewed or acknowledged a commit, once for each time they did so."""
    found = (_SIGNED.match(line[:_LONGEST]) for line in message.split("\n"))
    people = (people_of(hit[1].strip())[:1] for hit in found if hit)
    return tuple(one for some in people for one in some if _PLAIN.fullmatch(one.address))[:_MOST]


def read_ignored(text: str) -> tuple[Person, ...]:
    """The people of .get_maintainer.ignore: one a line, what is behind ``#`` left out."""
    lines = (line.partition("#")[0].strip() for line in text.split("\n"))
    return tuple(person for line in lines for person in people_of(line))
