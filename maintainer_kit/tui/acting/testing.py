# SPDX-License-Identifier: GPL-2.0-or-later
"""Test what topics became in a branch, beside all else."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.tui.acting.app import ActingApp

if TYPE_CHECKING:  # not before somebody tests
    from maintainer_kit.model.testing.result import Result
    from maintainer_kit.tui.work.works import Work
    from maintainer_kit.wiring.workspace import Workspace
    from maintainer_kit.workflow.testing.ports import Job


class TestingApp(ActingApp):
    """``test``."""

    __test__ = False

    def action_test(self) -> None:
        """Run the configurations of mkit.test on the commits of what is marked."""
        if asked := self.targets():
            screen, found = asked
            ids = [one.row.id for one in found.found]
            named = ids[0][:6] if len(ids) == 1 else count_of(len(ids), "topic")

            def job(workspace: Workspace, work: Work) -> str:
                return run_topics(workspace, work, ids)

            self.begin_work(f"testing {named}", job, partial(self.say_to_all, reload=True))
            screen.advance(stay=True)


def run_topics(workspace: Workspace, work: Work, topic_ids: Sequence[str]) -> str:
    """Look at the branches, then test; what came of it in words. Raises Refused where none has the
    patches, and Stopped once it was told to end."""
    from maintainer_kit.wiring.landing import open_landings
    from maintainer_kit.wiring.testing import configurations_of
    from maintainer_kit.workflow.landing.match import match_new

    configurations_of(workspace.stores.settings)  # else all that follows would be for nothing
    work.say("looking at the branches")
    with open_landings(workspace) as landings:
        landings.follow([], work.advance)
        match_new(workspace.stores, landings.evidence, progress=work)
    return "; ".join(_test(workspace, work, one) for one in topic_ids)


def _test(workspace: Workspace, work: Work, topic_id: str) -> str:
    from maintainer_kit.render.testing_words import summary_words
    from maintainer_kit.wiring.testing import configurations_of
    from maintainer_kit.wiring.testing_run import checks_of, run_tests, topic_span
    from maintainer_kit.workflow.targets import resolve
    from maintainer_kit.workflow.testing.run import RunWish, Testing

    stores = workspace.stores
    room, span = topic_span(workspace, resolve(stores, topic_id))
    testing = Testing(RunWish(span, configurations_of(stores.settings), room.by), room.results)

    def told(job: Job, result: Result, done: int, left: int) -> None:
        work.advance(done, done + left)

    work.advance(0, testing.left)
    run_tests(workspace, room, testing, told, check=work.check)
    report = testing.report()
    checks_of(workspace, room, report)
    return visible_line(f"{topic_id[:6]}: {summary_words(report)}")
