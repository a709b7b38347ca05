# SPDX-License-Identifier: GPL-2.0-or-later
"""``Announced`` to a row of JSON and back: its fields in their order, without empty ones at the
end, because there may be a hundred thousand of them."""

from __future__ import annotations

from typing import Any

from maintainer_kit.model.mail.person import NOBODY, Person
from maintainer_kit.model.message.announced import Announced

_IDS = 5
_AUTHOR = 8


def dump_announced(one: Announced) -> list[Any]:
    """What ``load_announced`` needs to give an equal one."""
    row: list[Any] = [*one]
    row[_AUTHOR] = "" if one.author == NOBODY else [one.author.name, one.author.address]
    while row and not row[-1]:
        row.pop()
    return row


def load_announced(row: list[Any]) -> Announced:
    """The one that ``dump_announced`` wrote."""
    if len(row) > _IDS:
        row[_IDS] = tuple(row[_IDS])
    if len(row) > _AUTHOR:
        row[_AUTHOR] = Person(*row[_AUTHOR]) if row[_AUTHOR] else NOBODY
    return Announced(*row)
