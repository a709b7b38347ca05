# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``mkit test`` knows of the tip of a branch that is to be posted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from maintainer_kit.adapters.git.process import Git
from maintainer_kit.model.testing.result import Outcome, Result
from maintainer_kit.wiring.testing import tested_here
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.posting.gates import Tested, Tests

_BAD = frozenset({Outcome.FAIL, Outcome.TIMEOUT, Outcome.MEMORY})


def tests_of(workspace: Workspace, git: Git) -> Tests:
    """Asks the results of the home, by the tree of a commit."""
    ask = tested_here(workspace.home, workspace.stores.settings)

    def tests(commit: str) -> Tested:
        tree = git.output("rev-parse", "--verify", f"{commit}^{{tree}}").decode("ascii").strip()
        return _tested(ask(tree))

    return tests


def _tested(found: Mapping[str, Result | None]) -> Tested:
    if not found:
        return Tested("not tested: no mkit.test is configured")
    bad = any(one is not None and one.outcome in _BAD for one in found.values())
    return Tested(", ".join(_words(found)), bad)


def _words(found: Mapping[str, Result | None]) -> Iterator[str]:
    for name, one in found.items():
        yield f"{name}: {one.outcome.value if one else 'not tested'}"
