# SPDX-License-Identifier: GPL-2.0-or-later
"""Views as text and as JSON: what each is called, how much is in it, what it asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.render.cells import cell_width, fit
from maintainer_kit.render.json_topics import Json, envelope
from maintainer_kit.workflow.listing import Holding


def views_text(holdings: Sequence[Holding]) -> Iterator[str]:
    """A line for each view."""
    name = max(cell_width(one.view.name) for one in holdings)
    words = max(cell_width(visible_line(one.view.words)) for one in holdings)
    for one in holdings:
        count = "-" if one.topics is None else str(one.topics)
        asks = one.why or one.view.query or "*"
        cells = (fit(one.view.name, name), count.rjust(6), fit(one.view.words, words))
        yield " ".join((*cells, visible_line(asks))).rstrip()


def views_json(holdings: Sequence[Holding]) -> Json:
    """The contract of ``views``."""
    return envelope(
        views=[
            {
                "name": one.view.name,
                "words": one.view.words,
                "query": one.view.query,
                "topics": one.topics,
            }
            for one in holdings
        ]
    )
