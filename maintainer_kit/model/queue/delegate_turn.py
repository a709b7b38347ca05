# SPDX-License-Identifier: GPL-2.0-or-later
"""Whose turn it is once somebody is to decide about a topic."""

from __future__ import annotations

from collections.abc import Iterable

from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.queue.delegation import BY_HAND, Delegation
from maintainer_kit.model.queue.verdict import Me, Turn, Verdict

_DECIDING = (Turn.ME, Turn.REVIEWER)
"""Whose turn passes to a delegate: whoever has to look; not the author, the tests or nobody."""


def delegated(
    verdict: Verdict, delegation: Delegation, me: Me, posted_by: Iterable[Person] = ()
) -> Verdict:
    """The verdict once it is counted in who is to decide.

    ``posted_by`` sent the newest revision: whoever did has to answer comments himself, and does not
    decide about his own work.
    """
    who = delegation.who
    if not who.address or verdict.turn not in _DECIDING:
        return verdict
    posted = tuple(posted_by)
    if any(me.people.same(who, one) for one in posted):
        return verdict
    if verdict.turn is Turn.ME and any(is_me(one, me) for one in posted):
        return verdict
    if not is_me(who, me):
        return Verdict(Turn.DELEGATE, f"{_owner(who)}, {_why(delegation)}: {verdict.reason}")
    if verdict.turn is Turn.ME:
        return verdict
    return Verdict(Turn.ME, f"yours, {_why(delegation)}: {verdict.reason}")


def is_me(person: Person, me: Me) -> bool:
    """Whether somebody is the reader, under whatever address."""
    if me.is_one(person.address):
        return True
    mine = [Person("", address) for address in me.addresses]
    mine.extend(Person(name, "") for name in me.names)
    return any(me.people.same(person, one) for one in mine)


def _owner(who: Person) -> str:
    name = who.name or who.address
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _why(delegation: Delegation) -> str:
    """``by hand``, or ``by rule 2``: what the rule says stands elsewhere."""
    if delegation.by == BY_HAND:
        return BY_HAND
    return f"by {delegation.by.partition(':')[0]}"
