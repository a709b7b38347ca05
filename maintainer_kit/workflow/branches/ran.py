# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``mkit test`` says of a tip, as results of a branch."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.model.message.check import Outcome
from maintainer_kit.model.testing.problems import Verdict
from maintainer_kit.workflow.branches.branch import Result
from maintainer_kit.workflow.testing.verdicts import Verdicts


def ran_results(verdicts: Verdicts) -> Sequence[Result]:
    """A configuration that did not run yet is pending, once any other did; one that cannot judge
    the tip says nothing."""
    if not any(verdicts.values()):
        return ()
    return [
        Result(name, _OUTCOMES[verdict].value if verdict else Outcome.PENDING.value)
        for name, verdict in verdicts.items()
        if verdict is not Verdict.SKIPPED
    ]


_OUTCOMES = {
    Verdict.PASSED: Outcome.SUCCESS,
    Verdict.WARNED: Outcome.WARNING,
    # It has to be known, but is no fault of the branch.
    Verdict.KNOWN: Outcome.WARNING,
    Verdict.FAILED: Outcome.FAIL,
}
