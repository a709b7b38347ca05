# SPDX-License-Identifier: GPL-2.0-or-later
"""The newest complete view: which patches are to be looked at now."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

from tests.build import ADA, BO, DAY, edit, part_id, patch, posting, reply, topic

ADA_HOME = "Ada Author <ada@home.example>"


def view(*raws: bytes) -> list[str | None]:
    """Message-IDs of the view, in short: ``1`` for v1 1/n of foo, ``2.3`` for v2 3/n; the same
    for mails that arrive the other way round."""
    found, other = topic(*raws), topic(*reversed(raws))
    assert found.view == other.view
    short = {part_id("foo", n, r): f"{r}.{n}" for n in range(9) for r in range(9)}
    short |= {part_id("foo", n): str(n) for n in range(9)}
    return [short.get(one.message_id, one.message_id) if one else None for one in found.view]


def one(
    number: int,
    total: int,
    revision: str = "v2",
    parents: Sequence[str] = (),
    *,
    sender: str = ADA,
    day: float = 1,
    message_id: str = "n@x",
    title: str = "",
) -> bytes:
    """One patch of ``posting("foo", ...)`` again, a little changed."""
    return patch(
        f"[PATCH {revision} {number}/{total}] {title or f'foo: step {number}'}",
        edit(f"fs/foo/{number}.c", new=f"newer_{number}"),
        parents=parents,
        message_id=message_id,
        minutes=round(day * DAY),
        sender=sender,
    )


def test_all_of_the_newest() -> None:
    assert view(*posting("foo", 3), *posting("foo", 2, revision=2, minutes=DAY)) == ["2.1", "2.2"]


def test_one_patch_in_answer_to_the_one_it_replaces() -> None:
    mails = posting("foo", 3)
    above = [part_id("foo", 0), part_id("foo", 2)]
    assert view(*mails, one(2, 3, parents=above)) == ["1", "n@x", "3"]


def test_one_patch_in_answer_to_the_cover_letter() -> None:
    assert view(*posting("foo", 3), one(2, 3, parents=[part_id("foo", 0)])) == ["1", "n@x", "3"]


def test_one_patch_in_answer_to_a_review() -> None:
    above = [part_id("foo", 0), part_id("foo", 2)]
    review = reply(above[1], "This leaks.", message_id="r@x", above=above[:1])
    later = one(2, 3, parents=[*above, "r@x"])
    assert view(*posting("foo", 3), review, later) == ["1", "n@x", "3"]


def test_under_the_same_version_in_answer_to_a_review() -> None:
    review = reply(part_id("foo", 2), "This leaks.", message_id="r@x")
    assert view(*posting("foo", 2), review, one(2, 2, "", parents=["r@x"])) == ["1", "n@x"]


def test_one_patch_in_answer_to_a_review_with_a_shortened_references() -> None:
    review = reply(part_id("foo", 2), "This leaks.", message_id="r@x")
    lost = one(2, 3, parents=["r@x"])
    assert view(*posting("foo", 3), review, lost) == ["1", "n@x", "3"]


def test_one_patch_in_a_new_thread() -> None:
    assert view(*posting("foo", 3), one(2, 3)) == ["1", "n@x", "3"]


def test_most_of_them_in_a_new_thread_are_an_incomplete_posting() -> None:
    """Two of three without the first: it was lost."""
    newer = posting("foo", 3, cover=False, revision=2, minutes=DAY)[1:]
    assert view(*posting("foo", 3), *newer) == [None, "2.2", "2.3"]


def test_most_of_them_in_the_thread_replace_theirs() -> None:
    above = [part_id("foo", 0)]
    newer = posting("foo", 3, cover=False, revision=2, minutes=DAY, parents=above)
    assert view(*posting("foo", 3), *newer[1:]) == ["1", "2.2", "2.3"]


def test_a_cover_letter_begins_anew() -> None:
    newer = posting("foo", 3, revision=2, minutes=DAY, parents=[part_id("foo", 0)])
    assert view(*posting("foo", 3), *newer[:2]) == ["2.1", None, None]


def test_v5_1() -> None:
    mails = posting("foo", 3, revision=5)
    later = one(2, 3, "v5.1", parents=[part_id("foo", 2, 5)])
    assert view(*mails, later) == ["5.1", "n@x", "5.3"]


def test_v5_1_and_v5_2() -> None:
    mails = posting("foo", 3, revision=5)
    first = one(2, 3, "v5.1", parents=[part_id("foo", 2, 5)])
    then = one(2, 3, "v5.2", parents=["n@x"], day=2, message_id="m@x")
    for order in permutations([mails[2], first, then]):
        assert view(mails[0], mails[1], mails[3], *order) == ["5.1", "m@x", "5.3"]


def test_one_patch_more() -> None:
    """ "4/3", sent below the cover letter a day later."""
    more = one(4, 3, "", parents=[part_id("foo", 0)])
    assert view(*posting("foo", 3), more) == ["1", "2", "3", "n@x"]


def test_one_patch_by_another_person_in_answer_to_it() -> None:
    """A maintainer posts one patch of somebody's series, with his own changes."""
    above = [part_id("foo", 0), part_id("foo", 2)]
    later = one(2, 3, parents=above, sender=BO)
    assert view(*posting("foo", 3), later) == ["1", "n@x", "3"]


def test_one_patch_from_the_other_address() -> None:
    later = one(2, 3, parents=[part_id("foo", 2)], sender=ADA_HOME)
    assert view(*posting("foo", 3), later) == ["1", "n@x", "3"]


def test_a_patch_without_a_number_in_answer_to_the_one_it_replaces() -> None:
    above = [part_id("foo", 0), part_id("foo", 2)]
    change = edit("fs/foo/2.c", new="newer_2")
    later = patch("[PATCH v2] foo: step 2", change, parents=above, message_id="n@x", minutes=DAY)
    assert view(*posting("foo", 3), later) == ["1", "n@x", "3"]


def test_a_patch_without_a_number_in_answer_to_another_one_of_the_series() -> None:
    """Its title tells what it replaces."""
    above = [part_id("foo", 0), part_id("foo", 3)]
    change = edit("fs/foo/2.c", new="newer_2")
    later = patch("[PATCH v2] foo: step 2", change, parents=above, message_id="n@x", minutes=DAY)
    assert view(*posting("foo", 3), later) == ["1", "n@x", "3"]
    renamed = patch("[PATCH v2] foo: stride", change, parents=above, message_id="n@x", minutes=DAY)
    assert view(*posting("foo", 3), renamed) == ["1", "2", "n@x"]


def test_halves_on_two_days() -> None:
    """The rest of v2 is sent a day after its first patches."""
    newer = posting("foo", 4, cover=False, revision=2, minutes=DAY)
    rest = posting("foo", 4, cover=False, revision=2, minutes=2 * DAY)
    whole = ["2.1", "2.2", "2.3", "2.4"]
    assert view(*posting("foo", 4), *newer[:2], *rest[2:]) == whole
    unthreaded = [one(at, 4, day=at / 2, message_id=f"{at}@x") for at in (1, 2, 3, 4)]
    assert view(*posting("foo", 4), *unthreaded) == ["1@x", "2@x", "3@x", "4@x"]


def test_halves_on_two_days_of_a_first_posting() -> None:
    mails = posting("foo", 4, cover=False)
    rest = posting("foo", 4, cover=False, minutes=DAY)
    assert view(*mails[:2], *rest[2:]) == ["1", "2", "3", "4"]


def test_what_was_never_sent_to_the_list_is_no_loss() -> None:
    """Only some patches of each posting came to the list: those of the newest count."""
    older, newer = (
        posting("foo", 6, cover=False, revision=at, minutes=at * DAY)[2:4] for at in (1, 2)
    )
    assert view(*older, *newer) == [None, None, "2.3", "2.4", None, None]


def test_a_partial_reroll_of_a_partial_reroll() -> None:
    mails = posting("foo", 3)
    first = one(2, 3, parents=[part_id("foo", 2)])
    then = one(2, 3, "v3", parents=["n@x"], day=2, message_id="m@x")
    last = one(3, 3, "v3", parents=[part_id("foo", 3)], day=3, message_id="l@x")
    assert view(*mails, first, then, last) == ["1", "m@x", "l@x"]


def test_a_partial_reroll_of_another_length_is_none() -> None:
    assert view(*posting("foo", 3), one(2, 4, parents=[part_id("foo", 2)])) == [
        *(None, "n@x", None, None)
    ]
