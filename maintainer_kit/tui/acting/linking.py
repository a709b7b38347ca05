# SPDX-License-Identifier: GPL-2.0-or-later
"""Mending by hand what belongs to one topic; undone as any other decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maintainer_kit.errors import MkitError
from maintainer_kit.model.decision.event import Group, Origin
from maintainer_kit.tui.base import DecidingScreen
from maintainer_kit.tui.landing.app import LandingApp
from maintainer_kit.workflow.stores import Stores

if TYPE_CHECKING:  # not before somebody asks
    from maintainer_kit.workflow.targets import Target


class LinkingApp(LandingApp):
    """``link`` and ``unlink``: what came later is made a revision of what came before."""

    def action_link(self) -> None:
        from maintainer_kit.tui.acting.link_menu import LINK_TYPED, likely, link_menu

        asked = self.targets()
        if asked is None:
            return
        screen, found = asked
        if len(found.found) == 2:  # two are marked: these are meant
            self._link(screen, found.found[0], found.found[1].row.id)
            return
        mine = found.found[0]
        menu = link_menu(self.session.look)

        def pick(value: str | None) -> None:
            if value == LINK_TYPED:
                words = "the id of a topic, or a Message-ID of it"
                self._type(screen, "link to", words, lambda word: self._link(screen, mine, word))
            elif value is not None:
                self._link(screen, mine, value)

        def fail(error: MkitError) -> None:
            menu.add((), error.message)

        self.push_screen(menu, pick)
        self.session.reading.submit(
            lambda stores: likely(stores, mine.row), lambda more: menu.add(*more), fail
        )

    def _link(self, screen: DecidingScreen, mine: Target, word: str) -> None:
        def job(stores: Stores) -> Group:
            from maintainer_kit.workflow.likely import in_order
            from maintainer_kit.workflow.mend import link
            from maintainer_kit.workflow.targets import resolve

            other = resolve(stores, word)
            later, _ = in_order(mine.row, other.row)
            pair = (mine, other) if later is mine.row else (other, mine)
            return link(stores, *pair, Origin.TUI)

        self.submit(job)
        screen.advance(stay=True)

    def action_unlink(self) -> None:
        """Take the posting under the cursor out of its topic."""
        from maintainer_kit.workflow.targets import Target

        asked = self.targets()
        if asked is None:
            return
        screen, found = asked
        posting = screen.posting()
        targets = [Target(one.row, one.message_ids, posting or one.row.id) for one in found.found]

        def job(stores: Stores) -> Group:
            from maintainer_kit.workflow.mend import unlink

            return unlink(stores, targets, Origin.TUI)

        self.submit(job)
        screen.advance(stay=True)
