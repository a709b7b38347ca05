# SPDX-License-Identifier: GPL-2.0-or-later
"""Out of the queue until something happens: a date, new mail, or a tag in git."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

from maintainer_kit.lazy.dataclass import dataclass

NEVER = 1 << 62
"""Later than any clock says."""


@dataclass(frozen=True, slots=True)
class Snooze:
    """What a snoozed patch waits for; whatever comes first brings its topic back."""

    until: int = 0
    """Seconds since the epoch; 0 for no date."""
    mails: int | None = None
    """More mails than these in its topic are new mail; None when mail does not matter."""
    tag: str = ""
    """A tag of git; empty for none."""

    def __bool__(self) -> bool:
        return bool(self.until or self.mails is not None or self.tag)

    def has_mail(self, mails: int) -> bool:
        """Whether new mail has come to a topic of ``mails`` messages."""
        return self.mails is not None and mails > self.mails

    def over(self, mails: int, now: int, tags: Collection[str]) -> str:
        """What has brought the topic back, in words; empty as long as it is away."""
        if self.has_mail(mails):
            return "new mail came"
        if 0 < self.until <= now:
            return f"snoozed until {_day(self.until)}"
        return f"{self.tag} was tagged" if self.tag and self.tag in tags else ""

    @property
    def words(self) -> str:
        """``until 2026-12-01 or new mail``."""
        found = [f"until {_day(self.until)}"] if self.until else []
        if self.mails is not None:
            found.append("until new mail" if not found else "new mail")
        if self.tag:
            found.append(f"until {self.tag} is tagged" if not found else f"{self.tag} is tagged")
        return " or ".join(found)

    @property
    def wake(self) -> int:
        """When a clock alone brings it back, seconds since the epoch."""
        return self.until or NEVER


AWAKE = Snooze()


def dump_snooze(snooze: Snooze) -> str:
    """As an event holds it: ``until:2026-12-01T00:00:00Z mail:12 tag:v6.13``."""
    words = []
    if snooze.until:
        moment = datetime.fromtimestamp(snooze.until, UTC)
        words.append(f"until:{moment:%Y-%m-%dT%H:%M:%SZ}")
    if snooze.mails is not None:
        words.append(f"mail:{snooze.mails}")
    if snooze.tag:
        words.append(f"tag:{snooze.tag}")
    return " ".join(words)


def load_snooze(value: str) -> Snooze:
    """What ``dump_snooze`` gave; what cannot be understood snoozes nothing."""
    until, mails, tag = 0, None, ""
    for word in value.split():
        name, _, rest = word.partition(":")
        if name == "until":
            until = _seconds(rest)
        elif name == "mail" and rest.isdecimal() and rest.isascii() and len(rest) < 10:
            mails = int(rest)
        elif name == "tag":
            tag = rest
    return Snooze(until, mails, tag)


def _seconds(text: str) -> int:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return 0
    return max(0, int(moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()))


def _day(seconds: int) -> str:
    moment = datetime.fromtimestamp(min(seconds, 253402300799), UTC)
    return f"{moment:%Y-%m-%d}" if seconds % 86400 == 0 else f"{moment:%Y-%m-%d %H:%M} UTC"
