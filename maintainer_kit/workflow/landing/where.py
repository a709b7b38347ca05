# SPDX-License-Identifier: GPL-2.0-or-later
"""Topics by the branches that their patches landed in."""

from __future__ import annotations

from collections import defaultdict
from difflib import get_close_matches

from maintainer_kit.errors import NotFound
from maintainer_kit.model.queue.landed import Role, sure_places
from maintainer_kit.workflow.landing.known import known_landings
from maintainer_kit.workflow.ports import Catalogue

_ROLES = tuple(role.value for role in Role)
_NAMED = 8


def landed_in(catalogue: Catalogue, name: str) -> set[str]:
    """Topics of which a patch of the newest view surely is in a branch of that name or role, and
    was not taken back there.

    Raises NotFound where no branch that holds any patch is called so.
    """
    known = known_landings(catalogue)
    holding: dict[str, set[str]] = defaultdict(set)
    for message_id in known:
        for place in sure_places(known, message_id):
            for word in (place.role, place.branch, place.ref) if not place.reverted else ():
                holding[word].add(message_id)
    if name not in holding and name not in _ROLES:
        raise _unknown(name, {word for word in holding if not word.startswith("refs/")})
    found = holding[name]
    rows = catalogue.rows(set(catalogue.topic_ids(found).values()))
    return {row.id for row in rows if not found.isdisjoint(row.decidable)}


def _unknown(name: str, words: set[str]) -> NotFound:
    known = ["yes", "no", "part", *sorted(words.union(_ROLES))]
    near = get_close_matches(name, known, n=3, cutoff=0.6)
    if near:
        return NotFound(f"nothing has landed in {name}", f"did you mean {', '.join(near)}?")
    return NotFound(f"nothing has landed in {name}", f"there are {', '.join(known[:_NAMED])}")
