# SPDX-License-Identifier: GPL-2.0-or-later
"""The queue as text: grouped by whose turn it is, one line a topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.queue.verdict import Turn
from maintainer_kit.render.age import age
from maintainer_kit.render.cells import fit
from maintainer_kit.render.checks import signs
from maintainer_kit.render.topic_findings import finding_sign

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


def flag(row: TopicRow) -> str:
    """One character for the eye: ``!`` a regression, ``f`` a fix, ``~`` mangled or incomplete."""
    if "regression" in row.marks:
        return "!"
    if "mangled" in row.marks or "incomplete" in row.marks:
        return "~"
    return "f" if "fix" in row.marks else " "


def shape(row: TopicRow) -> str:
    """``v3 5/5``, or the kind of a topic without patches."""
    word = _KIND_WORDS.get(row.kind)
    if word:
        return word
    revision = f"v{row.revision}"
    return f"{revision} {row.received}/{row.total}"


def given(row: TopicRow) -> str:
    """``A1 R2``: how many people gave which review trailer."""
    if not row.trailers:
        return ""
    counts = dict(row.trailers)
    return " ".join(f"{letter}{counts[name]}" for name, letter in _LETTERS if name in counts)


def state_words(row: TopicRow) -> str:
    """The state; with counts where its patches differ."""
    states = row.standing.states
    if len(states) > 1:
        done, total = dict(states).get("accepted", 0), sum(number for _, number in states)
        if done:
            return f"{done}/{total} accepted"
    return row.standing.state


def queue_line(
    row: TopicRow, now: int, width: int, *, checks: bool = False, findings: bool = False
) -> str:
    """One row, exactly ``width`` cells or less."""
    return _line(row, now, columns(width, checks=checks, findings=findings))


def _line(row: TopicRow, now: int, size: Columns) -> str:
    author = row.author.partition(" <")[0].strip('"')
    cells = [
        flag(row),
        _own(row.id[:6], 6),
        _own(shape(row), 8),
        fit(row.subject, size.subject),
        fit(author, size.author),
        _own(age(row.updated, now), 4),
        _own(given(row), 6),
    ]
    if size.checks:
        cells.append(fit(signs(row), size.checks))
    if size.findings:
        cells.append(fit(finding_sign(row), size.findings))
    if size.reason:
        cells.append(fit(row.standing.verdict.reason, size.reason))
    return " ".join(cells).rstrip()


def _own(words: str, width: int) -> str:
    """``fit`` for words of our own, which are ASCII: most of a long list's time goes there."""
    return words.ljust(width) if len(words) <= width else fit(words, width)


def queue_text(rows: Iterable[TopicRow], now: int, width: int) -> Iterator[str]:
    """Lines of the whole queue, a heading before each group."""
    turn = None
    listed = list(rows)
    checks = any(row.checks or row.overdue for row in listed)
    findings = any(row.findings and finding_sign(row) for row in listed)
    size = columns(width, checks=checks, findings=findings)
    numbers = Counter(row.standing.verdict.turn for row in listed)
    for row in listed:
        if row.standing.verdict.turn is not turn:
            if turn is not None:
                yield ""
            turn = row.standing.verdict.turn
            yield f"{HEADINGS[turn]} ({numbers[turn]})"
        yield _line(row, now, size)
    if not listed:
        yield "Nothing needs anybody. mkit list --all shows everything; mkit import brings mail in."
