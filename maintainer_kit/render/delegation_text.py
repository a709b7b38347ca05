# SPDX-License-Identifier: GPL-2.0-or-later
"""Who could decide about a topic, and what rules of delegation come to: as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.queue.delegation_rules import NOBODY_WORD, Rule
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.render.cells import cell_width, fit
from maintainer_kit.render.json_topics import Json, envelope
from maintainer_kit.workflow.delegating import Spoken
from maintainer_kit.workflow.suggesting import Suggestion

_WIDEST = 56

Remarks = Mapping[int, Sequence[str]]
"""What is to be said of a rule, by its number."""


def suggestion_lines(row: TopicRow, found: Sequence[Suggestion]) -> Iterator[str]:
    """A line for each person, the most likely first."""
    if not row.total:
        yield f"{row.id} has no patch to go by"
    elif not found:
        yield f"nobody is known who reviewed what {row.id} touches"
    whom = [visible_line(str(one.person)) for one in found]
    width = _width(whom)
    for who, one in zip(whom, found, strict=True):
        yield f"{_cell(who, width)}  {visible_line(one.reason)}"


def suggestions_json(row: TopicRow, found: Sequence[Suggestion]) -> Json:
    """``{"id", "suggestions": [{"person", "reason"}]}``."""
    listed = [{"person": str(one.person), "reason": one.reason} for one in found]
    return envelope(id=row.id, suggestions=listed)


def rule_lines(spoken: Spoken, remarks: Remarks) -> Iterator[str]:
    """A table of the rules in their order, then what no rule has decided."""
    if not spoken.rules:
        yield "mkit.delegate has no rules; docs/delegation.md tells how to write one"
    whom = [visible_line(_who(rule)) for rule, _ in spoken.rules]
    width = _width([*whom, "to"])
    if spoken.rules:
        yield f"rule   open  {fit('to', width)}  conditions"
    for who, (rule, number) in zip(whom, spoken.rules, strict=True):
        told = "".join(f"  ({visible_line(one)})" for one in remarks.get(rule.number, ()))
        yield f"{rule.number:>4} {number:>6}  {_cell(who, width)}  {rule.words}{told}"
    yield f"by hand {spoken.by_hand}, by nobody {spoken.by_nobody}"


def rules_json(spoken: Spoken, remarks: Remarks) -> Json:
    """``{"rules": [{"number", "who", "conditions", "open", "remarks"}], ...}``."""
    listed = [
        {
            "number": rule.number,
            "who": str(rule.who) if rule.who.address else None,
            "conditions": rule.words,
            "open": number,
            "remarks": list(remarks.get(rule.number, ())),
        }
        for rule, number in spoken.rules
    ]
    return envelope(rules=listed, by_hand=spoken.by_hand, by_nobody=spoken.by_nobody)


def _who(rule: Rule) -> str:
    return str(rule.who) if rule.who.address else NOBODY_WORD


def _width(texts: Sequence[str]) -> int:
    return min(_WIDEST, max(map(cell_width, texts), default=0))


def _cell(text: str, width: int) -> str:
    """An address that is cut is none: the table gives way."""
    return text if cell_width(text) > width else fit(text, width)
