# SPDX-License-Identifier: GPL-2.0-or-later
"""Trailers as they would be applied, and where each came from."""

from __future__ import annotations

from itertools import permutations

import pytest

from maintainer_kit.model.mail.mailmap import NO_MAILMAP, People, read_mailmap
from maintainer_kit.model.topic.applied import Given, Obstacle, Source, Trailers, trailers_of
from tests.build import ADA, BO, DAY, LIST, ROBIN, edit, part_id, patch, posting, reply, topic

CY = "Cy Other <cy@x.example>"


def all_given(*raws: bytes, number: int = 1, people: People = NO_MAILMAP) -> list[Given]:
    """Trailers of a patch of the newest posting; sign-offs of its author left out."""
    found = topic(*raws)
    newest = found.revisions[-1]
    patch = newest.series.patches[number - 1]
    assert patch is not None
    trailers = trailers_of(found, newest, patch, people)
    return [one for one in trailers if one.trailer.value != ADA]


def given(*raws: bytes, number: int = 1, people: People = NO_MAILMAP) -> list[tuple[str, str, str]]:
    """Name, mail and what becomes of each: where it comes from, or why it is not applied."""
    return [
        (one.trailer.name, one.from_message_id, one.obstacle or one.source)
        for one in all_given(*raws, number=number, people=people)
    ]


def answer(text: str, at: int = 1, to: str = "", **more: object) -> bytes:
    """A reply, by default to patch 1 of the first posting; ``at`` is its id and its order."""
    parent = to or part_id("foo", 1)
    return reply(parent, text, message_id=f"r{at}@x", minutes=60 + at, **more)  # type: ignore[arg-type]


R1, R2 = "r1@x", "r2@x"
REVIEW = f"Reviewed-by: {BO}\n"


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
    assert (own.source, own.revision, own.obstacle) == (Source.PATCH, 1, None)


def test_from_a_reply_to_the_patch() -> None:
    mails = [*posting("foo", 2), answer(REVIEW, to=part_id("foo", 2))]
    assert given(*mails, number=2) == [("Reviewed-by", R1, "reply")]
    assert given(*mails, number=1) == []


def test_from_a_reply_to_the_cover_letter_for_all() -> None:
    mails = [*posting("foo", 2), answer(f"Acked-by: {BO}\n", to=part_id("foo", 0))]
    for number in (1, 2):
        assert given(*mails, number=number) == [("Acked-by", R1, "cover-reply")]


def test_from_a_reply_to_a_reply() -> None:
    mails = [*posting("foo", 2), answer("Hm.", to=part_id("foo", 0)), answer(REVIEW, 2, to=R1)]
    assert given(*mails, number=2) == [("Reviewed-by", R2, "cover-reply")]


def test_review_trailers_of_the_cover_letter_itself() -> None:
    tail = f"\n{REVIEW}Signed-off-by: {ADA}\n"
    assert given(*posting("foo", 1, tail=tail)) == [("Reviewed-by", part_id("foo", 0), "cover")]


@pytest.mark.parametrize(
    ("trailer", "obstacle"),
    [
        (f"Tested-by: {CY}", Obstacle.OTHER_SENDER),
        (f"Nacked-by: {BO}", Obstacle.NACK),
        (f"Signed-off-by: {BO}", Obstacle.NO_REVIEW),
        (f"Reported-by: {BO}", Obstacle.NO_REVIEW),
    ],
)
def test_shown_but_not_applied(trailer: str, obstacle: Obstacle) -> None:
    (found,) = all_given(*posting("foo", 1), answer(f"{trailer}\n"))
    assert (found.applied, found.obstacle, found.source) == (False, obstacle, Source.REPLY)


@pytest.mark.parametrize(
    "sender",
    [
        "Bo Reviewer via Pebble <pebblefs@lists.lumen.example>",
        '"Reviewer, Bo" <bo@home.example>',
        "bo reviewer <bo@home.example>",
        "BoReviewer <b@home.example>",
        "b <bo+lists@shale.example>",
        "<BO@shale.example>",
    ],
)
def test_the_giver_by_any_name(sender: str) -> None:
    mails = [*posting("foo", 1), answer(REVIEW, sender=sender)]
    assert given(*mails) == [("Reviewed-by", R1, "reply")]


def test_the_giver_by_the_mailmap() -> None:
    mails = [*posting("foo", 1), answer(REVIEW, sender="xyz <xyz@other.example>")]
    assert given(*mails) == [("Reviewed-by", R1, "sent-by-another")]
    people = read_mailmap(f"{BO} <xyz@other.example>\n")
    assert given(*mails, people=people) == [("Reviewed-by", R1, "reply")]


def test_given_twice_counts_once() -> None:
    answers = [answer(REVIEW, at, to=part_id("foo", number)) for at, number in ((1, 1), (2, 0))]
    assert given(*posting("foo", 1), *answers) == [("Reviewed-by", R1, "reply")]


def test_that_of_its_own_person_wins_whoever_wrote_first() -> None:
    mails = [*posting("foo", 1), answer(REVIEW, 1, sender=ROBIN), answer(REVIEW, 2)]
    assert given(*mails) == [("Reviewed-by", R2, "reply")]


def test_what_the_patch_holds_is_not_doubled() -> None:
    text = f"Why.\n\nReviewed-by: Bo Reviewer <bo@home.example>\nSigned-off-by: {ADA}\n"
    own = patch("[PATCH] foo", text=text, message_id=part_id("foo", 1))
    both = f"{REVIEW}Tested-by: {BO}\n"
    assert given(own, answer(both)) == [
        ("Reviewed-by", part_id("foo", 1), "patch"),
        ("Tested-by", R1, "reply"),
    ]


def test_two_who_write_through_a_list_are_two() -> None:
    mails = [
        answer(f"Acked-by: {BO}\n", 1, sender=f"Bo Reviewer via Pebble <{LIST}>"),
        answer(f"Acked-by: {CY}\n", 2, sender=f"Cy Other via Pebble <{LIST}>"),
        answer("Please drop my Acked-by.", 3, sender=f"Cy Other via Pebble <{LIST}>"),
    ]
    assert given(*posting("foo", 1), *mails) == [
        ("Acked-by", R1, "reply"),
        ("Acked-by", R2, "withdrawn"),
    ]


def test_one_who_has_two_addresses_is_one() -> None:
    mails = [
        answer("Acked-by: bo@shale.example\n", 1),
        answer("Acked-by: Bo Reviewer <bo@home.example>\n", 2),
    ]
    assert given(*posting("foo", 1), *mails) == [("Acked-by", R1, "reply")]


def test_two_lines_of_a_patch_stay_two() -> None:
    text = f"Why.\n\nSigned-off-by: {BO}\nSigned-off-by: {CY}\nSigned-off-by: {BO}\n"
    own = patch("[PATCH] foo", text=text, message_id=part_id("foo", 1))
    assert [name for name, _, _ in given(own)] == ["Signed-off-by"] * 3


def test_what_is_quoted_to_take_it_back_is_not_given() -> None:
    text = f"Sorry, please drop my\n{REVIEW}"
    mails = [*posting("foo", 1), answer(REVIEW), answer(text, 2)]
    assert given(*mails) == [("Reviewed-by", R1, "withdrawn")]


def test_one_that_stands_for_two() -> None:
    two = answer(f"Reviewed-and-tested-by: {BO}\n")
    again = answer(f"Tested-by: {BO}\nAcked-by: {BO}\n", 2)
    assert given(*posting("foo", 1), two, again) == [
        ("Reviewed-and-tested-by", R1, "reply"),
        ("Acked-by", R2, "reply"),
    ]


def test_in_the_order_of_their_mails_however_they_came() -> None:
    answers = [
        answer(f"Acked-by: {CY}\n", 1, sender=CY),
        answer(REVIEW, 2, to=part_id("foo", 0)),
        answer(f"Tested-by: {BO}\nAcked-by: {BO}\n", 3),
    ]
    expected = [
        ("Acked-by", R1, "reply"),
        ("Reviewed-by", R2, "cover-reply"),
        ("Tested-by", "r3@x", "reply"),
        ("Acked-by", "r3@x", "reply"),
    ]
    for order in permutations(answers):
        assert given(*posting("foo", 1), *order) == expected


def second(**more: object) -> list[bytes]:
    """The next posting of it, the same unless something else is said."""
    more = {"revision": 2, "minutes": DAY, **more}
    return posting("foo", 2, parents=[part_id("foo", 0)], **more)  # type: ignore[arg-type]


def test_carried_to_an_equal_patch() -> None:
    mails = [*posting("foo", 2), answer(REVIEW), answer(f"Acked-by: {CY}\n", 2, sender=CY)]
    found = all_given(*mails, *second())
    assert [(one.source, one.revision, one.applied) for one in found] == [
        (Source.CARRIED, 1, True)
    ] * 2
    assert given(*mails, *second(), number=2) == []


def test_stale_on_a_changed_patch() -> None:
    mails = [*posting("foo", 2), answer(REVIEW), *second(change="other")]
    (found,) = all_given(*mails)
    assert (found.source, found.revision, found.applied) == (Source.STALE, 1, False)


def test_from_a_cover_letter_of_before() -> None:
    mails = [*posting("foo", 2), answer(REVIEW, to=part_id("foo", 0)), *second()]
    assert given(*mails, number=2) == [("Reviewed-by", R1, "carried")]


def test_only_reviews_are_carried() -> None:
    mails = [*posting("foo", 2), answer(f"Signed-off-by: {BO}\nNacked-by: {BO}\n"), *second()]
    assert given(*mails) == [("Nacked-by", R1, "nack")]


def test_given_again_to_the_newer_one() -> None:
    again = answer(REVIEW, 2 + DAY, to=part_id("foo", 1, 2))
    for change in ("", "other"):
        mails = [*posting("foo", 2), answer(REVIEW), *second(change=change), again]
        assert given(*mails) == [("Reviewed-by", f"r{2 + DAY}@x", "reply")]


def test_what_the_older_mail_held_and_the_newer_lacks() -> None:
    text = f"Why.\n\n{REVIEW}Signed-off-by: {ADA}\n"
    older = patch("[PATCH] foo: x", text=text, message_id="1@x")
    newer = patch("[PATCH v2] foo: x", message_id="2@x", parents=["1@x"], minutes=DAY)
    assert given(older, newer) == [("Reviewed-by", "1@x", Obstacle.DROPPED)]


def test_a_patch_with_another_title_and_place() -> None:
    older = [*posting("foo", 2), answer(REVIEW, to=part_id("foo", 2))]
    renamed = [
        raw.replace(b"v2 2/2] foo: step 2", b"v2 1/2] foo: better").replace(
            b"v2 1/2] foo: step 1", b"v2 2/2] foo: step 1"
        )
        for raw in second()
    ]
    assert given(*older, *renamed) == [("Reviewed-by", R1, "carried")]


def test_the_older_posting_knows_nothing_of_the_newer() -> None:
    found = topic(*posting("foo", 1), *second(), answer(REVIEW, 2 + DAY, to=part_id("foo", 1, 2)))
    first = found.revisions[0]
    patch = first.series.patches[0]
    assert patch is not None
    assert [one.trailer.name for one in trailers_of(found, first, patch)] == ["Signed-off-by"]


TAKE = "I have to withdraw my Reviewed-by.\n"


def test_withdrawn_later() -> None:
    mails = [*posting("foo", 2), answer(REVIEW + f"Tested-by: {BO}\n"), answer(TAKE, 2)]
    assert given(*mails) == [("Reviewed-by", R1, "withdrawn"), ("Tested-by", R1, "reply")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Please drop my tags.", ["withdrawn", "withdrawn"]),
        ("Please drop my acked-by.", ["reply", "reply"]),
    ],
)
def test_what_is_withdrawn(text: str, expected: list[str]) -> None:
    mails = [*posting("foo", 2), answer(REVIEW + f"Tested-by: {BO}\n"), answer(text, 2)]
    assert [state for _, _, state in given(*mails)] == expected


def test_nobody_withdraws_anothers() -> None:
    mails = [*posting("foo", 1), answer(REVIEW), answer(TAKE, 2, sender=CY)]
    assert given(*mails) == [("Reviewed-by", R1, "reply")]


def test_withdrawn_and_given_again() -> None:
    mails = [*posting("foo", 1), answer(REVIEW), answer(TAKE, 2), answer(REVIEW, 3)]
    assert given(*mails) == [("Reviewed-by", "r3@x", "reply")]


def test_withdrawn_from_the_patch_that_holds_it() -> None:
    text = f"Why.\n\n{REVIEW}Signed-off-by: {ADA}\n"
    own = patch("[PATCH v2] foo", text=text, message_id=part_id("foo", 1))
    assert given(own, answer(TAKE)) == [("Reviewed-by", part_id("foo", 1), "withdrawn")]
    again = [own, answer(TAKE), answer(REVIEW, 2)]
    assert given(*again) == [("Reviewed-by", part_id("foo", 1), "patch")]


def test_withdrawn_on_the_older_posting_is_not_carried() -> None:
    mails = [*posting("foo", 2), answer(REVIEW), answer(TAKE, 2), *second()]
    assert given(*mails) == [("Reviewed-by", R1, "withdrawn")]


def test_what_is_counted() -> None:
    found = topic(
        *posting("foo", 2),
        answer(f"{REVIEW}Reviewed-and-tested-by: {CY}\n"),
        answer(f"Nacked-by: {CY}\n", 2, sender=CY),
    )
    first, second = Trailers(found).of_view
    assert [name for name, _ in first] == ["Reviewed-by", "Nacked-by"]
    assert second == ()


def test_nothing_is_counted_of_a_patch_that_is_missing() -> None:
    mails = posting("foo", 2)
    assert Trailers(topic(*mails)).of_view == ((), ())
    found = topic(*mails[:2], answer(REVIEW, to=part_id("foo", 0)))
    first, second = Trailers(found).of_view
    assert ([name for name, _ in first], second) == (["Reviewed-by"], ())


def test_a_partial_reroll_is_heard_in_both_postings() -> None:
    older = [
        *posting("foo", 2, cover=False),
        answer(REVIEW),
        answer(REVIEW, 2, to="foo-v1-2@made.example"),
    ]
    newer = patch(
        "[PATCH v2 2/2] foo: step 2",
        edit("fs/foo/2.c", new="other"),
        message_id="new@x",
        parents=[part_id("foo", 1), part_id("foo", 2)],
        minutes=DAY,
    )
    found = topic(*older, newer)
    trailers = Trailers(found)
    states = [
        [one.source for one in trailers.of(found.revisions[-1], patch) if one.trailer.reviews]
        for patch in found.view
        if patch
    ]
    assert states == [[Source.REPLY], [Source.STALE]]


def test_a_flood_of_replies_is_bounded() -> None:
    answers = [
        answer(f"Acked-by: B{at} <b{at}@x.example>\n", at, sender=f"b{at}@x.example")
        for at in range(700)
    ]
    assert len(all_given(*posting("foo", 1), *answers)) == 500
