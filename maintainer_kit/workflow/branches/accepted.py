# SPDX-License-Identifier: GPL-2.0-or-later
"""Topics that were accepted, and that the branch that collects them does not have."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property

from maintainer_kit.workflow.branches.followed import Followed
from maintainer_kit.workflow.branches.ports import Repository
from maintainer_kit.workflow.landing.lists import NotLanded, not_landed
from maintainer_kit.workflow.landing.usual import COLLECTING, LOCAL, usual_refs
from maintainer_kit.workflow.list_settings import is_of_list, list_trees
from maintainer_kit.workflow.stores import Stores

Paths = Callable[[str], str]
"""A path of the settings, absolute."""


def accepted(stores: Stores) -> list[NotLanded]:
    """Patches that somebody accepted, and that no ref that is followed has; none where nobody ever
    looked."""
    return not_landed(stores, 0) if stores.catalogue.landed_mark() else []


class Accepted:
    """Those of them that belong into one repository."""

    def __init__(
        self,
        stores: Stores,
        waiting: Sequence[NotLanded],
        repository: Repository,
        followed: Sequence[Followed],
        absolute: Paths,
    ) -> None:
        self._stores = stores
        self._repository = repository
        self._refs = _collecting(followed)
        self._absolute = absolute
        self._mine = [one for one in waiting if self._refs and self._is_mine(one.row.lists)]

    def lacking(self, ref: str, has: Callable[[], Collection[str]]) -> tuple[str, ...]:
        """Topics that a branch should have and has not, by id; what has waited longest comes first.
        ``has`` gives the mails that it has."""
        asked = [one for one in self._mine if self._branch_of(one.row.lists) == ref]
        there = has() if asked else ()
        left = (one.row.id for one in asked if one.message.message_id not in there)
        return tuple(dict.fromkeys(left))

    def _is_mine(self, lists: Sequence[str]) -> bool:
        """Whether the patches of lists go into this repository: as ``mkit.listTree`` says, else
        into the only one that there is."""
        settings, path = self._stores.settings, self._repository.path
        pairs = list_trees(settings)
        said = [
            self._absolute(tree) for name, tree in pairs for one in lists if is_of_list(one, name)
        ]
        return path in said if said else {*map(self._absolute, settings.repository)} == {path}

    def _branch_of(self, lists: Sequence[str]) -> str:
        """Of several that collect the one that most patches of the list went into."""
        if len(self._refs) == 1:
            return self._refs[0]
        found = (self._usual[one] for one in lists if one in self._usual)
        return next(found, self._refs[0])

    @cached_property
    def _usual(self) -> Mapping[str, str]:
        """By list the branch that most of its patches are in."""
        here = self._repository.place
        return usual_refs(
            self._stores, lambda place: place.repository == here and place.ref in self._refs
        )


def _collecting(followed: Sequence[Followed]) -> list[str]:
    """Local branches that accepted patches are put into."""
    for role in COLLECTING:
        found = [one.ref for one in followed if one.role == role]
        if local := [one for one in found if one.startswith(LOCAL)]:
            return local
    return []
