# SPDX-License-Identifier: GPL-2.0-or-later
"""What becomes of a patch when the fix of a finding is made, for tests of rules."""

from __future__ import annotations

from maintainer_kit.checks.engine import NO_CONTEXT, Context, check_series
from maintainer_kit.checks.example import Example
from maintainer_kit.checks.mending import apply_edits
from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.rule import Rule
from maintainer_kit.checks.series import Series
from tests.unit.checks.bench import PLAIN, findings, read_example


def fixed(example: Example, rule: Rule, context: Context = NO_CONTEXT) -> Patch:
    """The patch after the first finding's edits; the rule must have nothing to say of it then."""
    found = findings(example, [rule], context=context)
    assert found and found[0].fix and found[0].fix.edits, "nothing to mend"
    patch = apply_edits(read_example(example), found[0].fix.edits)
    left = check_series(Series((patch,)), [rule], PLAIN, context)
    assert len(left) < len(found), [one.message for one in left]
    return patch


def marked(example: Example, rule: Rule) -> list[str]:
    """The columns that the findings of a rule point at."""
    return [
        one.place.text[one.spot.start : one.spot.end] for one in findings(example, [rule], PLAIN)
    ]
