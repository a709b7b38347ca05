# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules explained on a terminal: ``mkit check --explain``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from maintainer_kit.checks.catalogue import FAMILIES, rules_by_family
from maintainer_kit.checks.context import Option
from maintainer_kit.checks.profile import Profile
from maintainer_kit.checks.rule import Rule
from maintainer_kit.render.example_text import example_lines
from maintainer_kit.render.grades import grade_in, grades
from maintainer_kit.render.needs import need_words

_MOST_WORDS = 8
_MARGIN = 10


def rule_lines(rule: Rule, profiles: Sequence[Profile], width: int = 80) -> Iterator[str]:
    """All about one rule: ``mkit check --explain RULE``."""
    yield from wrap(f"{rule.id}: {rule.words}", width, subsequent_indent="  ")
    yield ""
    yield from wrap(rule.why, width, break_on_hyphens=False)
    yield ""
    for name, text in _facts(rule, profiles):
        yield from _entry(name, text, width)
    yield ""
    yield "Passes:"
    yield from example_lines(rule.passes, rule.fails)
    yield ""
    yield "Fails:"
    yield from example_lines(rule.fails, rule.passes)


def _facts(rule: Rule, profiles: Sequence[Profile]) -> Iterator[tuple[str, str]]:
    yield "Fix", rule.fix
    yield "Severity", grades(rule, profiles)
    yield "Source", rule.source.title
    yield "", rule.source.url
    if rule.aliases:
        yield "Also", ", ".join(rule.aliases)
    if rule.needs:
        yield "Needs", ", ".join(need_words(rule.needs))
    for at, (name, value) in enumerate(rule.options.items()):
        yield "" if at else "Options", f"{name} = {_brief(value)}"


def _entry(name: str, text: str, width: int) -> Iterator[str]:
    """``Name:     text``, wrapped below itself; addresses stay whole."""
    head = f"{name}:".ljust(_MARGIN) if name else " " * _MARGIN
    yield from wrap(
        text,
        width,
        initial_indent=head,
        subsequent_indent=" " * _MARGIN,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _brief(value: Option) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        more = len(value) - _MOST_WORDS
        listed = ", ".join(value[:_MOST_WORDS]) or "(none)"
        return f"{listed}, and {more} more" if more > 0 else listed
    return str(value)


def list_lines(profile: Profile, width: int = 100) -> Iterator[str]:
    """All rules in a line each, by family, as a profile grades them."""
    longest = max(len(rule.id) for rules in rules_by_family().values() for rule in rules)
    for family, rules in rules_by_family().items():
        yield FAMILIES[family]
        for rule in rules:
            head = f"  {rule.id:<{longest}} {grade_in(profile, rule):<8}"
            room = width - len(head)
            words = rule.words if len(rule.words) <= room else rule.words[: room - 1] + "\u2026"
            yield f"{head}{words}"
