# SPDX-License-Identifier: GPL-2.0-or-later
"""Whose turn it is on a posting that nobody has answered yet."""

from __future__ import annotations

from maintainer_kit.model.queue.case import Case
from maintainer_kit.model.queue.reroll import comments_answered, posted
from maintainer_kit.model.queue.verdict import Turn, Verdict, day

_SHOWN = 3


def fresh_turn(case: Case) -> Verdict:
    """The verdict when no person has said anything about the newest revision."""
    if any("AUTOSEL" in head.subject.tags for head in case.posted) and not case.is_mine:
        on = day(case.newest.series.date)
        return Verdict(Turn.NOBODY, f"proposed for a stable tree on {on}, no objection yet")
    what = posted(case)
    answers = comments_answered(case)
    if answers:
        return Verdict(Turn.ME, f"{what} answers your {answers}")
    missing = _missing(case)
    if missing:
        return Verdict(case.side, f"{what}, {missing}")
    if case.label and not case.is_resent:
        return Verdict(case.side, f"{what} has no answer yet")
    return Verdict(case.side, f"{what}, no answer yet")


def _missing(case: Case) -> str:
    """Which patches have not arrived: ``2/5 is missing``."""
    view = case.topic.view
    gone = [f"{at}/{len(view)}" for at, patch in enumerate(view, 1) if patch is None]
    if not gone:
        return ""
    if len(gone) > _SHOWN:
        return f"{len(gone)} of {len(view)} patches are missing"
    return f"{' and '.join(gone)} {'is' if len(gone) == 1 else 'are'} missing"
