# SPDX-License-Identifier: GPL-2.0-or-later
"""In which order the postings of a topic were made."""

from __future__ import annotations

from itertools import permutations

from maintainer_kit.model.topic.collecting import collect_series
from maintainer_kit.model.topic.posting import Posting
from maintainer_kit.model.topic.sequence import in_sequence
from tests.build import DAY, patch, read

NEVER = -1


def sequence(*posted: tuple[str, int]) -> list[str]:
    """Prefixes of postings, each with the day it was sent on, in the order that is found; the same
    for every order of the input."""
    raws = []
    for at, (prefix, day) in enumerate(posted):
        headers = {"Date": ""} if day == NEVER else {}
        subject = f"[{prefix}] foo: {at}"
        raws.append(patch(subject, message_id=f"{at}@x", minutes=day * DAY, headers=headers))
    (postings,) = {tuple(collect_series(map(read, order))) for order in permutations(raws)}
    listed = [Posting(one) for one in postings]
    (found,) = {tuple(in_sequence(order, listed)) for order in permutations(range(len(listed)))}
    return [listed[at].series.first.full_subject.partition("]")[0][1:] for at in found]


def test_by_date() -> None:
    assert sequence(("PATCH v2", 3), ("PATCH", 1), ("PATCH v3", 5)) == [
        "PATCH",
        "PATCH v2",
        "PATCH v3",
    ]


def test_an_rfc_that_begins_again() -> None:
    posted = [("RFC PATCH v3", 3), ("RFC PATCH", 1), ("PATCH", 9), ("PATCH v2", 12)]
    assert sequence(*posted) == ["RFC PATCH", "RFC PATCH v3", "PATCH", "PATCH v2"]


def test_within_a_day_the_revision_counts() -> None:
    assert sequence(("PATCH v2", 4), ("PATCH v3", 5), ("PATCH", 5)) == [
        "PATCH",
        "PATCH v2",
        "PATCH v3",
    ]


def test_a_mail_without_a_date_is_placed_by_its_revision() -> None:
    assert sequence(("PATCH", 1), ("PATCH v2", NEVER), ("PATCH v3", 9)) == [
        "PATCH",
        "PATCH v2",
        "PATCH v3",
    ]


def test_the_replaced_patch_comes_after_what_it_replaces() -> None:
    assert sequence(("PATCH v5.1 2/3", 2), ("PATCH v5 2/3", 2), ("PATCH v6", 2)) == [
        "PATCH v5 2/3",
        "PATCH v5.1 2/3",
        "PATCH v6",
    ]
