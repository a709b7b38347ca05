# SPDX-License-Identifier: GPL-2.0-or-later
"""Topics that belong together without being one: of which a part went on in another."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.model.topic.joining import Union
from maintainer_kit.model.topic.posting import Posting
from maintainer_kit.model.topic.revision import Relation


def find_relations(
    postings: Sequence[Posting],
    parts: Sequence[tuple[int, int]],
    merged: Sequence[tuple[int, int]],
    union: Union,
) -> dict[int, list[Relation]]:
    """Relations between topics, now that all are known; the first of a kind speaks."""
    last: dict[int, int] = {}
    for at in range(len(postings)):
        last[union.find(at)] = at
    found: dict[int, list[Relation]] = {}
    for kind, pairs in (("split-from", parts), ("merged-into", merged)):
        for at, other in pairs:
            root = union.find(at)
            # What went on by itself was not merged.
            went_on = kind == "merged-into" and last[root] != at
            if (
                root == union.find(other)
                or went_on
                or any(r.kind == kind for r in found.get(at, ()))
            ):
                continue
            first = postings[other].series.first.message_id
            found.setdefault(at, []).append(Relation(kind, first))
    return found
