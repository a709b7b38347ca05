# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit check --calibrate``: what the accepted commits of a repository say of the rules.

A rule that accepted work breaks often is one that maintainers there do not mind: it is made
quieter, and the profile that comes of it says by what figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from maintainer_kit.checks.catalogue import FAMILIES, rules_by_family
from maintainer_kit.checks.engine import Context, ask_rules, asked_rules
from maintainer_kit.checks.finding import Severity
from maintainer_kit.checks.patch import Origin
from maintainer_kit.checks.profile import OFF, Profile
from maintainer_kit.checks.reading_commit import CommitRecord, patch_of_commit
from maintainer_kit.checks.rule import Rule
from maintainer_kit.checks.series import Series

_QUIETER = {
    Severity.ERROR: Severity.WARNING.value,
    Severity.WARNING: Severity.INFO.value,
    Severity.INFO: OFF,
}


@dataclass(frozen=True, slots=True)
class Limits:
    """Shares of accepted commits, 0 to 1, above which a rule is made quieter."""

    quieter: float = 0.05
    """One grade down."""
    off: float = 0.2
    error: float = 0.005
    """An error becomes a warning: one in so many good patches would be sent back."""


@dataclass(slots=True)
class Tally:
    """How many commits each rule speaks of."""

    commits: int = 0
    newest: str = ""
    """Id of the last commit that was looked at."""
    hits: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    """Those of them that are errors."""


def tally(
    records: Iterable[CommitRecord], rules: Iterable[Rule], profile: Profile, context: Context
) -> Iterator[Tally]:
    """Ask the rules that speak of commits about each commit alone; the same tally, one commit
    further each time. Merges are passed over."""
    asked = asked_rules([one for one in rules if speaks_of_commits(one)], profile)
    found = Tally()
    for record in records:
        patch = patch_of_commit(record)
        if patch.is_merge:
            continue
        told = ask_rules(Series((patch,), is_range=True), asked, profile.name, context)
        found.commits += 1
        found.newest = record.commit
        found.hits.update({one.rule for one in told})
        found.errors.update({one.rule for one in told if one.severity is Severity.ERROR})
        yield found


def speaks_of_commits(rule: Rule) -> bool:
    """Of what only mails have, history knows nothing."""
    return Origin.COMMIT in rule.origins


def verdict(rule: Rule, profile: Profile, found: Tally, limits: Limits = Limits()) -> str:
    """The grade that a rule should have: a severity, or ``off``."""
    grade = profile.severity(rule)
    share = found.hits[rule.id] / found.commits if found.commits else 0.0
    errors = found.errors[rule.id] / found.commits if found.commits else 0.0
    if share > limits.off:
        return OFF
    if share > limits.quieter:
        return _QUIETER[grade]
    if errors > limits.error:
        return Severity.WARNING.value
    return grade.value


def profile_lines(profile: Profile, found: Tally, limits: Limits = Limits()) -> Iterator[str]:
    """The profile as TOML: over the one that it was made by, a line for each rule that is to
    change, and a comment for each that speaks and stays."""
    many = f"{found.commits:,}"
    yield f"# Made by mkit check --calibrate: what {many} accepted commits say of the rules."
    yield f"# The newest of them is {found.newest[:12] or 'none'}. Rules of mails are left alone."
    yield f"# More than {_limit(limits.quieter)} of them break it: one grade quieter; more than"
    yield f"# {_limit(limits.off)}: off. More than {_limit(limits.error)} err by it: a warning."
    yield f'inherits = "{profile.name}"'
    yield f'words = "{profile.name}, calibrated by {many} accepted commits"'
    yield ""
    yield "[rules]"
    for family, rules in rules_by_family().items():
        lines = [_line(one, profile, found, limits) for one in rules if found.hits[one.id]]
        if lines:
            yield f"# {FAMILIES[family]}"
            yield from lines


def _line(rule: Rule, profile: Profile, found: Tally, limits: Limits) -> str:
    grade = verdict(rule, profile, found, limits)
    was = profile.severity(rule).value
    figures = f"{_percent(found.hits[rule.id] / found.commits)} of {found.commits:,}"
    figures += " accepted commits"
    errors = found.errors[rule.id]
    if 0 < errors < found.hits[rule.id]:
        figures += f", {_percent(errors / found.commits)} as an error"
    if grade == was:
        return f"# {rule.id}: {figures}; stays {was}"
    return f'{rule.id} = "{grade}"  # {figures}; was {was}'


def _limit(share: float) -> str:
    return f"{share * 100:g} %"


def _percent(share: float) -> str:
    """With two digits that count where it is small."""
    part = share * 100
    return f"{part:.1f} %" if part >= 1 or not part else f"{part:.2g} %"
