# SPDX-License-Identifier: GPL-2.0-or-later
"""What differs between two revisions, as lines."""

from __future__ import annotations

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.render.compare_text import range_diff_text, summary_text
from maintainer_kit.wiring.comparing import open_comparing
from maintainer_kit.workflow.comparing.comparison import compare
from maintainer_kit.workflow.comparing.named import read_sides
from maintainer_kit.workflow.stores import Stores

_WIDTH = 400
"""Cells: what is said of one patch is one line."""


def comparison_lines(stores: Stores, topic_id: str, revisions: str) -> list[str]:
    """The newest revision against the one before, or the two that ``2..3`` names, as git range-diff
    tells it. Raises Refused where there is nothing to compare."""
    with open_comparing(stores.settings) as commits:
        found = compare(read_sides(stores, commits, [topic_id], revisions), commits)
        told = [*summary_text(found, _WIDTH), *range_diff_text(found, found.pairs)]
    return [visible_line(line) for line in told]
