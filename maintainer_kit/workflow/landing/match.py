# SPDX-License-Identifier: GPL-2.0-or-later
"""Patches of the catalogue against the commits of the index: only what is new on either side.

What was asked is noted with what was found, a portion in one transaction: killed at any point, the
next run goes on with the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from maintainer_kit.matching.landing import Match
from maintainer_kit.matching.matcher import match_patches
from maintainer_kit.matching.prints import PatchPrint
from maintainer_kit.model.queue.landed import Landing
from maintainer_kit.workflow.batches import batched
from maintainer_kit.workflow.landing.held import HeldIndex
from maintainer_kit.workflow.landing.news import Mark, note_news
from maintainer_kit.workflow.landing.places import place_commits, with_tags
from maintainer_kit.workflow.landing.ports import Evidence
from maintainer_kit.workflow.landing.prints import patch_prints
from maintainer_kit.workflow.ports import Progress
from maintainer_kit.workflow.project import project
from maintainer_kit.workflow.stores import Stores

_AT_ONCE = 20_000
"""Mails of the topics that are asked about together."""
_PORTION = 500
"""Messages whose rows are worked out anew in one transaction."""
_ROUNDS = 3

Found = dict[str, tuple[Landing, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run did."""

    patches: int = 0
    """That were compared."""
    changed: frozenset[str] = frozenset()
    """Messages of which something else is known than before."""


def match_new(
    stores: Stores,
    evidence: Evidence,
    *,
    content_only: bool = False,
    again: bool = False,
    progress: Progress | None = None,
) -> Asked:
    """Find what landed: patches that came in, against all commits; where refs have moved, those
    that are open or recent. ``again`` asks about all."""
    refs = evidence.commits.refs()
    gone = evidence.outside([ref.id for ref in refs])
    run = _Run(stores, evidence, HeldIndex(evidence.commits, gone), content_only)
    mark = Mark.of(stores, evidence, gone, content_only)
    has_moved = note_news(stores, evidence, mark, gone, again)
    patches = done = 0
    changed: set[str] = set()
    wanted = stores.catalogue.unmatched()
    for topics in _by_topics(stores, wanted):
        found, asked = run.ask(topics)
        patches += asked
        changed |= _store(stores, found)
        done += len(found)
        if progress:
            progress.advance(done, len(wanted))
    changed |= _store(stores, run.moved() if has_moved else run.tagged())
    with stores.catalogue.transaction():
        stores.catalogue.set_landed_mark(str(mark))
    return Asked(patches, frozenset(changed))


def _by_topics(stores: Stores, wanted: Collection[str]) -> Iterator[list[str]]:
    """All mails of topics of which one is asked about, some thousands at a time; then those that
    are in no topic."""
    topics = stores.catalogue.topic_ids(wanted)
    held = stores.catalogue.topic_messages(set(topics.values()))
    portion: list[str] = []
    for topic in sorted(held):
        if portion and len(portion) + len(held[topic]) > _AT_ONCE:
            yield portion
            portion = []
        portion += held[topic]
    yield from (*([portion] if portion else ()), sorted(set(wanted) - topics.keys()))


@dataclass(frozen=True, slots=True)
class _Run:
    """One run, with what it asks of git."""

    stores: Stores
    evidence: Evidence
    index: HeldIndex
    content_only: bool

    def ask(self, message_ids: Sequence[str]) -> tuple[Found, int]:
        """What is known of these messages now, and of others that claim the same commits."""
        if not message_ids:
            return {}, 0
        catalogue = self.stores.catalogue
        asked: dict[str, PatchPrint] = {}
        ids, wanted = set(message_ids), list(message_ids)
        matches: list[Match] = []
        for _ in range(_ROUNDS):
            records = catalogue.records(wanted).values()
            asked |= {one.message_id: one for one in patch_prints(self.stores, records)}
            matches = match_patches(asked.values(), self.index, content_only=self.content_only)
            # Who was asked earlier and fits the same commit may fit it better than these, or worse.
            rivals = catalogue.claimants({one.commit for one in matches}) - ids
            if not rivals:
                break
            topics = set(catalogue.topic_ids(rivals).values())
            wanted = [o for some in catalogue.topic_messages(topics).values() for o in some]
            ids.update(wanted)
        return self._landings(ids, matches), len(asked)

    def _landings(self, ids: Collection[str], matches: Iterable[Match]) -> Found:
        found: dict[str, list[Landing]] = {one: [] for one in ids}
        for match in matches:
            found[match.message_id].append(
                Landing(
                    match.message_id,
                    match.commit,
                    match.tier.value,
                    match.score,
                    match.is_sure,
                    match.why,
                )
            )
        return self._placed(found, self.stores.catalogue.landings(ids))

    def moved(self) -> Found:
        """Landings whose commits are in other refs than before, or in a tag by now."""
        known = self.stores.catalogue.landings()
        found = self._placed(known, known)
        return {one: landings for one, landings in found.items() if landings != known[one]}

    def tagged(self) -> Found:
        """Landings whose commits are in a tag by now."""
        known = self.stores.catalogue.landings()
        lacking = {
            message_id: landings
            for message_id, landings in known.items()
            if any(not place.tag for one in landings for place in one.places)
        }
        listed = [one for landings in lacking.values() for one in landings]
        found: dict[str, list[Landing]] = {one: [] for one in lacking}
        for one in with_tags(self.evidence, listed, listed):
            found[one.message_id].append(one)
        return {one: tuple(some) for one, some in found.items() if tuple(some) != known[one]}

    def _placed(
        self, found: Mapping[str, Sequence[Landing]], known: Mapping[str, Sequence[Landing]]
    ) -> Found:
        listed = [one for landings in found.values() for one in landings]
        places = place_commits(self.evidence, self.index, {one.commit for one in listed})
        listed = [replace(one, places=places[one.commit]) for one in listed]
        before = (one for landings in known.values() for one in landings)
        placed: dict[str, list[Landing]] = {one: [] for one in found}
        for one in with_tags(self.evidence, [one for one in listed if one.places], before):
            placed[one.message_id].append(one)
        return {
            one: tuple(sorted(several, key=lambda each: (not each.is_sure, each.commit)))
            for one, several in placed.items()
        }


def _store(stores: Stores, found: Found) -> set[str]:
    """Put down what is known, and work the topics out anew of which it is other than before; the
    messages of which it is."""
    catalogue = stores.catalogue
    changed: set[str] = set()
    for batch in batched(sorted(found), _PORTION):
        with catalogue.transaction():
            before = catalogue.landings(batch)
            catalogue.put_landings({one: found[one] for one in batch})
            other = [one for one in batch if found[one] != before.get(one, ())]
            if other:
                records = catalogue.records(other)
                project(stores, {one: record.message for one, record in records.items()})
            changed.update(other)
    return changed
