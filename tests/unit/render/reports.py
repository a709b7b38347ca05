# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports of real checks for tests of what is made of them: of all rules' examples, of hostile
mail, of a series."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from maintainer_kit.checks.catalogue import all_rules
from maintainer_kit.checks.engine import check_series
from maintainer_kit.checks.example import COVER, GOOD, Example
from maintainer_kit.checks.finding import WHOLE, Finding, Fix, Place, Severity, Spot
from maintainer_kit.checks.report import Checked, Report, Unchecked
from maintainer_kit.checks.rule import Rule
from tests.unit.checks.bench import PLAIN, series_of

HOSTILE = "a\nb\r::error::%0A\x1b[31m\u202e{0} [x](http://evil.example)\udcff,:"
"""What a mail, or the name of a file, may say."""


_ASKED = ("signoff-missing", "subject-full-stop", "fixup-commit", "whitespace-error")


def checked(example: Example) -> Checked:
    """An example, and what a few rules say of it."""
    rules = [one for one in all_rules() if one.id in _ASKED]
    series = series_of(example)
    return Checked(series, tuple(check_series(series, rules, PLAIN)))


def report(*examples: Example, profile: str = "plain") -> Report:
    return Report(tuple(map(checked, examples)), profile=profile)


@cache
def full_report() -> Report:
    """What each rule that needs nothing says of its failing example."""
    found = (_of(rule) for rule in all_rules() if not rule.needs)
    return Report(tuple(found), (Unchecked("no such", "is not there"),), profile="plain")


def _of(rule: Rule) -> Checked:
    series = series_of(rule.fails)
    return Checked(series, tuple(check_series(series, [rule], PLAIN)))


def made(
    message: str = "is wrong",
    rule: str = "subject-full-stop",
    severity: Severity = Severity.WARNING,
    spot: Spot = WHOLE,
    place: Place | None = None,
    fix: Fix | None = None,
) -> Finding:
    """A finding by hand."""
    where = place or Place(None, None, "")
    return Finding(rule, severity, message, spot, where, "m@x.example", None, "a title", fix)


def of_findings(*findings: Finding, example: Example = GOOD) -> Report:
    """A report with findings that were made by hand, about an example."""
    return Report((Checked(series_of(example), findings),), profile="plain")


def hostile_report() -> Report:
    """A report in which each text is hostile."""
    place = Place(HOSTILE, 3, HOSTILE, HOSTILE, 7)
    one = made(HOSTILE, rule=f"tool/{HOSTILE}", place=place, fix=Fix(HOSTILE))
    named = replace(one, title=HOSTILE, message_id=HOSTILE, source="https://x.example/" + "y" * 300)
    found = of_findings(named)
    return replace(found, unchecked=(Unchecked(HOSTILE, HOSTILE),), profile_reason=HOSTILE)


def spoilt_series(count: int = 3, **changes: object) -> Example:
    """A series of which no patch is signed, the first has a full stop, and the last a blank."""
    top = COVER.with_(subject=f"[PATCH 0/{count}] pebble: mounts that fail")
    answer = {"In-Reply-To": f"<{top.message_id}>"}
    return top.with_(rest=tuple(_spoilt(count, answer)), **changes)


def _spoilt(count: int, answer: dict[str, str]) -> Iterator[Example]:
    for at in range(1, count + 1):
        stop = "." if at == 1 else ""
        blank = " \t" if at == count else ""
        yield GOOD.with_(
            subject=f"[PATCH {at}/{count}] pebble: mend mount number {at}{stop}",
            trailers="",
            headers=answer,
            diff=GOOD.diff.replace("+\tpebble_put(sb);", f"+\tpebble_put(sb);{blank}"),
        )
