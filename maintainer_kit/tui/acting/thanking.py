# SPDX-License-Identifier: GPL-2.0-or-later
"""Thanks for what was applied: drafted beside all else, then shown as any reply is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.text import count_of
from maintainer_kit.tui.acting.app import ActingApp
from maintainer_kit.tui.actions import key_of
from maintainer_kit.tui.base import DecidingScreen

if TYPE_CHECKING:  # not before somebody thanks
    from maintainer_kit.tui.work.works import Work
    from maintainer_kit.wiring.workspace import Workspace
    from maintainer_kit.workflow.replying.previewing import Letter


class ThankingApp(ActingApp):
    """``thanks``."""

    def action_thanks(self) -> None:
        """Tell the authors of what is marked what of it was applied."""
        if asked := self.targets():
            screen, found = asked
            ids = [one.row.id for one in found.found]
            name = f"thanks for {count_of(len(ids), 'topic')}"

            def job(workspace: Workspace, work: Work) -> list[Letter]:
                return draft_letters(workspace, work, ids)

            self.begin_work(name, job, lambda letters: self._show_thanks(screen, letters))

    def _show_thanks(self, screen: DecidingScreen, letters: Sequence[Letter]) -> None:
        if self.screen is screen:
            self.show_letters(letters)
            return
        where = key_of("drafts", self.session.keymap)  # its reader has gone on
        self.say_to_all(f"thanks: {count_of(len(letters), 'draft')}, {where} lists them")


def draft_letters(workspace: Workspace, work: Work, topic_ids: Sequence[str]) -> list[Letter]:
    """Look at the branches, then draft. Raises Refused where there is nobody to thank."""
    from maintainer_kit.wiring.landing import open_landings
    from maintainer_kit.wiring.replying import open_desk
    from maintainer_kit.wiring.thanking import thanks_room
    from maintainer_kit.workflow.landing.match import match_new
    from maintainer_kit.workflow.replying.previewing import preview
    from maintainer_kit.workflow.sync import sync
    from maintainer_kit.workflow.thanking.due import usual_wish
    from maintainer_kit.workflow.thanking.thank import thank

    stores = workspace.stores
    work.say("looking at the branches")
    sync(stores, wait=0.0)
    with open_landings(workspace) as landings:
        landings.follow([], work.advance)
        match_new(stores, landings.evidence, progress=work)
        work.say("drafting")
        desk = open_desk(workspace)
        room = thanks_room(workspace, desk, landings.evidence)
        report = thank(room, stores.catalogue.rows(topic_ids), usual_wish(desk))
    if not report.made:
        why = "; ".join(dict.fromkeys(one.why for one in report.passed))
        raise Refused(f"nobody to thank: {why}")
    return [preview(desk, one.draft) for one in report.made]
