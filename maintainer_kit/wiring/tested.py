# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``mkit test`` knows of a commit beside its base, for all that ask before they go on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.home import Home
from maintainer_kit.adapters.testing.kept import KeptResults
from maintainer_kit.adapters.testing.spans import base_of, commit_of
from maintainer_kit.config import Settings
from maintainer_kit.errors import MkitError
from maintainer_kit.model.testing.configuration import read_configurations
from maintainer_kit.model.testing.history import Commit
from maintainer_kit.wiring.testing import FOLDER
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.branches.branch import Head
from maintainer_kit.workflow.branches.ports import Results
from maintainer_kit.workflow.testing.verdicts import Verdicts, known_verdicts


def verdicts_in(workspace: Workspace, git: Git) -> Callable[[str, str], Verdicts]:
    """Asks about a commit of a repository, and the one that its series or branch stands on."""
    ask = _asked(workspace.home, workspace.stores.settings)

    def verdicts(tip: str, base: str) -> Verdicts:
        return ask(commit_of(git, tip), lambda: commit_of(git, base) if base else None)

    return verdicts


def verdicts_of_branches(workspace: Workspace) -> Results:
    """Asks about the tip of a branch, which is compared with where mkit test finds that it
    begins."""
    ask = _asked(workspace.home, workspace.stores.settings)

    def verdicts(path: str, head: Head) -> Verdicts:
        tip = Commit(head.tip, head.tree, (), head.subject)
        return ask(tip, lambda: _fork(path, head.name))

    return verdicts


def _asked(
    home: Home, settings: Settings
) -> Callable[[Commit, Callable[[], Commit | None]], Verdicts]:
    """By this home's own results."""
    known = KeptResults(home.root / FOLDER).get
    configurations = read_configurations(settings.test)
    return lambda tip, base: known_verdicts(configurations, tip, base, known)


def _fork(path: str, name: str) -> Commit | None:
    from maintainer_kit.wiring.landing import branches_of  # only without an upstream

    git = Git(Path(path))
    try:
        return commit_of(git, base_of(git, name, lambda: branches_of(path)))
    except MkitError:
        return None  # a branch that begins nowhere is compared with nothing
