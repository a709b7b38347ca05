# SPDX-License-Identifier: GPL-2.0-or-later
"""Decisions of the linear mode; carried out by what the command line and the screens use."""

from __future__ import annotations

from collections.abc import Callable

from maintainer_kit.errors import Refused
from maintainer_kit.model.decision.event import Group, Origin
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.tui.base import Targets
from maintainer_kit.tui.plain.asked import Asked
from maintainer_kit.tui.plain.prompts import Prompts
from maintainer_kit.workflow import decide
from maintainer_kit.workflow.decide import Plan
from maintainer_kit.workflow.stores import Stores


class DecidingPrompts(Prompts):
    """States, archive, pruning, and the way back."""

    def targets(self, asked: Asked) -> Targets:
        """What the numbers name, else what is marked, else what was told last. Raises Refused."""
        raise NotImplementedError

    def reload(self) -> None:
        """Something was decided: numbers keep their meaning, what is told after is told anew."""

    def renew(self) -> None:
        """There may be other topics, or other mails: look, and tell them."""

    def patches(self, asked: Asked) -> Targets:
        """The same, for a decision about patches. Raises Refused where there are none."""
        found = self.targets(asked)
        if not found.message_ids:
            raise Refused("nothing to decide about is here")
        return found

    def decide(self, plan: Plan, why: str = "") -> None:
        """Take a decision, as one group, and tell it."""
        self.told(decide.decide(self.stores, plan.events, Origin.TUI, why, forced=plan.forced))

    def told(self, group: Group, verb: str = "done") -> None:
        self.tell(visible_line(f"{verb}: {decide.describe(group)}"))
        self.reload()

    def do_decide(self, asked: Asked) -> None:
        ids = self.patches(asked).message_ids
        self.decide(decide.plan_state(self.stores, asked.argument, ids))

    def do_states(self, asked: Asked) -> None:
        ids = self.patches(asked).message_ids
        states = self.stores.states.settable
        value = asked.text or self.ask("state", ", ".join(states), states)
        self.decide(decide.plan_state(self.stores, value, ids))

    def do_archive(self, asked: Asked) -> None:
        found = self.patches(asked)
        archive = not found.all(lambda standing: standing.archived)
        self.decide(decide.plan_archived(archive, found.message_ids))

    def do_undo(self, asked: Asked) -> None:
        self._take_back(decide.undo, "taken back")

    def do_redo(self, asked: Asked) -> None:
        self._take_back(decide.redo, "holds again")

    def _take_back(self, job: Callable[[Stores, Origin], Group], verb: str) -> None:
        self.told(job(self.stores, Origin.TUI), verb)

    def do_landings(self, asked: Asked) -> None:
        from maintainer_kit.tui.plain.landing import LandingPrompts

        LandingPrompts(self.session, self.targets(asked).found[0].row.id).run()
        self.reload()

    def do_prune(self, asked: Asked) -> None:
        from maintainer_kit.tui.landing.pruning import read_prunable

        found = read_prunable(self.stores, self.prunable(asked))
        if not found.plan.events:
            raise Refused(found.nothing)
        for one in found.topics:
            self.tell(visible_line(f"{one.row.id[:6]} {one.row.subject}: {one.words}"))
        if self.is_sure(f"record that {len(found.topics)} landed, and archive?"):
            self.decide(found.plan, found.reason)

    def prunable(self, asked: Asked) -> list[str] | None:
        """The topics that are meant; None for all that landed."""
        return [one.row.id for one in self.targets(asked).found]
