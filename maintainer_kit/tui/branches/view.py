# SPDX-License-Identifier: GPL-2.0-or-later
"""Branches, a line each, under headings of what they want."""

from __future__ import annotations

from itertools import groupby

from rich.style import Style
from textual.strip import Strip

from maintainer_kit.render.branches_text import (
    SIZES,
    Widths,
    column_texts,
    head_line,
    heading_of,
    is_several,
    named,
    title_of,
    widths_of,
    words_of,
)
from maintainer_kit.tui.parts.cells import Piece, fit, line
from maintainer_kit.tui.parts.lines import CursorView
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.workflow.branches.branch import Branch
from maintainer_kit.workflow.branches.look import Report

_OUTCOMES = {"fail": "bad", "warning": "warn", "success": "good"}
_NO_REPORT = Report()


class BranchesView(CursorView):
    """The cursor passes over headings."""

    def __init__(self, look: Look, now: int) -> None:
        """``now`` in seconds."""
        super().__init__(look, "branches")
        self._now = now
        self._report = _NO_REPORT
        self._lines: list[Branch | str] = []
        self._widths: tuple[int, Widths] = (-1, Widths(1, 0))

    def show(self, report: Report) -> None:
        """Other branches; the cursor stays on the one under it, where that is still listed."""
        before = self.current
        self._report, self._widths = report, (-1, Widths(1, 0))
        self._lines = []
        for heading, group in groupby(report.branches, heading_of):
            listed = list(group)
            self._lines += [f"{heading} ({len(listed)})", *listed]
        self.set_lines(len(self._lines))
        self.put_cursor(self._place_of(before))
        self.refresh()
        self.post_message(self.Moved(self))

    def _place_of(self, branch: Branch | None) -> int:
        places = (
            at
            for at, one in enumerate(self._lines)
            if branch and isinstance(one, Branch) and _key(one) == _key(branch)
        )
        return next(places, 0)

    @property
    def current(self) -> Branch | None:
        found = self._lines[self.cursor] if self.can_stand(self.cursor) else None
        return found if isinstance(found, Branch) else None

    @property
    def place(self) -> str:
        """Which one is under the cursor: ``3/200``; empty without any."""
        if not self.current:
            return ""
        above = sum(isinstance(one, Branch) for one in self._lines[: self.cursor])
        return f"{above + 1}/{len(self._report.branches)}"

    def can_stand(self, number: int) -> bool:
        return 0 <= number < len(self._lines) and isinstance(self._lines[number], Branch)

    def step(self, by: int) -> bool:
        """Go to the first branch under the next heading in a direction; False without one."""
        heads = [at + 1 for at, one in enumerate(self._lines) if isinstance(one, str)]
        found = [at for at in heads if (at > self.cursor if by > 0 else at < self.cursor)]
        if found:
            self.put_cursor(found[0] if by > 0 else found[-1])
        return bool(found)

    def body_at(self, number: int, width: int) -> Strip:
        if number >= len(self._lines):
            return line([], width)
        one = self._lines[number]
        palette = self.look.palette
        if isinstance(one, str):
            return line([(f" {one}", palette.heading)], width)
        return line(self._pieces(one, self.widths(width)), width)

    def widths(self, width: int) -> Widths:
        """How a line of so many cells is shared out."""
        if self._widths[0] != width:
            self._widths = width, widths_of(self._report, width)
        return self._widths[1]

    def _pieces(self, branch: Branch, widths: Widths) -> list[Piece]:
        palette, ellipsis = self.look.palette, self.look.signs.ellipsis
        name = fit(named(branch, is_several(self._report)), widths.name, ellipsis)
        pieces: list[Piece] = [(f" {name}", palette.strong if branch.wants else palette.text)]
        for text, size, style in zip(
            column_texts(branch, self._now), SIZES, self._styles(branch), strict=True
        ):
            pieces.append((f" {fit(text, size, ellipsis)}", style))
        if widths.words:
            words = words_of(branch)
            text = fit(words or title_of(branch), widths.words, ellipsis)
            pieces.append((f" {text}", palette.text if words else palette.soft))
        return pieces

    def _styles(self, branch: Branch) -> list[Style]:
        palette = self.look.palette
        outcome = getattr(palette, _OUTCOMES.get(branch.outcome, "faint"))
        return [palette.text, palette.soft, palette.soft, outcome, palette.faint]


class BranchesHead(CursorView, can_focus=False):
    """The names of the columns, level with them."""

    DEFAULT_CSS = "BranchesHead { height: 1; overflow-y: hidden; }"

    def __init__(self, view: BranchesView) -> None:
        super().__init__(view.look, "branches-head")
        self._view = view
        self.set_lines(1)

    def can_stand(self, number: int) -> bool:
        return False

    def body_at(self, number: int, width: int) -> Strip:
        size = self._view.scrollable_content_region.width or width
        return line([(head_line(self._view.widths(size)), self.look.palette.faint)], width)


def _key(branch: Branch) -> tuple[str, str]:
    return branch.repository, branch.head.ref
