# SPDX-License-Identifier: GPL-2.0-or-later
"""``why``: from a commit to the mail that it was, all its revisions, and what was said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from maintainer_kit.errors import IndexFailure, Refused
from maintainer_kit.matching.landing import Match
from maintainer_kit.matching.later import copies_of
from maintainer_kit.matching.matcher import match_patches
from maintainer_kit.matching.prints import CommitPrint
from maintainer_kit.model.queue.landed import Landing
from maintainer_kit.workflow.landing.held import HeldIndex
from maintainer_kit.workflow.landing.known import known_landings
from maintainer_kit.workflow.landing.ports import Evidence
from maintainer_kit.workflow.landing.prints import patch_prints
from maintainer_kit.workflow.reading import Detail, at_now, detail
from maintainer_kit.workflow.stores import Stores

_MOST_TOPICS = 200
_COMMON = 50
"""A file that more topics touch says little about which of them it was."""


@dataclass(frozen=True, slots=True)
class Because:
    """Mails that a commit came from."""

    commit: CommitPrint
    landings: Sequence[Landing]
    """The sure ones first."""
    details: Sequence[Detail]
    """The topics of these mails."""


def why(stores: Stores, evidence: Evidence, commit: str) -> Because:
    """All that is known of a commit that the index has; what was found before, else what is found
    now among mails that it names, whose titles it has, or that touch its files."""
    found = _known(stores, evidence, commit) or _looked_for(stores, evidence, commit)
    topics = stores.catalogue.topic_ids([one.message_id for one in found])
    by_sure = dict.fromkeys(topics[one.message_id] for one in found if one.message_id in topics)
    rows = {row.id: row for row in stores.catalogue.rows(by_sure)}
    details = [detail(stores, at_now(stores, [rows[one]])[0]) for one in by_sure if one in rows]
    return Because(evidence.commits.commits([commit])[commit], found, details)


def _known(stores: Stores, evidence: Evidence, commit: str) -> list[Landing]:
    """What ``land`` found, for the commit itself or for one that it is a copy of."""
    copies = copies_of(evidence.commits, [commit]).get(commit, ())
    names = {commit, *copies}
    landings = known_landings(stores.catalogue, stores.catalogue.claimants(names))
    found = [one for several in landings.values() for one in several if one.commit in names]
    return sorted(found, key=lambda one: (not one.is_sure, -one.score, one.message_id))


def _looked_for(stores: Stores, evidence: Evidence, commit: str) -> list[Landing]:
    made = evidence.commits.commits([commit])[commit]
    topics = _likely(stores, made)
    mails = stores.catalogue.topic_messages(topics)
    ids = {one for several in mails.values() for one in several}
    prints = list(patch_prints(stores, stores.catalogue.records(ids).values()))
    refs = evidence.commits.refs()
    gone = evidence.outside([ref.id for ref in refs]) - {commit}
    matches = match_patches(prints, HeldIndex(evidence.commits, gone))
    found = [_landing(one) for one in matches if one.commit == commit]
    return sorted(found, key=lambda one: (not one.is_sure, -one.score, one.message_id))


def _landing(match: Match) -> Landing:
    return Landing(
        match.message_id, match.commit, match.tier.value, match.score, match.is_sure, match.why
    )


def _likely(stores: Stores, made: CommitPrint) -> set[str]:
    catalogue = stores.catalogue
    named = catalogue.topic_ids((*made.message_ids, *made.linked))
    return {*named.values(), *_by_title(stores, made), *_by_files(stores, made.print.paths)}


def _by_title(stores: Stores, made: CommitPrint) -> Collection[str]:
    title = made.print.subject.replace('"', " ")
    if len(title.split()) < 2:
        return ()
    try:
        found = stores.index.search(f'subject:"{title}"')
    except (Refused, IndexFailure):
        return ()
    return set(stores.catalogue.topic_ids(found[:_MOST_TOPICS]).values())


def _by_files(stores: Stores, paths: Iterable[str]) -> Collection[str]:
    """Topics that touch most of the files, those that few topics touch counting first."""
    counts: Counter[str] = Counter()
    for path in list(paths)[:_COMMON]:
        touching = stores.catalogue.topics_touching(path).get(path, [])
        for topic in touching:
            counts[topic] += 1 + (len(touching) <= _COMMON)
    return [topic for topic, _ in counts.most_common(_MOST_TOPICS)]
