# SPDX-License-Identifier: GPL-2.0-or-later
"""Topics that were accepted, and that the branch that collects them does not have."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from maintainer_kit.model.queue.landed import Role
from maintainer_kit.workflow.landing.lists import NotLanded, not_landed
from maintainer_kit.workflow.list_settings import is_of_list, list_trees
from maintainer_kit.workflow.stores import Stores

_COLLECTING = (Role.QUEUED.value, Role.NEXT.value, Role.MAINLINE.value)
"""Roles of a branch that patches are put into, the first that there is."""

Paths = Callable[[str], str]
"""A path of the settings, absolute."""


def collecting(roles: Sequence[tuple[str, str]]) -> str:
    """Of local refs with their roles the one that accepted patches are put into; empty without
    any."""
    for role in _COLLECTING:
        for ref, its in roles:
            if its == role and ref.startswith("refs/heads/"):
                return ref
    return ""


def accepted(stores: Stores) -> list[NotLanded]:
    """Patches that somebody accepted, and that no ref that is followed has; none where nobody ever
    looked."""
    return not_landed(stores, 0) if stores.catalogue.landed_mark() else []


def lacking(
    stores: Stores, waiting: Sequence[NotLanded], has: Collection[str], path: str, absolute: Paths
) -> tuple[str, ...]:
    """Topics of those of the patches that belong into a repository and that a branch of it lacks;
    ``has`` are the mails that it has. What has waited longest comes first."""
    found = [one for one in waiting if one.message.message_id not in has]
    mine = [one.row.id for one in found if _is_collected(stores, one.row.lists, path, absolute)]
    return tuple(dict.fromkeys(mine))


def _is_collected(stores: Stores, lists: Sequence[str], path: str, absolute: Paths) -> bool:
    """Whether the patches of a list go into a repository: as ``mkit.listTree`` says, else into the
    only one that there is."""
    pairs = list_trees(stores.settings)
    said = [absolute(tree) for name, tree in pairs for one in lists if is_of_list(one, name)]
    if said:
        return path in said
    known = {absolute(one) for one in stores.settings.repository}
    return known == {path}
