# SPDX-License-Identifier: GPL-2.0-or-later
"""git, run on one repository: no hooks, no pager, no network, no prompt, and never for ever."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from maintainer_kit.adapters.git.running import Running
from maintainer_kit.adapters.process import ProgramFailed, Result, environment, run
from maintainer_kit.errors import RepositoryError
from maintainer_kit.model.mail.text import visible_line

PATIENCE = 60.0
"""Seconds that git may be silent before it counts as hung."""

_FIXED = (
    "--no-pager",
    "--no-optional-locks",
    "--literal-pathspecs",
    "-c",
    f"core.hooksPath={os.devnull}",
    "-c",
    "core.fsmonitor=false",
)
# A partial clone would fetch what it lacks; older git knows only the second variable.
_ALONE = {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none", "GIT_TERMINAL_PROMPT": "0"}
# What names a repository to a hook, or to whoever keeps the work tree elsewhere.
_SURROUNDING_PATHS = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_QUARANTINE_PATH",
)
_SURROUNDING = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_CEILING_DIRECTORIES",
    "GIT_AUTHOR_NAME",
    "GIT_AUTHOR_EMAIL",
    "GIT_AUTHOR_DATE",
    "GIT_COMMITTER_NAME",
    "GIT_COMMITTER_EMAIL",
    "GIT_COMMITTER_DATE",
)


class Git:
    """How git is called for one repository; starts no process by itself."""

    def __init__(self, path: Path | None = None, patience: float = PATIENCE) -> None:
        """``path`` is a work tree, a folder of one, or a bare repository; None means the current
        directory, and the repository that a surrounding git speaks of (``GIT_DIR``)."""
        self.path = path
        self._patience = patience
        self._env = dict(_ALONE)
        if path is None:
            self._env.update(_surrounding())

    @property
    def place(self) -> str:
        """The repository as the user names it."""
        return str(self.path) if self.path is not None else "this directory"

    def at(self, path: Path) -> Git:
        """The same repository, git run in a folder of its work tree: paths count from there."""
        made = Git(path, self._patience)
        made._env = self._env
        return made

    def start(self, *argv: str, stdin: bool = False) -> Running:
        """Start a command whose output is read bit by bit."""
        return Running([*self._command(), *argv], environment(self._env), stdin, self._patience)

    def run(
        self,
        *argv: str,
        stdin: bytes | None = None,
        env: Mapping[str, str] | None = None,
    ) -> Result:
        """Run a command to its end; the caller looks at the exit code."""
        try:
            return run(
                [*self._command(), *argv],
                stdin=stdin,
                env={**self._env, **(env or {})},
                timeout=self._patience,
            )
        except ProgramFailed as error:
            reason = error.message.partition(": ")[2]
            raise RepositoryError(f"git {argv[0]}: {reason}") from error

    def output(
        self, *argv: str, stdin: bytes | None = None, env: Mapping[str, str] | None = None
    ) -> bytes:
        """What a command prints; raises RepositoryError with git's own words if it fails."""
        result = self.run(*argv, stdin=stdin, env=env)
        if result.code:
            raise self.failure(argv[0], result.stderr)
        return result.stdout

    def failure(self, verb: str, stderr: str) -> RepositoryError:
        """What git said, in one line for the user."""
        words = _main_line(stderr)
        if "not a git repository" in words or "cannot change to" in words:
            return RepositoryError(f"{self.place} is no git repository", "cd REPOSITORY")
        if "dubious ownership" in words:
            return RepositoryError(
                f"{self.place} belongs to somebody else, and git does not trust it",
                "git config --global --add safe.directory DIRECTORY",
            )
        return RepositoryError(f"git {verb}: {words or 'failed without a word'}")

    def _command(self) -> list[str]:
        where = ["-C", str(self.path)] if self.path is not None else []
        return ["git", *where, *_FIXED]


def _surrounding() -> dict[str, str]:
    """Variables of a git around us; paths made absolute, as git runs in another folder."""
    found = {name: os.environ[name] for name in _SURROUNDING if name in os.environ}
    for name in _SURROUNDING_PATHS:
        if os.environ.get(name):
            found[name] = os.path.abspath(os.environ[name])
    return found


def _main_line(stderr: str) -> str:
    """The line that says what is wrong: the last fatal one, else the last error, else the last."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    for mark in ("fatal: ", "error: "):
        found = [line.removeprefix(mark) for line in lines if line.startswith(mark)]
        if found:
            return visible_line(found[-1])[:300]
    return visible_line(lines[-1])[:300] if lines else ""
