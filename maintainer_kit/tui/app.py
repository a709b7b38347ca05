# SPDX-License-Identifier: GPL-2.0-or-later
"""The app: opens the workspace, keeps it level with the mail, and carries decisions out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from rich.console import RenderableType
from textual import on
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from maintainer_kit.tui.acting.applying import ApplyingApp
from maintainer_kit.tui.acting.branches import BranchesApp
from maintainer_kit.tui.acting.testing import TestingApp
from maintainer_kit.tui.acting.thanking import ThankingApp
from maintainer_kit.tui.actions import GENERAL, bindings, given_keys
from maintainer_kit.tui.deciding.unfinished import Unfinished
from maintainer_kit.tui.parts.palette import TERMINAL
from maintainer_kit.tui.parts.themes import THEMES, Look, look_of
from maintainer_kit.tui.queue.screen import QueueScreen
from maintainer_kit.tui.replying.app import ReplyingApp
from maintainer_kit.tui.replying.desk import WritingDesk
from maintainer_kit.tui.work.desk import KEPT, Desk, Finished
from maintainer_kit.tui.work.hangup import end_with_terminal, hang_up, is_terminal_gone
from maintainer_kit.tui.work.pace import Pace
from maintainer_kit.tui.work.session import Session
from maintainer_kit.tui.work.watch import Watch
from maintainer_kit.tui.work.works import Running
from maintainer_kit.wiring.frugal import keep_little
from maintainer_kit.wiring.touring import tour_of
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.stores import Stores

if TYPE_CHECKING:  # not before a topic is opened
    from maintainer_kit.tui.topic.screen import TopicScreen

_AT_REST = 1.0
"""Seconds after the first paint: by then nobody waits for it, and few have decided anything."""
_LOOK = 1.0
"""Seconds between two looks whether somebody types."""


class QueueApp(ReplyingApp, ThankingApp, TestingApp, ApplyingApp, BranchesApp):
    """mkit's screens; each verb's part stands beside the others, upon ``ActingApp``."""

    TITLE = "mkit"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "quit", "quit", show=False),
        # Else Textual adds one that no setting changes.
        *bindings(tuple(one for one in GENERAL if one.name == "palette")),
    ]
    ENABLE_COMMAND_PALETTE = True
    # A terminal selects text by itself (with Shift held); Textual cannot in lines drawn by hand.
    ALLOW_SELECT = False

    def __init__(
        self,
        stores: Stores,
        look: Look,
        *,
        watch: bool = True,
        tour: Callable[[], None] | None = None,
    ) -> None:
        """``tour`` is called when the reader is shown around, once there is something to show."""
        # Said at once, because Textual chooses here what becomes of NO_COLOR.
        super().__init__(ansi_color=True if look.palette is TERMINAL else None)
        self.session = self._session(stores, look)
        self.set_keymap(dict(self.session.keymap))
        self._queue = QueueScreen(self.session)
        self._topic: TopicScreen | None = None
        self.watching = Watch(self.session.syncing, self._show_sync, self._followed, self.failed)
        self._watches = watch
        self._pace = Pace()
        self._tour = tour
        self.animation_level = "none"
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = look.theme

    def _session(self, stores: Stores, look: Look) -> Session:
        unfinished = Unfinished()
        return Session(
            stores,
            look,
            given_keys(stores.settings.key),
            unfinished,
            deciding=Desk(self, "deciding"),
            reading=Desk(self, "reading", unfinished),
            background=Desk(self, "background", unfinished),
            syncing=Desk(self, "syncing"),
            finishing=Desk(self, "finishing"),
            replying=WritingDesk(self, "replying"),
        )

    def get_default_screen(self) -> Screen[None]:
        return self._queue

    def on_mount(self) -> None:
        # After ^Z and fg the terminal is empty, and Textual draws only what changes.
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))
        if not self.is_headless:
            end_with_terminal(self.session.close, self.exit)
        if self._watches:
            self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """After the first paint: what is known is shown at once."""
        self._pace.begin()
        self.set_interval(_LOOK, lambda: self._pace.look(self._key_number))
        if self._queue.queue.lines.ids:
            self._show_around()
        self.watching.begin()
        self.set_interval(60, self.watching.begin)
        self.set_timer(_AT_REST, self._prepare)

    def _prepare(self) -> None:
        """The first decision and the first topic need not wait for what is loaded once."""
        for desk, needed in (
            (self.session.deciding, "maintainer_kit.workflow.decide"),
            (self.session.reading, "maintainer_kit.tui.topic.screen"),
        ):
            desk.submit(partial(_load, needed), lambda _: None, self.failed)

    def _show_around(self) -> None:
        if self._tour is not None:
            from maintainer_kit.tui.tour import TourScreen

            self._tour()
            self._tour = None
            self.push_screen(TourScreen(self.session))

    def on_unmount(self) -> None:
        self.watching.stop()
        self.works.stop()
        self.session.close()

    @property
    def bug(self) -> Exception | None:
        """What ended the app, where that was no wish of its user's."""
        return self._exception

    def panic(self, *renderables: RenderableType) -> None:
        # Whoever reads keys may see that the terminal is gone before the signal comes.
        if not self.is_headless and is_terminal_gone():
            hang_up(self.session.close)
        super().panic(*renderables)

    def _fatal_error(self) -> None:
        # A traceback belongs into the log, not over the user's terminal: see run_app().
        self._close_messages_no_wait()

    # what other threads have done

    @on(Finished)
    def _tell(self, event: Finished) -> None:
        event.tell()

    def _show_sync(self, words: str) -> None:
        self._queue.status.set_busy(words)
        if words and not self._queue.queue.lines.ids:
            # The first sync of much mail: what it has understood so far can be worked on.
            self._queue.reload()

    def _followed(self, changed: bool, words: str) -> None:
        if self.session.unfinished.is_any:
            self.finish()
        if changed:
            self._queue.follow()
        else:
            # The clock alone brings topics back, and takes others away.
            self._queue.reload()
        if self._topic in self.screen_stack:
            # Also when nothing is new to this process: another one may have taken mail in.
            self._topic.reload()
        if words:
            for screen in self.deciding_screens():
                screen.say(words)

    # the rest

    @on(QueueScreen.Opened)
    def _open_topic(self, event: QueueScreen.Opened) -> None:
        from maintainer_kit.tui.topic.screen import TopicScreen

        if self._topic is None:
            self._topic = TopicScreen(self.session, self._queue.step)
            self.install_screen(self._topic, "topic")  # which stays
        if not self._topic.is_coming and self._topic not in self.screen_stack:
            self._topic.open_in(self, event.topic_id, event.message_id, event.line)

    @on(QueueScreen.Stopped)
    def _stop(self) -> None:
        """What was begun last; the others can be chosen in their list."""
        if self.works.listed:
            self.works.listed[-1].stop()
        else:
            self.watching.stop()

    def running(self) -> Sequence[Running]:
        return (*self.watching.running, *self.works.listed)

    def action_sync(self) -> None:
        self.watching.begin(asked=True)

    def action_help(self) -> None:
        from maintainer_kit.tui.help import help_screen

        self.push_screen(help_screen(self.session, self.screen))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        from maintainer_kit.tui.help import commands

        return commands(self, screen, self.session.keymap)


def _load(module: str, _: Stores) -> None:
    import_module(module)


def run_app(*, plain: bool = False, tour: bool = False) -> None:
    """Show the screens until their user leaves; what ended them otherwise is raised.

    A new reader is shown around first; with ``tour`` any.
    """
    with open_workspace() as workspace:
        stores = workspace.stores
        keep_little(stores, KEPT)
        look = look_of(stores.settings.theme, os.environ, plain=plain, states=stores.states)
        app = QueueApp(stores, look, tour=tour_of(workspace, asked=tour))
        app.run(mouse=not plain)
    if app.bug:
        raise app.bug
