# SPDX-License-Identifier: GPL-2.0-or-later
"""Examples whose older revisions, and what was said about them, lie in an index."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.checks.engine import NO_CONTEXT, Context, check_series
from maintainer_kit.checks.example import Example
from maintainer_kit.checks.finding import Finding
from maintainer_kit.checks.profile import Profile
from maintainer_kit.checks.rule import Rule
from maintainer_kit.checks.series import Series
from maintainer_kit.workflow.background import with_background
from tests.memory.desk import Desk
from tests.unit.checks.bench import PLAIN, series_of


def known_series(example: Example) -> Series:
    """The example with all that an index knows which holds ``Example.earlier``."""
    desk = Desk()
    desk.deliver(*(one.mail for one in example.earlier))
    desk.sync()
    return with_background(desk.stores, series_of(example))


def known_findings(
    example: Example,
    rules: Sequence[Rule],
    profile: Profile = PLAIN,
    context: Context = NO_CONTEXT,
) -> list[Finding]:
    """What rules say of an example that is not the first mail of its topic."""
    return check_series(known_series(example), rules, profile, context)
