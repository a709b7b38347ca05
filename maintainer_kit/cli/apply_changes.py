# SPDX-License-Identifier: GPL-2.0-or-later
"""``apply --range-diff``: for the author, who should know what was made of the patches."""

from __future__ import annotations

from maintainer_kit.cli.common import print_lines, terminal_width
from maintainer_kit.render.compare_text import range_diff_text, summary_text
from maintainer_kit.wiring.apply_changes import compare_changes
from maintainer_kit.wiring.workspace import Workspace


def print_changes(workspace: Workspace, branch: str) -> None:
    """What was posted, and what was committed."""
    found = compare_changes(workspace, branch)
    print_lines(summary_text(found, terminal_width()))
    print_lines(range_diff_text(found, found.pairs))
