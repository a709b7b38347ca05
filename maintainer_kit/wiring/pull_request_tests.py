# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``mkit test`` knows of a tip that others are to pull."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maintainer_kit.adapters.git.process import Git
from maintainer_kit.model.testing.configuration import read_configurations
from maintainer_kit.model.testing.result import Outcome, Result
from maintainer_kit.wiring.testing import tested_here
from maintainer_kit.wiring.workspace import Workspace

_PASSED = {
    Outcome.SUCCESS: True,
    Outcome.FAIL: False,
    Outcome.TIMEOUT: False,
    Outcome.MEMORY: False,
}
"""What is in none of these cannot be judged."""


@dataclass(frozen=True, slots=True)
class Suite:
    """One configuration of ``mkit.test``, and how it ended."""

    name: str
    passed: bool | None


@dataclass(frozen=True, slots=True)
class KnownSuites:
    """Implements the port ``Results``: by the tree of a commit, in the results of the home."""

    workspace: Workspace
    git: Git
    """Of a repository that has the commits."""

    def suites(self) -> Sequence[str]:
        settings = self.workspace.stores.settings
        return [one.name for one in read_configurations(settings.test)]

    def results_of(self, commit: str) -> Sequence[Suite]:
        ask = tested_here(self.workspace.home, self.workspace.stores.settings)
        said = self.git.output("rev-parse", "--verify", f"{commit}^{{tree}}")
        return _suites(ask(said.decode("ascii").strip()))


def _suites(found: Mapping[str, Result | None]) -> list[Suite]:
    return [Suite(name, _PASSED.get(one.outcome) if one else None) for name, one in found.items()]
