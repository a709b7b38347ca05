# SPDX-License-Identifier: GPL-2.0-or-later
"""What pruning would record, and the question whether to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from maintainer_kit.model.decision.event import NO, YES
from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.tui.parts.cells import Piece
from maintainer_kit.tui.parts.menu import Choice, Menu
from maintainer_kit.tui.parts.text_screen import TextScreen
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.workflow.decide import Plan
from maintainer_kit.workflow.landing.prune import Landed, landed_topics, plan_prune, reason_of
from maintainer_kit.workflow.stores import Stores

LIST = "list"


@dataclass(frozen=True, slots=True)
class Prunable:
    """Topics that landed, with what is to be recorded of them."""

    topics: Sequence[Landed]
    plan: Plan
    nothing: str
    """Why there is nothing to decide, where there is nothing."""

    @property
    def reason(self) -> str:
        return reason_of(self.topics)


def read_prunable(stores: Stores, named: Collection[str] | None) -> Prunable:
    """What ``mkit prune`` would do: of all topics, or of some, which it does all of or none."""
    found = landed_topics(stores, named)
    missing = sorted(set(named or ()) - {one.row.id for one in found})
    if missing:
        what = f"not all patches of {missing[0][:6]} are known to have landed, or to be queued"
        words = f"{what}; L shows them"
        return Prunable((), Plan(()), words)
    plan = plan_prune(stores, found)
    changed = set(plan.about)
    topics = [one for one in found if changed.intersection(one.row.decidable)]
    nothing = "this is recorded already" if found else "nothing that landed waits to be pruned"
    return Prunable(topics, plan, nothing)


def prune_menu(look: Look, found: Prunable) -> Menu:
    """Gives YES, NO, or LIST for a look at which topics are meant."""
    number = len(found.topics)
    what = "this topic" if number == 1 else count_of(number, "topic")
    state = next((one.value for one in found.plan.events if one.value != YES), "archived")
    choices = (
        Choice("y", f"yes, record {what}", YES, f"{state} and archived; u undoes it"),
        Choice("n", "no", NO),
        Choice("l", "list", LIST, "what landed, and where"),
    )
    return Menu(look, f"prune {what}", choices, width=76)


def landed_page(look: Look, found: Prunable) -> TextScreen:
    """The topics that are meant, each with what became of it."""
    palette = look.palette
    page: list[list[Piece]] = []
    for one in found.topics:
        page.append(
            [
                (f" {one.row.id[:6]} ", palette.faint),
                (visible_line(one.row.subject), palette.text),
            ]
        )
        page.append([(f"        {visible_line(one.words)}", palette.soft)])
    return TextScreen(look, "What landed", page)
