# SPDX-License-Identifier: GPL-2.0-or-later
"""Who is to be shown around: whoever never was, and has not decided anything either."""

from __future__ import annotations

from collections.abc import Callable

from maintainer_kit.adapters.kept.tour_mark import TourMark
from maintainer_kit.wiring.workspace import Workspace


def tour_of(workspace: Workspace, *, asked: bool = False) -> Callable[[], None] | None:
    """What is to be called when the reader is shown around; None for one who need not be, unless
    it is ``asked`` for."""
    mark = TourMark(workspace.home.root)
    if not asked and (mark.is_set() or workspace.catalogue.last_time()):
        return None
    return mark.set
