# SPDX-License-Identifier: GPL-2.0-or-later
"""Which postings were joined, and which parts of one went on by themselves."""

from __future__ import annotations

from maintainer_kit.model.topic.collecting import collect_series
from maintainer_kit.model.topic.joining import Siblings, Union
from maintainer_kit.model.topic.posting import Posting
from maintainer_kit.model.topic.revision import FIRST, Link
from tests.build import DAY, edit, patch, posting, read

THREAD, SUBJECT = Link("in-reply-to", 0.9), Link("subject", 0.8)


def part(numbers: range, day: int) -> list[bytes]:
    """A v2 of some of the patches of ``posting("foo", 6)``."""
    return [
        patch(
            f"[PATCH v2 {at}/{len(numbers)}] foo: step {number}",
            edit(f"fs/foo/{number}.c", new=f"two_{number}"),
            message_id=f"{day}-{at}@x",
            parents=[f"{day}-1@x"] if at > 1 else [],
            minutes=day * DAY,
        )
        for at, number in enumerate(numbers, 1)
    ]


def postings(*groups: list[bytes]) -> list[Posting]:
    """Each group as the one posting that it is."""
    return [
        Posting(series) for group in groups for series in collect_series(read(raw) for raw in group)
    ]


SPLIT = postings(posting("foo", 6), part(range(1, 4), 1), part(range(4, 7), 2))


def test_the_surest_reason_stays() -> None:
    union = Union(3)
    union.join(1, 0, SUBJECT)
    union.join(2, 1, SUBJECT)
    union.join(2, 0, THREAD)
    assert [union.reason(at) for at in range(3)] == [THREAD, SUBJECT, THREAD]
    assert {union.find(at) for at in range(3)} == {0}
    assert Union(1).reason(0) == FIRST


def test_another_part_of_what_has_gone_on() -> None:
    siblings = Siblings(SPLIT, Union(3))
    siblings.add(0)
    siblings.join(1, 0, SUBJECT)
    siblings.add(1)
    assert siblings.hold_other_part(2, 0)
    assert not siblings.hold_other_part(2, 1)


def test_siblings_of_topics_that_grow_together_are_remembered() -> None:
    """One that was joined to a later one by hand is found in it once both join the older one."""
    union = Union(4)
    last = postings(posting("bar", 1, minutes=3 * DAY))
    siblings = Siblings([*SPLIT[:2], *last, SPLIT[2]], union)
    siblings.add(0)
    union.join(1, 2, Link("by-hand", 1.0))
    siblings.add(1)
    siblings.join(2, 0, SUBJECT)
    siblings.add(2)
    assert siblings.hold_other_part(3, 0)
