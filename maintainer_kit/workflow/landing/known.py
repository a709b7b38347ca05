# SPDX-License-Identifier: GPL-2.0-or-later
"""What is known to have landed, with what was decided about it counted in: for all who read it.

Only those who look for landings anew ask the catalogue itself, which has what git alone says.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from maintainer_kit.model.decision.event import EventKind
from maintainer_kit.model.decision.judgement import read_judgements
from maintainer_kit.model.queue.judged import judged

if TYPE_CHECKING:
    from maintainer_kit.model.queue.landed import Landing
    from maintainer_kit.workflow.ports import Catalogue


def known_landings(
    catalogue: Catalogue, message_ids: Collection[str] | None = None
) -> dict[str, tuple[Landing, ...]]:
    """Where these messages, or all, are held to have landed; the sure ones first."""
    found = catalogue.landings(message_ids)
    said = catalogue.decided_messages((EventKind.LANDING,)) & found.keys() if found else ()
    return judged(found, catalogue.decisions(said))


def judged_commits(
    catalogue: Catalogue, message_ids: Collection[str] | None = None
) -> dict[str, set[str]]:
    """By message, of these or of all, the commits that somebody said it is."""
    said = catalogue.decided_messages((EventKind.LANDING,))
    if said and message_ids is not None:
        said = said.intersection(message_ids)
    found = {
        message_id: {one for one, is_it in read_judgements(held.value).items() if is_it}
        for (message_id, kind), held in catalogue.decisions(said).items()
        if kind is EventKind.LANDING
    }
    return {message_id: commits for message_id, commits in found.items() if commits}
