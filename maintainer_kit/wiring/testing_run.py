# SPDX-License-Identifier: GPL-2.0-or-later
"""Run the tests of a range, keep what they say, and hand it to others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from maintainer_kit.errors import MkitError
from maintainer_kit.model.testing.history import Span
from maintainer_kit.wiring.testing import TestRoom, open_testing
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.targets import Target
from maintainer_kit.workflow.testing.checks import PatchCheck, patch_checks, record_checks
from maintainer_kit.workflow.testing.report import Report
from maintainer_kit.workflow.testing.run import Testing, Told


def run_tests(
    workspace: Workspace,
    room: TestRoom,
    testing: Testing,
    told: Told,
    *,
    jobs: int = 0,
    notes: bool = True,
    check: Callable[[], None] = lambda: None,
) -> int:
    """Run what is due; how many notes were written. ``check`` is called now and then, and may raise
    to stop it; what ended is in the notes then, too."""
    written = 0
    try:
        if testing.left:
            with room.laboratory(jobs, check) as laboratory:
                testing.run(laboratory, workspace.stores.clock, told)
    finally:
        if notes:
            written = _publish(room, testing)
    return written


def checks_of(workspace: Workspace, room: TestRoom, report: Report) -> list[PatchCheck]:
    """The results as checks of patches, which lists and topics show from now on."""
    found = patch_checks(workspace.stores, report, room.prints(workspace.stores))
    if found:
        record_checks(workspace.stores, found)
    return found


def topic_span(
    workspace: Workspace, target: Target, repository: Path | None = None
) -> tuple[TestRoom, Span]:
    """The commits that patches became, where they are; ``repository`` is where to look for them
    instead. Raises Refused."""
    from maintainer_kit.workflow.testing.applied import applied_commits

    applied = applied_commits(workspace.stores, target)
    room = open_testing(workspace, repository or Path(applied.repository))
    return room, room.commits(applied.commits)


def _publish(room: TestRoom, testing: Testing) -> int:
    """What cannot be shared is still known here."""
    try:
        return room.notes.add(testing.own)
    except MkitError as error:
        testing.note(f"results are not in the notes: {error.message}")
        return 0
