# SPDX-License-Identifier: GPL-2.0-or-later
"""Which trailers of the last revision go on."""

from __future__ import annotations

from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.reading_commit import CommitRecord, patch_of_commit
from maintainer_kit.checks.series import Earlier, EarlierPatch
from maintainer_kit.model.mail.mailmap import NO_MAILMAP
from maintainer_kit.model.mail.person import NOBODY, Person
from maintainer_kit.model.message.trailer import Trailer
from maintainer_kit.workflow.posting.carried import Carried, carried_over

ADA = Person("Ada Author", "ada@quarry.example")
BO = "Bo Reviewer <bo@shale.example>"


def commit(*trailers: str) -> Patch:
    message = "pebble: one\n\nText.\n\n" + "\n".join(trailers)
    return patch_of_commit(CommitRecord("1" * 40, ("0" * 40,), ADA, ADA, 0, message, ""))


def earlier(*given: Trailer, likeness: float = 1.0, counterpart: int | None = 0) -> Earlier:
    one = EarlierPatch("pebble: one", "one@x", 1, given, likeness, counterpart)
    return Earlier(1, frozenset({"one@x"}), 1, 0, NOBODY, (one,), (), ())


def carried(found: Earlier, *trailers: str, keeps_all: bool = False) -> list[tuple[str, bool]]:
    made: tuple[Carried, ...] = carried_over(
        [commit(*trailers)], found, ADA, NO_MAILMAP, keeps_all=keeps_all
    )
    return [(one.line, one.is_taken) for one in made]


REVIEWED = Trailer("Reviewed-by", BO)


def test_what_still_holds_is_taken() -> None:
    assert carried(earlier(REVIEWED)) == [(f"Reviewed-by: {BO}", True)]


def test_what_was_given_to_another_patch_is_not() -> None:
    changed = earlier(REVIEWED, likeness=0.5)
    assert carried(changed) == [(f"Reviewed-by: {BO}", False)]
    assert carried(changed, keeps_all=True) == [(f"Reviewed-by: {BO}", True)]
    assert carried(earlier(REVIEWED, counterpart=None)) == []


def test_what_the_commit_has_is_not_doubled() -> None:
    assert carried(earlier(REVIEWED), "Reviewed-by: Bo Reviewer <bo@lab.shale.example>") == []
    assert carried(earlier(REVIEWED), f"Reviewed-and-tested-by: {BO}") == []
    assert carried(earlier(REVIEWED), f"Acked-by: {BO}") == [(f"Reviewed-by: {BO}", True)]


def test_nobody_reviews_himself_and_no_value_is_a_header() -> None:
    assert carried(earlier(Trailer("Acked-by", str(ADA)))) == []
    assert carried(earlier(Trailer("Acked-by", "Eve <eve@x.example>\nBcc: a@b.example"))) == []
    assert carried(earlier(Trailer("Acked-by", "Eve"))) == []
