# SPDX-License-Identifier: GPL-2.0-or-later
"""Programs that write to patch lists, recognised by data (``bot_table``) and configuration."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from maintainer_kit.errors import ConfigError
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.bot import Bot, Rule, regex
from maintainer_kit.model.message.bot_table import BOTS, LIST_CI
from maintainer_kit.model.message.check import Outcome

_BEGINNING = 400
"""How much of a text is looked at for how it begins."""


class Bots:
    """The bots that are known: those of the table, and before them what the user configured."""

    def __init__(self, configured: Sequence[Bot] = ()) -> None:
        table = (*configured, *BOTS)
        self._named = tuple(bot for bot in table if bot.sender or bot.address)
        self._wordy = tuple(bot for bot in table if bot not in self._named)
        # It is asked for every mail, and most come from few people.
        self._from = lru_cache(maxsize=4096)(self._sent_by)

    def find(self, sender: Person, text: str = "") -> Bot | None:
        """The bot that wrote a mail; None when a person did."""
        for bot in self._from(sender.key, sender.name):
            if not bot.wording or text.startswith(bot.wording) or f"\n{bot.wording}" in text:
                return bot
        beginning = text[:_BEGINNING].lstrip()
        return next((bot for bot in self._wordy if beginning.startswith(bot.wording)), None)

    def _sent_by(self, address: str, name: str) -> tuple[Bot, ...]:
        full = f"{name} <{address}>"
        return tuple(
            bot
            for bot in self._named
            if (bot.sender and regex(bot.sender).search(full))
            or (bot.address and regex(bot.address).search(address))
        )


BUILT_IN = Bots()


def find_bot(sender: Person, text: str = "") -> Bot | None:
    """The bot of the table that wrote a mail; None when a person did."""
    return BUILT_IN.find(sender, text)


@lru_cache(maxsize=4)
def configured_bots(lines: tuple[str, ...]) -> Bots:
    """The table with the bots of ``mkit.bot`` before it.

    Raises ConfigError for a line that cannot be understood.
    """
    return Bots([_read_line(line) for line in lines]) if lines else BUILT_IN


def _read_line(line: str) -> Bot:
    """``NAME ADDRESS-REGEX [fail=REGEX]``; the name may have spaces, and so may the last."""
    head, mark, failure = line.partition(" fail=")
    name, _, address = head.strip().rpartition(" ")
    if not name or (mark and not failure.strip()):
        raise ConfigError(
            f"mkit.bot is {line!r}, which names no bot",
            "git config mkit.bot 'NAME ADDRESS-REGEX fail=REGEX'",
        )
    # Addresses are compared in lower case.
    sender = f"(?i:{address})"
    for pattern in (address, sender, failure.strip()):
        _check_regex(line, pattern)
    if not mark:
        return Bot(name.strip(), address=sender, rules=LIST_CI)
    rules = (Rule(failure.strip(), Outcome.FAIL), Rule("", Outcome.SUCCESS))
    return Bot(name.strip(), address=sender, rules=rules)


def _check_regex(line: str, pattern: str) -> None:
    try:
        regex(pattern)
    except re.error as error:
        raise ConfigError(
            f"mkit.bot {line!r}: {pattern!r} is no regular expression: {error}",
            "git config --get-all mkit.bot",
        ) from error
