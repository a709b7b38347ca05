# SPDX-License-Identifier: GPL-2.0-or-later
"""The patches of both revisions, each with what became of it."""

from __future__ import annotations

from textual.strip import Strip

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.render.compare_text import SIGNS, cover_words, fates_words, pair_title
from maintainer_kit.tui.compare.reading import COVER, Compared, Entry
from maintainer_kit.tui.parts.cells import Piece, line, two_sided
from maintainer_kit.tui.parts.lines import CursorView
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.workflow.comparing.comparison import Comparison
from maintainer_kit.workflow.comparing.pairing import Fate, Pair
from maintainer_kit.workflow.comparing.side import Side

_LONGEST = 1000


class CompareList(CursorView, can_focus=False):
    """Keys go to the difference beside it."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "pairs")
        self._compared: Compared | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self._compared.entries if self._compared else ()

    @property
    def current(self) -> Entry | None:
        return self.entries[self.cursor] if self.can_stand(self.cursor) else None

    def show(self, compared: Compared) -> None:
        """Show two revisions; the cursor begins with the first patch that changed."""
        self._compared = compared
        self.set_lines(len(self.entries))
        changed = (
            at
            for at, one in enumerate(self.entries)
            if isinstance(one, Pair) and one.fate is not Fate.KEPT
        )
        self.cursor = next(changed, 0)
        self.show_cursor()
        self.refresh()

    def step(self, by: int) -> bool:
        """Go to the next entry in a direction; False when there is none."""
        if not self.can_stand(self.cursor + by):
            return False
        self.put_cursor(self.cursor + by, by)
        return True

    def can_stand(self, number: int) -> bool:
        return 0 <= number < len(self.entries)

    def body_at(self, number: int, width: int) -> Strip:
        if self._compared is None or not self.can_stand(number):
            return line([], width)
        said = len(self._compared.remarks_on(self.entries[number]))
        right: list[Piece] = [(f" {said} said ", self.look.palette.accent)] if said else []
        return two_sided(self._pieces(self._compared.found, self.entries[number]), right, width)

    def _pieces(self, found: Comparison, entry: Entry) -> list[Piece]:
        palette = self.look.palette
        if isinstance(entry, str):
            words = cover_words(found) if entry == COVER else fates_words(found)
            return [(f" {entry}: ", palette.soft), (words, palette.text)]
        numbers = f"{_number(found.old, entry.old):>3} {_number(found.new, entry.new):>3}"
        moved = "moved " if entry.is_moved else ""
        return [
            (f"{numbers} {SIGNS[entry.fate]} ", palette.soft),
            (f"{entry.fate.value:<8}{moved}", palette.soft),
            (
                visible_line(pair_title(found, entry)[:_LONGEST]),
                palette.faint if entry.fate is Fate.KEPT else palette.strong,
            ),
        ]


def _number(side: Side, at: int | None) -> str:
    return "-" if at is None else str(side.number_of(at))
