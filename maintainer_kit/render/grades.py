# SPDX-License-Identifier: GPL-2.0-or-later
"""How profiles grade a rule, in words."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.checks.profile import OFF, Profile
from maintainer_kit.checks.rule import Rule


def grade_in(profile: Profile, rule: Rule) -> str:
    """``error``, ``warning``, ``info`` or ``off``."""
    return profile.severity(rule).value if profile.is_on(rule) else OFF


def grades(rule: Rule, profiles: Sequence[Profile]) -> str:
    """``warning; error in git, qemu; off in dpdk``: what most profiles say, then the others.

    What is off nearly everywhere is told by where it is on: ``error in git; else off``.
    """
    by_grade: dict[str, list[str]] = {}
    for profile in profiles:
        by_grade.setdefault(grade_in(profile, rule), []).append(profile.name)
    # Of equally many, the one of the profile that is named first: generic.
    usual = max(by_grade, key=lambda one: len(by_grade[one]))
    others = [
        f"{grade} in {', '.join(names)}" for grade, names in by_grade.items() if grade != usual
    ]
    if usual != OFF:
        return "; ".join([usual, *others])
    return "; ".join([*others, "else off"]) if others else OFF
