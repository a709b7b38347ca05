# SPDX-License-Identifier: GPL-2.0-or-later
"""The menu of topics that another may be a revision of; they are looked up meanwhile."""

from __future__ import annotations

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.render.age import age
from maintainer_kit.tui.parts.menu import Choice, Menu
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.workflow.stores import Stores

LINK_TYPED = "?"


def link_menu(look: Look) -> Menu:
    """Gives a topic's id, or LINK_TYPED."""
    choices = (Choice("o", "another topic", LINK_TYPED, "type its id, or a Message-ID"),)
    return Menu(look, "link to", choices, width=98, note="looking for what is alike")


def likely(stores: Stores, row: TopicRow) -> tuple[list[Choice], str]:
    """Lines for topics that may be meant, a number key each; and a note below."""
    from maintainer_kit.workflow.likely import likely_kin

    now = stores.clock() // 1_000_000
    lines = [
        Choice(str(number), f"{one.id[:6]} v{one.revision} {one.subject}", one.id, _more(one, now))
        for number, one in enumerate(likely_kin(stores, row), 1)
    ]
    return lines, "" if lines else "no other series of this author has a title like it"


def _more(row: TopicRow, now: int) -> str:
    return visible_line(f"{age(row.updated, now)}, {row.standing.state}")
