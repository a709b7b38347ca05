# SPDX-License-Identifier: GPL-2.0-or-later
"""Mailing lists as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.render.age import age
from maintainer_kit.render.cells import cell_width, fit
from maintainer_kit.render.envelope import Json, envelope, utc
from maintainer_kit.workflow.lists import ListFacts

_WIDEST = 60


def lists_text(lists: Sequence[ListFacts], now: int) -> Iterator[str]:
    """A line for each, under a heading."""
    if not lists:
        yield "No mail came by a list yet; mkit.list says which ones you maintain."
        return
    names = [visible_line(one.count.name) for one in lists]
    width = min(_WIDEST, max(map(cell_width, names)))
    profiles = max(7, *(cell_width(one.profile) for one in lists))
    yield f"{fit('list', width)}  open topics  last {fit('profile', profiles)} besides"
    for name, one in zip(names, lists, strict=True):
        count = one.count
        last = age(count.updated, now) if count.topics else "-"
        cells = f"{fit(name, width)} {count.open:>5} {count.topics:>6}  {last:<4}"
        yield f"{cells} {fit(one.profile, profiles)} {_besides(one)}".rstrip()


def _besides(one: ListFacts) -> str:
    words = ["yours"] if one.is_mine else []
    words += ["confidential"] if one.is_confidential else []
    words += [f"archive {one.archive}"] if one.archive else []
    words += [f"tree {one.tree}"] if one.tree else []
    return visible_line(", ".join(words))


def lists_json(lists: Sequence[ListFacts]) -> Json:
    """The contract of ``lists``."""
    return envelope(
        lists=[
            {
                "name": one.count.name,
                "topics": one.count.topics,
                "open": one.count.open,
                "updated": utc(one.count.updated),
                "maintained": one.is_mine,
                "confidential": one.is_confidential,
                "profile": one.profile,
                "archive": one.archive or None,
                "tree": one.tree or None,
            }
            for one in lists
        ]
    )
