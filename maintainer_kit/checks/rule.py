# SPDX-License-Identifier: GPL-2.0-or-later
"""A rule: what it looks for, why, who says so, and an example of each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from maintainer_kit.checks.context import Look, Need, Option
from maintainer_kit.checks.example import Example
from maintainer_kit.checks.finding import Hit, Severity
from maintainer_kit.checks.patch import Origin, Patch, Role
from maintainer_kit.checks.series import Series
from maintainer_kit.checks.sources import Source
from maintainer_kit.lazy.dataclass import dataclass, field

PatchCheck = Callable[[Patch, Look], Iterable[Hit]]
SeriesCheck = Callable[[Series, Look], Iterable[Hit]]

MAILS = frozenset({Origin.MAIL, Origin.FILE})
WITH_MESSAGE = frozenset({Origin.MAIL, Origin.FILE, Origin.COMMIT, Origin.MESSAGE})
WITH_DIFF = frozenset({Origin.MAIL, Origin.FILE, Origin.COMMIT, Origin.STAGED})
ALL = frozenset(Origin)
PATCHES = frozenset({Role.PATCH})
HEADS = frozenset({Role.PATCH, Role.COVER})


@dataclass(frozen=True)
class Rule:
    """One thing that a reviewer would say."""

    id: str
    severity: Severity
    words: str
    """What is wrong, in a line, without the particulars."""
    why: str
    """The reason, to the author who sees it for the first time; a few sentences."""
    fix: str
    """What to do about it."""
    source: Source
    passes: Example
    fails: Example
    aliases: tuple[str, ...] = ()
    """Names of other checkers for the same: checkpatch's TYPE."""
    origins: frozenset[Origin] = WITH_MESSAGE
    roles: frozenset[Role] = PATCHES
    needs: frozenset[Need] = frozenset()
    options: Mapping[str, Option] = field(default_factory=dict)
    """Parameters with their defaults."""
    check_patch: PatchCheck | None = None
    check_series: SeriesCheck | None = None

    @property
    def is_for_series(self) -> bool:
        return self.check_series is not None


def patch_rule(
    id: str,
    severity: Severity,
    words: str,
    *,
    why: str,
    fix: str,
    source: Source,
    passes: Example,
    fails: Example,
    aliases: tuple[str, ...] = (),
    origins: frozenset[Origin] = WITH_MESSAGE,
    roles: frozenset[Role] = PATCHES,
    needs: Iterable[Need] = (),
    options: Mapping[str, Option] | None = None,
) -> Callable[[PatchCheck], Rule]:
    """Make a rule of a function that looks at one patch."""

    def make(check: PatchCheck) -> Rule:
        return Rule(
            id, severity, words, why, fix, source, passes, fails, aliases, origins, roles,
            frozenset(needs), options or {}, check_patch=check,
        )  # fmt: skip

    return make


def series_rule(
    id: str,
    severity: Severity,
    words: str,
    *,
    why: str,
    fix: str,
    source: Source,
    passes: Example,
    fails: Example,
    aliases: tuple[str, ...] = (),
    origins: frozenset[Origin] = MAILS,
    needs: Iterable[Need] = (),
    options: Mapping[str, Option] | None = None,
) -> Callable[[SeriesCheck], Rule]:
    """Make a rule of a function that looks at a series; origins are those of its first part."""

    def make(check: SeriesCheck) -> Rule:
        return Rule(
            id, severity, words, why, fix, source, passes, fails, aliases, origins, HEADS,
            frozenset(needs), options or {}, check_series=check,
        )  # fmt: skip

    return make
