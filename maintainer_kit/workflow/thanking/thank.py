# SPDX-License-Identifier: GPL-2.0-or-later
"""``thanks``: drafts for the topics that are named, or for what I applied lately."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.queue.landed import Landings, sure_places
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.workflow.landing.known import known_landings
from maintainer_kit.workflow.reading import detail_now
from maintainer_kit.workflow.thanking.drafting import draft_thanks
from maintainer_kit.workflow.thanking.due import ThanksWish, due
from maintainer_kit.workflow.thanking.facts import Made, Passed, Report, Thanks
from maintainer_kit.workflow.thanking.ports import ThanksRoom
from maintainer_kit.workflow.thanking.settings import is_silent


def thank(room: ThanksRoom, rows: Sequence[TopicRow], wish: ThanksWish) -> Report:
    """Draft thanks for these topics, whatever the settings say, and whoever applied them."""
    return _report(_each(room, rows, wish))


def thank_lately(room: ThanksRoom, since: int, wish: ThanksWish) -> Report:
    """The same for what I brought into branches since a time, in seconds since the epoch, on lists
    where the settings want it."""
    lines = room.desk.stores.settings.thanks
    rows = [one for one in _lately(room, since) if not is_silent(lines, one.lists)]
    return _report(_each(room, rows, wish, only_mine=True))


def _each(
    room: ThanksRoom, rows: Sequence[TopicRow], wish: ThanksWish, *, only_mine: bool = False
) -> Iterator[Made | Passed]:
    for row in rows:
        found = due(room, detail_now(room.desk.stores, row), wish)
        if isinstance(found, Passed):
            if found.is_mine or not only_mine:
                yield found
        elif found.is_mine or not only_mine:
            yield _drafted(room, found, wish)


def _drafted(room: ThanksRoom, thanks: Thanks, wish: ThanksWish) -> Made | Passed:
    try:
        return draft_thanks(room, thanks, wish)
    except (NotFound, Refused) as error:  # of one; the others are drafted
        return Passed(thanks.row, error.message)


def _lately(room: ThanksRoom, since: int) -> Sequence[TopicRow]:
    """Topics of which something came into a branch since, in the order of the queue."""
    catalogue = room.desk.stores.catalogue
    known = known_landings(catalogue)
    found = [one for one in known if _is_late(known, one, since)]
    return catalogue.rows(set(catalogue.topic_ids(found).values()))


def _is_late(known: Landings, message_id: str, since: int) -> bool:
    return any(place.date >= since for place in sure_places(known, message_id))


def _report(found: Iterator[Made | Passed]) -> Report:
    listed = list(found)
    return Report(
        tuple(one for one in listed if isinstance(one, Made)),
        tuple(one for one in listed if isinstance(one, Passed)),
    )
