# SPDX-License-Identifier: GPL-2.0-or-later
"""A small menu over the screen: one key a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase

from rich.cells import cell_len
from rich.style import Style
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.strip import Strip

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.tui.parts.box import Box
from maintainer_kit.tui.parts.cells import fit, line
from maintainer_kit.tui.parts.lines import CursorView
from maintainer_kit.tui.parts.themes import Look

_LEAVING = ("escape", "q")
_WIDEST = 48
"""Cells of the first column, at the most."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a menu."""

    key: str
    words: str
    value: str
    """What the menu gives when it is picked."""
    more: str = ""
    """What stands behind the words, less visible."""
    style: Style | None = None


def letters(
    names: Sequence[str], usual: dict[str, str], taken: Iterable[str] = ()
) -> dict[str, str]:
    """A key for each name: the usual ones, then the first free letter of it; never one by which
    one moves or leaves."""
    found = {key: name for key, name in usual.items() if name in names}
    blocked = {*"gjkq", *taken}
    for name in names:
        if name not in found.values():
            free = (one for one in name + ascii_lowercase if one in ascii_lowercase)
            key = next((one for one in free if one not in found and one not in blocked), "")
            found.update({key: name} if key else {})
    return found


class _Choices(CursorView):
    DEFAULT_CSS = "_Choices { height: auto; }"

    def __init__(self, look: Look, choices: Sequence[Choice], note: str) -> None:
        super().__init__(look)
        self.choices = list(choices)
        self.note = note

    def on_mount(self) -> None:
        self.count_lines()

    def count_lines(self) -> None:
        self.set_lines(len(self.choices) + bool(self.note))
        self.refresh(layout=True)

    def can_stand(self, number: int) -> bool:
        return 0 <= number < len(self.choices)

    def body_at(self, number: int, width: int) -> Strip:
        palette = self.look.palette
        if not self.can_stand(number):
            return line([("    ", palette.faint), (self.note, palette.faint)], width)
        one = self.choices[number]
        column = min(_WIDEST, max(cell_len(visible_line(each.words)) for each in self.choices))
        words = fit(one.words, column, self.look.signs.ellipsis)
        pieces = [(f" {one.key or ' '}  ", palette.key), (words, one.style or palette.text)]
        if one.more:
            room = max(0, width - column - 7)
            more = fit(one.more, room, self.look.signs.ellipsis)
            pieces.append((f"  {more}", palette.faint))
        return line(pieces, width)


class Menu(Box[str | None]):
    """Gives the value of the choice that is picked, None when Escape or q is pressed."""

    DEFAULT_CSS = "Menu > Vertical { height: auto; }"

    def __init__(
        self, look: Look, title: str, choices: Sequence[Choice], *, width: int, note: str = ""
    ) -> None:
        """``title`` is never a text of a mail; ``width`` is in cells, with the frame."""
        super().__init__()
        self._look = look
        self._title = title
        self._width = width
        self._lines = _Choices(look, choices, note)

    def compose(self) -> ComposeResult:
        with Vertical(classes=self._look.frame) as box:
            box.styles.width = self._width
            box.border_title = self._title
            yield self._lines

    def on_mount(self) -> None:
        self._lines.focus()

    def add(self, choices: Iterable[Choice], note: str = "") -> None:
        """More lines below; the note is another now. Nothing, once it was left."""
        if not self.is_attached:
            return
        self._lines.choices.extend(choices)
        self._lines.note = visible_line(note)
        self._lines.count_lines()

    def tell(self, value: str, more: str) -> None:
        """What stands behind a line is known now."""
        lines = self._lines
        lines.choices = [
            replace(one, more=more) if one.value == value else one for one in lines.choices
        ]
        lines.refresh()

    def on_key(self, event: events.Key) -> None:
        if event.key in _LEAVING:
            event.stop()
            self.dismiss(None)
            return
        picked = next((one for one in self._lines.choices if one.key == event.key), None)
        if picked is not None:
            event.stop()
            self.dismiss(picked.value)

    @on(CursorView.Chosen)
    def _choose(self) -> None:
        self.dismiss(self._lines.choices[self._lines.cursor].value)
