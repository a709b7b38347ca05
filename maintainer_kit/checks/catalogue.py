# SPDX-License-Identifier: GPL-2.0-or-later
"""All rules, by family; and how a user may name them."""

from __future__ import annotations

import sys
from functools import lru_cache
from importlib import import_module

from maintainer_kit.checks.rule import Rule

FAMILIES: dict[str, str] = {
    "mail": "How the mail is written",
    "diff": "The diff",
    "subject": "The subject",
    "wording": "The words of the title",
    "body": "The commit message",
    "marks": "Text that programs misread",
    "references": "Commits that it names",
    "signoff": "The sign-off chain",
    "trailers": "Other trailers",
    "fixes": "Fixes:",
    "links": "Link: and Closes:",
    "stable": "Stable trees",
    "series": "The series",
    "thread": "Thread and revisions",
    "review": "Reviews of earlier revisions",
    "recipients": "Recipients",
    "uapi": "The API of userspace",
    "policy": "Generated content",
}
"""Modules of ``checks.rules`` in the order of a mail, and their headings."""

_NEVER_OF_MESSAGES = frozenset({"thread", "review", "recipients", "uapi"})
"""Families that are not imported for a commit message in the making."""


_FOLDER = "maintainer_kit.checks.rules"


def rules_by_family() -> dict[str, tuple[Rule, ...]]:
    """The rules of each family in the order in which they are written down."""
    return {name: _rules_of(name) for name in FAMILIES}


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """All rules; no id stands twice."""
    return tuple(rule for rules in rules_by_family().values() for rule in rules)


def message_rules() -> tuple[Rule, ...]:
    """Rules of those families that may say something of a message without a diff."""
    families = [name for name in FAMILIES if name not in _NEVER_OF_MESSAGES]
    return tuple(rule for name in families for rule in _rules_of(name))


@lru_cache(maxsize=len(FAMILIES))
def _rules_of(family: str) -> tuple[Rule, ...]:
    module = import_module(f"{_FOLDER}.{family}")
    return tuple(one for one in vars(module).values() if isinstance(one, Rule))


def find_rule(name: str) -> Rule | None:
    """A rule by its id, or by checkpatch's name for the same.

    A rule that spoke is of a family that is loaded: those are asked first, since a hook has no time
    to load the others.
    """
    families = sorted(FAMILIES, key=lambda family: f"{_FOLDER}.{family}" not in sys.modules)
    rules = (one for family in families for one in _rules_of(family))
    return next((one for one in rules if name == one.id or name in one.aliases), None)


def family_of(rule_id: str) -> str:
    """The family of a rule; of another tool's finding (``checkpatch/TYPE``) that tool's name."""
    for name, rules in rules_by_family().items():
        if any(one.id == rule_id for one in rules):
            return name
    return rule_id.partition("/")[0]
