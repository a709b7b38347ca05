# SPDX-License-Identifier: GPL-2.0-or-later
"""Brings the mail under the outline's cursor onto the screen, and reads the next one ahead."""

from __future__ import annotations

from collections import OrderedDict

from textual import on

from maintainer_kit.errors import MkitError, NotFound
from maintainer_kit.tui.acting.app import ActingApp
from maintainer_kit.tui.actions import key_of
from maintainer_kit.tui.parts.lines import CursorView
from maintainer_kit.tui.topic.diff_look import DiffLook
from maintainer_kit.tui.topic.mail_view import MailView
from maintainer_kit.tui.topic.moving import MovingScreen
from maintainer_kit.tui.topic.outline import Item, ItemKind
from maintainer_kit.tui.topic.page import NO_PAGE, Page
from maintainer_kit.tui.topic.reading import read_mail
from maintainer_kit.tui.work.session import Session
from maintainer_kit.workflow.stores import Stores

_MENU = 76
_MOST_PAGES = 12
_MOST_LINES = 20_000
"""Lines of a mail that is kept; a longer one is read again."""


class Pages:
    """The mails that were read last."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, Page] = OrderedDict()

    def get(self, message_id: str) -> Page | None:
        return self._pages.get(message_id)

    def put(self, message_id: str, page: Page) -> None:
        """Keep a mail, unless it is very long; the one that was kept longest goes."""
        if len(page.lines) > _MOST_LINES:
            return
        self._pages[message_id] = page
        if len(self._pages) > _MOST_PAGES:
            self._pages.popitem(last=False)

    def clear(self) -> None:
        self._pages.clear()


class ReadingScreen(MovingScreen):
    """A screen with an outline and the mail under its cursor, which is read beside it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.pages = Pages()
        self.shown = ""
        """The Message-ID of the mail that is on the screen, or will be."""
        self._at = 0
        """Which item that is of."""
        self._going = 1
        """Which way the reader went last."""

    def forget(self) -> None:
        super().forget()
        self.pages.clear()
        self.shown = ""

    def let_go(self) -> None:
        """Nobody looks any more: what is very long need not be kept."""
        self.pages.clear()
        self.shown = ""
        if len(self.mail.document) > _MOST_LINES:
            self.mail.show(NO_PAGE)

    def show_mail_of(self, item: Item) -> None:
        """Show an item's mail, now or as soon as it was read."""
        message_id = item.message.message_id if item.message else ""
        self._going = -1 if self.outline.cursor < self._at else 1
        self._at = self.outline.cursor
        self.mark_read(message_id)
        if message_id == self.shown:
            return
        self.shown = message_id
        page = self.pages.get(message_id)
        if not message_id:
            key = key_of("complete", self.session.keymap)
            self.mail.tell(f"patch {item.number} has not arrived", f"{key} asks the archive for it")
        elif page is not None:
            self._show_mail(message_id, page)
        else:
            self._ask_for(message_id)

    def _ask_for(self, message_id: str) -> None:
        def read(stores: Stores) -> Page:
            """In the desk's thread; what nobody waits for any more is not read."""
            return read_mail(stores, message_id) if message_id == self.shown else NO_PAGE

        self.session.reading.submit(
            read, lambda page: self._show_mail(message_id, page), self._lose_mail
        )

    def _show_mail(self, message_id: str, page: Page) -> None:
        item = self.outline.current
        if item is None or message_id != self.shown:
            return
        self.pages.put(message_id, page)
        self.show_page(item, page)
        following = self._likely_next()
        if following and self.pages.get(following) is None:
            # Not beside the paint, which would have to share the processor's one Python with it.
            self.call_after_refresh(self._read_ahead, following)

    def _likely_next(self) -> str:
        """The patch that ``]`` leads to, else what follows; ``[`` where the reader goes back. Empty
        at the end."""
        items, at = self.outline.items, self.outline.cursor
        beyond = items[at + 1 :] if self._going > 0 else items[:at][::-1]
        patches = (one for one in beyond if one.kind is ItemKind.PATCH)
        found = next(patches, beyond[0] if beyond else None)
        return found.message.message_id if found and found.message else ""

    def _read_ahead(self, message_id: str) -> None:
        def read(stores: Stores) -> Page | None:
            try:
                return read_mail(stores, message_id)
            except NotFound:  # told once it is asked for
                return None

        def keep(page: Page | None) -> None:
            if page is not None:
                self.pages.put(message_id, page)
                self._look_ahead(page)

        self.session.reading.submit(read, keep, lambda _: None)

    def _look_ahead(self, page: Page) -> None:
        rows = self.mail.size.height
        self.session.background.submit(
            lambda _: DiffLook(page).look_ahead(rows), lambda _: None, self.complain
        )

    # addresses in it

    @on(MailView.Followed)
    def _follow(self, event: MailView.Followed) -> None:
        self._open_page(event.address)

    @on(CursorView.Chosen, "#mail")
    def _open_link(self) -> None:
        """Enter on a line with an address; where it has several, a menu asks which."""
        links = self.mail.links
        if len(links) == 1:
            self._open_page(links[0])
        elif links:
            from maintainer_kit.tui.parts.menu import Choice, Menu

            choices = [Choice(str(at), one, one) for at, one in enumerate(links[:9], 1)]
            menu = Menu(self.session.look, "Open", choices, width=_MENU)
            self.app.push_screen(menu, lambda one: self._open_page(one) if one else None)

    def _open_page(self, address: str) -> None:
        if isinstance(self.app, ActingApp):
            self.app.open_pages(self, [address])

    def _lose_mail(self, error: MkitError) -> None:
        self.mail.tell(f"this mail cannot be read: {error.message}", error.hint or "")
        self.say("this mail cannot be read")
