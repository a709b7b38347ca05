# SPDX-License-Identifier: GPL-2.0-or-later
"""Decisions of the app: made on what is marked or under the cursor, carried out at a desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.timer import Timer

from maintainer_kit.errors import MkitError
from maintainer_kit.model.decision.event import Group, Origin
from maintainer_kit.tui.base import DecidingScreen, Targets
from maintainer_kit.tui.work.session import Session
from maintainer_kit.tui.work.typed_ahead import TypedAheadApp
from maintainer_kit.wiring.foreseeing import foresee, is_held_up
from maintainer_kit.workflow.foreseen import NOTHING_FORESEEN
from maintainer_kit.workflow.stores import Stores

if TYPE_CHECKING:  # not before somebody decides
    from maintainer_kit.workflow.decide import Plan, Recorded

Planner = Callable[[Stores], "Plan"]

_REST = 0.3
"""Seconds after a decision at which its tags are written: not while it is being painted."""


def _nothing() -> None:
    pass


class DecidingApp(TypedAheadApp):
    """States, archive, and the way back."""

    NOTHING: ClassVar[str] = "nothing to decide about is under the cursor"
    session: Session
    _foreseen = NOTHING_FORESEEN
    """What the app's own stores tell beside the catalogue."""
    _finish_soon: Timer | None = None

    def deciding_screens(self) -> list[DecidingScreen]:
        return [one for one in self.screen_stack if isinstance(one, DecidingScreen)]

    def targets(self, *, patches: bool = False) -> tuple[DecidingScreen, Targets] | None:
        """Where a decision is made, and about what; None, which is told, where there is nothing,
        or, for a decision about ``patches``, none of them."""
        screen = self.screen
        if not isinstance(screen, DecidingScreen):
            return None
        found = screen.targets()
        if found is None or (patches and not found.message_ids):
            screen.say(self.NOTHING)
            return None
        return screen, found

    def decide(self, screen: DecidingScreen, plan: Planner, *, stay: bool = False) -> None:
        """Decide as ``plan`` says, as one group; with ``stay`` the cursor does so."""
        from maintainer_kit.workflow.decide import record

        def job(stores: Stores) -> Recorded:
            made = plan(stores)
            return record(stores, made.events, Origin.TUI, "", forced=made.forced)

        self._take(job, self._decided)
        screen.advance(stay=stay)

    def submit(self, job: Callable[[Stores], Group], failed: Callable[[], None] = _nothing) -> None:
        """Do what gives a group of decisions, and tell it; or why not, after ``failed``.

        It waits for other processes; what only records decisions does not.
        """
        unfinished = self.session.unfinished

        def after_all(stores: Stores) -> Group:
            unfinished.count_in(stores)
            return job(stores)

        def tell(group: Group) -> None:
            self._show_foreseen()
            self._decided(group)

        def fail(error: MkitError) -> None:
            failed()
            self.failed(error)

        self.session.deciding.submit(after_all, tell, fail)

    def _take(self, job: Callable[[Stores], Recorded], tell: Callable[[Group], None]) -> None:
        """Take a decision and show it; catalogue and tags follow."""
        unfinished = self.session.unfinished

        def taken(recorded: Recorded) -> None:
            self._show_foreseen()
            tell(recorded.told)
            if self._foreseen.groups:
                self.finish()
            elif self._finish_soon is None:
                self._finish_soon = self.set_timer(_REST, self.finish)

        self.session.deciding.submit(
            lambda stores: unfinished.record(stores, job), taken, self.failed
        )

    def finish(self) -> None:
        """Let catalogue and tags tell what was decided."""
        self._finish_soon = None
        unfinished = self.session.unfinished
        self.session.finishing.submit(unfinished.finish, self._finished, self._fail_to_finish)

    def _finished(self, _: None) -> None:
        if self._show_foreseen():
            for screen in self.deciding_screens():
                screen.reload()

    def _fail_to_finish(self, error: MkitError) -> None:
        """Another process has been writing for long: nothing to tell, and the next sync goes on."""
        if not is_held_up(error):
            self.failed(error)

    def _show_foreseen(self) -> bool:
        """Let the app's own stores tell it; whether that is other than it was."""
        foreseen = self.session.unfinished.foreseen
        before, self._foreseen = self._foreseen, foreseen
        if before is not foreseen:
            foresee(self.session.stores, foreseen)
        return before is not foreseen

    def _decided(self, group: Group) -> None:
        from maintainer_kit.workflow.decide import describe

        for screen in self.deciding_screens():
            screen.reload()
            screen.say(describe(group))

    def failed(self, error: MkitError) -> None:
        for screen in self.deciding_screens():
            screen.complain(error)

    def action_decide(self, state: str) -> None:
        from maintainer_kit.workflow.decide import plan_state

        if asked := self.targets(patches=True):
            screen, found = asked
            ids = found.message_ids
            self.decide(screen, lambda stores: plan_state(stores, state, ids))

    def action_states(self) -> None:
        from maintainer_kit.tui.deciding.state_menu import state_menu

        if self.targets(patches=True):
            self.push_screen(state_menu(self.session.look), self._set_state)

    def _set_state(self, state: str | None) -> None:
        if state is not None:
            self.action_decide(state)

    def action_archive(self) -> None:
        from maintainer_kit.workflow.decide import plan_archived

        if asked := self.targets(patches=True):
            screen, found = asked
            archive = not found.all(lambda standing: standing.archived)
            ids = found.message_ids
            self.decide(screen, lambda _: plan_archived(archive, ids))

    def action_undo(self) -> None:
        from maintainer_kit.workflow.decide import record_undo

        self._take_back(record_undo, "taken back")

    def action_redo(self) -> None:
        from maintainer_kit.workflow.decide import record_redo

        self._take_back(record_redo, "holds again")

    def _take_back(self, job: Callable[[Stores, Origin], Recorded], verb: str) -> None:
        """The cursor goes to what changed, which may be far from where it is."""
        from maintainer_kit.workflow.decide import describe

        def tell(group: Group) -> None:
            about = [event.message_id for event in group.events]
            for screen in self.deciding_screens():
                screen.reload(about)
                screen.say(f"{verb}: {describe(group)}")

        self._take(lambda stores: job(stores, Origin.TUI), tell)
