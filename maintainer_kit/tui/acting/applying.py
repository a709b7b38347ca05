# SPDX-License-Identifier: GPL-2.0-or-later
"""Apply topics to a branch, beside all else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maintainer_kit.model.mail.text import count_of
from maintainer_kit.tui.acting.app import ActingApp
from maintainer_kit.tui.base import DecidingScreen

if TYPE_CHECKING:  # not before somebody applies
    from collections.abc import Sequence

    from maintainer_kit.tui.work.works import Work
    from maintainer_kit.wiring.workspace import Workspace
    from maintainer_kit.workflow.stores import Stores

_HELP = "apply to this branch, in a tree of mkit's own; it moves when all is applied"


class ApplyingApp(ActingApp):
    """``apply``."""

    def action_apply(self) -> None:
        """Ask for the branch; the last one of the list stands there."""
        asked = self.targets()
        if asked is None:
            return
        screen, found = asked
        ids = [one.row.id for one in found.found]
        lists = found.found[0].row.lists

        def usual(stores: Stores) -> str:
            from maintainer_kit.wiring.apply_topics import usual_branch

            return usual_branch(stores, lists)

        self.session.reading.submit(
            usual, lambda name: self._ask_branch(screen, ids, name), self.failed
        )

    def _ask_branch(self, screen: DecidingScreen, ids: Sequence[str], usual: str) -> None:
        from maintainer_kit.tui.parts.prompt import Prompt

        def use(branch: str) -> bool:
            if branch:
                self._apply(screen, ids, branch)
            return True

        if self.screen is screen:
            screen.ask(Prompt(self.session.look, "apply to", _HELP, usual), use)

    def _apply(self, screen: DecidingScreen, ids: Sequence[str], branch: str) -> None:
        named = ids[0][:6] if len(ids) == 1 else count_of(len(ids), "topic")

        def job(workspace: Workspace, work: Work) -> str:
            from maintainer_kit.wiring.apply_topics import apply_topics

            return apply_topics(workspace, ids, branch, work.say)

        self.begin_work(f"applying {named}", job, self._tell_applied)
        screen.advance(stay=True)

    def _tell_applied(self, words: str) -> None:
        self.say_to_all(words, reload=True)
