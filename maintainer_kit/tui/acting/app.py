# SPDX-License-Identifier: GPL-2.0-or-later
"""What the app does with topics beside deciding: ids, the archive, missing mail, checks."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual.actions import ActionParseResult
from textual.dom import DOMNode
from textual.timer import Timer

from maintainer_kit.errors import MkitError, Refused
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.tui.acting.counting import Count, counted
from maintainer_kit.tui.acting.linking import LinkingApp
from maintainer_kit.tui.actions import key_of
from maintainer_kit.tui.base import DecidingScreen
from maintainer_kit.tui.work.works import Running, Work, Works

if TYPE_CHECKING:  # not before somebody asks
    from maintainer_kit.tui.acting.checking import Examined, FoundLine
    from maintainer_kit.wiring.workspace import Workspace
    from maintainer_kit.workflow.replying.previewing import Letter
    from maintainer_kit.workflow.targets import Target

_TICK = 0.5
"""Seconds between two looks at how far work is."""
_WIDEST = 100
_FRAME = 4
"""Cells of a page that are no text."""
_MOST_PAGES = 10
"""Pages of the archive that are opened at once; more are hardly meant."""


class ActingApp(LinkingApp):
    """Each begins with what is marked, else with what is under the cursor."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.works = Works(self, self._show_works)
        self._copied: Sequence[str] = ()
        self._ticking: Timer | None = None
        self._count = Count()

    # numbers before keys

    def action_count(self, digit: int) -> None:
        self._count.add(digit)
        self._show_count()

    def _show_count(self) -> None:
        if isinstance(self.screen, DecidingScreen):
            self.screen.status.set_count(self._count.number)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        if not isinstance(action, str) or action.startswith("app.count("):
            return await super().run_action(action, default_namespace, namespaces)
        count = self._count.take()
        if count:
            self._show_count()
            if action == "back":  # Escape drops the number
                return True
        done = False
        for one in counted(action, count):
            done = await super().run_action(one, default_namespace, namespaces)
        return done

    # ids and the archive

    def action_copy(self) -> None:
        """The Message-IDs; pressed once more their addresses."""
        if named := self._named_mails():
            screen, found = named
            ids = [visible_line(one) for _, one in found]
            pages = self._copied == ids
            try:
                words = self._addresses(found) if pages else ids
            except MkitError as error:
                screen.complain(error)
                return
            self._copied = () if pages else ids
            self.copy_to_clipboard("\n".join(words))
            screen.say(f"copied: {_few(words)}")

    def action_browse(self) -> None:
        from maintainer_kit.workflow.addresses import refuse_confidential

        if named := self._named_mails():
            screen, found = named
            try:
                refuse_confidential([one.row for one, _ in found])
                pages = self._addresses(found)
                if len(pages) > _MOST_PAGES:
                    words = f"{len(pages)} pages are more than {_MOST_PAGES}"
                    raise Refused(words, "y twice copies their addresses")
            except MkitError as error:
                screen.complain(error)
                return
            self.open_pages(screen, pages)

    def open_pages(self, screen: DecidingScreen, pages: Sequence[str]) -> None:
        """Show pages of the web, and say which."""
        from maintainer_kit.adapters.browser import needs_terminal

        screen.say(f"opened: {_few(pages)}")
        if needs_terminal():
            self._browse_here(pages)
        else:
            self.begin_work("browser", lambda *_: _open(pages), lambda _: None)

    def _browse_here(self, pages: Sequence[str]) -> None:
        """The terminal is the browser's until that is left."""
        try:
            with self.suspend():
                _open(pages, on_terminal=True)
        except MkitError as error:
            self.failed(error)

    def _addresses(self, found: Sequence[tuple[Target, str]]) -> list[str]:
        from maintainer_kit.workflow.addresses import archive_address

        settings = self.session.stores.settings
        return [archive_address(settings, one, target.row.lists) for target, one in found]

    def _named_mails(self) -> tuple[DecidingScreen, list[tuple[Target, str]]] | None:
        """Each target with the mail that is meant: the one under the cursor, or the head of the
        newest posting."""
        from maintainer_kit.workflow.addresses import named_mail

        asked = self.targets()
        if asked is None:
            return None
        screen, targets = asked
        stores, pointed = self.session.stores, screen.pointed()
        try:
            named = [(one, pointed or named_mail(stores, one)) for one in targets.found]
        except MkitError as error:
            screen.complain(error)
            return None
        return screen, named

    # what is missing

    def action_complete(self) -> None:
        """Ask the archive for the patches that are missing."""
        from maintainer_kit.tui.acting.fetching import fetch
        from maintainer_kit.workflow.addresses import refuse_confidential

        if asked := self.targets():
            rows = [one.row for one in asked[1].found]
            try:
                refuse_confidential(rows)
            except MkitError as error:
                asked[0].complain(error)
                return
            name = f"fetching {_few([row.id[:6] for row in rows])}"
            ids = [row.id for row in rows]

            def job(workspace: Workspace, work: Work) -> str:
                return fetch(workspace, work, ids)

            self.begin_work(name, job, self._tell_fetched)
            asked[0].advance(stay=True)

    def _tell_fetched(self, words: str) -> None:
        self.say_to_all(words, reload=True)

    # checks

    def action_findings(self) -> None:
        """Check the topic under the cursor anew, and show what is found with its lines."""
        from maintainer_kit.tui.acting.checking import examine_topic

        if asked := self.targets():
            screen, found = asked
            wanted = self.under(screen, found).row
            width = min(_WIDEST, self.size.width - _FRAME)

            def job(workspace: Workspace, work: Work) -> Examined:
                return examine_topic(workspace, work, wanted.id, width)

            self.begin_work(
                f"checking {wanted.id[:6]}", job, lambda made: self._show_findings(screen, made)
            )

    def _show_findings(self, screen: DecidingScreen, made: Examined) -> None:
        from maintainer_kit.tui.acting.findings_screen import FindingsScreen

        if self.screen is not screen:
            return  # its reader has gone on

        def jump(found: FoundLine | None) -> None:
            if found:
                screen.go_to_mail(made.topic_id, found.message_id, found.line)

        self.push_screen(FindingsScreen(self.session, made), jump)

    # what every screen is told

    def say_to_all(self, words: str, *, reload: bool = False) -> None:
        """``reload``: what they show is another thing now."""
        for screen in self.deciding_screens():
            if reload:
                screen.reload()
            screen.say(words)

    @abstractmethod
    def show_letters(self, letters: Sequence[Letter]) -> None:
        """Replies as they will be sent; nothing is sent that was not shown."""

    # what runs

    def begin_work(self, name: str, job: Any, done: Any) -> None:
        """Begin what may take long; it is told of in one line and in the list."""
        self.works.begin(name, job, done, self.failed)

    def running(self) -> Sequence[Running]:
        """Everything that the list shows."""
        return self.works.listed

    def _show_works(self, listed: Sequence[Work]) -> None:
        """The first of them with how far it is, in the line at the bottom."""
        if listed and self._ticking is None:
            self._ticking = self.set_interval(_TICK, lambda: self._show_works(self.works.listed))
        elif self._ticking and not listed:
            self._ticking.stop()
            self._ticking = None
        words = f"{listed[0].name} {listed[0].words}".rstrip() if listed else ""
        more = f" and {len(listed) - 1} more" if len(listed) > 1 else ""
        where = f" ({key_of('work', self.session.keymap)})" if listed else ""
        for screen in self.deciding_screens():
            screen.status.set_works(f"{words}{more}{where}")

    def action_work(self) -> None:
        from maintainer_kit.tui.work.works_screen import WorksScreen

        self.push_screen(WorksScreen(self.session.look, self.running))


def _open(pages: Sequence[str], *, on_terminal: bool = False) -> None:
    from maintainer_kit.adapters.browser import open_in_browser

    for page in pages:
        open_in_browser(page, on_terminal=on_terminal)


def _few(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{words[0]} and {len(words) - 1} more"
