# SPDX-License-Identifier: GPL-2.0-or-later
"""One topic: its items numbered, each mail as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.decision.event import Origin
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.tui.actions import (
    ACTING,
    DECIDING,
    GENERAL,
    MAIL,
    REMEMBERING,
    REPLYING,
    SCROLLING,
    TOPIC,
)
from maintainer_kit.tui.base import Targets
from maintainer_kit.tui.plain.asked import Asked
from maintainer_kit.tui.plain.mail import mail_lines, pages_of
from maintainer_kit.tui.plain.prompts import PlainSession
from maintainer_kit.tui.plain.replying import ReplyingPrompts
from maintainer_kit.tui.plain.words import item_words, topic_words
from maintainer_kit.tui.topic.outline import Item, ItemKind, outline
from maintainer_kit.tui.topic.reading import read_detail, read_offers
from maintainer_kit.workflow.reading import Detail, history
from maintainer_kit.workflow.targets import Target

_PAGE = 40
"""Lines of a mail that are told at once."""


class TopicPrompts(ReplyingPrompts):
    """A number tells a mail; an action is about the item behind it, else about the last one."""

    PROMPT = "topic> "
    ACTIONS = TOPIC + DECIDING + REMEMBERING + ACTING + REPLYING + GENERAL + SCROLLING + MAIL

    def __init__(
        self, session: PlainSession, topic_id: str, step: Callable[[int], str | None]
    ) -> None:
        """``step`` gives the queue's topic after this one, or before it."""
        super().__init__(session)
        self.topic_id = topic_id
        self._step = step
        self.at = 0
        self.detail: Detail
        self.items: list[Item] = []
        self._mail: Sequence[str] = ()
        self._told = 0
        self.reload()

    def begin(self) -> None:
        for line in topic_words(self.detail, self.session.now()):
            self.tell(line)
        for offer in read_offers(self.stores, self.topic_id):
            self.tell(visible_line(f"proposed: {offer.proposal.state}: {offer.quote[:400]}"))
        for number in range(1, len(self.items) + 1):
            self._tell_item(number)

    def reload(self) -> None:
        known = self.items[self.at].message if self.at < len(self.items) else None
        found = read_detail(self.stores, self.topic_id, known.message_id if known else "")
        self.detail, self.topic_id = found, found.row.id
        self.items = outline(found)
        self.at = min(self.at, max(0, len(self.items) - 1))

    def renew(self) -> None:
        self.reload()
        self.begin()

    def _tell_item(self, number: int) -> None:
        item = self.items[number - 1]
        self.tell(f"{number}. {item_words(item, self.detail, self.session.now())}")

    # what is meant

    def item(self, asked: Asked) -> Item:
        """The one that is named, else the last one."""
        if asked.numbers:
            self._stand(asked.numbers[0])
        return self.items[self.at]

    def _stand(self, number: int) -> None:
        if not 0 < number <= len(self.items):
            raise NotFound(f"there is no number {number}", f"1 to {len(self.items)}")
        self.at = number - 1

    def targets(self, asked: Asked) -> Targets:
        item = self.item(asked)
        chosen = [self.items[one - 1] for one in asked.numbers[1:] if 0 < one <= len(self.items)]
        ids = dict.fromkeys(each for one in (item, *chosen) for each in one.targets)
        row = self.detail.row
        return Targets((Target(row, tuple(ids), row.id),))

    def pointed(self, asked: Asked) -> str | None:
        message = self.item(asked).message
        return message.message_id if message else None

    def posting(self, asked: Asked) -> str | None:
        revision = self.item(asked).revision
        return revision.series.first.message_id if revision else None

    # reading

    def open(self, number: int) -> None:
        """Tell a mail from its beginning."""
        self._stand(number)
        item = self.items[self.at]
        if item.message is None:
            raise Refused(f"patch {item.number} has not arrived", "complete asks the archive")
        self._mail = mail_lines(self.stores, item.message, self.detail)
        self._told = self.tell_page(self._mail, 0, _PAGE)

    def do_page(self, asked: Asked) -> None:
        """On in the mail, or back."""
        start = self._told if asked.step > 0 else max(0, self._told - 2 * _PAGE)
        if start >= len(self._mail):
            raise Refused("that was all", "a number tells another mail")
        self._told = self.tell_page(self._mail, start, _PAGE)

    def do_half(self, asked: Asked) -> None:
        self.do_page(asked)

    def do_edge(self, asked: Asked) -> None:
        last = pages_of(self._mail, _PAGE) - 1 if asked.step else 0
        self._told = self.tell_page(self._mail, max(0, last) * _PAGE, _PAGE)

    def do_line(self, asked: Asked) -> None:
        self.do_item(asked)

    def do_item(self, asked: Asked) -> None:
        self._go(asked.step, None)

    def do_patch(self, asked: Asked) -> None:
        self._go(asked.step, ItemKind.PATCH)

    def _go(self, by: int, kind: ItemKind | None) -> None:
        at = self.at + by
        while 0 <= at < len(self.items) and kind not in (None, self.items[at].kind):
            at += by
        if not 0 <= at < len(self.items):
            raise Refused("there is none after this" if by > 0 else "there is none before this")
        self.at = at
        if self.items[at].message is None:
            self._tell_item(at + 1)
        else:
            self.open(at + 1)

    def do_topic(self, asked: Asked) -> None:
        following = self._step(asked.step)
        if following is None:
            raise Refused("the end of the queue")
        self.topic_id, self.at, self.items, self._mail = following, 0, [], ()
        self.reload()
        self.begin()

    # about the topic

    def do_trailers(self, asked: Asked) -> None:
        from maintainer_kit.tui.plain.mail import trailer_lines

        for line in trailer_lines(self.detail, self.item(asked)):
            self.tell(line)

    def do_history(self, asked: Asked) -> None:
        from maintainer_kit.render.topic_text import history_text

        ids = [message.message_id for message in self.detail.topic.messages]
        told = list(history_text(history(self.stores, ids)))
        for line in told or ["nothing was decided yet"]:
            self.tell(visible_line(line))

    def do_compare(self, asked: Asked) -> None:
        """What differs from the revision before; from which to which can be said: ``2..3``."""
        from maintainer_kit.tui.plain.comparing import comparison_lines

        self._mail = comparison_lines(self.stores, self.topic_id, asked.text)
        self._told = self.tell_page(self._mail, 0, _PAGE)

    def do_take(self, asked: Asked) -> None:
        from maintainer_kit.workflow.follow import take

        self.told(take(self.stores, read_offers(self.stores, self.topic_id), Origin.TUI))
