# SPDX-License-Identifier: GPL-2.0-or-later
"""Who is thanked for what, and that it is once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from maintainer_kit.errors import ConfigError
from maintainer_kit.model.queue.landed import Role
from maintainer_kit.model.reply.draft import Draft, Stage
from maintainer_kit.render.thanks_mail import thanks_words
from maintainer_kit.workflow.landing.match import match_new
from maintainer_kit.workflow.landing.ports import Evidence
from maintainer_kit.workflow.replying.desk import Desk as ReplyDesk
from maintainer_kit.workflow.replying.drafting import drop, say
from maintainer_kit.workflow.replying.previewing import preview
from maintainer_kit.workflow.replying.sending import send
from maintainer_kit.workflow.thanking.due import ThanksWish
from maintainer_kit.workflow.thanking.facts import Made, Report
from maintainer_kit.workflow.thanking.ports import ThanksRoom
from maintainer_kit.workflow.thanking.settings import Named, is_silent, read_names
from maintainer_kit.workflow.thanking.thank import thank, thank_lately
from tests.build import BO, ROBIN, edit, part_id, patch, posting, reply
from tests.memory.desk import Desk
from tests.memory.drafts import reply_desk
from tests.memory.evidence import MemoryRef, evidence
from tests.memory.thanks import MemoryThanks, MemoryTrees
from tests.unit.workflow.test_landing import WHEN, commit, own

COVER, FIRST, SECOND = (part_id("foo", number) for number in range(3))
POSTED = posting("foo", 2)
A, B, C, D = (letter * 40 for letter in "abcd")
NEXT = MemoryRef(1, "/r.git", "refs/heads/for-next", Role.QUEUED, B)
MASTER = MemoryRef(2, "/r.git", "refs/remotes/origin/master", Role.MAINLINE, B)
TITLES = {A: "foo: step 1", B: "foo: step 2", C: "foo: step 2", D: "foo: step 1"}
BOTH = evidence((own(A, 1), own(B, 2)), {NEXT: {A, B}})


class Room:
    """A desk with a series of two patches, and what git says of it."""

    def __init__(
        self, *raws: bytes, git: Evidence = BOTH, posted: Sequence[bytes] = POSTED
    ) -> None:
        self.desk = Desk()
        self.desk.deliver(*posted, *raws)
        self.trees = MemoryTrees(titles=dict(TITLES))
        self.records = MemoryThanks()
        self.replying: ReplyDesk = reply_desk(self.desk.stores)
        self.git = git
        self.land()

    def land(self) -> None:
        self.desk.sync()
        match_new(self.desk.stores, self.git)

    @property
    def room(self) -> ThanksRoom:
        return ThanksRoom(self.replying, self.git, self.trees, self.records, thanks_words)

    def thank(self, wish: ThanksWish | None = None) -> Report:
        return thank(self.room, [self.desk.row(FIRST)], wish or ThanksWish())

    def lately(self, since: int = 0) -> Report:
        return thank_lately(self.room, since, ThanksWish())

    def draft(self) -> Draft:
        (made,) = self.thank().made
        return made.draft

    def text(self) -> str:
        return preview(self.replying, self.draft()).text

    def why(self, wish: ThanksWish | None = None) -> str:
        report = self.thank(wish)
        assert not report.made
        (passed,) = report.passed
        return passed.why


def commits(made: Made) -> list[str]:
    return [one.commit for one in made.thanks.applied]


def test_the_cover_letter_is_answered_and_each_patch_named() -> None:
    room = Room()
    (made,) = room.thank().made
    assert made.is_new
    assert made.draft.answers == COVER
    assert made.draft.subject == "Re: [PATCH 0/2] foo: make it better"
    assert [one.address for one in made.draft.to] == ["ada@quarry.example"]
    assert commits(made) == [A, B]
    assert room.text().split("\n") == [
        "On Mon, 05 Jan 2026 09:00:00 +0000, Ada Author wrote:",
        "> This series helps.",
        "",
        "Applied to pebble (for-next), thanks!",
        "",
        "[1/2] foo: step 1",
        f"      commit: {A[:12]}",
        "[2/2] foo: step 2",
        f"      commit: {B[:12]}",
        "",
    ]


def test_the_quote_is_short_and_ends_before_the_trailers() -> None:
    text = "Why.\n\nMore of it.\n\nFixes: 123456789012\nSigned-off-by: Ada <a@b>\n"
    room = Room(git=BOTH, posted=[patch("[PATCH] foo: step 1", edit("fs/foo/1.c", new="two_1"),
                                        text=text, message_id=FIRST)])  # fmt: skip
    quote = [line for line in room.text().split("\n") if line.startswith((">", "["))]
    assert quote == ["> Why.", ">", "> More of it.", "[ ... ]", "[1/1] foo: step 1"]
    long = "".join(f"Line {n}.\n" for n in range(20))
    room = Room(posted=[patch("[PATCH] foo: step 1", edit("fs/foo/1.c", new="two_1"),
                              text=long, message_id=FIRST)])  # fmt: skip
    assert sum(line.startswith("> Line") for line in room.text().split("\n")) == 8


def test_a_part_says_so_and_the_rest_follows() -> None:
    room = Room(git=evidence((own(A, 1),), {NEXT: {A}}))
    draft = room.draft()
    assert draft.subject == "Re: (subset) [PATCH 0/2] foo: make it better"
    assert "Not in this branch:\n[2/2] foo: step 2" in draft.written
    send(room.replying, [draft])
    room.git = BOTH
    room.land()
    (made,) = room.thank().made
    assert commits(made) == [B], "the first was told"
    assert made.draft.message_id != draft.message_id
    assert "Not in this branch" not in made.draft.written


def test_an_edited_landing_is_said() -> None:
    diff = edit("fs/foo/2.c", new="two_2") + edit("fs/foo/more.c")
    edited = evidence((own(A, 1), commit(C, "foo: step 2", diff)), {NEXT: {A, C}})
    (made,) = Room(git=edited).thank().made
    assert [one.is_edited for one in made.thanks.applied] == [False, True]
    assert "with changes" in made.draft.written


def test_never_twice() -> None:
    room = Room()
    draft = room.draft()
    assert room.draft() == draft, "the same draft"
    send(room.replying, [draft])
    assert not room.replying.drafts.all()
    assert "you" in room.why() or "robin" in room.why()
    room.records.kept.clear()
    assert "robin@lumen.example" in room.why(), "the mail itself tells, on another machine"
    assert room.thank(ThanksWish(again=True)).made


@pytest.mark.parametrize("before", ["", "One remark."])
def test_a_crash_before_it_was_noted(before: str) -> None:
    room = Room()
    if before:
        say(room.replying, COVER, before)
    draft = room.draft()
    room.records.kept.clear()
    assert [room.draft() for _ in range(3)] == [draft] * 3
    drop(room.replying, draft.id)
    assert "you drafted" in room.why(), "it is noted now"


def test_a_dropped_draft_is_not_made_again() -> None:
    room = Room()
    drop(room.replying, room.draft().id)
    assert "you drafted" in room.why()
    assert not room.lately().made


def test_an_edited_draft_is_left_and_one_as_it_was_follows_a_rebase() -> None:
    room = Room()
    first = room.draft()
    room.git = evidence((own(D, 1), own(B, 2)), {NEXT: {B, D}})
    match_new(room.desk.stores, room.git, again=True)
    second = room.draft()
    assert D[:12] in second.written
    assert second.message_id == first.message_id
    mine = replace(second, written=f"{second.written}\nGood work!\n")
    room.replying.drafts.put(mine)
    room.git = BOTH
    match_new(room.desk.stores, room.git, again=True)
    (made,) = room.thank().made
    assert not made.is_new
    assert made.draft == mine


def test_words_that_were_there_stay() -> None:
    room = Room()
    say(room.replying, COVER, "One remark.")
    for _ in range(2):
        text = room.text()
        assert text.count("One remark.\n\nApplied to pebble (for-next), thanks!") == 1
        assert text.count("commit: ") == 2


def test_one_that_is_being_sent_is_left() -> None:
    room = Room()
    draft = replace(room.draft(), stage=Stage.SENDING)
    room.replying.drafts.put(draft)
    (made,) = room.thank().made
    assert (made.is_new, made.draft) == (False, draft)


def test_another_reply_that_is_being_sent_keeps_nobody_else() -> None:
    room = Room()
    say(room.replying, COVER, "One remark.")
    (draft,) = room.replying.drafts.all()
    room.replying.drafts.put(replace(draft, stage=Stage.SENDING))
    assert "is on its way" in room.why()


def test_a_dry_run_leaves_no_trace() -> None:
    room = Room()
    assert room.thank(ThanksWish(is_dry=True)).made
    assert not room.records.kept


SAID = "Applied to pebble (for-next), thanks!\n\n[1/2] foo: step 1\n      commit: {}\n"


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("Applied, thanks!\n", ROBIN),
        ("Applied, thanks!\n", BO),
        (SAID.format(A[:12]) + f"[2/2] foo: step 2\n      commit: {B[:12]}\n", BO),
        (SAID.format("0" * 12) + f"[2/2] foo: step 2\n      commit: {'1' * 12}\n", BO),
    ],
)
def test_who_was_told_is_not_told_again(text: str, sender: str) -> None:
    """By me or by others; a list of commits that are no more, as the branch was rebased."""
    room = Room(reply(COVER, text, sender=sender, message_id="said@x"))
    assert "said@x" in room.why()


def test_a_summary_of_a_part_leaves_the_rest() -> None:
    room = Room(reply(COVER, SAID.format(A[:12]), sender=BO, message_id="said@x"))
    (made,) = room.thank().made
    assert commits(made) == [B]


def test_what_was_said_of_another_branch_counts_unless_a_branch_is_named() -> None:
    git = evidence((own(A, 1), own(B, 2)), {NEXT: {A, B}, MASTER: {A, B}})
    room = Room(git=git)
    draft = room.draft()
    assert "(for-next)" in draft.written
    drop(room.replying, draft.id)
    assert room.why()
    (made,) = room.thank(ThanksWish(branch="master")).made
    assert made.thanks.tree.branch == "master"
    assert "nothing of it has landed in nowhere" in room.why(ThanksWish(branch="nowhere"))


def test_ones_own_series_is_silent() -> None:
    mine = [
        commit(name, f"foo: step {at}", edit(f"fs/foo/{at}.c", new=f"two_{at}"), author=ROBIN)
        for at, name in ((1, A), (2, B))
    ]
    git = evidence(mine, {NEXT: {A, B}})
    room = Room(git=git, posted=posting("foo", 2, sender=ROBIN))
    assert room.why() == "it is your own"
    assert room.lately() == Report((), ())


def test_what_others_applied_is_thanked_for_only_by_name() -> None:
    room = Room()
    room.trees.committer = "bo@shale.example"
    assert room.lately() == Report((), ())
    assert room.thank().made


def test_lately() -> None:
    room = Room()
    assert room.lately(WHEN).made
    assert not Room().lately(WHEN + 90 * 60).made


def test_candidates_are_told_to_me_only() -> None:
    other = own(B, 2)
    other = replace(
        other, print=replace(other.print, author="cy@elsewhere.example", author_name="")
    )
    room = Room(git=evidence((own(A, 1), other), {NEXT: {A, B}}))
    (made,) = room.thank().made
    assert [one.message_id for one in made.thanks.unsure] == [SECOND]
    assert not made.thanks.missing
    assert SECOND not in made.draft.written
    assert "step 2" not in made.draft.written
    assert "(subset)" in made.draft.subject


def test_an_older_revision_landed() -> None:
    room = Room(*posting("foo", 2, revision=2, change="other", minutes=300))
    (made,) = room.thank().made
    assert made.draft.answers == COVER


def test_a_patch_was_replaced_and_another_landed() -> None:
    again = patch(
        "[PATCH v2 2/2] foo: step 2", edit("fs/foo/2.c", new="three"), message_id="new@x",
        parents=[COVER, SECOND], minutes=200,
    )  # fmt: skip
    (made,) = Room(again, git=evidence((own(A, 1),), {NEXT: {A}})).thank().made
    assert made.draft.answers == COVER
    assert [one.message_id for one in made.thanks.missing] == ["new@x"]


def test_settings_by_list() -> None:
    lists = ["pebblefs.lists.lumen.example"]
    assert not is_silent([], lists)
    assert is_silent(["silent"], lists)
    assert not is_silent(["silent", "pebblefs draft"], lists)
    assert is_silent(["pebblefs@lists.lumen.example silent"], lists)
    assert not is_silent(["wick silent"], lists)
    with pytest.raises(ConfigError):
        is_silent(["pebblefs loud"], lists)


def test_names_of_repositories() -> None:
    lines = ["~/my trees/linux mm", "/r.git pebble https://x.example/c/{commit}"]
    assert read_names(lines) == [
        Named("~/my trees/linux", "mm", ""),
        Named("/r.git", "pebble", "https://x.example/c/{commit}"),
    ]
    for line in ("", "linux", "linux https://x.example/{commit}"):
        with pytest.raises(ConfigError):
            read_names([line])
