# SPDX-License-Identifier: GPL-2.0-or-later
"""Run rules over a series: each where it applies, and none stopped by another's bug."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from maintainer_kit.checks.context import Look, Need, Option, Repository
from maintainer_kit.checks.finding import RANK, WHOLE, Finding, Hit, Part, Severity
from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.profile import Profile, Setting
from maintainer_kit.checks.rule import Rule
from maintainer_kit.checks.series import Series
from maintainer_kit.errors import MkitError
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.mail.mailmap import NO_MAILMAP, People

if TYPE_CHECKING:
    from maintainer_kit.model.maintainers.maintainers import Maintainers

BROKEN = "rule-broken"
"""The id under which a rule's own failure is reported."""
NOT_ASKED = "not-asked"
"""The id under which it is reported, once, that a rule could not get an answer: the repository is
damaged, git does not answer."""
_MOST_HITS = 50


@dataclass(frozen=True, slots=True)
class Context:
    """What is known besides the series."""

    repository: Repository | None = None
    maintainers: Maintainers | None = None
    people: People = NO_MAILMAP
    comment_char: str = "#"

    def has(self, need: Need, series: Series) -> bool:
        match need:
            case Need.REPOSITORY:
                return self.repository is not None
            case Need.MAINTAINERS:
                return self.maintainers is not None
            case Need.EARLIER:
                return series.earlier is not None
            case Need.ARCHIVE:
                return series.archived is not None


NO_CONTEXT = Context()


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule that a profile has switched on, and what the profile makes of it."""

    rule: Rule
    setting: Setting
    severity: Severity
    options: Mapping[str, Option]

    def exempts(self, patch: Patch) -> bool:
        """Whether the profile wants to hear nothing of this patch."""
        setting = self.setting
        return bool(setting.exempt or setting.exempt_titles) and setting.is_exempt(patch)


def asked_rules(rules: Sequence[Rule], profile: Profile) -> tuple[Asked, ...]:
    """Rules that are on, each with its grade and parameters: worked out once for many series."""
    return tuple(
        Asked(one, profile.setting(one), profile.severity(one), profile.options(one))
        for one in rules
        if profile.is_on(one)
    )


def check_series(
    series: Series,
    rules: Sequence[Rule],
    profile: Profile,
    context: Context = NO_CONTEXT,
    most: int = _MOST_HITS,
) -> list[Finding]:
    """All findings, by patch, and for each patch by place; a rule that raises becomes a finding
    of its own. A rule is heard ``most`` times about one patch."""
    return ask_rules(series, asked_rules(rules, profile), profile.name, context, most)


def ask_rules(
    series: Series,
    asked: Sequence[Asked],
    profile: str,
    context: Context = NO_CONTEXT,
    most: int = _MOST_HITS,
) -> list[Finding]:
    """The same, where it is known already which rules are on; ``profile`` is its name."""
    found: list[Finding] = []
    has = {one: context.has(one, series) for one in Need}
    for one in asked:
        if one.rule.needs and not all(has[need] for need in one.rule.needs):
            continue
        look = Look(
            series,
            one.options,
            profile,
            context.repository,
            context.maintainers,
            context.people,
            context.comment_char,
        )
        _run(one, look, found, most)
    told: set[str] = set()
    return in_order(one for one in found if _is_new(one, told))


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """By patch, and for each patch by place, the weightiest of a place first."""
    return sorted(findings, key=_order)


def _is_new(finding: Finding, told: set[str]) -> bool:
    if finding.rule != NOT_ASKED:
        return True
    is_new = finding.message not in told
    told.add(finding.message)
    return is_new


def _run(asked: Asked, look: Look, found: list[Finding], most: int) -> None:
    rule, series = asked.rule, look.series
    if rule.check_series is not None:
        first = series.first
        if first is None or first.origin not in rule.origins or asked.exempts(first):
            return
        _guarded(asked, partial(rule.check_series, series, look), series, 0, found, most)
    if rule.check_patch is not None:
        for at, patch in enumerate(series.all):
            if patch.role not in rule.roles or patch.origin not in rule.origins:
                continue
            if not asked.exempts(patch):
                _guarded(asked, partial(rule.check_patch, patch, look), series, at, found, most)


def _guarded(
    asked: Asked,
    ask: Callable[[], Iterable[Hit]],
    series: Series,
    at: int,
    found: list[Finding],
    most: int,
) -> None:
    """Findings of hits; the bug of a rule ends its own hits only."""
    rule, severity = asked.rule, asked.severity
    try:
        for count, hit in enumerate(ask()):
            if count == most:
                return
            where = at if hit.patch is None else hit.patch
            found.append(_finding(rule, hit, series.all[where], where, severity))
    except MkitError as error:
        hit = Hit(f"{error.message}: not all rules could be asked", WHOLE)
        found.append(_finding(rule, hit, series.all[at], at, Severity.WARNING, NOT_ASKED))
    except Exception as error:  # whatever a rule did wrong, the other rules go on
        hit = Hit(f"the rule {rule.id} failed: {type(error).__name__}: {error}", WHOLE)
        found.append(_finding(rule, hit, series.all[at], at, Severity.WARNING, BROKEN))


def _finding(
    rule: Rule, hit: Hit, patch: Patch, at: int, severity: Severity, name: str = ""
) -> Finding:
    own = hit.severity
    graded = own if own is not None and RANK[own] < RANK[severity] else severity
    return Finding(
        rule=name or rule.id,
        severity=graded,
        message=hit.message,
        spot=hit.spot,
        place=patch.place(hit.spot),
        message_id=patch.message_id,
        commit=patch.commit,
        title=patch.title,
        fix=hit.fix,
        source=rule.source.url,
        at=at,
    )


_PARTS = tuple(Part)


def _order(finding: Finding) -> tuple[int, int, int, int, str]:
    spot = finding.spot
    return finding.at, _PARTS.index(spot.part), spot.index, -RANK[finding.severity], finding.rule
