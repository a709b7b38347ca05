# SPDX-License-Identifier: GPL-2.0-or-later
"""From the words of orders to decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maintainer_kit.errors import Refused
from maintainer_kit.model.decision.event import Event, EventKind
from maintainer_kit.model.decision.state import spelt
from maintainer_kit.model.mail.person import NOBODY, Person, parse_people
from maintainer_kit.model.message.orders import DELEGATE, NOTE, STATE, VERBS, Order
from maintainer_kit.workflow.decide import plan_state
from maintainer_kit.workflow.delegating import plan_delegate
from maintainer_kit.workflow.orders.target import OrderTarget
from maintainer_kit.workflow.remembering import plan_note
from maintainer_kit.workflow.stores import Stores

# What netdev's bot understands besides the names of states.
_SHORT = {
    "accept": "accepted",
    "au": "awaiting-upstream",
    "cr": "changes-requested",
    "defer": "deferred",
    "nac": "needs-ack",
    "nap": "not-applicable",
    "need-ack": "needs-ack",
    "reject": "rejected",
    "ur": "under-review",
}
_HINT = "see docs/howto/mail-commands.md"


def plan_orders(stores: Stores, orders: Sequence[Order], target: OrderTarget) -> tuple[Event, ...]:
    """All that the orders of a mail come to. Raises Refused where one of them means nothing, or
    they contradict each other: nothing of such a mail is done."""
    events: dict[Event, None] = {}
    for order in orders:
        events.update(dict.fromkeys(_plan(stores, order, target)))
    for kind in (EventKind.STATE, EventKind.DELEGATE):
        values = {event.value for event in events if event.kind is kind}
        if len(values) > 1:
            raise Refused(f"it says both {' and '.join(sorted(values))}", _HINT)
    return tuple(events)


def _plan(stores: Stores, order: Order, target: OrderTarget) -> Iterator[Event]:
    if order.verb not in VERBS:
        raise Refused(f"no command {order.verb!r} by mail: {', '.join(VERBS)}", _HINT)
    if not order.words:
        raise Refused(f"{order.verb} of what?", _HINT)
    if order.verb == STATE:
        if not target.target.message_ids:
            raise Refused("it is a patch of a stable review that concerns nobody here", _HINT)
        word = spelt(order.words)
        name = _SHORT.get(word, word)
        yield from plan_state(stores, name, target.target.message_ids).events
    elif order.verb == DELEGATE:
        yield from plan_delegate(_person(order.words), [target.target]).events
    elif order.verb == NOTE:
        yield from plan_note(stores, [target.target], order.words).events


def _person(words: str) -> Person:
    if words.lower() == "nobody":
        return NOBODY
    people = parse_people(words)
    if len(people) != 1 or "@" not in people[0].address:
        raise Refused(f"{words[:80]!r} is not one person with an address", _HINT)
    return people[0]
