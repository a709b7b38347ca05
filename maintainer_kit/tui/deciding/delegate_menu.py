# SPDX-License-Identifier: GPL-2.0-or-later
"""The menu of those to whom a topic can be given; who reviewed the like is looked up meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from maintainer_kit.model.queue.delegation_rules import ME_WORD, NOBODY_WORD
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.tui.parts.menu import Choice, Menu
from maintainer_kit.tui.parts.themes import Look
from maintainer_kit.workflow.decide import Plan
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.targets import Target

if TYPE_CHECKING:
    from maintainer_kit.workflow.suggesting import Suggestion

DELEGATE_TYPED = "?"
BY_RULES = ""


def delegate_menu(look: Look) -> Menu:
    """Gives a person as one would type it, DELEGATE_TYPED, or nothing for the rules."""
    choices = (
        Choice("m", "me", ME_WORD),
        Choice("n", "nobody", NOBODY_WORD, "whatever the rules say"),
        Choice("r", "by the rules", BY_RULES, "of mkit.delegate"),
        Choice("o", "somebody else", DELEGATE_TYPED, "type a name or an address"),
    )
    return Menu(look, "delegate to", choices, width=98, note="looking who reviewed the like")


def suggested(stores: Stores, row: TopicRow) -> tuple[list[Choice], str]:
    """Lines for people who know the files, a number key each; and a note below."""
    from maintainer_kit.adapters.catalogue.parties import PartyTable
    from maintainer_kit.wiring.maintainers_known import known_maintainers
    from maintainer_kit.wiring.workspace import open_workspace
    from maintainer_kit.workflow.suggesting import suggest

    with open_workspace() as workspace:
        history = PartyTable(workspace.catalogue.db, workspace.catalogue.path)
        found = suggest(stores, row, history, known_maintainers(stores.settings))
    lines = [_line(str(number), one) for number, one in enumerate(found[:9], 1)]
    note = "" if lines else "nobody is known who reviewed what it touches"
    return lines, note if row.total else "there is no patch to go by"


def _line(key: str, one: Suggestion) -> Choice:
    """The reason before the address: that gives way where there is little room."""
    name, address = one.person.name, one.person.address
    more = f"{one.reason}, {address}" if name else one.reason
    return Choice(key, name or address, str(one.person), more)


def plan(stores: Stores, word: str, targets: Sequence[Target]) -> Plan:
    """Give topics to whom a word means. Raises NotFound and Refused as ``find_person`` does."""
    from maintainer_kit.wiring.maintainers_known import known_maintainers
    from maintainer_kit.workflow.delegating import plan_delegate
    from maintainer_kit.workflow.known_people import find_person

    if word == BY_RULES:
        return plan_delegate(None, targets)
    sources = partial(known_maintainers, stores.settings)
    return plan_delegate(find_person(stores, word, sources), targets)
