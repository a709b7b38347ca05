# SPDX-License-Identifier: GPL-2.0-or-later
"""Obey what mail tells us to do, where its sender may tell us and is who he says he is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maintainer_kit.config import MAIL_ON

if TYPE_CHECKING:  # see position.py: mostly there is nothing to obey
    from maintainer_kit.model.decision.event import Event, Group
    from maintainer_kit.workflow.orders.attestation import Verifier
    from maintainer_kit.workflow.orders.judge import Bench, Judged
    from maintainer_kit.workflow.records import Record
    from maintainer_kit.workflow.stores import Stores

DAYS = 14
"""For so long after it was sent an order is obeyed, and tried again if it cannot be verified."""
_LOOK_BACK = DAYS + 7
"""Days; what is older still was refused when it became too old, or came with an archive."""
_DAY = 86400
_PATIENCE = 2.0
"""Seconds for which another mkit is waited for; then the next run decides."""
_MOST = 2000
"""Mails of one run; what is left is the next one's."""

Keepers = Callable[[Collection[str]], Collection[str]]
"""Addresses that MAINTAINERS names as maintainers of some of these files, in small letters."""


def no_keepers(paths: Collection[str]) -> Collection[str]:
    """Where there is no MAINTAINERS."""
    del paths
    return ()


@dataclass(frozen=True, slots=True)
class Obeyed:
    """What became of the mails that gave orders."""

    obeyed: int = 0
    refused: int = 0
    waiting: int = 0
    """They could not be verified yet, or answer what is not here: looked at again next time."""


def obey_orders(stores: Stores, verifier: Verifier, keepers: Keepers = no_keepers) -> Obeyed:
    """Look at the mails with orders that came in; each becomes one group of decisions, or one
    refusal. Nothing is looked at unless ``mkit.mailCommands`` is on.

    Call it after a sync, and not under its lock: name servers may be slow.
    """
    if stores.settings.mail_commands != MAIL_ON:
        return Obeyed()
    records = _candidates(stores)
    if not records:
        return Obeyed()
    from maintainer_kit.model.decision.past import past_of
    from maintainer_kit.workflow.orders.judge import Bench

    past = past_of(stores.catalogue.groups())
    records = [one for one in records if not past.is_done(_id(one), len(one.files))][:_MOST]
    if not records:
        return Obeyed()
    bench = Bench(stores, verifier, keepers, _now(stores), DAYS * _DAY)
    # Signatures are verified before anything is locked; those of commanders first, as not
    # everybody's name servers are asked when some do not answer.
    for record in sorted(records, key=bench.precedence):
        bench.judge(record, past)
    with stores.lock(_PATIENCE) as mine:
        return _carry_out(stores, bench, records) if mine else Obeyed(waiting=len(records))


def _now(stores: Stores) -> int:
    return stores.clock() // 1_000_000


def _id(record: Record) -> str:
    return record.message.message_id


def _candidates(stores: Stores) -> list[Record]:
    """Mails of the last weeks that give orders, by what was read of them; the oldest first."""
    since = _now(stores) - _LOOK_BACK * _DAY
    found = stores.index.search(f'date:@{since}.. and ("pw bot" or mkit)')
    records = stores.catalogue.records(found).values() if found else ()
    given = [one for one in records if _gives_orders(one)]
    return sorted(given, key=lambda one: (one.message.date, _id(one)))


def _gives_orders(record: Record) -> bool:
    """What is itself a patch or a cover letter gives none: its text is the project's."""
    message = record.message
    given = any(one.startswith(("pw-bot:", "#mkit")) for one in message.commands)
    return given and not message.is_head


def _carry_out(stores: Stores, bench: Bench, records: Iterable[Record]) -> Obeyed:
    """Decide one after the other: what one of them sets counts for the next."""
    from maintainer_kit.model.decision.past import past_of

    past = past_of(stores.catalogue.groups())
    obeyed = refused = waiting = 0
    for record in records:
        # Another mkit may have looked at it meanwhile.
        if past.is_done(_id(record), len(record.files)):
            continue
        judged = bench.judge(record, past)
        if judged is None:
            continue
        if judged.waits:
            waiting += 1
            continue
        group = _decide(stores, record, judged)
        past.add(group, group.events)
        obeyed += bool(judged.events)
        refused += not judged.events
    return Obeyed(obeyed, refused, waiting)


def _decide(stores: Stores, record: Record, judged: Judged) -> Group:
    """One group for a mail, of its sender; a sender who may be anybody is not named as if he were
    known."""
    from maintainer_kit.model.decision.event import Event, EventKind, Origin
    from maintainer_kit.model.decision.past import Sent, why_of
    from maintainer_kit.workflow.decide import decide

    message_id = _id(record)
    events: Sequence[Event] = judged.events
    copies = 0 if events else len(record.files)
    if not events:
        events = [Event(EventKind.REFUSED, message_id, judged.reason)]
    who = judged.sender if judged.is_known else f"{judged.sender} (unverified)"
    why = why_of(judged.said, Sent(message_id, judged.date, copies))
    return decide(stores, events, Origin.MAIL, why, who=who)
