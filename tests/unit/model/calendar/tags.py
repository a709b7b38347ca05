# SPDX-License-Identifier: GPL-2.0-or-later
"""Lists of tags as projects make them."""

from __future__ import annotations

from datetime import UTC, datetime

from maintainer_kit.model.calendar.version import Tag

DAY = 86_400


def at(day: str, hour: int = 20) -> int:
    """Seconds since the epoch, of an evening."""
    return int(datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC).timestamp())


def named(**dates: str) -> list[Tag]:
    """``v6_18="2025-11-30"``: a tag v6.18 of that day; two underscores are a hyphen."""
    return [Tag(name.replace("__", "-").replace("_", "."), at(day)) for name, day in dates.items()]


def kernel(cycles: dict[str, int], start: str = "2025-01-19", first: str = "v6.13") -> list[Tag]:
    """A kernel's tags: ``first`` on the day ``start``, then each release with so many candidates,
    the first two weeks after the release before it, each other a week after the last."""
    found = [Tag(first, at(start))]
    now = at(start)
    for name, candidates in cycles.items():
        now += 7 * DAY
        for number in range(1, candidates + 1):
            now += 7 * DAY
            found.append(Tag(f"{name}-rc{number}", now))
        now += 7 * DAY
        found.append(Tag(name, now))
    return found
