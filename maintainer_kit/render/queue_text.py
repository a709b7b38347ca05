# SPDX-License-Identifier: GPL-2.0-or-later
"""The queue as text: grouped by whose turn it is, one line a topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.queue.line import Line, line_of
from maintainer_kit.model.queue.verdict import Turn
from maintainer_kit.render.age import age
from maintainer_kit.render.cells import fit
from maintainer_kit.render.checks import signs
from maintainer_kit.render.topic_findings import finding_sign

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.model.queue.row import TopicRow

HEADINGS = {
    Turn.ME: "Your turn",
    Turn.DELEGATE: "A delegate's turn",
    Turn.REVIEWER: "Waiting for review",
    Turn.AUTHOR: "Waiting for the author",
    Turn.CI: "Waiting for tests",
    Turn.NOBODY: "Nobody's turn",
}

_KIND_WORDS = {
    "report": "report",
    "pull-request": "pull",
    "discussion": "mail",
    "stable-review": "review",
}
_NARROW = 80
_LETTERS = (("Acked-by", "A"), ("Reviewed-by", "R"), ("Tested-by", "T"), ("Nacked-by", "N"))


@dataclass(frozen=True, slots=True)
class Columns:
    """How wide each column is."""

    subject: int
    author: int
    reason: int
    checks: int = 0
    """0: there is no such column."""
    findings: int = 0


def columns(width: int, *, checks: bool = False, findings: bool = False) -> Columns:
    """Columns for a line of ``width`` cells: the subject first, then author, then reason.

    ``checks``: some row has results of bots to show; ``findings``: something was found in one.
    """
    results = 5 if checks else 0
    # What is left for the subject must name it: findings give way first.
    found = 3 if findings and width >= _NARROW else 0
    rest = max(20, width - 46 - sum(one + 1 for one in (results, found) if one))
    if width < 100:
        return Columns(rest, 14, 0, results, found)
    reason = min(44, rest // 2)
    return Columns(rest - reason - 1, 14, reason, results, found)


def flag(row: TopicRow | Line) -> str:
    """One character for the eye: ``!`` a regression, ``f`` a fix, ``~`` mangled or incomplete."""
    return _flag(row.marks)


# Most topics of a long list have such cells in common with others.
@lru_cache(maxsize=1000)
def _flag(marks: tuple[str, ...]) -> str:
    if "regression" in marks:
        return "!"
    if "mangled" in marks or "incomplete" in marks:
        return "~"
    return "f" if "fix" in marks else " "


def shape(row: TopicRow | Line) -> str:
    """``v3 5/5``, or the kind of a topic without patches."""
    return _shape(row.kind, row.revision, row.received, row.total)


@lru_cache(maxsize=1000)
def _shape(kind: str, revision: int, received: int, total: int) -> str:
    return _KIND_WORDS.get(kind) or f"v{revision} {received}/{total}"


def given(row: TopicRow | Line) -> str:
    """``A1 R2``: how many people gave which review trailer."""
    return _given(row.trailers)


@lru_cache(maxsize=1000)
def _given(trailers: tuple[tuple[str, int], ...]) -> str:
    counts = dict(trailers)
    return " ".join(f"{letter}{counts[name]}" for name, letter in _LETTERS if name in counts)


def reason_words(reason: str, landed: int, total: int) -> str:
    """Why it is somebody's turn; before it how much of it has landed already."""
    return f"{landed}/{total} landed: {reason}" if 0 < landed < total else reason


def state_words(row: TopicRow) -> str:
    """The state; with counts where its patches differ."""
    states = row.standing.states
    if len(states) > 1:
        done, total = dict(states).get("accepted", 0), sum(number for _, number in states)
        if done:
            return f"{done}/{total} accepted"
    return row.standing.state


def _line(line: Line, now: int, size: Columns) -> str:
    cells = [
        _flag(line.marks),
        fit(line.id[:6], 6),
        _shape_cell(line.kind, line.revision, line.received, line.total),
        fit(line.subject, size.subject),
        _author_cell(line.author, size.author),
        age(line.updated, now).ljust(4),
        _given_cell(line.trailers),
    ]
    if size.checks:
        cells.append(fit(signs(line), size.checks))
    if size.findings:
        cells.append(fit(finding_sign(line), size.findings))
    if size.reason:
        cells.append(_reason_cell(line.reason, line.landed, line.total, size.reason))
    return " ".join(cells).rstrip()


@lru_cache(maxsize=4096)
def _reason_cell(reason: str, landed: int, total: int, width: int) -> str:
    return fit(reason_words(reason, landed, total), width)


@lru_cache(maxsize=1000)
def _shape_cell(kind: str, revision: int, received: int, total: int) -> str:
    return fit(_shape(kind, revision, received, total), 8)


@lru_cache(maxsize=4096)
def _author_cell(author: str, width: int) -> str:
    return fit(author.partition(" <")[0].strip('"'), width)


@lru_cache(maxsize=1000)
def _given_cell(trailers: tuple[tuple[str, int], ...]) -> str:
    return fit(_given(trailers), 6)


def queue_text(rows: Iterable[TopicRow], now: int, width: int) -> Iterator[str]:
    """Lines of the whole queue, a heading before each group."""
    return list_text([line_of(row) for row in rows], now, width)


def list_text(lines: Sequence[Line], now: int, width: int) -> Iterator[str]:
    """The same of what lists show."""
    turn = None
    checks = any(line.checks or line.overdue for line in lines)
    findings = any(line.findings and finding_sign(line) for line in lines)
    size = columns(width, checks=checks, findings=findings)
    numbers = Counter(line.turn for line in lines)
    for line in lines:
        if line.turn != turn:
            if turn is not None:
                yield ""
            turn = line.turn
            yield f"{HEADINGS[Turn(turn)]} ({numbers[turn]})"
        yield _line(line, now, size)
    if not lines:
        yield "Nothing needs anybody. mkit list --all shows everything; mkit import brings mail in."
