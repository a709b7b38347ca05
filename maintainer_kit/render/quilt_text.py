# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``quilt export`` and ``quilt import`` tell, as text."""

from __future__ import annotations

from collections.abc import Iterator

from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.render.compare_text import (
    interdiff_text,
    range_diff_text,
    summary_text,
)
from maintainer_kit.workflow.quilting.exporting import Exported
from maintainer_kit.workflow.quilting.importing import Imported


def exported_text(done: Exported) -> Iterator[str]:
    """What was written, and what of the owner's was left as it is."""
    wanted, plan = done.wanted, done.plan
    written = len(plan.write)
    words = f"{done.place}: {count_of(len(done.made), 'patch')} of {wanted.topic_id}"
    yield visible_line(f"{words} v{wanted.revision}, {written} written")
    for name in plan.remove:
        yield f"removed: {visible_line(name)}"
    for kept in plan.kept:
        yield visible_line(f"kept: {kept.name}: {kept.reason}")
    for note in done.notes:
        yield visible_line(f"note: {note}")
    if not done.is_update:
        yield visible_line(f"next: QUILT_PATCHES={done.place} quilt push -a")


def imported_text(found: Imported, width: int, *, with_changes: bool) -> Iterator[str]:
    """What became of each patch; ``with_changes`` also how, and all of it as one diff."""
    comparison = found.comparison
    told = f"{found.series.place}: from {found.wanted.topic_id} v{found.wanted.revision}"
    yield visible_line(f"{told} (by {found.found_by})" if found.found_by != "named" else told)
    yield from summary_text(comparison, width)
    if with_changes:
        yield from range_diff_text(comparison, comparison.pairs)
        yield ""
        yield "all of it, after the last patch:"
        yield from interdiff_text(comparison.whole())
