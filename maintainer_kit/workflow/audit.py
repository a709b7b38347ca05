# SPDX-License-Identifier: GPL-2.0-or-later
"""What is looked over before something goes out, or is taken in: what came of each look."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from maintainer_kit.errors import Refused
from maintainer_kit.lazy.dataclass import dataclass


class Verdict(StrEnum):
    """What came of one look."""

    GOOD = "good"
    TOLD = "told"
    """Nothing that keeps it back; whoever gets it should know of it."""
    UNKNOWN = "unknown"
    FAILED = "failed"
    """Only with a reason given."""


@dataclass(frozen=True, slots=True)
class Audit:
    """One look, and what came of it."""

    name: str
    verdict: Verdict
    words: str
    """In a line, how it stands."""
    details: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """It needs no reason."""
        return self.verdict is not Verdict.FAILED


def failed(audits: Collection[Audit]) -> list[Audit]:
    """Those that need a reason."""
    return [one for one in audits if not one.is_open]


def refuse_failed(audits: Collection[Audit], why: str, said: str, hint: str) -> None:
    """Raise Refused, where something failed and no reason is given, with what failed behind
    ``said``."""
    found = failed(audits)
    if found and not why.strip():
        words = "; ".join(f"{one.name}: {one.words}" for one in found)
        raise Refused(f"{said}{words}", hint)
