# SPDX-License-Identifier: GPL-2.0-or-later
"""Mailing lists as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.render.age import age
from maintainer_kit.render.cells import cell_width, fit
from maintainer_kit.render.envelope import Json, envelope, utc
from maintainer_kit.render.sparkline import WEEK, counted, sparkline
from maintainer_kit.workflow.lists import ListFacts

_WIDEST = 60
_COLUMNS = 13
_STEP = 2 * WEEK
ACTIVITY = _COLUMNS * _STEP
"""Seconds that the activity of a list is shown of: half a year."""

Dates = Mapping[str, Sequence[int]]
"""When mails were written, by the name of the list."""
_NO_DATES: Dates = {}


def lists_text(
    lists: Sequence[ListFacts], now: int, dates: Dates = _NO_DATES, *, plain: bool = False
) -> Iterator[str]:
    """A line for each, under a heading; two weeks a column of its activity."""
    if not lists:
        yield "No mail came by a list yet; mkit.list says which ones you maintain."
        return
    names = [visible_line(one.count.name) for one in lists]
    width = min(_WIDEST, max(map(cell_width, names)))
    profiles = max(7, *(cell_width(one.profile) for one in lists))
    head = f"{fit('list', width)}  open topics  last {fit('half a year', _COLUMNS)}"
    yield f"{head} {fit('profile', profiles)} besides"
    for name, one in zip(names, lists, strict=True):
        count = one.count
        last = age(count.updated, now) if count.topics else "-"
        drawn = sparkline(_activity(one, now, dates), plain=plain)
        cells = f"{fit(name, width)} {count.open:>5} {count.topics:>6}  {last:<4} {drawn}"
        yield f"{cells} {fit(one.profile, profiles)} {_besides(one)}".rstrip()


def _besides(one: ListFacts) -> str:
    words = ["yours"] if one.is_mine else []
    words += ["confidential"] if one.is_confidential else []
    words += [f"archive {one.archive}"] if one.archive else []
    words += [f"tree {one.tree}"] if one.tree else []
    return visible_line(", ".join(words))


def _activity(one: ListFacts, now: int, dates: Dates) -> list[int]:
    return counted(dates.get(one.count.name, ()), now, _STEP, _COLUMNS)


def lists_json(lists: Sequence[ListFacts], now: int, dates: Dates = _NO_DATES) -> Json:
    """The contract of ``lists``."""
    return envelope(
        lists=[
            {
                "name": one.count.name,
                "topics": one.count.topics,
                "open": one.count.open,
                "updated": utc(one.count.updated),
                "activity": _activity(one, now, dates),
                "maintained": one.is_mine,
                "confidential": one.is_confidential,
                "profile": one.profile,
                "archive": one.archive or None,
                "tree": one.tree or None,
            }
            for one in lists
        ]
    )
