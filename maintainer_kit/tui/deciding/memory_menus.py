# SPDX-License-Identifier: GPL-2.0-or-later
"""Menus: until when to snooze, and whether to keep something to oneself."""

from __future__ import annotations

from datetime import UTC, datetime

from maintainer_kit.model.decision.event import NO, YES
from maintainer_kit.model.decision.moment import read_moment
from maintainer_kit.tui.parts.menu import Choice, Menu
from maintainer_kit.tui.parts.themes import Look

UNTIL_MAIL = "mail"
SNOOZE_TYPED = EMBARGO_TYPED = "?"

_MOMENTS = (
    ("t", "tomorrow", "tomorrow"),
    ("w", "next week", "monday"),
    ("2", "two weeks", "2w"),
    ("m", "a month", "1m"),
)


def snooze_menu(look: Look, now: int) -> Menu:
    """Gives a time as people say it, UNTIL_MAIL, SNOOZE_TYPED, or nothing to wake up."""
    choices = [Choice(key, words, value, _day(value, now)) for key, words, value in _MOMENTS]
    choices += [
        Choice("n", "until new mail comes", UNTIL_MAIL),
        Choice("u", "until \u2026" if not look.is_plain else "until ...", SNOOZE_TYPED, "a time"),
        Choice("o", "wake up", "", "no longer"),
    ]
    return Menu(look, "snooze", choices, width=46)


def _day(value: str, now: int) -> str:
    """The day that a time means: ``Mon 2026-01-26``."""
    moment = datetime.fromtimestamp(read_moment(value, now), UTC)
    return f"{moment:%a %Y-%m-%d}"


def confidential_menu(look: Look) -> Menu:
    """Gives the value of an event, or EMBARGO_TYPED. One slip of a key is to make nothing
    public."""
    choices = (
        Choice("c", "confidential", YES, "never shared, served or mailed"),
        Choice("u", "until \u2026" if not look.is_plain else "until ...", EMBARGO_TYPED, "embargo"),
        Choice("p", "public", NO, "whatever its list says"),
    )
    return Menu(look, "confidential", choices, width=54)
