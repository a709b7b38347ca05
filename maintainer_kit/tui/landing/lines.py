# SPDX-License-Identifier: GPL-2.0-or-later
"""A topic's landings as lines: each patch, the steps that it took, and the commits it may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.landed import BY_HAND, Landing
from maintainer_kit.model.queue.verdict import day
from maintainer_kit.render.claimed import claimed_text
from maintainer_kit.tui.parts.cells import Piece
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.workflow.landing.ladder import Rung, ladder_of
from maintainer_kit.workflow.reading import Detail

_INDENT = "      "
_ID = 12
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class LandingLine:
    """One line; the cursor stands on commits, and on patches that have none."""

    pieces: list[Piece]
    message_id: str = ""
    """The patch, where the cursor may stand."""
    landing: Landing | None = None
    is_candidate: bool = False
    """Nobody knows yet whether it is this commit."""


def landing_lines(detail: Detail, width: int, look: Look) -> list[LandingLine]:
    """The newest view of a topic, in ``width`` cells."""
    view = detail.topic.view
    lines: list[LandingLine] = []
    for number, patch in enumerate(view, 1):
        lines += _patch(detail, patch, f"{number}/{len(view)}", width, look)
    return lines


def _patch(
    detail: Detail, patch: Message | None, number: str, width: int, look: Look
) -> Iterator[LandingLine]:
    palette = look.palette
    if patch is None:
        yield LandingLine([(f" {number:>4} ", palette.soft), ("has not arrived", palette.warn)])
        return
    found = detail.landings.get(patch.message_id, ())
    title = visible_line(patch.subject.title[:_LONGEST])
    head: list[Piece] = [(f" {number:>4} ", palette.soft), (title, palette.strong)]
    if found:
        yield LandingLine(head)
        yield from _steps(ladder_of(patch, detail.landings), width, look)
    else:
        head.append((f"  posted {day(patch.date)}, seen in no branch", palette.faint))
        yield LandingLine(head, patch.message_id)
    for words in claimed_text(detail.claims.get(patch.message_id, ()), _INDENT):
        yield LandingLine([(words[:_LONGEST], palette.soft)])
    is_open = not any(one.is_sure for one in found)
    for one in found:
        yield _commit(one, is_open and bool(one.places), look)


def _steps(rungs: Sequence[Rung], width: int, look: Look) -> Iterator[LandingLine]:
    """As many on a line as fit."""
    palette = look.palette
    pieces: list[Piece] = []
    room = 0
    for rung in rungs:
        step: list[Piece] = [(rung.name, palette.good if rung.place else palette.soft)]
        step.append((f" {day(rung.date)}", palette.text))
        if rung.place:
            back = f", taken back by {rung.place.reverted[:_ID]}" if rung.place.reverted else ""
            step.append((f" {visible_line(rung.place.branch)} {rung.place.words}", palette.soft))
            step.append((back, palette.bad))
        taken = sum(cell_len(text) for text, _ in step) + 3
        if pieces and taken > room:
            yield LandingLine(pieces)
            pieces = []
        room = room if pieces else width - len(_INDENT)
        pieces += [(" > " if pieces else _INDENT, palette.faint), *step]
        room -= taken
    yield LandingLine(pieces)


def _commit(one: Landing, is_candidate: bool, look: Look) -> LandingLine:
    palette = look.palette
    word, style = ("landed", palette.good) if one.is_sure else ("perhaps", palette.warn)
    if not one.is_sure and not is_candidate:
        style = palette.faint
    score = "" if one.tier == BY_HAND else f" ({one.score:.2f})"
    why = f": {one.why}" if one.why else ""
    words = visible_line(f"{one.evidence}{score}{why}"[:_LONGEST])
    pieces: list[Piece] = [
        (f"{_INDENT}{word:<7} ", style),
        (one.commit[:_ID], palette.accent),
        (f"  {words}", palette.soft),
    ]
    return LandingLine(pieces, one.message_id, one, is_candidate)
