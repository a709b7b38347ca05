# SPDX-License-Identifier: GPL-2.0-or-later
"""The families: what is left out for speed has nothing to say."""

from __future__ import annotations

from maintainer_kit.checks.catalogue import all_rules, message_rules
from maintainer_kit.checks.context import Need
from maintainer_kit.checks.patch import Origin, Role

_NEVER_THERE = {Need.EARLIER, Need.ARCHIVE, Need.MAINTAINERS}


def test_no_rule_that_speaks_of_messages_is_left_out_of_the_hook() -> None:
    asked = {one.id for one in message_rules()}
    for rule in all_rules():
        speaks = Origin.MESSAGE in rule.origins and (rule.is_for_series or Role.PATCH in rule.roles)
        if speaks and _NEVER_THERE.isdisjoint(rule.needs):
            assert rule.id in asked, rule.id
    assert len(asked) < len(all_rules())
