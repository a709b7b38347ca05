# SPDX-License-Identifier: GPL-2.0-or-later
"""The second screen: one topic with all its mail."""

from __future__ import annotations

from collections.abc import Callable, Collection

from textual import events, on
from textual.app import App, ComposeResult
from textual.containers import Container, Vertical
from textual.timer import Timer

from maintainer_kit.errors import MkitError, NotFound
from maintainer_kit.tui.acting.app import ActingApp
from maintainer_kit.tui.actions import (
    ACTING,
    COUNTS,
    DECIDING,
    GENERAL,
    REMEMBERING,
    REPLYING,
    TOPIC,
    bindings,
)
from maintainer_kit.tui.base import Targets
from maintainer_kit.tui.parts.hints import TOPIC_HINTS
from maintainer_kit.tui.parts.lines import CursorView
from maintainer_kit.tui.topic.moving import WIDE
from maintainer_kit.tui.topic.outline import Item, ItemKind
from maintainer_kit.tui.topic.page import NO_PAGE, spot_words
from maintainer_kit.tui.topic.reading import Opening, read_opening
from maintainer_kit.tui.topic.telling_screen import TellingScreen
from maintainer_kit.tui.work.session import Session
from maintainer_kit.tui.work.watch import SYNC
from maintainer_kit.workflow.reading import Entry, history

_LOW = 10
"""Lines of the screen below which there is room for the mail only."""
_SOON = 0.2
"""Seconds."""


class TopicScreen(TellingScreen):
    """Outline on the left (on a narrow terminal above), the mail beside it."""

    AUTO_FOCUS = "#mail"
    ACTIONS = TOPIC + DECIDING + REMEMBERING + ACTING + REPLYING + GENERAL
    BINDINGS = bindings(ACTIONS + COUNTS)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 (Textual's type)
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (_LOW, "-low")]  # noqa: RUF012
    DEFAULT_CSS = """
    TopicScreen.-wide #body { layout: horizontal; }
    TopicScreen.-wide #outline { height: 1fr; }
    TopicScreen.-wide #reading.round { border-left: solid $panel; }
    TopicScreen.-wide #reading.ascii { border-left: ascii $panel; }
    TopicScreen.-narrow #body { layout: vertical; }
    TopicScreen.-narrow #outline { width: 1fr; height: 30%; min-height: 4; }
    TopicScreen #reading { width: 1fr; height: 1fr; }
    TopicScreen.-alone #outline { display: none; }
    TopicScreen.-tiny #facts, TopicScreen.-tiny #outline { display: none; }
    TopicScreen.-tiny #head, TopicScreen.-tiny #hints { display: none; }
    """

    def __init__(self, session: Session, step: Callable[[int], str | None]) -> None:
        """``step`` moves the queue's cursor and gives the topic that it is on then."""
        super().__init__(session)
        self._step = step
        self._comes_to: App[None] | None = None
        self._come_soon: Timer | None = None
        self._first: tuple[Opening, str, str] | None = None
        """What came before the screen was up for the first time."""
        self._is_made = False
        self._wanted_mail = ""
        """The one to begin with, until the topic is read."""
        self._item: Item | None = None
        """The one that is shown."""

    def compose(self) -> ComposeResult:
        width, height = self.app.size
        # As Textual would after a first paint, which it has to throw away then.
        self.add_class("-wide" if width >= WIDE else "-narrow")
        self.add_class("-low" if height >= _LOW else "-tiny")
        self.give_columns(width)
        yield self._bar
        yield self._facts
        with Container(id="body"):
            yield self.outline
            with Vertical(id="reading", classes=self.session.look.frame):
                yield self._head
                yield self.mail
        yield self.status
        yield self.hints(TOPIC_HINTS)

    def open_in(self, app: App[None], topic_id: str, message_id: str = "", line: str = "") -> None:
        """Come up with a topic, which is read first, at a line of one of its mails; without it
        where that takes longer than one likes to wait for an answer to a key."""
        self._forget(topic_id)
        self.go_to_mail(topic_id, message_id, line)
        self._comes_to = app
        self.begin_to_open()
        self._come_soon = app.set_timer(_SOON, self._come_up_empty)
        self.reload()

    def _forget(self, topic_id: str) -> None:
        """Begin anew with a topic. The screen is the same for all: to make another one takes
        longer than to read the topic."""
        self._topic_id = topic_id
        self._item = None
        self.forget()
        self._forget_others()
        self.say("")

    @property
    def is_coming(self) -> bool:
        """It is not up yet."""
        return self._comes_to is not None

    def _come_up_empty(self) -> None:
        if self.is_coming and self._is_made:
            self._bar.show(None)
            self._head.show(None, "", "")
            self.mail.show(NO_PAGE)
            self.outline.refresh()
        self._come_up()

    def _come_up(self) -> None:
        app, self._comes_to = self._comes_to, None
        if self._come_soon is not None:
            self._come_soon.stop()
            self._come_soon = None
        if app is not None:
            app.push_screen(self)

    def on_mount(self) -> None:
        self._is_made = True
        if self._first:
            self._show_topic(*self._first)
            self._first = None
            # The focus is set by a message.
            self.call_after_refresh(self.end_to_open)

    def on_resize(self, event: events.Resize) -> None:
        self.give_columns(event.size.width)

    # what is shown

    def reload(self, about: Collection[str] = ()) -> None:
        wanted, pointed = self._topic_id, self.pointed() or ""
        self.session.reading.submit(
            lambda stores: read_opening(stores, wanted, pointed),
            lambda opening: self._show_opening(opening, wanted, pointed),
            self._lose_topic,
        )

    def _show_opening(self, opening: Opening, wanted: str, pointed: str) -> None:
        if wanted != self._topic_id:
            return
        if not self._is_made:
            self._first = (opening, wanted, pointed)
            self._come_up()
            return
        self._come_up()
        self._show_topic(opening, wanted, pointed)
        self.end_to_open()

    def _show_topic(self, opening: Opening, wanted: str, pointed: str) -> None:
        found = opening.detail
        if opening.page:
            self.pages.put(opening.shows, opening.page)
        if found.row.id != wanted:  # its mails belong to another topic now
            self._topic_id, self._wanted_mail = found.row.id, pointed
        self._show_bar(found)
        self._facts.show(found.row, self.session.now())
        self.take_topic(found, opening.items)
        if self._wanted_mail:
            self.go_to_mail(found.row.id, self._wanted_mail)
        self._show_item()  # at once: what it changes is laid out together with the rest
        # Not while the screen is drawn for the first time.
        self.call_after_refresh(self._ask_for_more, found)

    def _lose_topic(self, error: MkitError) -> None:
        """New mail may have joined it to another topic; or all is read anew just now, and what
        follows that brings it back."""
        self._come_up()
        self.end_to_open()
        running = self.app.running() if isinstance(self.app, ActingApp) else ()
        if isinstance(error, NotFound) and any(one.name == SYNC for one in running):
            self.say("not there while the mail is read anew; it comes back by itself")
        else:
            self.complain(error)

    @on(CursorView.Moved, "#outline")
    def _follow_outline(self) -> None:
        """However the cursor moved there; what moved it with a key has shown the item by now."""
        if self.outline.current is not self._item:
            self._show_item()

    def _show_item(self) -> None:
        item = self._item = self.outline.current
        if item is None:
            return
        self._show_place()
        self._show_head(item)
        self.show_mail_of(item)

    @on(CursorView.Moved, "#mail")
    def _show_place(self) -> None:
        item = self.outline.current
        if item is not None:
            number = f"{self.outline.cursor + 1}/{len(self.outline.items)}"
            spot = spot_words(self.mail.spot, max(16, self.size.width // 3))
            self.status.set_place(f"{spot}   acts on {_scope(item)}   {number}")

    # decisions

    def targets(self) -> Targets | None:
        """The item's patches; of a reply to what is older none, though the topic can be kept."""
        from maintainer_kit.workflow.targets import Target

        item, found = self.outline.current, self.outline.detail
        if item is None or found is None:
            return None
        return Targets((Target(found.row, item.targets, found.row.id),))

    def pointed(self) -> str | None:
        item = self.outline.current
        return item.message.message_id if item and item.message else None

    def posting(self) -> str | None:
        item = self.outline.current
        return item.revision.series.first.message_id if item and item.revision else None

    def go_to_mail(self, topic_id: str, message_id: str, line: str = "") -> None:
        """The cursor on a mail, now or, where the topic is still being read, then."""
        self.wanted_line = line or self.wanted_line
        items = self.outline.items
        found = (at for at, one in enumerate(items) if one.message)
        at = next((at for at in found if items[at].key[1] == message_id), None)
        self._wanted_mail = "" if items else message_id
        if at is not None:
            self.outline.put_cursor(at)
            if message_id == self.shown and self.pages.get(message_id):
                self.go_to_wanted_line()

    def advance(self, *, stay: bool = False) -> None:
        """After a patch the next patch; after a series what its reader chooses."""
        item = self.outline.current
        if item and item.kind is ItemKind.PATCH and not stay:
            self.outline.step(1, ItemKind.PATCH)

    # actions

    def action_item(self, by: int) -> None:
        if self.outline.step(by):
            # At once: what comes by a message is painted after the outline, for itself.
            self._show_item()

    def action_patch(self, by: int) -> None:
        if self.outline.step(by, ItemKind.PATCH):
            self._show_item()
        else:
            self.say("no patch after this one" if by > 0 else "no patch before this one")

    def action_topic(self, by: int) -> None:
        following = self._step(by)
        if following is None:
            self.say("the end of the queue")
            return
        self._topic_id = following
        self._forget_others()
        self.say("")
        self.begin_to_open()
        self.reload()

    def action_fold(self) -> None:
        self.mail.toggle_fold()

    def action_trailers(self) -> None:
        from maintainer_kit.tui.topic.trailers import trailers_screen

        found, item = self.outline.detail, self.outline.current
        if found and item and item.revision:
            now = self.session.now()
            self.app.push_screen(trailers_screen(self.session.look, found, item, now))
        else:
            self.say("trailers are given to patches; here is none")

    def action_history(self) -> None:
        found = self.outline.detail
        if found is None:
            return
        ids = [message.message_id for message in found.topic.messages]
        self.session.reading.submit(
            lambda stores: history(stores, ids), self._show_history, self.complain
        )

    def _show_history(self, entries: list[Entry]) -> None:
        from maintainer_kit.tui.topic.trailers import history_screen

        self.app.push_screen(history_screen(self.session.look, entries))

    def action_back(self) -> None:
        self.dismiss()
        self.let_go()


def _scope(item: Item) -> str:
    if not item.targets:
        return "nothing"
    if item.kind is ItemKind.SERIES:
        return "the series"
    return "this patch" if item.revision and len(item.targets) == 1 else "the topic"
