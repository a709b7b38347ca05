# SPDX-License-Identifier: GPL-2.0-or-later
"""``lists``: the mailing lists that mail came by or settings name, with what is known of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from maintainer_kit.workflow.list_settings import is_of_list, list_trees, said_of
from maintainer_kit.workflow.ports import ListCount
from maintainer_kit.workflow.pulling.places import list_archives
from maintainer_kit.workflow.stores import Stores


@dataclass(frozen=True, slots=True)
class ListFacts:
    """One mailing list."""

    count: ListCount
    """Its name, and how much of it is here."""
    is_mine: bool
    """One that I maintain: mkit.list."""
    is_confidential: bool
    profile: str
    """Rules that its series are checked by."""
    archive: str
    """Where mkit pull --list finds it, by mkit.archive; empty where that does not say."""
    tree: str
    """The repository in which its patches are collected, by mkit.listTree; or empty."""


def all_lists(stores: Stores, profile_of: Callable[[str], str]) -> list[ListFacts]:
    """Those that topics went to and those that settings name; those of mine first, then by how much
    is open, and by name. ``profile_of`` knows the rules for a list by its List-Id."""
    settings = stores.settings
    counts = stores.catalogue.count_lists()
    mine = _ids(settings.list)
    secret = _ids(settings.confidential)
    archives = list_archives(settings)
    trees = list_trees(settings)
    known = {one.name for one in counts}
    named = {*mine, *secret, *archives, *(name for name, _ in trees)}
    absent = (one for one in sorted(named) if not any(is_of_list(name, one) for name in known))
    counts += [ListCount(name, 0, 0, 0) for name in absent]
    found = [
        ListFacts(
            count=one,
            is_mine=one.name in mine,
            is_confidential=one.name in secret,
            profile=profile_of(one.name),
            archive=_first(said_of(tuple(archives.items()), [one.name])),
            tree=_first(said_of(trees, [one.name])),
        )
        for one in counts
    ]
    return sorted(found, key=lambda one: (not one.is_mine, -one.count.open, one.count.name))


def _ids(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.lower().replace("@", ".") for name in names)


def _first(pair: tuple[str, str] | None) -> str:
    return pair[1] if pair else ""
