# SPDX-License-Identifier: GPL-2.0-or-later
"""A bot's mail as results of checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from maintainer_kit.model.mail.text import storable
from maintainer_kit.model.message.bot import OUTCOMES, Bot, Rule, regex
from maintainer_kit.model.message.check import Check, Outcome

_HEAD = 48 << 10
_TAIL = 16 << 10
_MAX_CHECKS = 200
_SHORT_COMMIT = 12


def checks_of(bot: Bot, subject: str, text: str) -> tuple[Check, ...]:
    """What a bot's mail says about each test that it ran; ``subject`` as it stands in the mail."""
    if not bot.rules:
        return ()
    # What a bot has to say stands at the top, its links at the end; between them lie logs.
    if len(text) > _HEAD + _TAIL:
        text = f"{text[:_HEAD]}\n{text[-_TAIL:]}"
    whole = f"{subject}\n\n{text}"
    results = next((found for rule in bot.rules if (found := dict(_results(rule, whole)))), {})
    if not results:
        return ()
    url = _first(bot.links, whole)
    about = _about(bot.about, whole)
    return tuple(
        Check(storable(_context(bot, test)), outcome, storable(url), storable(about), bot.series)
        for test, outcome in results.items()
    )


def says_failed(bot: Bot | None, checks: Iterable[Check]) -> bool:
    """Whether a bot's mail gives the author something to mend."""
    warns = bot is not None and bot.reports_failure
    return any(
        one.outcome is Outcome.FAIL or (warns and one.outcome is Outcome.WARNING) for one in checks
    )


def _results(rule: Rule, whole: str) -> Iterator[tuple[str, Outcome]]:
    """Each test with its result; of a test that is named twice the last word counts."""
    pattern = regex(rule.pattern)
    for number, match in enumerate(pattern.finditer(whole)):
        if number == (_MAX_CHECKS if rule.each else 1):
            return
        outcome = rule.outcome or OUTCOMES.get(match["outcome"].lower())
        test = match["context"].strip() if "context" in pattern.groupindex else rule.context
        if outcome is not None:
            yield test, outcome


def _context(bot: Bot, test: str) -> str:
    return f"{bot.name}/{test}" if test else bot.name


def _first(links: Iterable[str], whole: str) -> str:
    found = (regex(link).search(whole) for link in links)
    return next((match[1].rstrip(".,;)'") for match in found if match), "")


def _about(patterns: Iterable[str], whole: str) -> str:
    """``tree:branch 0123456789ab ("title")``, with what there is of it."""
    named: dict[str, str] = {}
    for pattern in patterns:
        if match := regex(pattern).search(whole):
            named = {k: v.strip() for k, v in match.groupdict().items() if v} | named
    title = named.get("title", "")
    parts = (
        named.get("tree", ""),
        named.get("commit", "")[:_SHORT_COMMIT],
        f'("{title}")' if title else "",
    )
    return " ".join(part for part in parts if part)
