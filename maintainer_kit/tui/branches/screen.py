# SPDX-License-Identifier: GPL-2.0-or-later
"""The screen of all local branches, by what they want."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from textual import events, on
from textual.app import ComposeResult

from maintainer_kit.errors import MkitError
from maintainer_kit.render.branches_text import summary
from maintainer_kit.tui.actions import BRANCHES, COUNTS, CURSOR, GENERAL, SCROLLING, bindings
from maintainer_kit.tui.base import DecidingScreen, Targets
from maintainer_kit.tui.branches.asked import BranchesWanted
from maintainer_kit.tui.branches.bar import BranchesBar
from maintainer_kit.tui.branches.facts import BranchFacts
from maintainer_kit.tui.branches.name_bar import NameBar
from maintainer_kit.tui.branches.view import BranchesHead, BranchesView
from maintainer_kit.tui.queue.screen import QueueScreen
from maintainer_kit.tui.work.session import Session
from maintainer_kit.workflow.branches.look import Report

BRANCHES_HINTS = "open next-group+previous-group filter look-again copy-name back help work sync"
_FACTS = 7
_LEAST = 16
"""Lines of a terminal from which on there is room for facts."""


class BranchesScreen(DecidingScreen):
    """The list, and below it what is known of one."""

    AUTO_FOCUS = "#branches"
    ACTIONS = BRANCHES + CURSOR + SCROLLING + GENERAL
    BINDINGS = bindings(BRANCHES + GENERAL + COUNTS)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        now = session.now()
        self._bar = BranchesBar(session.look)
        self.branches = BranchesView(session.look, now)
        self._head = BranchesHead(self.branches)
        self._facts = BranchFacts(session.look, now)
        self._report: Report | None = None
        self._typed = ""

    def compose(self) -> ComposeResult:
        yield self._bar
        yield self._head
        yield self.branches
        yield self._facts
        yield self.status
        yield self.hints(BRANCHES_HINTS)

    def on_mount(self) -> None:
        self.reload()

    def on_resize(self, event: events.Resize) -> None:
        room = _FACTS if event.size.height >= _LEAST else 0
        self._facts.styles.height = room
        self._facts.display = bool(room)

    # what is shown

    def reload(self, about: Collection[str] = ()) -> None:
        self.status.set_busy("looking at branches")
        self.post_message(BranchesWanted(self))

    def show(self, report: Report) -> None:
        """What was found now; nothing, once the screen was left."""
        if not self.is_attached:
            return
        self.status.set_busy("")
        self._report = report
        if report.problems:
            more = len(report.problems) - 1
            self.say(report.problems[0] + (f" (and {more} more)" if more else ""))
        self._narrow()

    def lose(self, error: MkitError) -> None:
        """What was there before stays."""
        if not self.is_attached:
            return
        self.status.set_busy("")
        self.complain(error)

    def _narrow(self) -> None:
        """List those whose names hold what was typed."""
        if self._report is None:
            return
        words = self._typed.lower().split()
        found = [
            one
            for one in self._report.branches
            if all(word in one.head.name.lower() for word in words)
        ]
        report = replace(self._report, branches=found)
        self._bar.show(summary(report), self._typed)
        self.branches.show(report)
        self._head.refresh()

    @on(BranchesView.Moved, "#branches")
    def _tell(self) -> None:
        self._facts.show(self.branches.current)
        self.status.set_place(self.branches.place)

    # nothing is decided here

    def targets(self) -> Targets | None:
        return None

    def advance(self, *, stay: bool = False) -> None:
        return

    # actions

    @on(BranchesView.Chosen, "#branches")
    def _open(self) -> None:
        branch = self.branches.current
        if branch and branch.parts:
            self.post_message(QueueScreen.Opened(branch.parts[0].topic))
        else:
            self.say("no mail is known that its commits came from")

    def action_filter(self) -> None:
        self.ask(NameBar(self.session.look, self._typed), lambda _: True)

    @on(NameBar.Typed)
    def _type(self, event: NameBar.Typed) -> None:
        if event.words != self._typed:
            self._typed = event.words
            self._narrow()

    def on_prompt_left(self) -> None:
        """Escape while typing; the base class closes the line."""
        self._typed = ""
        self._narrow()

    def action_group(self, by: int) -> None:
        if not self.branches.step(by):
            self.say("no group after this one" if by > 0 else "no group before this one")

    def action_look(self) -> None:
        self.reload()

    def action_copy_name(self) -> None:
        if branch := self.branches.current:
            self.app.copy_to_clipboard(branch.head.name)
            self.say(f"copied: {branch.head.name}")

    def action_back(self) -> None:
        self.dismiss()
