# SPDX-License-Identifier: GPL-2.0-or-later
"""What a real index knows besides a series that is checked."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from maintainer_kit.checks.engine import check_series
from maintainer_kit.checks.posting import collect_postings
from maintainer_kit.checks.profile import Profile
from maintainer_kit.checks.reading import patch_of_mail
from maintainer_kit.checks.rules import review, thread
from maintainer_kit.wiring.workspace import Workspace, open_workspace
from maintainer_kit.workflow.background import topic_series, with_background
from maintainer_kit.workflow.reading import detail
from tests.build import BO, DAY, edit, part_id, patch, posting, reply
from tests.integration.driver import Mkit

_FIRST = (
    *posting("foo", 2),
    reply(part_id("foo", 1), f"Reviewed-by: {BO}\n"),
    reply(part_id("foo", 2), "> +two_2();\nWhy is it two here?\n"),
    patch("[PATCH] pebble: another way to the same end", edit("fs/foo/1.c", new="six"), sender=BO),
)
_SECOND = posting("foo", 2, revision=2, minutes=3 * DAY)
_RULES = [review.review_tag_dropped, review.repost_unsettled, thread.pending_overlap]


@pytest.fixture
def workspace(mkit: Mkit, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """The stores of a home that holds the first version and what was said about it."""
    mkit.bring(*_FIRST)
    for name in [one for one in os.environ if one.startswith(("NOTMUCH_", "MKIT_", "GIT_"))]:
        monkeypatch.delenv(name)
    for name, value in mkit.env.items():
        monkeypatch.setenv(name, value)
    with open_workspace() as found:
        yield found


def test_a_new_version_before_it_is_sent(workspace: Workspace) -> None:
    (series,) = collect_postings([patch_of_mail(raw) for raw in _SECOND])
    series = with_background(workspace.stores, series)
    found = check_series(series, _RULES, Profile("plain", "", {}))
    assert [(one.rule, one.at) for one in found] == [
        ("repost-unsettled", 0),
        ("pending-overlap", 1),
        ("review-tag-dropped", 1),
    ]


def test_the_first_version_as_the_index_has_it(workspace: Workspace) -> None:
    stores = workspace.stores
    topic_id = stores.catalogue.topic_ids([part_id("foo", 0)])[part_id("foo", 0)]
    (row,) = stores.catalogue.rows([topic_id])
    series = topic_series(stores, detail(stores, row).topic)
    assert [one.message_id for one in series.all] == [part_id("foo", n) for n in range(3)]
    assert series.earlier is None
    assert [(one.patch, one.path) for one in series.pending] == [(0, "fs/foo/1.c")]
