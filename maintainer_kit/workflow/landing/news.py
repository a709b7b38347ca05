# SPDX-License-Identifier: GPL-2.0-or-later
"""What is new since landings were last looked for, and which patches it may concern."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from hashlib import blake2b
from typing import NamedTuple

from maintainer_kit.matching.tiers import THRESHOLDS
from maintainer_kit.workflow.landing.ports import Evidence
from maintainer_kit.workflow.ports import Selection
from maintainer_kit.workflow.stores import Stores

METHOD = 2
"""Raised whenever the same patch and the same commits would give another landing."""


class Mark(NamedTuple):
    """What was compared, and how."""

    how: str
    refs: str
    """Which refs there were."""
    tips: str
    gone: str
    """How many commits of the index were in none of them."""
    news: str

    @classmethod
    def of(
        cls, stores: Stores, evidence: Evidence, gone: Collection[str], content_only: bool
    ) -> Mark:
        """As things stand; ``gone`` are the commits of the index that are in no ref."""
        refs = evidence.commits.refs()
        return cls(
            f"{METHOD} {int(content_only)} {_digest(stores.mailmap)}",
            _digest(sorted((ref.place, ref.name, ref.role) for ref in refs)),
            _digest(sorted((ref.place, ref.name, ref.tip) for ref in refs)),
            str(len(gone)),
            evidence.news.mark(),
        )

    def __str__(self) -> str:
        return "\n".join(self)


def _digest(value: object) -> str:
    return blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def note_news(
    stores: Stores, evidence: Evidence, mark: Mark, gone: Collection[str], again: bool
) -> bool:
    """Let those be asked about again to whom anything is new, or all; whether refs have moved."""
    catalogue = stores.catalogue
    fields = catalogue.landed_mark().split("\n")
    known = Mark(*fields) if len(fields) == len(Mark._fields) else None
    if known and known[:3] == mark[:3] and not again:
        return False
    with catalogue.transaction():
        if again or fields[0] != mark.how:
            catalogue.unmatch()
        else:
            stale = _stale(stores, evidence, known, mark)
            catalogue.unmatch(stale | catalogue.claimants(gone))
        # Only the end of the run says that all of this was done.
        catalogue.set_landed_mark(mark.how)
    return True


def _stale(stores: Stores, evidence: Evidence, known: Mark | None, mark: Mark) -> set[str]:
    """Messages of topics that are open, or recent, and not known to have landed as a whole; where
    refs have only grown, of those that touch a file of a new commit, or that one names."""
    asked = _unfinished(stores)
    news = None
    if known and known.refs == mark.refs and int(mark.gone) >= int(known.gone):
        news = evidence.news.since(known.news)
    if news is not None:
        asked &= _concerned(stores, evidence, news)
    found = stores.catalogue.topic_messages(asked)
    return {one for several in found.values() for one in several}


def _unfinished(stores: Stores) -> set[str]:
    catalogue = stores.catalogue
    since = stores.clock() // 1_000_000 - THRESHOLDS.late
    is_open = {one for one, _ in catalogue.select(Selection())}
    every = [one for one, _ in catalogue.select(Selection(open_only=False))]
    return {
        row.id
        for row in catalogue.rows(every)
        if (row.id in is_open or row.updated >= since) and row.landed < row.total
    }


def _concerned(stores: Stores, evidence: Evidence, news: Sequence[str]) -> set[str]:
    """Topics that may have become one of these commits."""
    catalogue = stores.catalogue
    commits = evidence.commits.commits(news).values()
    named = {one for made in commits for one in (*made.message_ids, *made.linked)}
    found = set(catalogue.topic_ids(named).values())
    for path in {path for made in commits for path in made.print.paths}:
        found.update(catalogue.topics_touching(path).get(path, ()))
    return found
