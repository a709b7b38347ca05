# SPDX-License-Identifier: GPL-2.0-or-later
"""What mails say that patches became: which patch is meant, and what git says of it."""

from __future__ import annotations

import random
import time

import pytest

from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.claims import Claim, Seen, claims_of, seen_of
from maintainer_kit.model.queue.landed import REFUTED, Landing, Place, Role
from tests.build import ADA, BO, LIST, mail, part_id, posting, read, reply

COVER, FIRST, SECOND = (part_id("foo", number) for number in range(3))
A, B, C = "a" * 40, "b" * 40, "c" * 40
POSTED = posting("foo", 2)


def summary(*items: str, to: str = COVER) -> bytes:
    """As git-patchwork-bot answers."""
    text = "Hello:\n\nThis series was applied to lib/core.git (for-next)\nby Bo:\n\n"
    links = "Here is the summary with links:\n" + "".join(items)
    return reply(to, text + links, sender="bot <patchwork-bot+x@kernel.org>", message_id="sum@x")


def item(prefix: str, title: str, commit: str) -> str:
    return f"  - [{prefix}] {title}\n    https://git.kernel.org/core/c/{commit}\n"


def announcement(commit: str, *, link: str = "", title: str = "foo: step 1") -> bytes:
    """As git-commits-head sends: it answers nothing."""
    named = f"Link: https://lore.kernel.org/r/{link}\n" if link else ""
    text = (
        f"Commit:     {commit}\nParent:     {C}\nRefname:    refs/heads/master\n"
        f"Web:        https://git.kernel.org/torvalds/c/{commit}\nAuthor:     {ADA}\n"
        f"Committer:  {BO}\n\n    {title}\n\n    So it is.\n\n    {named}"
    )
    return mail(title, text, sender=BO, message_id=f"commit-{commit[:4]}@x", to=LIST, minutes=90)


def said(*raws: bytes) -> dict[str, list[str]]:
    mails = [read(raw) for raw in (*POSTED, *raws)]
    found = claims_of(mails)
    random.Random(4).shuffle(mails)
    assert claims_of(mails) == found, "whatever the order"
    return {key: [one.commit for one in claims] for key, claims in found.items()}


def test_a_list_below_a_cover_letter_names_patches_by_number() -> None:
    items = (item("1/2", "foo: step 1", A[:12]), item("2/2", "foo: changed title", B[:12]))
    assert said(summary(*items)) == {FIRST: [A[:12]], SECOND: [B[:12]]}


def test_a_title_says_more_than_a_number() -> None:
    listed = summary(item("1/2", "foo: step 2", B[:12]), item("2/2", "foo: step 1", A[:12]))
    assert said(listed) == {FIRST: [A[:12]], SECOND: [B[:12]]}


def test_a_commit_names_its_mail_by_a_link_wherever_it_is_sent() -> None:
    assert said(announcement(A, link=FIRST)) == {FIRST: [A]}
    assert said(announcement(A, link="elsewhere@x")) == {}
    assert said(announcement(A)) == {}, "a title alone is left to git"
    assert said(announcement(A, link=COVER)) == {FIRST: [A]}, "by its title"
    assert said(announcement(A, link=COVER, title="foo: other")) == {}


def test_patches_of_a_posting_need_not_have_its_number() -> None:
    """Some set vN on the cover letter alone."""
    cover = mail("[PATCH v3 0/2] foo: make it better", "So.\n", sender=ADA, message_id=COVER)
    mails = [read(raw) for raw in (cover, *POSTED[1:], summary(item("2/2", "x", B[:12])))]
    assert list(claims_of(mails)) == [SECOND]


def test_what_several_mails_say_is_told_once() -> None:
    one, again = announcement(A, link=FIRST), announcement(A, link=FIRST)
    again = again.replace(b"commit-aaaa@x", b"another@x")
    assert said(one, again) == {FIRST: [A]}


CLAIM = Claim(FIRST, A[:12], "tip.git", "sched/core", "tip-bot2", "bot@x", 1)


def test_in_words() -> None:
    assert CLAIM.words == "in tip.git/sched/core as aaaaaaaaaaaa"
    queued = Claim(FIRST, "", "6.1-stable", "", "bo@x", "bot@x", 1)
    assert queued.words == "queued in 6.1-stable"


def landing(commit: str, tier: str = "patch-id", sure: bool = True, *more: Place) -> Landing:
    return Landing(FIRST, commit, tier, 1.0, sure, "", more)


COPY = Place(Role.STABLE, "refs/heads/linux-6.1.y", "/r.git", A, 1)


@pytest.mark.parametrize(
    ("held", "known", "seen"),
    [
        ([], [], Seen.UNSEEN),
        ([landing(B)], [landing(B)], Seen.UNSEEN),
        ([landing(A)], [landing(A)], Seen.PROVEN),
        ([landing(B, "patch-id", True, COPY)], [], Seen.PROVEN),
        ([landing(A, "announced", False)], [], Seen.UNPROVEN),
        ([], [landing(A, REFUTED, False)], Seen.REFUTED),
        ([], [landing(A)], Seen.REFUTED),
    ],
    ids=["nowhere", "elsewhere", "there", "a copy", "to look at", "a lie", "judged not to be"],
)
def test_what_git_says_of_it(held: list[Landing], known: list[Landing], seen: Seen) -> None:
    assert seen_of(CLAIM, held, known) is seen


def test_a_queue_is_seen_once_the_patch_is_in_a_stable_tree() -> None:
    queued = Claim(FIRST, "", "6.1-stable", "", "bo@x", "bot@x", 1)
    assert seen_of(queued, [landing(B)], []) is Seen.UNSEEN
    assert seen_of(queued, [landing(B, "patch-id", True, COPY)], []) is Seen.PROVEN


def test_a_flood_of_claims_is_bounded() -> None:
    mails: list[Message] = [read(raw) for raw in POSTED]
    many = "".join(item("1/2", "foo: step 1", f"{n:012x}") for n in range(200))
    mails += [
        read(summary(many).replace(b"sum@x", b"sum%d@x" % at).replace(b"000000", b"%06d" % at))
        for at in range(100)
    ]
    start = time.process_time()
    found = claims_of(mails)
    assert len(found[FIRST]) == 50
    assert time.process_time() - start < 5
