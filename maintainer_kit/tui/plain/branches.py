# SPDX-License-Identifier: GPL-2.0-or-later
"""Branches that want something, a sentence each."""

from __future__ import annotations

from collections.abc import Iterator

from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.render.age import age
from maintainer_kit.render.branches_text import is_several, named, summary
from maintainer_kit.workflow.branches.branch import Branch
from maintainer_kit.workflow.branches.look import Report


def branch_sentences(report: Report, now: int) -> Iterator[str]:
    """The most urgent first, then how many there are; ``now`` in seconds."""
    for one in report.branches:
        if one.wants:
            yield visible_line(f"{named(one, is_several(report))}: {_words(one, now)}")
    yield summary(report)
    yield from map(visible_line, report.problems)


def _words(branch: Branch, now: int) -> str:
    """``2 to push to origin; 2 of 3 patches of fs: mend it; last commit 3d ago``"""
    said = [one.words for one in branch.wants]
    if branch.parts:
        part = branch.parts[0]
        said.append(f"{part.count} of {count_of(part.total, 'patch')} of {part.subject}")
    return "; ".join([*said, f"last commit {age(branch.head.date, now)} ago"])
