# SPDX-License-Identifier: GPL-2.0-or-later
"""Examples after ``--fix``: what their text is then, and whether a rule still speaks."""

from __future__ import annotations

from maintainer_kit.checks.engine import NO_CONTEXT, Context, check_series
from maintainer_kit.checks.example import Example
from maintainer_kit.checks.finding import Finding
from maintainer_kit.checks.mending import mend
from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.rule import Rule
from maintainer_kit.checks.series import Series
from tests.unit.checks.bench import PLAIN, read_example


def mended_body(example: Example, rule: Rule, context: Context = NO_CONTEXT) -> list[str]:
    """Lines of the trailers and the text once the rule has nothing mechanical to say; what it
    still says after that fails the test."""

    def find(patch: Patch) -> list[Finding]:
        return check_series(Series((patch,)), [rule], PLAIN, context)

    before = read_example(example)
    assert any(one.fix and one.fix.is_mechanical for one in find(before)), "nothing to mend"
    after = mend(before, find).patch
    assert find(after) == []
    return list(after.body)
