# SPDX-License-Identifier: GPL-2.0-or-later
"""Profiles: which rules speak on a list, how loudly, and with what parameters. Data, in TOML.

inherits = "kernel"
words = "Networking (netdev)"

[detect]
lists = ["netdev@vger.kernel.org"]
remotes = ["netdev/net(-next)?(\\.git)?$"]
files = ["net/core/dev.c"]

[rules]
subject-full-stop = "off"
series-too-long = {severity = "warning", limit = 15, exempt = ["revert"]}
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from maintainer_kit.checks.context import Option
from maintainer_kit.checks.finding import Severity
from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.rule import Rule
from maintainer_kit.errors import ConfigError
from maintainer_kit.lazy.dataclass import dataclass, field
from maintainer_kit.lazy.pattern import lazy_pattern

OFF = "off"
_GRADES = (OFF, *(one.value for one in Severity))
_MAX_DEPTH = 8

EXEMPTIONS = ("revert", "merge", "rfc", "resend", "backport")
"""Sorts of patches that a profile can exempt from a rule; and any title that matches a pattern."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a profile says of one rule; what it leaves open is the rule's own."""

    severity: Severity | None = None
    is_off: bool = False
    options: Mapping[str, Option] = field(default_factory=dict)
    exempt: tuple[str, ...] = ()
    """Of EXEMPTIONS."""
    exempt_titles: tuple[str, ...] = ()
    """Regular expressions; a patch whose title one of them finds is exempt."""

    def over(self, below: Setting) -> Setting:
        """This one, and what it leaves open from another."""
        graded = self.severity is not None or self.is_off
        return Setting(
            self.severity if graded else below.severity,
            self.is_off if graded else below.is_off,
            {**below.options, **self.options},
            self.exempt or below.exempt,
            self.exempt_titles or below.exempt_titles,
        )

    def is_exempt(self, patch: Patch) -> bool:
        """Whether the rule is silent about this patch."""
        if self.exempt and any(_IS[one](patch) for one in self.exempt):
            return True
        return any(re.search(one, patch.title) for one in self.exempt_titles)


NO_SETTING = Setting()


@dataclass(frozen=True, slots=True)
class Detect:
    """By what a repository, or a mail, is known to follow a profile."""

    lists: tuple[str, ...] = ()
    """Addresses of mailing lists."""
    remotes: tuple[str, ...] = ()
    """Regular expressions for URLs of remotes."""
    files: tuple[str, ...] = ()
    """Paths that only such a repository has; all of them."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One profile with what it inherits worked in."""

    name: str
    words: str
    settings: Mapping[str, Setting]
    detect: Detect = Detect()
    lineage: tuple[str, ...] = ()
    """Its own name, and those it inherits from, the nearest first."""

    def setting(self, rule: Rule) -> Setting:
        return self.settings.get(rule.id, NO_SETTING)

    def is_on(self, rule: Rule) -> bool:
        return not self.setting(rule).is_off

    def severity(self, rule: Rule) -> Severity:
        return self.setting(rule).severity or rule.severity

    def options(self, rule: Rule) -> dict[str, Option]:
        return {**rule.options, **self.setting(rule).options}


def read_profile(name: str, text: str, load: Callable[[str], str], depth: int = 0) -> Profile:
    """Read a profile; ``load`` gives the text of one by name, for what it inherits.

    Raises ConfigError, which names the profile and the line or the key that means nothing.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"profile {name}: {error}") from error
    if depth > _MAX_DEPTH:
        raise ConfigError(f"profile {name} inherits from itself")
    parent = data.get("inherits", "")
    below = read_profile(parent, load(parent), load, depth + 1) if parent else None
    return apply(name, data, below)


def apply(name: str, data: Mapping[str, Any], below: Profile | None) -> Profile:
    """A profile's table over the profile that it inherits from."""
    settings = dict(below.settings) if below else {}
    for rule_id, value in _table(name, data, "rules").items():
        settings[rule_id] = read_setting(name, rule_id, value).over(
            settings.get(rule_id, NO_SETTING)
        )
    found = _table(name, data, "detect")
    where = f"profile {name}: detect"
    detect = Detect(
        *(_texts(where, key, found.get(key, [])) for key in ("lists", "remotes", "files"))
    )
    lineage = (name, *(below.lineage if below else ()))
    return Profile(name, str(data.get("words", name)), settings, detect, lineage)


def _table(name: str, data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = data.get(key, {})
    if not isinstance(found, dict):
        raise ConfigError(f"profile {name}: {key} is no table")
    return found


def read_setting(profile: str, rule_id: str, value: object) -> Setting:
    """What a profile says of one rule: a severity, ``off``, or a table."""
    where = f"profile {profile}: {rule_id}"
    if isinstance(value, str):
        return _graded(where, value)
    if not isinstance(value, dict):
        raise ConfigError(f"{where} is {value!r}", f"one of {', '.join(_GRADES)}, or a table")
    table = dict(value)
    graded = _graded(where, str(table.pop("severity"))) if "severity" in table else NO_SETTING
    exempt = _texts(where, "exempt", table.pop("exempt", []))
    titles = _texts(where, "exempt_titles", table.pop("exempt_titles", []))
    if unknown := [one for one in exempt if one not in EXEMPTIONS]:
        raise ConfigError(f"{where} exempts {unknown[0]!r}", f"one of {', '.join(EXEMPTIONS)}")
    for one in titles:
        try:
            re.compile(one)
        except re.error as error:
            raise ConfigError(f"{where}: {one!r} is no regular expression: {error}") from error
    return Setting(graded.severity, graded.is_off, table, exempt, titles)


def _texts(where: str, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ConfigError(f"{where}: {key} is no list of texts", f'{key} = ["..."]')
    return tuple(value)


def _graded(where: str, value: str) -> Setting:
    if value not in _GRADES:
        raise ConfigError(f"{where} is {value!r}", f"one of {', '.join(_GRADES)}")
    return Setting(is_off=True) if value == OFF else Setting(Severity(value))


def problems(profile: Profile, rules: Iterable[Rule]) -> list[str]:
    """What a profile says of rules or parameters that are not there, a line each: it may be of a
    newer mkit."""
    from difflib import get_close_matches

    by_id = {one.id: one for one in rules}
    found: list[str] = []
    for rule_id, setting in profile.settings.items():
        rule = by_id.get(rule_id)
        if rule is None:
            near = get_close_matches(rule_id, by_id, n=1)
            meant = f"; did you mean {near[0]}?" if near else ""
            found.append(f"profile {profile.name}: there is no rule {rule_id}{meant}")
            continue
        found.extend(
            f"profile {profile.name}: {rule_id} has no parameter {key}"
            for key in setting.options
            if key not in rule.options
        )
    return found


def check_types(profile: Profile, rules: Iterable[Rule]) -> None:
    """Raise ConfigError where a parameter is not of the sort that its rule reads."""
    for rule in rules:
        for key, value in profile.setting(rule).options.items():
            default = rule.options.get(key)
            if default is not None and not _is_alike(value, default):
                raise ConfigError(
                    f"profile {profile.name}: {rule.id}: {key} is {value!r}",
                    f"mkit check --explain {rule.id} shows what it is like",
                )


def _is_alike(value: object, default: Option) -> bool:
    if isinstance(default, list):
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    if isinstance(default, float):
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return type(value) is type(default)


_UPSTREAM = lazy_pattern(
    r"(?:commit [0-9a-f]{7,64} upstream\b|\[ ?upstream commit [0-9a-f]{7,64} ?\]"
    r"|\(cherry picked from commit [0-9a-f]{7,64}\b)",
    re.IGNORECASE,
)


def _is_backport(patch: Patch) -> bool:
    """It says of which commit it is a copy (stable rules, git cherry-pick -x)."""
    return any(_UPSTREAM.search(line[:200]) for line in (*patch.body[:4], *patch.body[-30:]))


_IS: Mapping[str, Callable[[Patch], bool]] = {
    "revert": lambda patch: patch.is_revert,
    "merge": lambda patch: patch.is_merge,
    "rfc": lambda patch: patch.subject.rfc,
    "resend": lambda patch: patch.subject.resend,
    "backport": _is_backport,
}
