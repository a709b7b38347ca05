# SPDX-License-Identifier: GPL-2.0-or-later
"""What the screen of comparisons asks its desk for: two revisions, and how a patch differs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maintainer_kit.errors import NotFound
from maintainer_kit.workflow.comparing.pairing import Pair

if TYPE_CHECKING:  # all that a comparison takes is imported in the desk's thread
    from maintainer_kit.tui.topic.document import Line
    from maintainer_kit.workflow.comparing.comparison import Comparison
    from maintainer_kit.workflow.comparing.remarks import ComparedRemark
    from maintainer_kit.workflow.stores import Stores

COVER = "cover letter"
WHOLE = "all together"
Entry = Pair | str
"""What one can look at: a pair, or one of these."""


@dataclass(frozen=True, slots=True)
class CompareWish:
    """What is to be compared."""

    topic_id: str
    revisions: tuple[int, int] | None = None
    """Two of the topic; None for the newest and the one before."""
    landed: bool = False
    """The newest against the commits that it became."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two revisions of a topic."""

    subject: str
    numbers: tuple[int, ...]
    """The revisions that the topic has, ascending."""
    found: Comparison
    remarks: tuple[ComparedRemark, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All that one can look at, in order."""
        cover = (COVER,) if self.found.old.cover and self.found.new.cover else ()
        return (WHOLE, *cover, *self.found.pairs)

    def remarks_on(self, entry: Entry) -> list[ComparedRemark]:
        """Comments on the old patch, or cover letter."""
        if entry == WHOLE:
            return []
        old = None if isinstance(entry, str) else entry.old
        is_new = isinstance(entry, Pair) and entry.old is None
        return [] if is_new else [one for one in self.remarks if one.old == old]


def read_comparison(stores: Stores, wish: CompareWish) -> Compared:
    """Raises NotFound once the topic is gone, and Refused where there is nothing to compare."""
    from maintainer_kit.wiring.comparing import open_comparing
    from maintainer_kit.workflow.comparing.comparison import compare
    from maintainer_kit.workflow.comparing.named import LANDED, read_sides
    from maintainer_kit.workflow.comparing.remarks import compared_remarks
    from maintainer_kit.workflow.project import topic_of

    rows = stores.catalogue.rows([wish.topic_id])
    if not rows:
        raise NotFound("this topic is gone: its mail has left, or joined another topic", "q")
    topic = topic_of(stores.catalogue, rows[0])
    numbers = tuple(sorted({one.series.revision for one in topic.revisions}))
    is_landed = wish.landed or len(topic.revisions) == 1
    words = (wish.topic_id, LANDED) if is_landed else (wish.topic_id,)
    revisions = "..".join(map(str, wish.revisions or ())) if not is_landed else ""
    with open_comparing(stores.settings) as commits:
        sides = read_sides(stores, commits, words, revisions)
    found = compare(sides)
    remarks = compared_remarks(stores, found, sides.topic)
    return Compared(rows[0].subject, numbers, found, tuple(remarks))


def read_document(
    stores: Stores, compared: Compared, entry: Entry, *, as_interdiff: bool
) -> list[Line]:
    """What there is to be seen of an entry; files are read from repositories that have them."""
    from maintainer_kit.tui.compare import document
    from maintainer_kit.wiring.comparing import open_comparing

    with open_comparing(stores.settings) as commits:
        found = replace(compared.found, contents=commits)
        remarks = compared.remarks_on(entry)
        if entry == COVER:
            return document.cover_lines(found, remarks)
        if isinstance(entry, Pair):
            return document.pair_lines(found, entry, remarks, as_interdiff=as_interdiff)
        if as_interdiff:
            return document.whole_lines(found)
        return document.comparison_lines(found, compared.remarks)
