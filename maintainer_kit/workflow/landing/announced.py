# SPDX-License-Identifier: GPL-2.0-or-later
"""Announcements as evidence: what mails say of patches beside what the index of commits shows.

A mail may lie, so that it counts as a ``Link:`` counts, and only where patch and commit agree in
more than that."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from maintainer_kit.errors import RepositoryError
from maintainer_kit.matching.index import CommitIndex
from maintainer_kit.matching.likeness import (
    Weights,
    overlap,
    same_author,
    same_title,
    shares_path,
)
from maintainer_kit.matching.prints import PatchPrint, Print
from maintainer_kit.matching.tiers import THRESHOLDS
from maintainer_kit.model.queue.claims import Claim, Claims
from maintainer_kit.model.queue.landed import ANNOUNCED, REFUTED, Landing
from maintainer_kit.workflow.landing.ports import Evidence

_WHOLE = 40


@dataclass(frozen=True, slots=True)
class Weighed:
    """What claims are worth beside the commits of the index."""

    links: dict[str, dict[str, Claim]] = field(default_factory=dict)
    """By patch the commits that agree with it."""
    others: list[Landing] = field(default_factory=list)
    """Those that do not: a person has to look at them, or they are refuted."""


def weigh(
    claims: Claims, prints: Mapping[str, PatchPrint], index: CommitIndex, evidence: Evidence
) -> Weighed:
    """Compare the patches that are claimed to be commits with these."""
    said = [one for some in claims.values() for one in some if one.commit]
    said = [one for one in said if one.message_id in prints]
    names = _whole_ids(evidence, {one.commit for one in said})
    commits = index.commits(set(names.values()))
    found = Weighed()
    for claim in said:
        one = commits.get(names.get(claim.commit, ""))
        if one is None:
            continue
        agrees, alike = _agree(prints[claim.message_id].print, one.print, index)
        if agrees:
            found.links.setdefault(claim.message_id, {}).setdefault(one.commit, claim)
            continue
        tier = ANNOUNCED if agrees is None else REFUTED
        why = f"{claim.by} says so in {claim.mail}"
        found.others.append(Landing(claim.message_id, one.commit, tier, alike, False, why))
    return found


def _whole_ids(evidence: Evidence, names: Collection[str]) -> dict[str, str]:
    found = {one: one for one in names if len(one) >= _WHOLE}
    short = set(names) - found.keys()
    for place in dict.fromkeys(ref.place for ref in evidence.commits.refs()) if short else ():
        try:
            found |= evidence.repositories(place).full_ids(short - found.keys())
        except RepositoryError:
            continue  # it was told of when refs were followed
    return found


def _agree(mine: Print, theirs: Print, index: CommitIndex) -> tuple[bool | None, float]:
    """Whether the two are one change, by more than a mail's word, and how alike they are; None
    where only a person can tell."""
    by_title, by_author = same_title(mine, theirs), same_author(mine, theirs)
    weights = Weights(index.count(), index.rarity({*mine.lines, *theirs.lines}))
    alike = overlap(mine.lines, theirs.lines, weights).likeness
    is_like = alike >= THRESHOLDS.linked or bool(mine.patch_id and mine.patch_id == theirs.patch_id)
    if is_like and (by_title or by_author):
        return True, alike
    if is_like or by_title or (by_author and shares_path(mine, theirs)):
        return None, alike
    return False, alike
