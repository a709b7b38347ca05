# SPDX-License-Identifier: GPL-2.0-or-later
"""Series are checked once, when they have come in; what was found is kept in the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from maintainer_kit.errors import StateError
from maintainer_kit.workflow.batches import batched

if TYPE_CHECKING:  # see position.py: mostly there is nothing to check
    from maintainer_kit.checks.finding import Finding
    from maintainer_kit.checks.series import Series
    from maintainer_kit.model.topic.topic import Topic
    from maintainer_kit.workflow.check import Judge
    from maintainer_kit.workflow.ports import Progress
    from maintainer_kit.workflow.stores import Stores

NEWEST = 100
"""How many of the open series are kept checked: the newest. What a big import brings besides is
checked once somebody looks at it."""
_BATCH = 20
"""Series whose findings are written together."""

Found = Mapping[str, "Sequence[Finding]"]
"""Findings by Message-ID."""


class Examiner(NamedTuple):
    """Who checks what comes in."""

    mark: str
    """Changes with the rules, and with the settings that choose among them."""
    judge: Callable[[Series], Judge]
    """Rules and profile for a series, without a repository: that would take a git process."""


def is_checked(stores: Stores) -> bool:
    """Whether ``check_arrivals`` would find nothing to do."""
    examiner = stores.examiner
    return examiner is None or not stores.catalogue.unchecked(examiner.mark, NEWEST)


def check_arrivals(stores: Stores, progress: Progress | None = None) -> int:
    """Check the newest open series that were not, or by other rules; how many there were.

    Each batch is in the catalogue before the next is begun: it can be stopped at any time.
    """
    examiner = stores.examiner
    if examiner is None:
        return 0
    topic_ids = stores.catalogue.unchecked(examiner.mark, NEWEST)
    if not topic_ids:
        return 0
    from maintainer_kit.workflow.examination import examine
    from maintainer_kit.workflow.project import topic_of
    from maintainer_kit.workflow.waiting import Waiting

    waiting = Waiting(stores)
    done = 0
    for batch in batched(topic_ids, _BATCH):
        found: dict[str, Sequence[Finding]] = {}
        for row in stores.catalogue.rows(batch):
            try:
                topic = topic_of(stores.catalogue, row)
            except StateError:
                continue  # another mkit made it anew just now, and will check it
            found.update(examine(stores, examiner.judge, topic, waiting))
        _put(stores, examiner, found)
        done += len(batch)
        if progress:
            progress.advance(done, len(topic_ids))
    return done


def topic_findings(stores: Stores, topic: Topic) -> Found | None:
    """What is to be said of the newest posting of a topic, which is checked now if it was not;
    None for what is no series, and where nobody checks."""
    from maintainer_kit.workflow.project import heads_of

    known = known_findings(stores, topic)
    if known is not None or not heads_of(topic) or stores.examiner is None:
        return known
    from maintainer_kit.workflow.examination import examine
    from maintainer_kit.workflow.waiting import Waiting

    found = examine(stores, stores.examiner.judge, topic, Waiting(stores))
    _put(stores, stores.examiner, found)
    return found


def known_findings(stores: Stores, topic: Topic) -> Found | None:
    """The same without checking anything: None, too, for what was not checked yet."""
    from maintainer_kit.workflow.project import heads_of

    heads, examiner = heads_of(topic), stores.examiner
    known: Found = stores.catalogue.findings(heads, examiner.mark if examiner else "")
    return known if heads and len(known) == len(set(heads)) else None


def _put(stores: Stores, examiner: Examiner, found: Found) -> None:
    with stores.catalogue.transaction():
        stores.catalogue.put_findings(examiner.mark, found)
