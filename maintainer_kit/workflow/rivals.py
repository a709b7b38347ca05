# SPDX-License-Identifier: GPL-2.0-or-later
"""Other series that wait and change the same lines as a topic does."""

from __future__ import annotations

from maintainer_kit.checks.series import Pending
from maintainer_kit.model.topic.topic import Topic
from maintainer_kit.workflow.background import posted_series
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.waiting import Waiting

_MAX_FILES = 200
"""Of a topic's files that others are looked for by."""
_MAX_LINES = 100_000
"""Lines of a diff: more is generated, or moved."""


def rivals(stores: Stores, topic: Topic) -> list[Pending]:
    """Of each such topic the first place where the two meet, in the order of its own patches."""
    near = _near(stores, topic)
    if not near:
        return []
    series = posted_series(stores, topic)
    found: dict[str, Pending] = {}
    for one in Waiting(stores, near).meeting(series, topic.id):
        before = found.setdefault(one.topic_id, one)
        if one.patch < before.patch:
            found[one.topic_id] = one
    return sorted(found.values(), key=lambda one: one.patch)


def _near(stores: Stores, topic: Topic) -> frozenset[str]:
    """Other topics that change a file of its newest patches; none where these are too many."""
    diffs = [patch.diff for patch in topic.view if patch and patch.diff]
    if sum(one.added + one.removed for one in diffs) > _MAX_LINES:
        return frozenset()
    paths = dict.fromkeys(file.path for one in diffs for file in one.files)
    touching = stores.catalogue.topics_touching
    ids = {one for path in list(paths)[:_MAX_FILES] for one in touching(path).get(path, ())}
    return frozenset(ids - {topic.id})
