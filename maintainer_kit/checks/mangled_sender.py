# SPDX-License-Identifier: GPL-2.0-or-later
"""Senders that a mailing list or a relay put in the place of the author: ``NAME via LIST``."""

from __future__ import annotations

from collections.abc import Iterable

from maintainer_kit.checks.patch import Patch
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.lists import list_from_address, list_from_id
from maintainer_kit.model.mail.person import NOBODY, Person, parse_person, without_via

_RELAY = lazy_pattern(r"(?i)^(?:devnull|no-?reply|relay|gitgitgadget)\b")


@dataclass(frozen=True, slots=True)
class Mangled:
    """A sender that is not the author."""

    sender: Person
    author: Person
    """As far as the mail still tells; NOBODY when it does not."""
    is_known: bool
    """It is what the list does to everybody."""


def mangled_sender(patch: Patch, known: Iterable[str]) -> Mangled | None:
    """How a mail's From:, or a commit's author, was rewritten; None when it was not.

    ``known`` are hosts of lists that rewrite all that passes.
    """
    if patch.mail is None:
        is_rewritten = _is_rewritten(patch.author, ())
        return Mangled(patch.author, NOBODY, False) if is_rewritten else None
    sender = parse_person(patch.mail.header("from"))
    ids = patch.mail.headers.get("list-id", ())
    lists = [name for value in ids if (name := list_from_id(value))]
    hosts = (sender.address.rpartition("@")[2], *lists)
    is_known = any(f".{host}".endswith(f".{one}") for host in hosts for one in known)
    differs = patch.submitter.address != sender.address
    if without_via(sender.name) is None or not (
        is_known or differs or _is_rewritten(sender, lists)
    ):
        return None
    return Mangled(sender, patch.submitter if differs else NOBODY, is_known)


def _is_rewritten(person: Person, lists: Iterable[str]) -> bool:
    """Some people are called Via: only the address of a list or a relay counts."""
    if without_via(person.name) is None:
        return False
    address = person.address.lower()
    is_list = list_from_address(address) or address.replace("@", ".") in lists
    return bool(is_list or _RELAY.match(address))
