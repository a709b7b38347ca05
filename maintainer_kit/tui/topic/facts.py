# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines below a topic's bar: what was decided and is remembered of it, and what others propose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.strip import Strip
from textual.widget import Widget

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.render.age import age
from maintainer_kit.render.standing import standing_text
from maintainer_kit.tui.parts.cells import Piece, two_sided
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.workflow.offers import Offer

if TYPE_CHECKING:  # who else changes the same lines is found after the topic is shown
    from maintainer_kit.checks.series import Pending

_LABEL = 13
"""Cells before the words of a line of ``mkit show``."""
_SHORT = 6
"""Letters of a topic's id."""
_LONGEST = 40
"""Characters of a path."""
_SHARE = 5
"""A fifth of the screen at the most: the mail is to be read."""


class TopicFacts(Widget):
    """As many lines as there are facts; none for most topics."""

    DEFAULT_CSS = "TopicFacts { height: auto; width: 1fr; }"

    def __init__(self, look: Look) -> None:
        super().__init__(id="facts")
        self.look = look
        self._known: Sequence[str] = ()
        self._offers: Sequence[Offer] = ()
        self._rivals: Sequence[Pending] = ()
        self._now = 0

    def show(self, row: TopicRow, now: int) -> None:
        self._now = now
        self._put(known=list(standing_text(row, now)))

    def propose(self, offers: Sequence[Offer]) -> None:
        """What others decided by mail, and nobody here has."""
        self._put(offers=offers)

    def show_rivals(self, rivals: Sequence[Pending]) -> None:
        """Who else changes the same lines."""
        self._put(rivals=rivals)

    def _put(
        self,
        known: Sequence[str] | None = None,
        offers: Sequence[Offer] | None = None,
        rivals: Sequence[Pending] | None = None,
    ) -> None:
        """Show something else; most topics have as many lines as before, none, and to lay the
        screen out anew takes long."""
        before, lines = (self._known, self._offers, self._rivals), len(self._lines)
        self._known = self._known if known is None else known
        self._offers = self._offers if offers is None else offers
        self._rivals = self._rivals if rivals is None else rivals
        if (self._known, self._offers, self._rivals) != before:
            self.refresh(layout=len(self._lines) != lines)

    @property
    def _lines(self) -> list[tuple[list[Piece], list[Piece]]]:
        facts = [*map(self._fact, self._known), *map(self._rival, self._rivals)]
        return [*map(self._proposal, self._offers), *facts]

    def _fact(self, words: str) -> tuple[list[Piece], list[Piece]]:
        palette = self.look.palette
        return [(words[1:_LABEL], palette.faint), (words[_LABEL:], palette.soft)], []

    def _rival(self, one: Pending) -> tuple[list[Piece], list[Piece]]:
        palette = self.look.palette
        who = one.author.name or one.author.address
        left: list[Piece] = [
            (f"{' also by':<{_LABEL - 1}}", palette.faint),
            (f"{one.topic_id[:_SHORT]}  ", palette.soft),
            (visible_line(one.subject), palette.text),
            (f", {visible_line(who)}", palette.soft),
        ]
        return left, [(f" {visible_line(one.path[-_LONGEST:])}:{one.line} ", palette.faint)]

    def _proposal(self, offer: Offer) -> tuple[list[Piece], list[Piece]]:
        palette = self.look.palette
        mail = offer.proposal.mail
        who = mail.bot or mail.submitter.name or mail.submitter.address
        number, total = len(offer.proposal.message_ids), len(offer.row.decidable)
        few = f"{number} of {total} " if number < total else ""
        again = ", taken back once" if offer.taken_back else ""
        left: list[Piece] = [
            (f"{' proposed':<{_LABEL - 1}}", palette.faint),
            (f"{few}{offer.proposal.state}", palette.accent),
            (f' {visible_line(who)}, {age(mail.date, self._now)}{again}: "', palette.soft),
            (visible_line(offer.quote), palette.text),
            ('"', palette.soft),
        ]
        return left, [(" p", palette.key), (" takes it ", palette.faint)]

    def _room(self) -> int:
        return max(2, self.app.size.height // _SHARE)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        return min(len(self._lines), self._room())

    def render_line(self, y: int) -> Strip:
        width, palette = self.size.width, self.look.palette
        lines = self._lines
        if len(lines) > self._room() and y == self._room() - 1:
            words = f" and {len(lines) - y} more: mkit show"
            return two_sided([(words, palette.faint)], [], width, palette.bar)
        left, right = lines[y] if y < len(lines) else ([], [])
        return two_sided(left, right, width, palette.bar)
