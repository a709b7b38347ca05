# SPDX-License-Identifier: GPL-2.0-or-later
"""The lines above a mail: subject, who and when, and what is odd about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from textual.strip import Strip
from textual.widget import Widget

from maintainer_kit.checks.finding import RANK, Finding, Severity
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.landed import Landing
from maintainer_kit.render.attested import attested_lines
from maintainer_kit.render.landed import landed_text
from maintainer_kit.render.topic_findings import findings_text
from maintainer_kit.tui.parts.cells import Piece, line, two_sided
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.tui.queue.cells import style_of_state
from maintainer_kit.workflow.attested import Attested, Word

_TOLD_ABOVE = frozenset({"pending-overlap"})
"""Rules of which the lines below the topic's bar tell what is true now."""
_MOST_LANDED = 2
_MOST_FOUND = 4
"""Lines for findings: the mail is to be read."""


class MailHead(Widget):
    """Two lines, a third where there is something to note; below them where it landed, and what
    rules found."""

    DEFAULT_CSS = """
    MailHead { height: auto; width: 1fr; }
    """

    def __init__(self, look: Look) -> None:
        super().__init__(id="head")
        self.look = look
        self._message: Message | None = None
        self._age = ""
        self._state = ""
        self._style = look.palette.faint
        self._notes = ""
        self._found: list[Piece] = []

    def show(
        self,
        message: Message | None,
        age: str,
        state: str,
        findings: Sequence[Finding] = (),
        landings: Sequence[Landing] = (),
        attested: Attested | None = None,
    ) -> None:
        """Show a message's head; ``state`` is that of a patch, else empty."""
        before = self._height
        self._found = [
            *_attested_pieces(attested, self.look),
            *_landed_pieces(landings, self.look),
            *_found_pieces(findings, self.look),
        ]
        self._message, self._age, self._state = message, age, state
        self._style = style_of_state(state, self.look)
        notes = list(message.oddities) if message else []
        if message and message.diff and message.diff.damage:
            notes.insert(0, f"{message.diff.damage} (line {message.diff.damage_line})")
        self._notes = visible_line("; ".join(dict.fromkeys(notes)))
        # To lay the screen out anew costs more than to draw a mail.
        self.refresh(layout=self._height != before)

    @property
    def _height(self) -> int:
        return 2 + bool(self._notes) + len(self._found)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        return self._height

    def render_line(self, y: int) -> Strip:
        width, palette = self.size.width, self.look.palette
        message = self._message
        if message is None:
            return line([], width, palette.bar)
        if y == 0:
            right: list[Piece] = [(f" {self._state} ", self._style)] if self._state else []
            subject = visible_line(message.full_subject) or "(no subject)"
            return two_sided([(f" {subject}", palette.strong)], right, width, palette.bar)
        if y == 1:
            who = visible_line(str(message.author))
            when = f"{_date(message.date)}  {self._age} "
            return two_sided(
                [(f" {who}", palette.soft)], [(when, palette.faint)], width, palette.bar
            )
        if self._notes and y == 2:
            return two_sided([(f" note: {self._notes}", palette.warn)], [], width, palette.bar)
        at = y - 2 - bool(self._notes)
        pieces = self._found[at : at + 1] if at >= 0 else []
        return two_sided(pieces, [], width, palette.bar)


def _landed_pieces(landings: Sequence[Landing], look: Look) -> list[Piece]:
    """A line for each branch, those that surely hold it first."""
    lines = list(landed_text(landings, " "))
    style = look.palette.good if any(one.is_sure for one in landings) else look.palette.warn
    pieces: list[Piece] = [(line, style) for line in lines[:_MOST_LANDED]]
    if more := len(lines) - len(pieces):
        pieces.append((f" and {more} more: L", look.palette.faint))
    return pieces


def _attested_pieces(attested: Attested | None, look: Look) -> list[Piece]:
    """A line for each signature; none for what nobody signed, as most mail."""
    if attested is None or attested.is_unsigned:
        return []
    palette = look.palette
    styles = {Word.GOOD: palette.good, Word.BAD: palette.bad}
    style = styles.get(attested.word, palette.soft)
    return [(f" signed  {words}", style) for words in attested_lines(attested)]


def _found_pieces(findings: Sequence[Finding], look: Look) -> list[Piece]:
    """A line for each of the weightiest, and one for how many more there are."""
    palette = look.palette
    styles = {Severity.ERROR: palette.bad, Severity.WARNING: palette.warn}
    findings = [one for one in findings if one.rule not in _TOLD_ABOVE]
    by_weight = sorted(findings, key=lambda one: -RANK[one.severity])
    shown = by_weight if len(findings) <= _MOST_FOUND else by_weight[: _MOST_FOUND - 1]
    pieces: list[Piece] = [
        (f" {line}", styles.get(one.severity, palette.soft))
        for one in shown
        for line in findings_text([one], "")
    ]
    if more := len(findings) - len(shown):
        pieces.append((f" and {more} more: mkit check", palette.faint))
    return pieces


def _date(seconds: int) -> str:
    if not seconds:
        return "no date"
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")
