# SPDX-License-Identifier: GPL-2.0-or-later
"""Patches of the catalogue against the commits of the index: only what is new on either side.

What was asked is noted with what was found, a portion in one transaction: killed at any point, the
next run goes on with the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from maintainer_kit.matching.landing import Match, Tier
from maintainer_kit.matching.matcher import match_patches
from maintainer_kit.matching.prints import PatchPrint
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.landed import BY_HAND, REFUTED, Landing
from maintainer_kit.workflow.batches import batched
from maintainer_kit.workflow.landing.announced import Weighed, weigh
from maintainer_kit.workflow.landing.claims import claims_about
from maintainer_kit.workflow.landing.held import HeldIndex
from maintainer_kit.workflow.landing.known import judged_commits
from maintainer_kit.workflow.landing.news import Mark, note_news
from maintainer_kit.workflow.landing.places import place_commits, with_tags
from maintainer_kit.workflow.landing.ports import Evidence
from maintainer_kit.workflow.landing.prints import patch_prints
from maintainer_kit.workflow.landing.wanted import by_topics, wanted_now
from maintainer_kit.workflow.ports import Progress
from maintainer_kit.workflow.project import project
from maintainer_kit.workflow.stores import Stores

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
    wanted = wanted_now(stores, evidence)
    for topics in by_topics(stores, wanted):
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
        messages: dict[str, Message] = {}
        matches: list[Match] = []
        told = Weighed()
        for _ in range(_ROUNDS):
            records = catalogue.records(wanted)
            messages |= {one: record.message for one, record in records.items()}
            asked |= {one.message_id: one for one in patch_prints(self.stores, records.values())}
            told = self._told(messages, asked)
            index = self.index.linking(told.links)
            matches = match_patches(asked.values(), index, content_only=self.content_only)
            # Who was asked earlier and fits the same commit may fit it better than these, or worse.
            rivals = catalogue.claimants({one.commit for one in matches}) - ids
            if not rivals:
                break
            topics = set(catalogue.topic_ids(rivals).values())
            wanted = [o for some in catalogue.topic_messages(topics).values() for o in some]
            ids.update(wanted)
        return self._landings(ids, matches, told), len(asked)

    def _told(self, messages: Mapping[str, Message], asked: Mapping[str, PatchPrint]) -> Weighed:
        """What mails say of these patches, unless only content counts."""
        if self.content_only:
            return Weighed()
        claims = claims_about(self.stores.catalogue, messages)
        return weigh(claims, asked, self.index, self.evidence)

    def _landings(self, ids: Collection[str], matches: Iterable[Match], told: Weighed) -> Found:
        found: dict[str, list[Landing]] = {one: [] for one in ids}
        for match in matches:
            found[match.message_id].append(_landing(match, told, self.index))
        for other in told.others:
            several = found[other.message_id]
            is_known = any(other.commit == one.commit for one in several)
            is_open = other.tier == REFUTED or not any(one.is_sure for one in several)
            if is_open and not is_known:
                several.append(other)
        for message_id, commits in judged_commits(self.stores.catalogue, ids).items():
            seen = {one.commit for one in found[message_id]}
            there = self.index.commits(commits - seen)
            found[message_id] += [Landing(message_id, one, BY_HAND, 1.0, False) for one in there]
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


def _landing(match: Match, told: Weighed, index: HeldIndex) -> Landing:
    """A match, with the mail that says so where the commit itself does not."""
    why = match.why
    claim = told.links.get(match.message_id, {}).get(match.commit)
    if claim and match.tier is Tier.MESSAGE_ID:
        one = index.commits([match.commit])[match.commit]
        if match.message_id not in (*one.message_ids, *one.linked):
            why = f"{claim.by} says so in {claim.mail}"
    return Landing(
        match.message_id, match.commit, match.tier.value, match.score, match.is_sure, why
    )


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
