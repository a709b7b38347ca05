# SPDX-License-Identifier: GPL-2.0-or-later
"""What is tracked, as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.render.age import age
from maintainer_kit.render.envelope import Json, envelope, utc
from maintainer_kit.workflow.tracking import Tracked


def tracked_lines(searches: Sequence[Tracked], now: int) -> Iterator[str]:
    """A line each: name, when it was repeated with success, what came, and what it is."""
    width = max((len(one.name) for one in searches), default=0)
    for one in searches:
        when = f"{age(one.updated, now)} ago" if one.updated else "never"
        mark = "  (cut short: mkit pull --tracked)" if one.is_open else ""
        mails = count_of(one.mails, "mail")
        yield f"{one.name:<{width}}  {when:>8}  {mails:>10}  {visible_line(one.what)}{mark}"


def tracked_json(searches: Sequence[Tracked]) -> Json:
    """By docs/schemas/track.json."""
    return envelope(
        tracked=[
            {
                "name": one.name,
                "what": one.what,
                "query": one.query,
                "places": list(one.places),
                "updated": utc(one.updated),
                "mails": one.mails,
                "complete": not one.is_open,
            }
            for one in searches
        ]
    )
