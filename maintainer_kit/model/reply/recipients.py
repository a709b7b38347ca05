# SPDX-License-Identifier: GPL-2.0-or-later
"""To whom a reply goes, as a good mailer has it (RFC 5322, 3.6.3)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from maintainer_kit.model.mail.lists import list_from_address
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.reply.answered import Answered

_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,190}")
MOST = 250
"""Recipients of one reply; servers take few more, and nobody means to write to so many."""


class Recipients(NamedTuple):
    """Each address once, in either of the two."""

    to: tuple[Person, ...]
    cc: tuple[Person, ...]


def is_address(address: str) -> bool:
    """Whether an address can stand in a header as it is."""
    return _ADDRESS.fullmatch(address) is not None


def reply_to_all(answered: Answered, me: Collection[str]) -> Recipients:
    """To the author, with copies to all others but ``me`` (addresses in lower case).

    Mail-Followup-To speaks for its writer. To one's own mail one answers to those it went to.
    """
    if wanted := _usable(answered.follow_up_to):
        return _sorted(wanted, (), me)
    first = _authors(answered)
    if all(one.key in me for one in first):
        return _sorted((*answered.to, *first), answered.cc, me)
    return _sorted(first, (*answered.to, *answered.cc), me)


def reply_to_author(answered: Answered, me: Collection[str]) -> Recipients:
    """To the author alone."""
    return _sorted(_authors(answered), (), me)


def _authors(answered: Answered) -> tuple[Person, ...]:
    """Reply-To, unless a list put itself there: its address is among the copies anyway, and the
    author's is nowhere else."""
    copied = {one.key for one in (*answered.to, *answered.cc)}
    wanted = [
        one
        for one in _usable(answered.reply_to)
        if list_from_address(one.address) is None and one.key not in copied
    ]
    return tuple(wanted) or (answered.sender,)


def _usable(people: Iterable[Person]) -> list[Person]:
    return [one for one in people if is_address(one.address)]


def _sorted(to: Iterable[Person], cc: Iterable[Person], me: Collection[str]) -> Recipients:
    """Without oneself, unless nobody else is left."""
    first = _unique(to, ())
    copies = _unique(cc, first)
    others = [one for one in first if one.key not in me]
    other_copies = [one for one in copies if one.key not in me]
    if not others and not other_copies:
        return Recipients(tuple(first[:1]), ())
    if not others:
        others, other_copies = other_copies, []
    return Recipients(tuple(others[:MOST]), tuple(other_copies[: max(0, MOST - len(others))]))


def _unique(people: Iterable[Person], before: Iterable[Person]) -> list[Person]:
    """Each address once; of several names the first."""
    seen = {one.key for one in before}
    found: list[Person] = []
    for one in _usable(people):
        if one.key not in seen:
            seen.add(one.key)
            found.append(one)
    return found
