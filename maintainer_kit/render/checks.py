# SPDX-License-Identifier: GPL-2.0-or-later
"""Results of bots: in words, and JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.message.check import Outcome

if TYPE_CHECKING:  # a list shows no mail: see workflow/position.py
    from maintainer_kit.model.message.check import Check
    from maintainer_kit.model.message.message import Message
    from maintainer_kit.model.queue.line import Line
    from maintainer_kit.model.queue.row import TopicRow
    from maintainer_kit.model.topic.checks import Result

_GOOD = frozenset({Outcome.SUCCESS, Outcome.PENDING})
_SIGNS = (
    (Outcome.FAIL, "x"),
    (Outcome.WARNING, "!"),
    (Outcome.PENDING, "?"),
    (Outcome.SUCCESS, "+"),
)


def counts_json(checks: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The number of each outcome, 0 included."""
    counts = dict(checks)
    return {outcome.value: counts.get(outcome.value, 0) for outcome in Outcome}


def results_json(results: Sequence[Result]) -> list[dict[str, Any]]:
    return [_check_json(one.check, one.message) for one in results]


def bot_json(message: Message) -> dict[str, Any]:
    """What a mail says as a bot's."""
    from maintainer_kit.model.topic.checks import is_fixup

    return {
        "bot": message.bot or None,
        "fixup": is_fixup(message),
        "checks": [_check_json(check, message) for check in message.checks],
    }


def _check_json(check: Check, message: Message) -> dict[str, Any]:
    return {
        "context": check.context,
        "outcome": check.outcome.value,
        "url": check.url or None,
        "message_id": message.message_id,
        "about": check.about or None,
    }


def signs(row: TopicRow | Line) -> str:
    """``x1 !2``: the worst outcome first, good news only where there is no bad; ``late`` for a bot
    that is overdue."""
    counts = dict(row.checks)
    bad = [f"{sign}{counts[one]}" for one, sign in _SIGNS[:2] if counts.get(one)]
    good = [f"{sign}{counts[one]}" for one, sign in _SIGNS[2:] if counts.get(one)]
    late = ["late"] if row.overdue else []
    return " ".join(bad or late or good[:1])


def row_text(row: TopicRow) -> Iterator[str]:
    """Lines of the head of ``mkit show``."""
    if row.checks:
        yield f"  checks     {_counted(dict(row.checks))}"
    if row.awaited:
        yield f"  awaited    {visible_line(', '.join(row.awaited))}"
    if row.overdue:
        yield f"  overdue    {visible_line(', '.join(row.overdue))}"


def results_text(results: Sequence[Result], indent: str) -> Iterator[str]:
    """How many there are, and each that is not good with its link."""
    if not results:
        return
    counts = Counter(one.check.outcome.value for one in results)
    yield f"{indent}checks: {_counted(counts)}"
    for one in results:
        if one.check.outcome not in _GOOD:
            yield f"{indent}  {_words(one.check)}"


def fixup_text(message: Message, indent: str) -> Iterator[str]:
    """What a bot offers to be folded into a patch."""
    from maintainer_kit.model.topic.checks import is_fixup

    if is_fixup(message):
        words = f"fixup offered by {message.bot}: {message.message_id}"
        yield f"{indent}{visible_line(words)}"


def _words(check: Check) -> str:
    about = f" on {check.about}" if check.about else ""
    url = f"  {check.url}" if check.url else ""
    return visible_line(f"{check.outcome.value}: {check.context}{about}{url}")


def _counted(counts: dict[str, int] | Counter[str]) -> str:
    return ", ".join(f"{counts[one]} {one.value}" for one in Outcome if counts.get(one))
