# SPDX-License-Identifier: GPL-2.0-or-later
"""Landings in the linear mode: told, judged, and pruned."""

from __future__ import annotations

from pathlib import Path

from maintainer_kit.wiring.workspace import open_workspace
from tests.tui.plain_script import said
from tests.tui.test_landing_screen import ODD, landed, matched

__all__ = ["landed", "matched"]


def _judged() -> list[tuple[str, str]]:
    with open_workspace() as workspace:
        groups = workspace.journal.read().groups
    return [(event.message_id, event.value) for group in groups for event in group.events]


def test_a_commit_is_judged(landed: Path) -> None:
    text = said("search id:" + ODD, "L 1", "1", "range-diff", "is-it", "n 1", "q", "q")
    assert "1. perhaps " in text
    assert "1/1 bar: touch up" in text
    assert "\x1b" not in text
    assert text.count("done: ") == 2
    (_, is_it), (message, is_not) = _judged()
    assert message == ODD
    assert is_it != is_not


def test_candidates_are_gone_through(landed: Path) -> None:
    text = said("search id:" + ODD, "L 1", "]", "[", "8", "prune", "q")
    assert "error: there is no candidate there" in text
    assert "error: there is no number 8" in text
    assert not _judged()


def test_what_landed_is_pruned_when_one_is_sure(landed: Path) -> None:
    accept = ("search id:foo-v1-1@made.example", "L 1", "is-it 1", "is-it 2", "is-it 3", "q")
    text = said(*accept, "prune 1", "no", "prune 1", "yes")
    assert "record that 1 landed, and archive? yes or no?" in text
    with open_workspace() as workspace:
        topics = workspace.catalogue.topic_ids(["foo-v1-1@made.example"])
        (row,) = workspace.catalogue.rows(list(topics.values()))
    assert row.standing.archived
    assert row.standing.state == "accepted"
