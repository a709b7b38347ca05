# SPDX-License-Identifier: GPL-2.0-or-later
"""What quilting needs from the outside, as protocols."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Protocol

from maintainer_kit.checks.patch import Patch
from maintainer_kit.workflow.quilting.updating import Plan

WriteFile = Callable[[Patch, Sequence[str]], bytes]
"""Makes the file of a patch and the message that it is to have below its title."""


class QuiltFolder(Protocol):
    """A folder with a series file and patches. All raise Refused for what leads out of it."""

    @property
    def place(self) -> str:
        """Where it is, as the user named it."""

    def is_empty(self) -> bool:
        """Whether nothing is in it, or it is not there."""

    def series(self) -> str | None:
        """The text of the series file; None without one."""

    def digests(self, names: Collection[str]) -> Mapping[str, str | None]:
        """What these files are now (see ``record.digest_of``); None for those that are not
        there."""

    def applied(self) -> int:
        """How many of its patches quilt has applied at the moment."""

    def change(self, plan: Plan) -> None:
        """Carry a plan out. Killed in between it leaves what the next export goes on with."""

    def read(self, name: str) -> bytes:
        """A patch file. Raises NotFound, and Refused for one that is no plain file."""
