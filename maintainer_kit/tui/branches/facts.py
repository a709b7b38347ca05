# SPDX-License-Identifier: GPL-2.0-or-later
"""What is known of the branch under the cursor, below the list."""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip

from maintainer_kit.render.branch_facts import branch_facts
from maintainer_kit.tui.parts.cells import fit, line
from maintainer_kit.tui.parts.lines import LineView
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.workflow.branches.branch import Branch


class BranchFacts(LineView, can_focus=False):
    """A few lines; what does not fit is cut off."""

    DEFAULT_CSS = "BranchFacts { overflow-y: hidden; }"

    def __init__(self, look: Look, now: int) -> None:
        super().__init__(look, "branch-facts")
        self._now = now
        self._lines: Sequence[str] = ()

    def show(self, branch: Branch | None) -> None:
        self._lines = list(branch_facts(branch, self._now)) if branch else ()
        self.set_lines(len(self._lines))

    def strip_at(self, number: int, width: int) -> Strip:
        palette = self.look.palette
        text = fit(self._lines[number], width - 1, self.look.signs.ellipsis)
        if not number:
            return line([(f" {text}", palette.accent)], width, palette.bar)
        return line([(f" {text}", palette.soft)], width)
