# SPDX-License-Identifier: GPL-2.0-or-later
"""Trailers as they would be applied, and where each came from."""

from __future__ import annotations

from maintainer_kit.model.topic.applied import trailers_of
from tests.build import ADA, BO, DAY, ROBIN, part_id, posting, reply, topic


def given(*raws: bytes, number: int = 1) -> list[tuple[str, str, bool]]:
    """Name, source and whether applied, of a patch of the newest posting; sign-offs left out."""
    found = topic(*raws)
    newest = found.revisions[-1]
    patch = newest.series.patches[number - 1]
    assert patch is not None
    return [
        (one.trailer.name, one.from_message_id, one.applied)
        for one in trailers_of(found, newest, patch)
        if one.trailer.name != "Signed-off-by"
    ]


def test_own_trailers_come_first() -> None:
    found = topic(*posting("foo", 1))
    patch = found.view[0]
    assert patch is not None
    (own,) = trailers_of(found, found.revisions[-1], patch)
    assert (own.trailer.name, own.from_message_id, own.applied) == (
        "Signed-off-by",
        part_id("foo", 1),
        True,
    )


def test_from_a_reply_to_the_patch() -> None:
    answer = reply(part_id("foo", 2), f"Reviewed-by: {BO}\n", message_id="r@x")
    mails = [*posting("foo", 2), answer]
    assert given(*mails, number=2) == [("Reviewed-by", "r@x", True)]
    assert given(*mails, number=1) == []


def test_from_a_reply_to_the_cover_letter_for_all() -> None:
    answer = reply(part_id("foo", 0), f"Acked-by: {BO}\n", message_id="r@x")
    for number in (1, 2):
        assert given(*posting("foo", 2), answer, number=number) == [("Acked-by", "r@x", True)]


def test_review_trailers_of_the_cover_letter_itself() -> None:
    tail = f"\nReviewed-by: {BO}\nSigned-off-by: {ADA}\n"
    assert given(*posting("foo", 1, tail=tail)) == [("Reviewed-by", part_id("foo", 0), True)]


def test_given_by_another_is_shown_but_not_applied() -> None:
    answer = reply(part_id("foo", 1), f"Tested-by: {BO}\n", sender=ROBIN, message_id="r@x")
    assert given(*posting("foo", 1), answer) == [("Tested-by", "r@x", False)]


def test_a_nack_is_not_applied() -> None:
    answer = reply(part_id("foo", 1), f"Nacked-by: {BO}\n", message_id="r@x")
    assert given(*posting("foo", 1), answer) == [("Nacked-by", "r@x", False)]


def test_given_twice_counts_once() -> None:
    answers = [
        reply(part_id("foo", number), f"Acked-by: {BO}\n", message_id=f"r{number}@x", minutes=at)
        for at, number in enumerate((1, 0), 60)
    ]
    assert given(*posting("foo", 1), *answers) == [("Acked-by", "r1@x", True)]


def test_those_of_an_older_revision_do_not_count() -> None:
    answer = reply(part_id("foo", 1), f"Reviewed-by: {BO}\n", message_id="r@x")
    newer = posting("foo", 1, revision=2, minutes=DAY, change="other")
    assert given(*posting("foo", 1), answer, *newer) == []
