# SPDX-License-Identifier: GPL-2.0-or-later
"""Who is to decide, as rows show it: nobody where it is the reader."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.queue.standing import Standing
from maintainer_kit.workflow.stores import Stores

if TYPE_CHECKING:
    from maintainer_kit.model.queue.verdict import Me


class Delegates:
    """Knows names; nothing is worked out before the first topic that has a delegate."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self._names: dict[str, str] = {}

    @cached_property
    def _me(self) -> Me:
        return self._stores.me

    def name(self, standing: Standing) -> str:
        """The delegate's name; empty for nobody and for the reader."""
        whom = standing.delegate
        if not whom:
            return ""
        if whom not in self._names:
            self._names[whom] = self._name(whom)
        return self._names[whom]

    def _name(self, whom: str) -> str:
        from maintainer_kit.model.mail.person import parse_person
        from maintainer_kit.model.queue.delegate_turn import is_me

        person = parse_person(whom)
        return "" if is_me(person, self._me) else visible_line(person.name or person.address)
