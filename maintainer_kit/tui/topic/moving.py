# SPDX-License-Identifier: GPL-2.0-or-later
"""Ways through the mail of a topic: hunks, files, comments, what is unread."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from maintainer_kit.render.code_words import is_ready, warm_up
from maintainer_kit.tui.base import DecidingScreen
from maintainer_kit.tui.topic.document import LineKind
from maintainer_kit.tui.topic.mail_view import MailView
from maintainer_kit.tui.topic.outline import Item
from maintainer_kit.tui.topic.outline_view import OutlineView
from maintainer_kit.tui.topic.page import Page
from maintainer_kit.tui.work.session import Session
from maintainer_kit.workflow.reading import Detail
from maintainer_kit.workflow.stores import Stores

if TYPE_CHECKING:  # comments are read after the topic is shown
    from maintainer_kit.tui.replying.desk import Notes
    from maintainer_kit.workflow.comments import Remark, Remarks
    from maintainer_kit.workflow.replying.commenting import Noted


WIDE = 110
"""Columns from which on outline and mail stand side by side."""
BESIDE = 160
"""Columns from which on the two sides of a diff do."""
_NARROW = 36
"""Columns of the outline beside both."""


class MovingScreen(DecidingScreen):
    """A screen with an outline and the mail under its cursor."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.outline = OutlineView(session.look, session.now)
        self.mail = MailView(session.look)
        self._columns = -1
        """Of the outline; 0 where it stands above the mail."""
        self.is_beside = False
        """Asked for; done where the terminal is wide enough."""
        self._unread: set[str] = set()
        self._all_unread = False
        self._seen: set[str] = set()
        """Mails that were on the screen."""
        self.remarks: Remarks | None = None
        """What was said of the lines of its patches; None until that is known."""
        self.wanted_line = ""
        """The text of the line to go to in the mail that comes."""
        self._notes: dict[str, Sequence[Noted]] = {}
        """What the reader says of lines of its mails, and has not sent."""
        self._then = 0
        """Which comment of the mail that comes is to be gone to: the first (1), the last (-1)."""

    def forget(self) -> None:
        """Another topic comes, or the same one anew: nothing is known of it."""
        self.outline.forget()
        self.mail.fold_anew()
        self.wanted_line, self._then = "", 0

    # what is known by and by

    def take_topic(self, found: Detail, items: list[Item]) -> None:
        """Show a topic, with its outline; what is known of another one is known no more."""
        before = self.outline.detail
        if before is None or before.row.id != found.row.id:
            self.remarks = None
            self._notes = {}
            self._unread, self._seen = set(), set()
            self.outline.mark(frozenset())
        self.outline.show(found, items)

    def take_unread(self, unread: Collection[str]) -> None:
        """Mark what is unread; where that is all, it says nothing."""
        self._unread = set(unread) - self._seen
        items = self.outline.items
        self._all_unread = all(self._is_unread(one) for one in items if one.message)
        self._mark_unread()

    def _mark_unread(self) -> None:
        self.outline.mark(frozenset() if self._all_unread else frozenset(self._unread))

    def mark_read(self, message_id: str) -> None:
        """It is on the screen. The tag is the mail client's, and stays."""
        self._seen.add(message_id)
        if message_id in self._unread:
            self._unread.discard(message_id)
            self._mark_unread()

    def show_page(self, item: Item, page: Page) -> None:
        """Show a mail that was read, at the comment that was asked for."""
        self.mail.show(page, self._remarks_on(item), self._notes_on(item))
        self._learn(self.mail.diff_look.languages())
        self.go_to_wanted_line()
        then, self._then = self._then, 0
        if then:
            self.mail.action_edge(then < 0)
            self.mail.jump(LineKind.REMARK, then)

    def go_to_wanted_line(self) -> None:
        """The cursor on the line that was asked for, where the mail has one with that text."""
        wanted, self.wanted_line = self.wanted_line.expandtabs(8).rstrip(), ""
        texts = (text.rstrip() for _, text in self.mail.document) if wanted else ()
        # A finding's line may stand without the sign that a diff has in front of it.
        at = next((at for at, text in enumerate(texts) if wanted in (text, text[1:])), None)
        if at is not None:  # a screen that is new has no lines before it is drawn
            self.call_after_refresh(self.mail.go_to_line, at)

    def _learn(self, languages: Collection[str]) -> None:
        """Load beside the screen what colours need that no line had yet."""
        new = [one for one in languages if not is_ready(one)]

        def learn(_: Stores) -> None:
            for one in new:
                warm_up(one)

        if new:
            self.session.background.submit(learn, lambda _: self.mail.redraw(), self.complain)

    def take_remarks(self, remarks: Remarks) -> None:
        """What was said is known; it is shown where the mail on the screen is spoken of."""
        self.remarks = remarks
        item = self.outline.current
        if item is not None:
            self.mail.put_remarks(self._remarks_on(item))

    def take_notes(self, notes: Notes) -> None:
        """What the reader says of some mails is known, or another now."""
        self._notes.update(notes)
        item = self.outline.current
        if item is not None and item.message and item.message.message_id in notes:
            self.mail.put_notes(self._notes_on(item))

    def _notes_on(self, item: Item) -> Sequence[Noted]:
        return self._notes.get(item.message.message_id, ()) if item.message else ()

    def _remarks_on(self, item: Item) -> Sequence[Remark]:
        message_id = item.message.message_id if item.message else ""
        return self.remarks.get(message_id, ()) if self.remarks else ()

    def _has_remarks(self, item: Item) -> bool:
        return any(one.comment.place.path for one in self._remarks_on(item))

    def _has_other_remarks(self, item: Item) -> bool:
        current = self.outline.current
        return self._has_remarks(item) and not (current and item.message is current.message)

    def _is_unread(self, item: Item) -> bool:
        return item.message is not None and item.message.message_id in self._unread

    # actions

    def action_hunk(self, by: int) -> None:
        self._jump(LineKind.HUNK, by, "hunk")

    def action_file(self, by: int) -> None:
        self._jump(LineKind.BEGIN, by, "file")

    def _jump(self, kind: LineKind, by: int, name: str) -> None:
        found = self.mail.jump(kind, by)
        self.say("" if found else f"no {name} {_side(by)} this line")

    def action_comment(self, by: int) -> None:
        """In this mail, else in the next one that has any."""
        if self.mail.jump(LineKind.REMARK, by):
            self.say("")
        elif self.remarks is None:
            self.say("comments are still being read")
        elif self._go_to_item(by, self._has_other_remarks):
            self._then = by
            self.say("")
        else:
            self.say(f"no comment {_side(by)} this line")

    def action_unread(self, by: int) -> None:
        found = self._go_to_item(by, self._is_unread)
        self.say("" if found else f"nothing unread {_side(by)} this mail")

    def action_beside(self) -> None:
        """Old and new beside each other, where there is room for both."""
        if self.size.width < BESIDE:
            self.say(f"side by side needs {BESIDE} columns; here are {self.size.width}")
            return
        self.is_beside = not self.is_beside
        self.give_columns(self.size.width)

    def give_columns(self, width: int) -> None:
        """Give out the columns of the screen."""
        beside = self.is_beside and width >= BESIDE
        wide = width >= WIDE
        # The mail gets the 80 columns that it was written for, the outline what is left.
        columns = _NARROW if beside else max(30, min(64, width - 84))
        columns = columns if wide else 0
        if columns != self._columns:  # what is set lays the screen out anew, the same or not
            self._columns = columns
            self.outline.styles.width = columns or "1fr"
        self.set_class(beside and width < 2 * 80 + _NARROW, "-alone")
        self.mail.put_beside(beside)

    def action_files(self) -> None:
        """A menu of the files of the diff."""
        from maintainer_kit.tui.topic.files_menu import files_menu

        files = self.mail.page_shown.files
        if files:
            self.app.push_screen(files_menu(self.session.look, files), self._go_to_file)
        else:
            self.say("there is no diff in this mail")

    def _go_to_file(self, start: str | None) -> None:
        if start is not None:
            self.mail.go_to_line(int(start))

    def _go_to_item(self, by: int, wanted: Callable[[Item], bool]) -> bool:
        items, at = self.outline.items, self.outline.cursor + by
        while 0 <= at < len(items) and not wanted(items[at]):
            at += by
        if 0 <= at < len(items):
            self.outline.put_cursor(at, by)
            return True
        return False


def _side(by: int) -> str:
    return "after" if by > 0 else "before"
