# SPDX-License-Identifier: GPL-2.0-or-later
"""The commits that the patches of a topic became."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.errors import Refused
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.workflow.landing.known import known_landings
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.targets import Target


@dataclass(frozen=True, slots=True)
class Applied:
    """Commits of one branch; in no order."""

    repository: str
    """Its git directory."""
    commits: Sequence[str]


def applied_commits(stores: Stores, target: Target) -> Applied:
    """Those that are sure, in the ref that has most of them. Raises Refused where none is known."""
    landings = known_landings(stores.catalogue, target.message_ids)
    by_ref: dict[tuple[str, str], dict[str, None]] = {}
    for several in landings.values():
        for landing in several:
            for place in landing.places if landing.is_sure else ():
                by_ref.setdefault((place.repository, place.ref), {})[place.commit] = None
    if not by_ref:
        raise Refused(
            f"{target.named} is in no branch that is followed",
            "mkit land --repo DIR --ref BRANCH, or mkit test A..B",
        )
    _, found = max((len(commits), ref) for ref, commits in by_ref.items())
    return Applied(found[0], list(by_ref[found]))
