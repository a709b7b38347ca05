# SPDX-License-Identifier: GPL-2.0-or-later
"""The commits that are to be posted, and what the repository says about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from maintainer_kit.checks.patch import Patch

_ID_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Tracked:
    """What ``b4 prep`` keeps of a series; empty where it does not look after the branch."""

    change_id: str = ""
    revision: int = 0
    """The one that is in the making; 0 where nobody says."""
    prefixes: tuple[str, ...] = ()
    posted: tuple[str, ...] = ()
    """Message-IDs with which its postings began, the last one last."""


@dataclass(frozen=True, slots=True)
class Branch:
    """What is to be posted."""

    name: str
    """The short name of a branch; else as the user named it: ``A..B``."""
    place: str
    """The git directory of its repository."""
    base: str
    """The commit below the first patch."""
    commits: tuple[Patch, ...]
    """The oldest first."""
    base_in: str = ""
    """A branch of a remote repository that has the base; empty where none is known to."""
    has_remotes: bool = False
    cover: str = ""
    """The cover letter that is kept with the branch: its title, a blank line, its text."""
    tracked: Tracked = field(default_factory=Tracked)
    prefix: str = "PATCH"
    """What stands in the subjects, without revision and numbers."""
    to: tuple[str, ...] = ()
    """Addresses that the configuration of git send-email names, as they stand there, and ``cc``."""
    cc: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Under which its postings are kept: hexadecimal digits, whatever it is called."""
        named = f"{self.place}\n{self.name}".encode("utf-8", "surrogateescape")
        return sha256(named).hexdigest()[:_ID_DIGITS]

    @property
    def tip(self) -> str:
        """The id of the last commit."""
        return self.commits[-1].commit or ""
