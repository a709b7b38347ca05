# SPDX-License-Identifier: GPL-2.0-or-later
"""Absence, as a decision about no message: from when, until when, and who decides meanwhile."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from datetime import UTC, datetime

from maintainer_kit.model.decision.event import Decisions, EventKind

NO_MESSAGE = ""
"""What a decision to be away is about."""
_FORM = "%Y-%m-%dT%H:%M:%SZ"
_LAST = 253_402_300_799
"""The last second of the year 9999, behind which there are no dates."""


@dataclass(frozen=True, slots=True)
class Away:
    """One absence; times in seconds since the epoch."""

    since: int
    until: int
    delegate: str = ""
    """Who decides what no rule gives to anybody: ``Name <address>``, or an address; empty for
    nobody."""

    def holds(self, now: int) -> bool:
        """Whether it lasts at ``now``."""
        return self.since <= now < self.until


def dump_away(away: Away) -> str:
    """As an event holds it: ``from:TIME until:TIME``, and behind that ``delegate:WHO``."""
    words = [f"from:{_iso(away.since)}", f"until:{_iso(away.until)}"]
    if away.delegate:
        words.append(f"delegate:{' '.join(away.delegate.split())}")
    return " ".join(words)


def deputy_rule(away: Away) -> str:
    """Who decides meanwhile, as a line of ``mkit.delegate`` that comes after all others; empty
    where nobody does."""
    return f"{shlex.quote(away.delegate)} when=away" if away.delegate else ""


def load_away(value: str) -> Away | None:
    """What ``dump_away`` gave; None for back again, and for what cannot be understood."""
    times, _, delegate = value.partition(" delegate:")
    words = dict(word.partition(":")[::2] for word in times.split())
    since, until = _seconds(words.get("from", "")), _seconds(words.get("until", ""))
    return Away(since, until, delegate.strip()) if 0 < since < until else None


def last_away(decisions: Decisions) -> Away | None:
    """The absence that was decided last, over or not; None after ``--back``.

    ``decisions`` are those about ``NO_MESSAGE``, or more.
    """
    found = decisions.get((NO_MESSAGE, EventKind.AWAY))
    return load_away(found.value) if found else None


def away_at(decisions: Decisions, now: int) -> Away | None:
    """The absence that lasts at ``now``."""
    found = last_away(decisions)
    return found if found and found.holds(now) else None


def away_until(decisions: Decisions, now: int) -> int:
    """Until when its owner is away, in seconds since the epoch; 0 who is there."""
    found = away_at(decisions, now)
    return found.until if found else 0


def _iso(seconds: int) -> str:
    return datetime.fromtimestamp(min(max(0, seconds), _LAST), UTC).strftime(_FORM)


def _seconds(text: str) -> int:
    try:
        return int(datetime.strptime(text, _FORM).replace(tzinfo=UTC).timestamp())
    except ValueError:
        return 0
