# SPDX-License-Identifier: GPL-2.0-or-later
"""One's own comments that are not sent yet, as lines below the lines that they speak of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from maintainer_kit.tui.topic.document import Line, LineKind, text_lines
from maintainer_kit.tui.topic.page import Page

if TYPE_CHECKING:  # not before somebody comments
    from maintainer_kit.workflow.replying.commenting import Noted

_WHO = "you, not sent"


def place_notes(page: Page, notes: Sequence[Noted]) -> dict[int, Noted]:
    """Each at its line of the page, by number from 0; those that the page has not are told by the
    draft itself."""
    return {one.line - 1: one for one in notes if 0 < one.line <= page.own and _is_at(page, one)}


def _is_at(page: Page, note: Noted) -> bool:
    shown = page.lines[note.line - 1][1]
    return shown.rstrip() == note.source.expandtabs(8).rstrip()


def with_notes(
    said: Mapping[int, Sequence[Line]], notes: Mapping[int, Noted]
) -> Mapping[int, Sequence[Line]]:
    """What is said of lines, one's own words last."""
    if not notes:
        return said
    made = dict(said)
    for at, note in notes.items():
        made[at] = [*made.get(at, ()), *_lines(note)]
    return made


def _lines(note: Noted) -> Iterator[Line]:
    first, *rest = text_lines(note.text)
    yield LineKind.REMARK, f"{_WHO}: {first[1]}"
    for _, text in rest:
        yield LineKind.REMARK_ON, f"  {text}"
