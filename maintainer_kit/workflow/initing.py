# SPDX-License-Identifier: GPL-2.0-or-later
"""``init``: what is asked, and which settings change by the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from maintainer_kit.errors import Refused
from maintainer_kit.model.maintainers.addresses import list_of, people_of
from maintainer_kit.model.maintainers.maintainers import Maintainers

ADD, REMOVE = "add", "remove"

MAIL = {
    "notmuch": "my notmuch database has it",
    "procmail": "procmail delivers it",
    "maildrop": "maildrop delivers it",
    "sieve": "a sieve script of Dovecot's delivers it",
    "lei": "lei fetches it",
    "mailbox": "a Maildir or mbox, filled by mbsync and the like",
    "lore": "nothing does yet: mkit is to fetch it",
}
"""Where mail may come from, and what is said of it."""


@dataclass(frozen=True, slots=True)
class Known:
    """One setting as it is."""

    held: tuple[str, ...] = ()
    """By the file that init writes to."""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Values that stay whatever is written there, and the file that says so."""
    effective: tuple[str, ...] = ()
    """What counts, defaults included."""
    is_private: bool = False
    """Whether the first value written there hides all that others say."""


@dataclass(frozen=True, slots=True)
class Guesses:
    """What the machine says where no setting does."""

    lists_seen: tuple[str, ...] = ()
    """Those of the mail that is there, the busiest first."""
    repositories: tuple[str, ...] = ()
    mail: str = "lore"
    mailboxes: tuple[str, ...] = ()
    """Paths of Maildirs and mbox files."""
    old_mail: bool = False
    """Whether there is mail and nothing was decided yet."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody wants to be set."""

    me: tuple[str, ...]
    lists: tuple[str, ...]
    repositories: tuple[str, ...]
    mail: str
    backlog: int = 0
    """Days without mail after which a topic is archived; 0 archives nothing."""
    refs: tuple[str, ...] = ()

    def by_name(self) -> dict[str, tuple[str, ...]]:
        """Values by the name of their setting."""
        return {
            "mkit.me": self.me,
            "mkit.list": self.lists,
            "mkit.repository": self.repositories,
            "mkit.ref": self.refs,
        }


@dataclass(frozen=True, slots=True)
class Change:
    """One value that a setting gets or loses."""

    name: str
    value: str
    action: str
    """``ADD`` or ``REMOVE``."""


def plan_changes(known: Mapping[str, Known], answers: Answers) -> list[Change]:
    """What is to be written; nothing where the answer is what counts already.

    Raises Refused for values that mean nothing, and for those that another file sets.
    """
    found: list[Change] = []
    for name, wanted in answers.by_name().items():
        _be_usable(name, wanted)
        is_now = known.get(name, Known())
        if set(wanted) == set(is_now.effective):
            continue
        elsewhere = {} if is_now.is_private and wanted else is_now.elsewhere
        for value, origin in elsewhere.items():
            if value not in wanted:
                raise Refused(
                    f"{name} = {value} is set in {origin}", f"take it out of {origin}, or keep it"
                )
        present = {*is_now.held, *elsewhere}
        gone = dict.fromkeys(one for one in is_now.held if one not in wanted)
        found += [Change(name, one, REMOVE) for one in gone]
        new = dict.fromkeys(one for one in wanted if one not in present)
        found += [Change(name, one, ADD) for one in new]
    return found


def _be_usable(name: str, values: Sequence[str]) -> None:
    """git takes a word that begins with a dash for an option."""
    if name == "mkit.me" and not values:
        raise Refused("mkit does not know who you are", "mkit init --me YOU@EXAMPLE.ORG")
    for value in values:
        if not value.strip() or value.startswith("-") or not value.isprintable():
            raise Refused(f"{name} cannot be {value!r}", "mkit init --help")
        if name == "mkit.me" and not _is_address(value):
            raise Refused(f"{value!r} is no e-mail address", "mkit init --me YOU@EXAMPLE.ORG")
        if name == "mkit.list" and " " in value:
            raise Refused(f"{value!r} is no list", "name its address, or its List-Id")


def _is_address(value: str) -> bool:
    local, _, domain = value.rpartition("@")
    return bool(local and domain) and not any(one in value for one in ' <>",;')


def lists_maintained(maintainers: Maintainers, me: Sequence[str]) -> tuple[str, ...]:
    """The lists of the sections that name one of my addresses as a maintainer's."""
    mine = {one.lower() for one in me}
    found: dict[str, None] = {}
    for section in maintainers.sections:
        people = (person for value in section.values("M") for person in people_of(value))
        if section.is_rest or not any(person.address.lower() in mine for person in people):
            continue
        lists = (list_of(value) for value in section.values("L"))
        found.update(dict.fromkeys(one.person.address for one in lists if one))
    return tuple(found)
