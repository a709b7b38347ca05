# SPDX-License-Identifier: GPL-2.0-or-later
"""All branches: the way to their screen, and the look at the repositories, beside all else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from maintainer_kit.tui.acting.app import ActingApp
from maintainer_kit.tui.branches.asked import BranchesWanted

if TYPE_CHECKING:  # not before somebody asks
    from maintainer_kit.tui.work.works import Work
    from maintainer_kit.wiring.workspace import Workspace
    from maintainer_kit.workflow.branches.look import Report


class BranchesApp(ActingApp):
    """``branches``."""

    def action_branches(self) -> None:
        from maintainer_kit.tui.branches.screen import BranchesScreen

        self.push_screen(BranchesScreen(self.session))

    @on(BranchesWanted)
    def _look_at_branches(self, event: BranchesWanted) -> None:
        self.works.begin("branches", _look, event.screen.show, event.screen.lose)


def _look(workspace: Workspace, work: Work) -> Report:
    from maintainer_kit.wiring.branches import look_at_all

    work.say("counting")
    return look_at_all(workspace)
