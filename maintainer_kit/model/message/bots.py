# SPDX-License-Identifier: GPL-2.0-or-later
"""Programs that write to patch lists, recognised by data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from maintainer_kit.model.mail.person import Person


@dataclass(frozen=True, slots=True)
class Bot:
    """How one bot is known, and how its mail is read."""

    name: str
    address: re.Pattern[str]
    reports_failure: bool = False
    """Each of its mails about a patch is bad news."""
    failure: re.Pattern[str] | None = None
    """What its text says when the news is bad."""
    display: re.Pattern[str] | None = None
    """Its display name, for bots of many addresses."""


def _bot(
    name: str,
    address: str,
    *,
    reports: bool = False,
    failure: str | None = None,
    display: str | None = None,
) -> Bot:
    words = re.compile(failure, re.MULTILINE) if failure else None
    shown = re.compile(display) if display else None
    return Bot(name, re.compile(address, re.IGNORECASE), reports, words, shown)


BOTS = (
    _bot(
        "kernel test robot", r"^(?:lkp|oliver\.sang|fengguang\.wu)@intel\.com$|^lkp@", reports=True
    ),
    _bot("syzbot", r"^syzbot[+@]|syzkaller.*\.appspotmail\.com$", reports=True),
    _bot("patchwork-bot", r"^patchwork-bot\b.*@|^patchwork@"),
    _bot("tip-bot", r"^tip-bot2?@"),
    _bot("pr-tracker-bot", r"^pr-tracker-bot@"),
    _bot("kernelci", r"^bot@kernelci\.org$|^kernelci", failure=r"(?i)\bregressions?\b|\bfail"),
    _bot(
        "bluez.test.bot",
        r"^bluez\.test\.bot@",
        failure=r"(?m)\bFAIL\b|error: (?:corrupt patch|patch failed)",
    ),
    _bot(
        "list CI",
        r"^(?:ci|ci[-_.]?bot|robot|testbot|buildbot)@|@ci\.",
        failure=r"\bFAIL(?:ED)?\b",
        display=r"\bCI$",
    ),
    _bot("git-commits-head", r"^git-mailbomb|^gitolite@|^devnull@kernel\.org$"),
)


def find_bot(sender: Person) -> Bot | None:
    """The bot that a sender is, None for a person."""
    return _find_bot(sender.address, sender.name)


@lru_cache(maxsize=4096)
def _find_bot(address: str, name: str) -> Bot | None:
    return next(
        (
            bot
            for bot in BOTS
            if bot.address.search(address) or (bot.display and bot.display.search(name))
        ),
        None,
    )
