# SPDX-License-Identifier: GPL-2.0-or-later
"""How a bot is described: how it is known, and what its sentences mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from maintainer_kit.model.message.check import Outcome


@lru_cache(maxsize=512)
def regex(pattern: str) -> re.Pattern[str]:
    """A pattern of the table, compiled when it is first needed: most never are."""
    return re.compile(pattern, re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Rule:
    """What one sentence of a bot means. It is searched in the subject, an empty line and the text:
    ``\\A`` is where the subject begins."""

    pattern: str
    """Its group ``context`` names the test, ``outcome`` holds the word that tells the result."""
    outcome: Outcome | None = None
    """None: the word tells it."""
    context: str = ""
    """Which test, where the pattern has no such group."""
    each: bool = False
    """Every place is a result of its own: a table."""


@dataclass(frozen=True, slots=True)
class Bot:
    """One bot. A mail is its when its sender fits, and its wording where that is given."""

    name: str
    sender: str = ""
    """Searched in ``NAME <address>``, the address in lower case."""
    address: str = ""
    """Searched in the address alone, as configuration has it."""
    wording: str = ""
    """Of one that writes under a person's address: how a line begins that only it writes. Without
    ``sender``: how its text begins."""
    rules: tuple[Rule, ...] = ()
    """The first that is found decides; none: the mail is no result of a test."""
    links: tuple[str, ...] = ()
    """Where the result is explained, the best place first: group 1."""
    about: tuple[str, ...] = ()
    """Groups ``tree``, ``commit`` and ``title``; for each the first pattern that has it speaks."""
    series: bool = False
    """It tests series as a whole, and answers any of their mails."""
    reports_failure: bool = False
    """It speaks only when something is wrong: its warnings, too, are the author's to mend."""


_WORDS = {
    Outcome.SUCCESS: "success pass passed successful ok improvement done reviewed approved"
    " tolerable",
    Outcome.WARNING: "warning warnings warn unstable missed waived",
    Outcome.FAIL: "fail fails failed failure error errors regression regressions conflict"
    " panicked exception",
    Outcome.PENDING: "pending incomplete running queued",
}
OUTCOMES = {word: outcome for outcome, words in _WORDS.items() for word in words.split()} | {
    "all pass": Outcome.SUCCESS,
    "needs revision": Outcome.WARNING,
    "success with warning": Outcome.WARNING,
    "success with unverified warning": Outcome.WARNING,
}
"""What the words of bots mean, in lower case. One that is not here, like SKIP, gives no result."""
