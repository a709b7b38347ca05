# SPDX-License-Identifier: GPL-2.0-or-later
"""What became of one configuration on one tree."""

from __future__ import annotations

from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.testing.configuration import Configuration

CANNOT_TELL = 125
"""The exit code of a command that cannot judge a commit, as ``git bisect run`` has it."""


class Outcome(StrEnum):
    """How a run ended."""

    SUCCESS = "success"
    FAIL = "fail"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    SKIP = "skip"
    """The command says that it cannot judge this commit."""


class TestOutcome(StrEnum):
    """How one test of a suite ended."""

    __test__ = False

    PASS = "pass"
    FAIL = "fail"
    SKIP = "skip"


class Diagnostic(NamedTuple):
    """What a compiler said, without what moves when other lines do."""

    kind: str
    """``warning`` or ``error``."""
    path: str
    """Below the top of the tree; empty where it names no file."""
    message: str
    flag: str
    """``-Wunused-variable``; empty where it names none."""


class Key(NamedTuple):
    """What is never run twice."""

    tree: str
    """The full id of a commit's tree."""
    name: str
    """Of the configuration."""
    command: str

    @property
    def digest(self) -> str:
        """A name for it that is fit for files."""
        return sha256("\0".join(self).encode("utf-8", "surrogateescape")).hexdigest()


@dataclass(frozen=True, slots=True)
class Result:
    """How a run ended, and what it said."""

    outcome: Outcome
    code: int | None = None
    """The exit code, negative for a signal; None of what was ended by us."""
    seconds: float = 0.0
    when: int = 0
    """When it ended, in seconds since the epoch."""
    by: str = ""
    """Who ran it."""
    commit: str = ""
    """On which commit of that tree."""
    time_limit: int = 0
    memory_limit: int = 0
    whole: bool = True
    """It began with a clean tree; else a compiler was silent about what had been built before."""
    is_cut: bool = False
    """It said more than was read: something may be missing below."""
    diagnostics: tuple[tuple[Diagnostic, int], ...] = ()
    """Each with the number of places where it was said; sorted."""
    tests: tuple[tuple[str, TestOutcome], ...] = ()
    """By name, sorted."""

    @property
    def is_bad(self) -> bool:
        """Whether anybody has to look at it."""
        return self.outcome not in (Outcome.SUCCESS, Outcome.SKIP)

    def holds_for(self, configuration: Configuration) -> bool:
        """Whether it would be so again: what hit a bound says nothing about a wider one."""
        if self.outcome is Outcome.TIMEOUT:
            return configuration.seconds <= self.time_limit
        if self.outcome is Outcome.MEMORY:
            return 0 < configuration.memory <= self.memory_limit
        return True

    def named(self, outcome: TestOutcome) -> frozenset[str]:
        """The tests that ended so."""
        return frozenset(name for name, said in self.tests if said is outcome)


def key_of(tree: str, configuration: Configuration) -> Key:
    """What a configuration's run on a tree is kept by."""
    return Key(tree, configuration.name, configuration.command)
