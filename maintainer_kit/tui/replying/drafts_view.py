# SPDX-License-Identifier: GPL-2.0-or-later
"""One's own drafts, a line each: its age, what it answers, what is in it, how far it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.style import Style
from textual.strip import Strip

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.reply.draft import Draft, Stage
from maintainer_kit.render.age import age
from maintainer_kit.render.reply_text import contents
from maintainer_kit.tui.parts.cells import fit, line
from maintainer_kit.tui.parts.lines import CursorView
from maintainer_kit.tui.parts.palette import Palette
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.tui.replying.jobs import Listed

_NOTHING = "no drafts: r replies to a mail, Enter comments on a line of it"
_TOLD = 36
"""Cells for what is in a draft, or how far it is."""


class DraftsView(CursorView):
    """The list, with marks."""

    def __init__(self, look: Look, now: int, reasons: Mapping[str, str]) -> None:
        """``now`` in seconds; ``reasons`` why drafts were not sent, by their ids."""
        super().__init__(look, "drafts")
        self._now = now
        self._reasons = reasons
        self.listed: Sequence[Listed] | None = None
        self.marked: set[str] = set()

    def show(self, listed: Sequence[Listed]) -> None:
        """What is kept now."""
        self.listed = listed
        self.marked &= {one.draft.id for one in listed}
        self.set_lines(max(1, len(listed)))
        self.put_cursor(min(self.cursor, max(0, len(listed) - 1)))
        self.refresh()

    @property
    def current(self) -> Listed | None:
        return self.listed[self.cursor] if self.listed and self.can_stand(self.cursor) else None

    @property
    def chosen(self) -> list[Draft]:
        """What is marked, else the one under the cursor."""
        marked = [one.draft for one in self.listed or () if one.draft.id in self.marked]
        return marked or ([self.current.draft] if self.current else [])

    def mark(self) -> None:
        """Mark the one under the cursor, or no longer."""
        if self.current:
            self.marked ^= {self.current.draft.id}
            self.refresh_line(self.cursor)
            self.action_line(1)

    def can_stand(self, number: int) -> bool:
        return 0 <= number < len(self.listed or ())

    def body_at(self, number: int, width: int) -> Strip:
        palette, signs = self.look.palette, self.look.signs
        if not self.listed or not self.can_stand(number):
            return line([(f" {_NOTHING}" if self.listed is not None else "", palette.faint)], width)
        one = self.listed[number]
        mark = signs.mark if one.draft.id in self.marked else " "
        words, style = self._told(one, palette)
        told = min(_TOLD, max(0, width // 3))
        return line(
            [
                (mark, palette.mark),
                (f"{age(one.draft.created // 1_000_000, self._now):>4}  ", palette.faint),
                (fit(one.draft.subject, max(8, width - told - 9), signs.ellipsis), palette.text),
                ("  ", palette.text),
                (fit(words, told, signs.ellipsis), style),
            ],
            width,
        )

    def _told(self, one: Listed, palette: Palette) -> tuple[str, Style]:
        """How far it is, else what is in it."""
        if one.is_uncertain:
            return "did it go out? Enter", palette.bad
        if one.draft.stage is Stage.SENDING:
            return "being sent", palette.accent
        if one.draft.stage is Stage.SENT:
            return "sent, on its way back", palette.good
        if reason := self._reasons.get(one.draft.id):
            return f"failed: {visible_line(reason)}", palette.bad
        return f"draft: {contents(one.draft)}", palette.soft
