# SPDX-License-Identifier: GPL-2.0-or-later
"""To whom a request goes: as said, as set, as the last one from there went, by MAINTAINERS."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.person import Person, parse_people
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.aspects import Role
from maintainer_kit.model.reply.recipients import MOST, is_address
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.workflow.replying.desk import Desk, answered_mail
from maintainer_kit.workflow.searching import Wanted, What

_DIGITS = re.compile(r"[0-9]+|-?rc[0-9]*")
_MOST_LOOKED_AT = 200


class Addressed(NamedTuple):
    """Whom it goes to, and by what."""

    to: tuple[Person, ...]
    cc: tuple[Person, ...]
    by: str


def read_addresses(words: Iterable[str]) -> tuple[Person, ...]:
    """People as a user names them. Raises Refused for what is no address."""
    found: list[Person] = []
    for word in words:
        people = parse_people(word)
        wrong = [one.address or one.name for one in people if not is_address(one.address)]
        if wrong or not people:
            raise Refused(f"{visible_line(wrong[0] if wrong else word)[:80]} is no address", "--to")
        found += people
    return _unique(found)


def address(
    desk: Desk,
    url: str,
    ref: str,
    named: Sequence[str],
    copied: Sequence[str],
    ask_maintainers: Callable[[], tuple[Sequence[Person], Sequence[Person]]],
) -> Addressed:
    """``ref`` as it is pulled. Where nobody says whom, it goes to nobody, and cannot be sent."""
    more = read_addresses(copied)
    if named:
        return _made(desk, read_addresses(named), more, "--to")
    if desk.stores.settings.pull_to:
        return _made(desk, read_addresses(desk.stores.settings.pull_to), more, "mkit.pullTo")
    if earlier := earlier_request(desk, url, ref):
        mail = answered_mail(desk, earlier.message_id)
        by = f"the request {earlier.message_id}"
        return _made(desk, mail.to, (*mail.cc, *more), by)
    to, cc = ask_maintainers()
    return _made(desk, to, (*cc, *more), "MAINTAINERS" if to else "")


def earlier_request(desk: Desk, url: str, ref: str) -> Message | None:
    """The last that oneself asked for from there: of the same branch, else of any; tags differ by
    the number of their release."""
    found = _own_requests(desk)
    same = [one for one in found if one.pull and one.pull.url == url]
    stem = _stem(ref)
    alike = [one for one in same if one.pull and _stem(one.pull.ref) == stem]
    return max(alike or same, key=lambda one: (one.date, one.message_id), default=None)


def _own_requests(desk: Desk) -> list[Message]:
    catalogue = desk.stores.catalogue
    kind = TopicKind.PULL_REQUEST.value
    found = catalogue.topics_by(Wanted(What.KIND, (kind,)))
    mine = Wanted(What.PARTY, tuple(sorted(desk.me)), roles=(Role.SUBMITTER.value,))
    rows = catalogue.rows(found & catalogue.topics_by(mine))
    newest = sorted(rows, key=lambda row: row.updated)[-_MOST_LOOKED_AT:]
    records = catalogue.records([row.message_id for row in newest]).values()
    return [one.message for one in records if one.message.submitter.key in desk.me]


def _stem(ref: str) -> str:
    return _DIGITS.sub("", ref.removeprefix("refs/").removeprefix("tags/").removeprefix("heads/"))


def _made(desk: Desk, to: Sequence[Person], cc: Sequence[Person], by: str) -> Addressed:
    """Without oneself, unless that is whom it is sent to alone."""
    first = _unique(to)
    others = tuple(one for one in first if one.key not in desk.me) or first[:1]
    known = {one.key for one in others} | desk.me
    copies = tuple(one for one in _unique(cc) if one.key not in known)
    return Addressed(others[:MOST], copies[: max(0, MOST - len(others))], by)


def _unique(people: Iterable[Person]) -> tuple[Person, ...]:
    return tuple({one.key: one for one in people if is_address(one.address)}.values())
