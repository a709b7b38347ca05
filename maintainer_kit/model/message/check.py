# SPDX-License-Identifier: GPL-2.0-or-later
"""What a bot found out about a patch, a tree or a commit."""

from __future__ import annotations

from enum import StrEnum

from maintainer_kit.lazy.dataclass import dataclass


class Outcome(StrEnum):
    """Patchwork's results of a check."""

    SUCCESS = "success"
    WARNING = "warning"
    FAIL = "fail"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Check:
    """One result of one bot."""

    context: str
    """Which test: the bot's name, or the bot's with its test's (``bluez.test.bot/CheckPatch``)."""
    outcome: Outcome
    url: str
    """Where it is explained; empty without a link."""
    about: str
    """The tree, branch or commit it speaks of, where that is no mail; else empty. A commit with its
    title stands as in a commit message: ``tree:branch 0123456789ab ("title")``."""
    series: bool = False
    """It speaks of the whole series, whichever of its mails it answers."""

    @property
    def title(self) -> str:
        """The title of the commit that it speaks of; empty where it names none."""
        _, mark, rest = self.about.partition(' ("')
        return rest.removesuffix('")') if mark else ""
