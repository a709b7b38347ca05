# SPDX-License-Identifier: GPL-2.0-or-later
"""What is told of a topic and its mails, some of it a moment after they are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from maintainer_kit.model.decision.event import Origin
from maintainer_kit.model.message.message import Kind
from maintainer_kit.render.age import age
from maintainer_kit.render.topic_findings import count_findings
from maintainer_kit.tui.deciding.app import DecidingApp
from maintainer_kit.tui.topic.bar import TopicBar
from maintainer_kit.tui.topic.facts import TopicFacts
from maintainer_kit.tui.topic.mail_head import MailHead
from maintainer_kit.tui.topic.outline import Item
from maintainer_kit.tui.topic.reading import (
    read_attested,
    read_findings,
    read_offers,
    read_remarks,
    read_rivals,
)
from maintainer_kit.tui.topic.reading_screen import ReadingScreen
from maintainer_kit.tui.work.session import Session
from maintainer_kit.workflow.arrivals import Found
from maintainer_kit.workflow.attested import ByPatch
from maintainer_kit.workflow.offers import Offer
from maintainer_kit.workflow.reading import Detail
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.unread import unread

if TYPE_CHECKING:
    from maintainer_kit.tui.replying.desk import Notes

_Told = TypeVar("_Told")


class TellingScreen(ReadingScreen):
    """A screen with a line about a topic, facts below it, and the head of the mail in sight."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._topic_id = ""
        self._bar = TopicBar(session.look)
        self._facts = TopicFacts(session.look)
        self._offers: Sequence[Offer] = ()
        self._head = MailHead(session.look)

    def _show_bar(self, found: Detail) -> None:
        counts = None if found.findings is None else count_findings(found.findings)
        self._bar.show(replace(found.row, findings=counts))

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

    def _forget_others(self) -> None:
        """What others say of the topic before, that is."""
        self._show_offers(self._topic_id, ())
        self._facts.show_rivals(())

    def _ask_for_more(self, found: Detail) -> None:
        """After the topic: for what more mails have to be read."""
        topic_id = found.row.id

        def ask(job: Callable[[Stores], _Told | None], show: Callable[[_Told], None]) -> None:
            def tell(told: _Told | None) -> None:
                if topic_id == self._topic_id and told is not None:
                    show(told)

            self.session.background.submit(
                lambda stores: job(stores) if topic_id == self._topic_id else None,
                tell,
                self.complain,
            )

        self._ask_for_notes(found)
        ask(lambda stores: unread(stores, found), self.take_unread)
        ask(lambda stores: read_attested(stores, found.topic), self._take_attested)
        if found.findings is None:
            ask(lambda stores: read_findings(stores, found.topic), self._take_findings)
        ask(lambda stores: read_offers(stores, topic_id), partial(self._show_offers, topic_id))
        ask(lambda stores: read_remarks(stores, found.topic), self.take_remarks)
        ask(lambda stores: read_rivals(stores, found.topic), self._facts.show_rivals)

    def _ask_for_notes(self, found: Detail) -> None:
        def show(notes: Notes) -> None:
            if found.row.id == self._topic_id:
                self.take_notes(notes)

        ids = [one.message_id for one in found.topic.messages]
        # Where they cannot be read, those who write are told why.
        self.session.replying.write(lambda writing: writing.notes(ids), show, lambda _: None)

    def _take_attested(self, attested: ByPatch) -> None:
        item = self.outline.current
        self.outline.know_attested(attested)
        if item is not None and attested:
            self._show_head(item)

    def _take_findings(self, findings: Found) -> None:
        found, item = self.outline.detail, self.outline.current
        if found is not None and item is not None:
            self.outline.know_findings(findings)
            self._show_bar(replace(found, findings=findings))
            self._show_head(item)

    def _show_offers(self, topic_id: str, offers: Sequence[Offer]) -> None:
        if topic_id == self._topic_id:
            self._offers = offers
            self._facts.propose(offers)

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
