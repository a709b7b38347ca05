# SPDX-License-Identifier: GPL-2.0-or-later
"""Each rule speaks on the example that fails and is silent on the one that passes."""

from __future__ import annotations

import pytest

from maintainer_kit.checks.catalogue import all_rules
from maintainer_kit.checks.rule import Rule
from tests.unit.checks.bench import findings

_RULES = [pytest.param(rule, id=rule.id) for rule in all_rules() if not rule.needs]


@pytest.mark.parametrize("rule", _RULES)
def test_the_failing_example_fails(rule: Rule) -> None:
    assert {one.rule for one in findings(rule.fails, [rule])} == {rule.id}


@pytest.mark.parametrize("rule", _RULES)
def test_the_passing_example_passes(rule: Rule) -> None:
    assert findings(rule.passes, [rule]) == []
