# SPDX-License-Identifier: GPL-2.0-or-later
"""Values that the fields of a query can have here: what completion offers."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from maintainer_kit.model.mail.person import parse_person
from maintainer_kit.model.query.completing import Values, known_values
from maintainer_kit.model.query.view import all_views
from maintainer_kit.workflow.records import Selection
from maintainer_kit.workflow.stores import Stores

_LOOKED_AT = 1000
"""Open topics whose tags are looked at: nobody wants to wait for all."""
_USUAL_TAGS = ("unread", "flagged", "replied", "inbox", "attachment", "signed")


def query_values(stores: Stores) -> Values:
    """All that is known of lists, people, tags, states and views."""
    found = known_values(stores.states, tuple(all_views(stores.settings.view)))
    lists = sorted(stores.catalogue.count_lists(), key=lambda one: (-one.topics, one.name))
    found["list"] = [one.name for one in lists]
    delegates = sorted(set(stores.catalogue.delegates().values()))
    found["delegate"] += _addresses(delegates)
    tags = _tags(stores)
    found["tag"] = found["is"] = tags
    return found


def _addresses(people: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(parse_person(one).address for one in people))


def _tags(stores: Stores) -> list[str]:
    """Those of open topics, then the usual ones."""
    catalogue = stores.catalogue
    waiting = catalogue.select(Selection(open_only=True))
    topic_ids = [topic_id for topic_id, _ in islice(waiting, _LOOKED_AT)]
    mails = [one for each in catalogue.topic_messages(topic_ids).values() for one in each]
    seen = set().union(*catalogue.tags(mails).values())
    return [*sorted(seen), *(tag for tag in _USUAL_TAGS if tag not in seen)]
