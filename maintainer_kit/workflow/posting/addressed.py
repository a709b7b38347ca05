# SPDX-License-Identifier: GPL-2.0-or-later
"""To whom a posting goes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from maintainer_kit.errors import NotFound
from maintainer_kit.model.mail.lists import list_from_address
from maintainer_kit.model.mail.mailmap import People
from maintainer_kit.model.mail.person import Person, parse_people, parse_person
from maintainer_kit.model.reply.recipients import MOST, is_address
from maintainer_kit.workflow.messages import read_text
from maintainer_kit.workflow.posting.before import Before
from maintainer_kit.workflow.posting.branch import Branch
from maintainer_kit.workflow.posting.ports import Asked
from maintainer_kit.workflow.stores import Stores


@dataclass(frozen=True, slots=True)
class Addressees:
    """Each person once, in either of the two."""

    to: tuple[Person, ...]
    cc: tuple[Person, ...]
    left_out: tuple[str, ...] = ()
    """What was to get it and is no address."""

    @property
    def lists(self) -> tuple[str, ...]:
        """All addresses in small letters, by which rules are chosen."""
        return tuple(one.key for one in (*self.to, *self.cc))


def find_addressees(
    stores: Stores,
    branch: Branch,
    before: Before | None,
    asked: Asked,
    more: tuple[Sequence[str], Sequence[str]] = ((), ()),
) -> Addressees:
    """Those whom MAINTAINERS names, whom the last revision went to, who spoke about it, whom the
    commits name, and ``more``, whom the user names (To, Cc); without the user.

    What git send-email's configuration names counts where nobody else says where it is to go.
    """
    old_to, old_cc = _of_last(stores, before) if before else ((), ())
    to = [*_read(more[0]), *asked.to, *old_to]
    cc = [*_read(more[1]), *asked.cc, *old_cc, *_of_commits(branch)]
    if before:
        cc += before.earlier.commenters
    to = to or [*_read(branch.to)]
    cc += _read(branch.cc)
    lists = [one for one in cc if list_from_address(one.address)] if not to else []
    to = to or lists
    mine = frozenset(one.lower() for one in stores.settings.me)
    wrong = [one for one in (*to, *cc) if not is_address(one.address)]
    first = _distinct(to, mine, stores.people, [])
    copies = _distinct(cc, mine, stores.people, first)
    told = tuple(dict.fromkeys(one.address or one.name for one in wrong))
    return Addressees(tuple(first), tuple(copies[: max(0, MOST - len(first))]), told)


def _read(words: Iterable[str]) -> Iterator[Person]:
    for word in words:
        yield from parse_people(word)


def _of_last(stores: Stores, before: Before) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    """Whom the last revision went to; its sender, if that is another, is a recipient now."""
    first = before.first
    try:
        mail = read_text(stores, first.message_id)
    except NotFound:
        return (), (first.submitter,)
    to, cc = (parse_people(mail.joined_header(name)) for name in ("to", "cc"))
    return to, (*cc, first.submitter)


def _of_commits(branch: Branch) -> Iterator[Person]:
    """Authors, and whom trailers name."""
    for patch in branch.commits:
        yield patch.author
        for one in patch.trailers:
            if one.in_block and (one.name == "Cc" or one.name.endswith("-by")):
                person = parse_person(one.value.split("#")[0])
                if "@" in person.address:
                    yield person


def _distinct(
    people_: Iterable[Person], me: Collection[str], people: People, before: Sequence[Person]
) -> list[Person]:
    """Each once, whatever address is meant; of several the first."""
    found: list[Person] = []
    seen = {one.key for one in before}
    for one in people_:
        if one.key in seen or one.key in me or not is_address(one.address):
            continue
        is_list = list_from_address(one.address) is not None
        if not is_list and any(people.same(one, other) for other in (*before, *found)):
            continue
        seen.add(one.key)
        found.append(one)
        if len(found) == MOST:
            break
    return found
