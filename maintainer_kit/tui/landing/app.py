# SPDX-License-Identifier: GPL-2.0-or-later
"""What the app knows of landings: the way to their screen, and recording what landed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from maintainer_kit.model.decision.event import YES, Group, Origin
from maintainer_kit.tui.base import DecidingScreen, Targets
from maintainer_kit.tui.deciding.remembering import RememberingApp
from maintainer_kit.tui.queue.viewing import ViewingScreen
from maintainer_kit.workflow.stores import Stores

if TYPE_CHECKING:  # not before somebody asks
    from maintainer_kit.tui.landing.pruning import Prunable
    from maintainer_kit.workflow.targets import Target


class LandingApp(RememberingApp):
    """Landings of the topic under the cursor; pruning, asked first and undone as all else."""

    def action_compare(self) -> None:
        from maintainer_kit.tui.compare.screen import CompareScreen

        if asked := self.targets():
            self.push_screen(CompareScreen(self.session, self.under(*asked).row.id))

    def action_landings(self) -> None:
        from maintainer_kit.tui.landing.screen import LandingScreen

        if asked := self.targets():
            one = self.under(*asked)
            self.push_screen(LandingScreen(self.session, one.row.id, one.message_ids))

    def under(self, screen: DecidingScreen, found: Targets) -> Target:
        """The one under the cursor, for what is done with one; of what is marked else the first."""
        under = screen.queue.current if isinstance(screen, ViewingScreen) else None
        return next((one for one in found.found if one.row.id == under), found.found[0])

    def action_prune(self) -> None:
        from maintainer_kit.tui.landing.pruning import read_prunable

        screen = self.screen
        if not isinstance(screen, DecidingScreen):
            return
        named = self._named(screen)
        screen.status.set_busy("looking")

        def show(found: Prunable) -> None:
            screen.status.set_busy("")
            self._ask_to_prune(screen, found)

        self.session.reading.submit(lambda stores: read_prunable(stores, named), show, self.failed)

    def _named(self, screen: DecidingScreen) -> Sequence[str] | None:
        """The topics that are meant; None for all of them that landed."""
        if isinstance(screen, ViewingScreen) and not screen.queue.marked:
            return None
        found = screen.targets()
        return [one.row.id for one in found.found] if found else []

    def _ask_to_prune(self, screen: DecidingScreen, found: Prunable) -> None:
        from maintainer_kit.tui.landing.pruning import LIST, landed_page, prune_menu

        if not found.plan.events:
            screen.say(found.nothing)
            return

        def pick(value: str | None) -> None:
            if value == YES:
                self._record_landed(screen, found)
            elif value == LIST:
                page = landed_page(self.session.look, found)
                self.push_screen(page, lambda _: self._ask_to_prune(screen, found))

        self.push_screen(prune_menu(self.session.look, found), pick)

    def _record_landed(self, screen: DecidingScreen, found: Prunable) -> None:
        from maintainer_kit.workflow.decide import decide

        def job(stores: Stores) -> Group:
            return decide(stores, found.plan.events, Origin.TUI, found.reason)

        self.submit(job)
        screen.advance(stay=True)
