# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``test`` needs: a repository, the results of the home, and work trees of our own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.testing.kept import KeptResults
from maintainer_kit.adapters.testing.notes import GitNotes
from maintainer_kit.adapters.testing.spans import is_branch, named_span, span_of
from maintainer_kit.config import Settings
from maintainer_kit.errors import NotFound
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.matching.prints import CommitPrint
from maintainer_kit.model.testing.configuration import Configuration, read_configurations
from maintainer_kit.model.testing.history import Span
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.testing.ports import Laboratory

FOLDER = "testing"


@dataclass(frozen=True, slots=True)
class TestRoom:
    """One repository, and what is known of its trees."""

    __test__ = False

    git: Git
    results: KeptResults
    notes: GitNotes
    by: str
    """Who runs tests here: ``Name <address>``."""
    folder: Path
    """Of the home, for all that has to do with tests."""

    def span(self, word: str) -> Span:
        """The commits that a user names, by git alone. Raises RepositoryError and Refused."""
        return named_span(self.git, word, self._main_branches)

    def _main_branches(self) -> Sequence[str]:
        from maintainer_kit.wiring.landing import branches_of  # only without an upstream

        return branches_of(self.place)

    @property
    def place(self) -> str:
        """The folder by which the repository is found."""
        return os.path.abspath(self.git.path or os.curdir)

    def is_branch(self, word: str) -> bool:
        return is_branch(self.git, word)

    def commits(self, names: Sequence[str]) -> Span:
        return span_of(self.git, names)

    def prints(self, stores: Stores) -> Callable[[Sequence[str]], Iterator[CommitPrint]]:
        """Reads what commits are compared with mails by."""
        from maintainer_kit.adapters.git.prints import read_prints

        return lambda commits: (one.print for one in read_prints(self.git, commits, stores.people))

    @contextmanager
    def laboratory(
        self, cores: int = 0, check: Callable[[], None] = lambda: None
    ) -> Iterator[Laboratory]:
        """Work trees to run in; as many jobs at once as there are cores, unless it is said.
        ``check`` is called now and then, and may raise to stop all of it."""
        from maintainer_kit.adapters.testing.laboratory import open_laboratory

        count = cores or len(os.sched_getaffinity(0))
        with open_laboratory(self.git, self.folder, count, check) as found:
            yield found
        self.results.thin_out()


def open_testing(workspace: Workspace, repository: Path | None) -> TestRoom:
    """For the repository of a folder, or the one where the user is."""
    git = Git(repository)
    name = workspace.entries["user.name"][-1].value if "user.name" in workspace.entries else ""
    address = next(iter(workspace.stores.settings.me), "")
    folder = workspace.home.root / FOLDER
    by = f"{name} <{address}>" if address else name
    return TestRoom(git, KeptResults(folder), GitNotes(git, (name, address)), by, folder)


def configurations_of(settings: Settings, only: Sequence[str] = ()) -> list[Configuration]:
    """Those of the settings, or some of them by name. Raises ConfigError, and NotFound."""
    found = {one.name: one for one in read_configurations(settings.test)}
    if not found:
        raise NotFound(
            "no test is configured",
            "git config --global --add mkit.test 'build each timeout=30m make -s -j4'",
        )
    for name in only:
        if name not in found:
            raise NotFound(f"no test is called {name}", f"one of: {', '.join(found)}")
    return [found[name] for name in dict.fromkeys(only or found)]
