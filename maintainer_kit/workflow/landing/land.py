# SPDX-License-Identifier: GPL-2.0-or-later
"""``land``: what is known to have landed, after looking for what is new."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.landed import Landing
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.workflow.landing.claims import refuted
from maintainer_kit.workflow.landing.known import known_landings
from maintainer_kit.workflow.landing.ladder import StoppedShort, stopped_short
from maintainer_kit.workflow.landing.match import Asked
from maintainer_kit.workflow.landing.ports import Evidence, Ref
from maintainer_kit.workflow.stores import Stores


@dataclass(frozen=True, slots=True)
class LandReport:
    """All that is known now."""

    landings: Sequence[Landing]
    """By Message-ID, each with its places in the refs that were asked about."""
    refs: Sequence[Ref]
    commits: int
    """How many the index has."""
    patches: int
    """How many patches are known."""
    changed: Sequence[TopicRow] = ()
    """Topics of which something else is known than before, in the order of the queue."""
    messages: dict[str, Message] = field(default_factory=dict)
    """Of all landings."""
    short: Sequence[StoppedShort] = ()
    problems: Sequence[str] = ()
    """What could not be read, a line each."""
    refuted: Sequence[Landing] = ()
    """Commits that mails say to be patches, and that are other changes."""
    asked: Asked = field(default_factory=Asked)

    @property
    def sure(self) -> list[Landing]:
        return [one for one in self.landings if one.is_sure]

    @property
    def candidates(self) -> list[Landing]:
        return [one for one in self.landings if not one.is_sure]


def land_report(
    stores: Stores,
    evidence: Evidence,
    asked: Asked,
    *,
    only: Collection[int] | None = None,
    problems: Sequence[str] = (),
) -> LandReport:
    """All landings, or those in some refs, given by number."""
    catalogue = stores.catalogue
    refs = [ref for ref in evidence.commits.refs() if only is None or ref.id in only]
    known = known_landings(catalogue)
    records = catalogue.records(known)
    messages = {one: record.message for one, record in records.items()}
    keys = {(ref.place, ref.name) for ref in refs}
    landings = [
        limited
        for one in sorted(known)
        for landing in known[one]
        if one in messages and (limited := _within(landing, keys))
    ]
    topics = set(catalogue.topic_ids(asked.changed).values())
    return LandReport(
        landings,
        refs,
        evidence.commits.count(),
        catalogue.count_patches(),
        catalogue.rows(topics),
        messages,
        list(stopped_short(evidence, messages.values(), known)),
        problems,
        [one for one in refuted(catalogue) if _within(one, keys)],
        asked,
    )


def _within(landing: Landing, refs: Collection[tuple[str, str]]) -> Landing | None:
    """With only the places in some refs; None without any."""
    places = tuple(one for one in landing.places if (one.repository, one.ref) in refs)
    return replace(landing, places=places) if places else None
