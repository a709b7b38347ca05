# SPDX-License-Identifier: GPL-2.0-or-later
"""Patches that became one commit together, and patches that became several: by what lines of the
whole the parts explain. Never more than worth a question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from maintainer_kit.matching.landing import Match, Tier
from maintainer_kit.matching.similar import Pair
from maintainer_kit.matching.tiers import Thresholds


class Speakers:
    """Which patches speak for a commit so far."""

    def __init__(
        self, matches: Mapping[str, Match], pairs: Iterable[Pair], taken: Collection[str]
    ) -> None:
        self._taken = frozenset(taken)
        self._matches = matches
        self._pairs: dict[str, list[Pair]] = defaultdict(list)
        self._series: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, set[str]] = defaultdict(set)
        for pair in pairs:
            match = matches.get(pair.patch.message_id)
            if match and match.commit == pair.commit.commit:
                self._pairs[match.commit].append(pair)
                self._series[match.commit].add(pair.patch.series)
                self._names[match.commit].add(pair.patch.message_id)

    def of(self, commit: str) -> list[Pair]:
        return self._pairs.get(commit, [])

    def may_join(self, pair: Pair) -> bool:
        """Whether a patch that has no match may be a part of the commit: no patch landed there as
        it was mailed, and none of another posting speaks for it (that is another revision)."""
        commit, series = pair.commit.commit, pair.patch.series
        if pair.patch.message_id in self._matches or commit in self._taken or not pair.by_author:
            return False
        others = self._series.get(commit)
        return not others or (bool(series) and others == {series})

    def may_hold(self, pair: Pair) -> bool:
        """Whether the commit may be a part of a patch of which nothing is proven: no other patch
        speaks for it."""
        commit, name = pair.commit.commit, pair.patch.message_id
        match = self._matches.get(name)
        if (match and match.is_sure) or commit in self._taken or not pair.by_author:
            return False
        return self._names.get(commit, set()) <= {name}


def find_squashed(pairs: Iterable[Pair], speakers: Speakers, limits: Thresholds) -> Iterator[Match]:
    """Patches of one posting, each nearly whole in the same commit, that explain it together; and
    a long one that is whole in a larger commit that nothing else explains."""
    groups: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in pairs:
        if pair.overlap.of_patch >= limits.contained and speakers.may_join(pair):
            groups[pair.patch.series or pair.patch.message_id, pair.commit.commit].append(pair)
    alone: list[Pair] = []
    for (_, commit), some in sorted(groups.items()):
        whole = some[0].commit.print.lines
        parts = [*some, *speakers.of(commit)]
        explained = _explained(parts, whole)
        if len(parts) > 1 and explained >= limits.contained:
            why = f"{len(parts)} patches of one posting explain {explained:.0%} of the commit"
            yield from (_match(one, Tier.SQUASH, one.overlap.of_patch, why) for one in some)
        elif not speakers.of(commit):
            alone += [one for one in some if _is_alone(one, limits)]
    yield from _newest_alone(alone)


def _newest_alone(pairs: Iterable[Pair]) -> Iterator[Match]:
    """Of several revisions that are whole in one commit the newest."""
    newest: dict[str, Pair] = {}
    for pair in sorted(pairs, key=lambda one: (one.patch.print.date, one.patch.message_id)):
        newest[pair.commit.commit] = pair
    return map(_alone, newest.values())


def _is_alone(pair: Pair, limits: Thresholds) -> bool:
    is_long = len(pair.overlap.shared) >= limits.alone_lines
    return is_long and pair.overlap.of_patch >= limits.alone_in


def _alone(pair: Pair) -> Match:
    part = pair.overlap.of_commit
    why = f"all of the patch is in the commit, of which it is {part:.0%}"
    return _match(pair, Tier.SQUASH, pair.overlap.of_patch / 2, why)


def find_split(pairs: Iterable[Pair], speakers: Speakers, limits: Thresholds) -> Iterator[Match]:
    """Patches of which several commits hold a part each, and nothing else: says more than that one
    of these is like it."""
    groups: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        is_part = pair.overlap.of_commit >= limits.contained
        if is_part and speakers.may_hold(pair):
            groups[pair.patch.message_id].append(pair)
    for _, some in sorted(groups.items()):
        some.sort(key=lambda one: (-len(one.overlap.shared), one.commit.commit))
        parts = some[: limits.parts]
        explained = _explained(parts, parts[0].patch.print.lines)
        if len(parts) > 1 and explained >= limits.contained:
            why = f"one of {len(parts)} commits that hold {explained:.0%} of the patch"
            yield from (_match(one, Tier.SPLIT, explained, why) for one in parts)


def _explained(parts: Iterable[Pair], whole: Collection[int]) -> float:
    """The part of the lines of the whole that is in one of the parts."""
    shared: set[int] = set()
    for part in parts:
        shared |= part.overlap.shared
    return len(shared) / len(whole) if whole else 0.0


def _match(pair: Pair, tier: Tier, score: float, why: str) -> Match:
    return Match(
        pair.patch.message_id, pair.commit.commit, tier, round(min(1.0, score), 4), False, why
    )
