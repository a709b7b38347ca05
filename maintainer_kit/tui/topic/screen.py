# SPDX-License-Identifier: GPL-2.0-or-later
"""The second screen: one topic with all its mail."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Vertical

from maintainer_kit.errors import MkitError
from maintainer_kit.model.decision.event import Origin
from maintainer_kit.model.message.message import Kind
from maintainer_kit.render.age import age
from maintainer_kit.render.topic_findings import count_findings
from maintainer_kit.tui.actions import DECIDING, GENERAL, REMEMBERING, TOPIC, bindings
from maintainer_kit.tui.base import DecidingScreen, Targets
from maintainer_kit.tui.deciding.app import DecidingApp
from maintainer_kit.tui.parts.hints import TOPIC_HINTS
from maintainer_kit.tui.topic.bar import TopicBar
from maintainer_kit.tui.topic.document import Line
from maintainer_kit.tui.topic.facts import TopicFacts
from maintainer_kit.tui.topic.mail_head import MailHead
from maintainer_kit.tui.topic.mail_view import MailView
from maintainer_kit.tui.topic.outline import Item, ItemKind
from maintainer_kit.tui.topic.outline_view import OutlineView
from maintainer_kit.tui.topic.reading import read_detail, read_mail, read_offers
from maintainer_kit.tui.work.session import Session
from maintainer_kit.workflow.offers import Offer
from maintainer_kit.workflow.reading import Detail, Entry, history
from maintainer_kit.workflow.stores import Stores

_WIDE = 110
"""Columns from which on outline and mail stand side by side."""


class TopicScreen(DecidingScreen):
    """Outline on the left (on a narrow terminal above), the mail beside it."""

    AUTO_FOCUS = "#mail"
    ACTIONS = TOPIC + DECIDING + REMEMBERING + GENERAL
    BINDINGS = bindings(ACTIONS)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012 (Textual's type)
    DEFAULT_CSS = """
    TopicScreen.-wide #body { layout: horizontal; }
    TopicScreen.-wide #outline { height: 1fr; }
    TopicScreen.-wide #reading.round { border-left: solid $panel; }
    TopicScreen.-wide #reading.ascii { border-left: ascii $panel; }
    TopicScreen.-narrow #body { layout: vertical; }
    TopicScreen.-narrow #outline { width: 1fr; height: 30%; min-height: 4; }
    TopicScreen #reading { width: 1fr; height: 1fr; }
    """

    def __init__(self, session: Session, topic_id: str, step: Callable[[int], str | None]) -> None:
        """``step`` moves the queue's cursor and gives the topic that it is on then."""
        super().__init__(session)
        self._topic_id = topic_id
        self._step = step
        self._bar = TopicBar(session.look)
        self._facts = TopicFacts(session.look)
        self._offers: Sequence[Offer] = ()
        self.outline = OutlineView(session.look, session.now)
        self._head = MailHead(session.look)
        self.mail = MailView(session.look)
        self._shown = ""

    def compose(self) -> ComposeResult:
        yield self._bar
        yield self._facts
        with Container(id="body"):
            yield self.outline
            with Vertical(id="reading", classes=self.session.look.frame):
                yield self._head
                yield self.mail
        yield self.status
        yield self.hints(TOPIC_HINTS)

    def on_mount(self) -> None:
        self.reload()

    def on_resize(self, event: events.Resize) -> None:
        """The mail gets the 80 columns that it was written for, the outline what is left."""
        wide = event.size.width >= _WIDE
        self.outline.styles.width = max(30, min(64, event.size.width - 84)) if wide else "1fr"

    # what is shown

    def reload(self, about: Collection[str] = ()) -> None:
        wanted = self._topic_id
        self.session.reading.submit(
            lambda stores: read_detail(stores, wanted), self._show_detail, self._lose_topic
        )

    def _show_detail(self, found: Detail) -> None:
        if found.row.id != self._topic_id:
            return
        counts = None if found.findings is None else count_findings(found.findings)
        self._bar.show(replace(found.row, findings=counts))
        self._facts.show(found.row, self.session.now())
        self.outline.show(found)
        self._ask_for_offers(found.row.id)

    def _ask_for_offers(self, topic_id: str) -> None:
        """After the topic: some more mails have to be read for them."""
        self.session.background.submit(
            lambda stores: read_offers(stores, topic_id) if topic_id == self._topic_id else (),
            lambda offers: self._show_offers(topic_id, offers),
            self.complain,
        )

    def _show_offers(self, topic_id: str, offers: Sequence[Offer]) -> None:
        if topic_id == self._topic_id:
            self._offers = offers
            self._facts.propose(offers)

    def _lose_topic(self, error: MkitError) -> None:
        """New mail may have joined it to another topic."""
        self.complain(error)

    @on(OutlineView.Moved)
    def _show_item(self) -> None:
        item = self.outline.current
        if item is None:
            return
        self._show_place(item)
        self._show_head(item)
        message_id = item.message.message_id if item.message else ""
        if message_id == self._shown:
            return
        self._shown = message_id
        if not message_id:
            self.mail.tell(f"patch {item.number} has not arrived")
            return
        self.session.reading.submit(
            lambda stores: self._read(stores, message_id),
            lambda lines: self._show_mail(message_id, lines),
            self._lose_mail,
        )

    def _read(self, stores: Stores, message_id: str) -> Sequence[Line]:
        """In the desk's thread; what nobody waits for any more is not read."""
        return read_mail(stores, message_id) if message_id == self._shown else ()

    def _show_mail(self, message_id: str, lines: Sequence[Line]) -> None:
        if message_id == self._shown:
            self.mail.show(lines)

    def _lose_mail(self, error: MkitError) -> None:
        self.mail.tell(f"this mail cannot be read: {error.message}", error.hint or "")
        self.say("this mail cannot be read")

    def _show_head(self, item: Item) -> None:
        message = item.message
        found = self.outline.detail
        state = ""
        if message and found and message.kind is Kind.PATCH and item.revision:
            state = found.state_of(message.message_id)
        when = age(message.date, self.session.now()) if message else ""
        known = found.findings if found and found.findings else {}
        about = message.message_id if message else ""
        landed = found.landings.get(about, ()) if found else ()
        attested = found.attested if found else {}
        self._head.show(message, when, state, known.get(about, ()), landed, attested.get(about))

    def _show_place(self, item: Item) -> None:
        number = self.outline.cursor + 1
        self.status.set_place(f"acts on {_scope(item)}   {number}/{len(self.outline.items)}")

    # decisions

    def targets(self) -> Targets | None:
        """The item's patches; of a reply to what is older none, though the topic can be kept."""
        from maintainer_kit.workflow.targets import Target

        item, found = self.outline.current, self.outline.detail
        if item is None or found is None:
            return None
        return Targets((Target(found.row, item.targets, found.row.id),))

    def advance(self, *, stay: bool = False) -> None:
        """After a patch the next patch; after a series what its reader chooses."""
        item = self.outline.current
        if item and item.kind is ItemKind.PATCH and not stay:
            self.outline.step(1, ItemKind.PATCH)

    # actions

    def action_item(self, by: int) -> None:
        self.outline.step(by)

    def action_patch(self, by: int) -> None:
        if not self.outline.step(by, ItemKind.PATCH):
            self.say("no patch after this one" if by > 0 else "no patch before this one")

    def action_topic(self, by: int) -> None:
        following = self._step(by)
        if following is None:
            self.say("the end of the queue")
            return
        self._topic_id = following
        self._show_offers(following, ())
        self.say("")
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

    def action_take(self) -> None:
        from maintainer_kit.workflow.follow import take

        offers = self._offers
        if not offers:
            self.say("no mail here says that somebody decided what is open")
        elif isinstance(self.app, DecidingApp):
            topic_id = self._topic_id
            self._show_offers(topic_id, ())
            self.app.submit(
                lambda stores: take(stores, offers, Origin.TUI),
                lambda: self._show_offers(topic_id, offers),
            )

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


def _scope(item: Item) -> str:
    if not item.targets:
        return "nothing"
    if item.kind is ItemKind.SERIES:
        return "the series"
    return "this patch" if item.revision and len(item.targets) == 1 else "the topic"
