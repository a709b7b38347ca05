# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``mkit test`` knows of the tips of branches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from maintainer_kit.model.message.check import Outcome
from maintainer_kit.model.testing.result import Outcome as Ended
from maintainer_kit.model.testing.result import Result as Ran
from maintainer_kit.wiring.testing import tested_here
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.branches.branch import Result
from maintainer_kit.workflow.branches.ports import Results


def results_of(workspace: Workspace) -> Results:
    """Asks the results of the home, by tree."""
    ask = tested_here(workspace.home, workspace.stores.settings)
    return lambda tree: _results(ask(tree))


def _results(found: Mapping[str, Ran | None]) -> Sequence[Result]:
    """A configuration that did not run yet is pending, once any other did."""
    if not any(found.values()):
        return ()
    return [
        Result(name, _outcome(one))
        for name, one in found.items()
        if one is None or one.outcome is not Ended.SKIP
    ]


def _outcome(ran: Ran | None) -> str:
    if ran is None:
        return Outcome.PENDING.value
    return (Outcome.FAIL if ran.is_bad else Outcome.SUCCESS).value
