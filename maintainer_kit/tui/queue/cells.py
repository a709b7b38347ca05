# SPDX-License-Identifier: GPL-2.0-or-later
"""One row of the queue as cells with colours; columns come and go with the width."""

from __future__ import annotations

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.queue.verdict import Turn
from maintainer_kit.render.age import age
from maintainer_kit.render.checks import signs
from maintainer_kit.render.queue_text import HEADINGS, flag, given, reason_words, shape, state_words
from maintainer_kit.render.standing import sign
from maintainer_kit.render.topic_findings import finding_sign
from maintainer_kit.tui.parts.cells import Piece, fit, line
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.tui.queue.lines import Heading

_OWNER = 16
"""Cells for a delegate, at the most."""
_SHORT_STATES = {
    "new": "",
    "under-review": "review",
    "changes-requested": "changes",
    "awaiting-upstream": "upstream",
    "not-applicable": "n/a",
}


@dataclass(frozen=True, slots=True)
class Widths:
    """How many cells each column has; 0 for one that is not shown."""

    subject: int
    author: int
    given: int
    checks: int
    findings: int
    state: int
    reason: int
    id: int


def widths(total: int) -> Widths:
    """Columns for a line of ``total`` cells: what the eye needs first is last to go."""
    author = 12 if total < 100 else 16 if total < 150 else 22
    topic_id = 6 if total >= 140 else 0
    counts = 8 if total >= 100 else 5
    checks, findings = (5, 3) if total >= 120 else (0, 0)
    # Before the subject: mark, sign, flag, shape; after each column a space; the age has 4 cells.
    rest = total - 4 - 10 - (author + 1) - 5 - (counts + 1)
    rest -= topic_id + 1 if topic_id else 0
    rest -= checks + 1 + findings + 1 if checks else 0
    # Where there is room for a reason, the state stands before it, unless it is "new".
    reason = min(72, rest * 9 // 20) if total >= 110 else 0
    state = 0 if reason else 8
    rest -= state + 1 if state else 0
    subject = rest - (reason + 1 if reason else 0)
    return Widths(max(8, subject), author, counts, checks, findings, state, reason, topic_id)


def row_strip(
    row: TopicRow,
    now: int,
    width: int,
    look: Look,
    *,
    marked: bool,
    whose: str = "",
    is_new: bool = False,
) -> Strip:
    """A row without its cursor; ``whose`` it is to decide, where that is not the reader, and
    whether its author ``is_new`` here."""
    size = widths(width)
    palette = look.palette
    cut = look.signs.ellipsis
    decided = row.standing.verdict.turn is Turn.NOBODY
    title = palette.soft if decided else palette.text
    name = ("+" if is_new else "") + row.author.partition(" <")[0].strip('"<>')
    pieces: list[Piece] = [
        (look.signs.mark if marked else " ", palette.mark),
        (sign(row) or " ", _sign_style(row, look)),
        (f"{flag(row)} ", _flag_style(row, look)),
        (fit(shape(row), 9, cut) + " ", _shape_style(row, look)),
        (fit(row.subject, size.subject, cut) + " ", palette.mark if marked else title),
        (fit(name, size.author, cut) + " ", palette.accent if is_new else palette.soft),
        (age(row.updated, now).rjust(4) + " ", palette.faint),
        (fit(given(row), size.given, cut) + " ", _given_style(row, look)),
    ]
    if size.checks:
        pieces.append((fit(signs(row), size.checks, cut) + " ", checks_style(row, look)))
    if size.findings:
        found = fit(finding_sign(row), size.findings, cut)
        pieces.append((found + " ", findings_style(finding_sign(row), look)))
    if size.state:
        pieces.append((fit(_state_word(row), size.state, cut), state_style(row, look)))
    if size.reason:
        pieces.extend(_reason_pieces(row, size.reason, look, whose))
    if size.id:
        pieces.append((fit(row.id[: size.id], size.id, cut), palette.faint))
    return line(pieces, width)


def heading_strip(heading: Heading, width: int, look: Look) -> Strip:
    """``Your turn 29 ------``."""
    palette = look.palette
    words = HEADINGS[Turn(heading.turn)]
    rule = look.signs.rule * max(0, width - len(words) - len(str(heading.count)) - 5)
    style = palette.heading if heading.turn == Turn.ME.value else palette.strong
    return line(
        [
            ("  ", style),
            (words, style),
            (f" {heading.count} ", palette.soft),
            (rule, palette.faint),
        ],
        width,
    )


def state_style(row: TopicRow, look: Look) -> Style:
    return style_of_state(row.standing.state, look)


def style_of_state(state: str, look: Look) -> Style:
    """As the vocabulary has it: green for what is in, red for what is out, yellow for what is on
    its way."""
    palette = look.palette
    colour = look.states[state].colour if state in look.states else ""
    styles = {
        "green": palette.good,
        "yellow": palette.warn,
        "red": palette.bad,
        "accent": palette.accent,
    }
    return styles.get(colour, palette.faint)


def short_state(state: str) -> str:
    """A state in at most 8 cells; nothing for ``new``, which most are."""
    return _SHORT_STATES.get(state, state)


def _state_word(row: TopicRow) -> str:
    """The state in at most 8 cells: ``changes``, ``2/5 in``."""
    if row.standing.archived:
        return "archived"
    words = state_words(row)
    return words.replace(" accepted", " in") if "/" in words else short_state(words)


def _reason_pieces(row: TopicRow, width: int, look: Look, whose: str) -> list[Piece]:
    """Whose it is, unless the reason says so; the state, unless it is ``new`` or the reason begins
    with it; then the reason."""
    verdict = row.standing.verdict
    owner: list[Piece] = []
    if whose and verdict.turn is not Turn.DELEGATE and width > _OWNER:
        name = fit(f"@{whose}", _OWNER, look.signs.ellipsis).rstrip() + " "
        owner = [(name, look.palette.soft)]
        width -= cell_len(name)
    state = "" if row.standing.archived else state_words(row)
    told = state in ("", "new") or verdict.reason.startswith(state.replace("-", " "))
    before = "" if told or verdict.reason.startswith(state) else f"{state}: "[:width]
    style = look.palette.faint if before or told else state_style(row, look)
    words = reason_words(verdict.reason, row.landed, row.total)
    rest = fit(words, width - len(before), look.signs.ellipsis) + " "
    return [*owner, (before, state_style(row, look)), (rest, style)]


def _sign_style(row: TopicRow, look: Look) -> Style:
    palette = look.palette
    return {"x": palette.bad, "*": palette.accent}.get(sign(row), palette.soft)


def _flag_style(row: TopicRow, look: Look) -> Style:
    palette = look.palette
    return {"!": palette.bad, "~": palette.warn}.get(flag(row), palette.good)


def _shape_style(row: TopicRow, look: Look) -> Style:
    palette = look.palette
    if row.received < row.total:
        return palette.warn
    return palette.accent if not row.total else palette.soft


def checks_style(row: TopicRow, look: Look) -> Style:
    palette = look.palette
    counts = dict(row.checks)
    if "fail" in counts:
        return palette.bad
    return palette.warn if "warning" in counts or row.overdue else palette.faint


def findings_style(sign: str, look: Look) -> Style:
    """Of a sign as ``finding_sign`` gives it."""
    return look.palette.bad if sign.startswith("e") else look.palette.warn


def _given_style(row: TopicRow, look: Look) -> Style:
    names = dict(row.trailers)
    return look.palette.bad if "Nacked-by" in names else look.palette.good
