# SPDX-License-Identifier: GPL-2.0-or-later
"""Mailed patches and the commits that they became."""

from __future__ import annotations

from collections.abc import Iterable

from maintainer_kit.matching.coverage import Speakers, find_split, find_squashed
from maintainer_kit.matching.exact import find_exact
from maintainer_kit.matching.index import CommitIndex
from maintainer_kit.matching.landing import Match, Tier
from maintainer_kit.matching.prints import PatchPrint
from maintainer_kit.matching.rivals import best_claims, settle
from maintainer_kit.matching.siblings import find_assigned
from maintainer_kit.matching.similar import compare
from maintainer_kit.matching.tiers import THRESHOLDS, Thresholds


def match_patches(
    patches: Iterable[PatchPrint],
    index: CommitIndex,
    *,
    content_only: bool = False,
    limits: Thresholds = THRESHOLDS,
) -> list[Match]:
    """Find what each patch became, sorted by Message-ID and commit; several commits for one patch
    only where it was split.

    All revisions of a topic are to be asked about together: an older one is claimed only where no
    newer one fits the commit as well. ``content_only`` leaves out what commits say of their mail.
    """
    asked = sorted(
        {one.message_id: one for one in patches}.values(), key=lambda one: one.message_id
    )
    found = find_exact(asked, index, limits, content_only=content_only)
    taken = {one.commit for one in found.values() if one.is_sure}
    pairs = list(compare([one for one in asked if one.message_id not in found], index, limits))
    claims = best_claims(pairs, limits)
    found |= settle(claims, taken, limits)
    lost = claims.keys() - found.keys()
    split = list(find_split(pairs, Speakers(found, pairs, taken), limits))
    found |= {one.message_id: one for one in split}
    found |= {one.message_id: one for one in find_assigned(asked, found, lost, index, limits)}
    squashed = list(find_squashed(pairs, Speakers(found, pairs, taken), limits))
    single = [one for one in found.values() if one.tier is not Tier.SPLIT]
    return sorted([*single, *split, *squashed], key=lambda one: (one.message_id, one.commit))
