# SPDX-License-Identifier: GPL-2.0-or-later
"""What testing needs from the outside, as protocols."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.testing.configuration import Configuration
from maintainer_kit.model.testing.history import Commit
from maintainer_kit.model.testing.result import Key, Result, key_of


@dataclass(frozen=True, slots=True)
class Job:
    """One configuration on one commit."""

    configuration: Configuration
    commit: Commit
    base: str
    """What the range is compared with; empty where there is none."""
    after: str | None = None
    """The commit whose build may be there still; None where the tree has to be clean."""

    @property
    def key(self) -> Key:
        return key_of(self.commit.tree, self.configuration)


@dataclass(frozen=True, slots=True)
class Ran:
    """How the command of a job ended, and what it left."""

    job: Job
    code: int | None
    """Negative for a signal; None where a bound ended it."""
    reason: str
    """``timeout`` or ``memory``, where that was why."""
    seconds: float
    output: bytes
    log: str
    """A file that holds it, and may be moved away."""
    is_cut: bool
    """There was more of it."""
    was_clean: bool
    """Nothing built before was there."""
    root: str
    """The work tree."""
    reports: Sequence[bytes]
    """Files of JUnit's."""


class Laboratory(Protocol):
    """Runs jobs side by side, in work trees of its own."""

    def has_room(self, cores: int) -> bool:
        """Whether a job that keeps so many cores busy can begin; one alone always can."""

    def start(self, job: Job) -> None: ...

    @property
    def is_idle(self) -> bool: ...

    def wait(self) -> Ran:
        """The next job that ended. Raises StateError where one could not be run at all, and where
        the disk is full: then the others are stopped, and can be run again."""


class Results(Protocol):
    """What was found out before, and is kept."""

    def get(self, key: Key) -> Result | None: ...

    def put(self, key: Key, result: Result, log: str) -> None:
        """Durable when it returns; the file of its log is moved. Raises StateError."""

    def log_of(self, key: Key) -> str:
        """Where its log is; empty when that is gone."""


class Notes(Protocol):
    """Results that go from one repository to another."""

    def read(self, ref: str, trees: Collection[str]) -> Mapping[Key, Result]:
        """What the notes of a ref say of these trees. Raises RepositoryError."""

    def add(self, found: Mapping[Key, Result]) -> int:
        """Put results into mkit's own notes; how many notes are other than before."""
