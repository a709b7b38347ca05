# SPDX-License-Identifier: GPL-2.0-or-later
"""What patches became in a branch, as a side of a comparison."""

from __future__ import annotations

from collections.abc import Mapping

from maintainer_kit.checks.patch import Patch
from maintainer_kit.errors import Refused, RepositoryError
from maintainer_kit.model.queue.landed import Landing
from maintainer_kit.workflow.comparing.mailed import ids_of
from maintainer_kit.workflow.comparing.ports import Commits
from maintainer_kit.workflow.comparing.side import Side
from maintainer_kit.workflow.landing.known import known_landings
from maintainer_kit.workflow.stores import Stores

_NAME = "landed"


def landed_side(stores: Stores, commits: Commits, old: Side) -> tuple[Side, Mapping[int, int]]:
    """The commits that patches were seen as, in the order of the patches, and which is which.

    Those of which that is sure come before candidates. Raises Refused where none is known.
    """
    known = known_landings(stores.catalogue, ids_of(old.patches))
    found: list[Patch] = []
    links: dict[int, int] = {}
    places: dict[str, int] = {}
    problems: list[str] = []
    for number, patch in old.received:
        landings = known.get(patch.message_id or "", ())
        if not landings:
            continue
        landing = landings[0]
        if not landing.is_sure:
            problems.append(f"{landing.commit[:12]} is a candidate for patch {number + 1} only")
        if landing.commit in places:
            continue  # several patches became one commit
        try:
            made = _read(commits, landing)
        except RepositoryError as error:
            problems.append(f"{landing.commit[:12]} cannot be read: {error.message}")
            continue
        places[landing.commit] = links[number] = len(found)
        found.append(made)
    if not found and not problems:
        raise Refused("none of these patches was seen in a branch", "mkit land --fetch")
    return Side(_NAME, tuple(found), problems=tuple(problems)), links


def _read(commits: Commits, landing: Landing) -> Patch:
    """From the first place that has the commit, or a copy of it."""
    problem = RepositoryError("no branch that is followed holds it", "mkit land")
    for place in sorted(landing.places, key=lambda one: one.commit != landing.commit):
        try:
            return commits.named(place.repository, place.commit)
        except RepositoryError as error:
            problem = error
    raise problem
