# SPDX-License-Identifier: GPL-2.0-or-later
"""The upper part of the landings: patches, steps, and commits under the cursor."""

from __future__ import annotations

from collections.abc import Collection

from textual.strip import Strip

from maintainer_kit.tui.landing.lines import LandingLine, landing_lines
from maintainer_kit.tui.parts.cells import line
from maintainer_kit.tui.parts.lines import CursorView
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.workflow.reading import Detail


class LandingView(CursorView, can_focus=False):
    """Keys go to the pair below it."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "landings")
        self.detail: Detail | None = None
        self.lines: list[LandingLine] = []

    @property
    def current(self) -> LandingLine | None:
        return self.lines[self.cursor] if self.can_stand(self.cursor) else None

    @property
    def candidate_number(self) -> tuple[int, int]:
        """Which of the candidates is under the cursor, 0 for none; and how many there are."""
        all_of_them = [at for at, one in enumerate(self.lines) if one.is_candidate]
        on_one = self.cursor in all_of_them
        return (all_of_them.index(self.cursor) + 1 if on_one else 0), len(all_of_them)

    def show(self, detail: Detail, about: Collection[str] = ()) -> None:
        """Show a topic; the cursor goes to a patch of ``about``, else stays where it is, and at
        first goes to what is undecided."""
        before = self.current
        is_first = self.detail is None
        self.detail = detail
        self._lay_out()
        self.cursor = self._place(before, about, is_first)
        self.show_cursor()
        self.refresh()

    def _lay_out(self) -> None:
        if self.detail is not None:
            width = self.scrollable_content_region.width or self.app.size.width
            self.lines = landing_lines(self.detail, width, self.look)
            self.set_lines(len(self.lines))

    def _place(self, before: LandingLine | None, about: Collection[str], is_first: bool) -> int:
        stands = [at for at in range(len(self.lines)) if self.can_stand(at)]
        lines = self.lines
        ways = (
            (at for at in stands if lines[at].message_id in about and lines[at].is_candidate),
            (at for at in stands if is_first and lines[at].is_candidate and len(about) != 1),
            (at for at in stands if lines[at].message_id in about),
            (at for at in stands if before and _same(lines[at], before)),
            (at for at in stands if before and lines[at].message_id == before.message_id),
            iter(stands),
        )
        return next((at for way in ways for at in way), 0)

    def step(self, by: int, *, candidates: bool = False) -> bool:
        """Go to the next commit, or candidate, in a direction; False when there is none."""
        at = self.cursor + by
        while 0 <= at < len(self.lines):
            if self.can_stand(at) and (self.lines[at].is_candidate or not candidates):
                self.put_cursor(at, by)
                return True
            at += by
        return False

    def can_stand(self, number: int) -> bool:
        return 0 <= number < len(self.lines) and bool(self.lines[number].message_id)

    def body_at(self, number: int, width: int) -> Strip:
        return line(self.lines[number].pieces if number < len(self.lines) else [], width)

    def on_resize(self) -> None:
        here = self.current
        self._lay_out()
        if here is not None:
            self.cursor = self._place(here, (), False)
        self.show_cursor()


def _same(one: LandingLine, other: LandingLine) -> bool:
    commits = [each.landing.commit if each.landing else "" for each in (one, other)]
    return one.message_id == other.message_id and commits[0] == commits[1]
