# SPDX-License-Identifier: GPL-2.0-or-later
"""``doctor``: what is wrong inside, and the command that mends it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from maintainer_kit.model.decision.event import EventKind, decide
from maintainer_kit.model.decision.shadow import reconcile
from maintainer_kit.model.mail.text import count_of
from maintainer_kit.model.queue.intake import BUILT_IN
from maintainer_kit.workflow.batches import batched
from maintainer_kit.workflow.project import shown_messages
from maintainer_kit.workflow.searching import Wanted, What
from maintainer_kit.workflow.stores import Stores

_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, with the next step."""

    severity: str
    """error, warning or info."""
    message: str
    hint: str


def examine_stores(stores: Stores) -> Iterator[Finding]:
    """Compare the catalogue with what it is made from, without changing anything."""
    position = stores.catalogue.position()
    if position is None:
        if stores.index.count():
            yield Finding("warning", "the mail is not catalogued yet", "mkit sync")
        return
    revision = stores.index.revision()
    if position.index.uuid != revision.uuid:
        yield Finding("warning", "notmuch's database was made anew", "mkit sync")
        return
    behind = sum(1 for _ in stores.index.changed(position.index.lastmod))
    if behind:
        yield Finding(
            "info", f"{count_of(behind, 'message')} changed since the last sync", "mkit sync"
        )
    there, held = stores.index.count(), stores.catalogue.count()
    if there != held:
        words = f"notmuch has {count_of(there, 'message')}, the catalogue {held}"
        yield Finding("warning", words, "mkit sync")
    wrong = _wrong_tags(stores)
    if wrong:
        words = f"the tags of {count_of(wrong, 'message')} do not tell the state"
        yield Finding("warning", words, "mkit sync")
    yield from _ignored(stores)


def _ignored(stores: Stores) -> Iterator[Finding]:
    """What the built-in rule keeps out of the queue, which nobody has asked for: it is told. Rules
    of the user's own are known to the user."""
    found = stores.catalogue.topics_by(Wanted(What.IGNORED))
    rows = stores.catalogue.rows(found)
    unasked = sum(row.standing.ignored == BUILT_IN for row in rows)
    if unasked:
        words = f"{count_of(unasked, 'topic')} of patches that went to no list"
        hint = "look at mkit list --ignored; where they belong into the queue, see docs/intake.md"
        yield Finding("info", f"{words} kept out of the queue", hint)


def _wrong_tags(stores: Stores) -> int:
    view = stores.journal.read()
    decided = decide(view.groups)
    wrong = 0
    states = stores.states
    for batch in batched(sorted(stores.catalogue.message_ids()), _BATCH):
        shown = shown_messages(stores.catalogue, batch)
        for indexed in stores.index.find(batch):
            now = decided.get((indexed.message_id, EventKind.STATE))
            value = now.value if now else None
            shadow = reconcile(
                indexed.tags, value, value, shown=indexed.message_id in shown, states=states
            )
            wrong += not shadow.is_right
    return wrong
