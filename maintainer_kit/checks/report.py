# SPDX-License-Identifier: GPL-2.0-or-later
"""What came of checking: findings by series, and what could not be checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from maintainer_kit.checks.context import Need
from maintainer_kit.checks.finding import RANK, Finding, Severity
from maintainer_kit.checks.series import Series
from maintainer_kit.lazy.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Checked:
    """One series, and all that was found in it."""

    series: Series
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Something named that could not be checked."""

    name: str
    """As the user named it, with a Message-ID or a place in the file where there are several."""
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one run."""

    checked: tuple[Checked, ...]
    unchecked: tuple[Unchecked, ...] = ()
    profile: str = "generic"
    profile_reason: str = ""
    """Why that profile, in words."""
    missing: frozenset[Need] = frozenset()
    """What was not there, so that rules which need it were not asked."""

    def findings(self) -> Iterator[Finding]:
        for one in self.checked:
            yield from one.findings

    @property
    def patches(self) -> int:
        """Patches and cover letters that were checked."""
        return sum(len(one.series.all) for one in self.checked)

    def counts(self) -> dict[str, int]:
        """Findings by severity, the weightiest first, zeros included."""
        found = Counter(one.severity for one in self.findings())
        return {one.value: found[one] for one in sorted(Severity, key=RANK.__getitem__)[::-1]}

    def fails(self, limit: Severity) -> bool:
        """Whether anything weighs as much as ``limit``."""
        return any(RANK[one.severity] >= RANK[limit] for one in self.findings())
