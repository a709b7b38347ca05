# SPDX-License-Identifier: GPL-2.0-or-later
"""Which mail is new since the last digest."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from maintainer_kit.workflow.digest.parts import Mark
from maintainer_kit.workflow.stores import Stores

SIZE = 8
"""Bytes by which a Message-ID is known: two of a million mails are taken for one another with a
probability of one in forty millions."""
OWN = "mkit-digest."
"""How the Message-IDs of mailed digests begin, which are not news themselves."""


def digest_of(message_id: str) -> bytes:
    """The bytes by which a mail is known."""
    return blake2b(message_id.encode("utf-8", "surrogatepass"), digest_size=SIZE).digest()


def new_messages(stores: Stores, mark: Mark) -> list[str]:
    """Message-IDs of what came into the catalogue since a mark was made, sorted."""
    known = mark.known
    return sorted(
        one
        for one in stores.catalogue.message_ids()
        if digest_of(one) not in known and not one.startswith(OWN)
    )


def mark_all(stores: Stores, now: int, before: Mark | None = None) -> Mark:
    """All mail that is there, or was: what is away for a while, as a folder that is not mounted,
    is not new when it comes back."""
    there = frozenset(map(digest_of, stores.catalogue.message_ids()))
    if before is None:
        return Mark(now, there)
    return Mark(now, there | before.known, before.woken, before.tags)


def without_own(message_ids: Iterable[str]) -> list[str]:
    """Leave mailed digests out."""
    return [one for one in message_ids if not one.startswith(OWN)]
