# SPDX-License-Identifier: GPL-2.0-or-later
"""Topics mended by hand: linked, unlinked, and kept so."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from maintainer_kit.errors import Refused
from maintainer_kit.model.decision.event import EventKind, Group, Origin
from maintainer_kit.workflow.decide import describe, redo, set_state, undo
from maintainer_kit.workflow.mend import link, unlink
from maintainer_kit.workflow.sync import SyncReport
from maintainer_kit.workflow.targets import resolve, resolve_all
from tests.build import BO, DAY, edit, mail, part_id, patch, posting
from tests.memory.desk import Desk

FOO, BAR = part_id("foo", 0), part_id("bar", 0)
MARK = "change-id: 20260105-foo-abc\n"


def other(stem: str, total: int) -> list[bytes]:
    """A posting that has nothing in common with ``posting("foo", ...)``."""
    mails = posting(stem, total, sender=BO, minutes=DAY)
    return [raw.replace(b"one()", b"three()").replace(b"make it", stem.encode()) for raw in mails]


def desk_with(*mails: bytes) -> Desk:
    """A desk with these mails, synced."""
    found = Desk()
    found.deliver(*mails)
    found.sync()
    return found


@pytest.fixture
def desk() -> Desk:
    """Two series that mail does not join, and a report."""
    return desk_with(*posting("foo", 2), *other("bar", 3), mail("[BUG] oops", message_id="b@x"))


@pytest.fixture
def rerolled() -> Desk:
    """One topic of three revisions."""
    mails = [
        raw
        for at in (1, 2, 3)
        for raw in posting("foo", 1, revision=at, tail=MARK, minutes=at * DAY)
    ]
    return desk_with(*mails)


def join(desk: Desk, newer: str, older: str) -> Group:
    stores = desk.stores
    return link(stores, resolve(stores, newer), resolve(stores, older), Origin.CLI, "same")


def part(desk: Desk, *words: str) -> Group:
    return unlink(desk.stores, resolve_all(desk.stores, words), Origin.CLI, "other")


def topics(desk: Desk) -> list[list[str]]:
    """The first mail of each posting with the reason of its link, topic by topic."""
    return sorted(
        [
            f"{(one['cover'] or next(filter(None, one['patches'])))['message_id'].split('@')[0]}"
            f" {one['linked_by']}"
            for one in topic["revisions"]
        ]
        for topic in desk.export()
        if topic["kind"] == "series"
    )


def fresh(desk: Desk, journal: Sequence[Group] = ()) -> Desk:
    """Another desk with the same mail and journal, as after a rebuild."""
    found = Desk()
    for group in journal or desk.journal.read().groups:
        found.journal.append(group)
    found.deliver(*desk.folder.files.values())
    found.sync()
    return found


APART = [["bar-v1-0 first"], ["foo-v1-0 first"]]
JOINED = [["foo-v1-0 first", "bar-v1-0 by-hand"]]


def test_linked_by_message_id(desk: Desk) -> None:
    assert topics(desk) == APART
    group = join(desk, part_id("bar", 2), part_id("foo", 1))
    assert topics(desk) == JOINED
    assert {one.kind for one in group.events} == {EventKind.LINK}
    assert {one.value for one in group.events} == {FOO}
    assert describe(group) == "linked on 4 messages"
    assert desk.journal.read().groups == (group,)
    assert desk.sync() == SyncReport()


def test_linked_by_topic_id(desk: Desk) -> None:
    """A topic id stands for the oldest posting of the newer, and the newest of the older one."""
    join(desk, desk.row(BAR).id, desk.row(FOO).id)
    assert topics(desk) == JOINED


def test_the_newer_one_has_the_view(desk: Desk) -> None:
    before = desk.row(FOO).id
    join(desk, BAR, FOO)
    row = desk.row(FOO)
    assert row.id == before
    assert row.decidable == tuple(part_id("bar", at) for at in (1, 2, 3))
    assert "mkit/new" in desk.tags(part_id("bar", 1))
    assert not {one for one in desk.tags(part_id("foo", 1)) if one.startswith("mkit")}


@pytest.mark.parametrize("joined", [True, False])
def test_kept_over_a_rebuild(desk: Desk, rerolled: Desk, joined: bool) -> None:
    if joined:
        join(desk, BAR, FOO)
    else:
        desk = rerolled
        part(desk, part_id("foo", 0, 2))
    assert fresh(desk).export() == desk.export()


def test_kept_when_the_mail_comes_later(desk: Desk) -> None:
    """The journal of another machine is here before the mail is."""
    join(desk, BAR, FOO)
    mails = list(desk.folder.files.values())
    for first in (mails[:3], mails[3:], mails[1:2] + mails[4:5]):
        late = Desk()
        for group in desk.journal.read().groups:
            late.journal.append(group)
        late.deliver(*first)
        late.sync()
        late.deliver(*(raw for raw in mails if raw not in first))
        late.sync()
        assert late.export() == desk.export()


def test_the_decision_comes_after_the_mail(desk: Desk) -> None:
    """The same journal, brought in once all has been catalogued."""
    late = fresh(desk)
    join(desk, BAR, FOO)
    for group in desk.journal.read().groups:
        late.journal.append(group)
    late.sync()
    assert late.export() == desk.export()


def test_undone_and_redone(desk: Desk) -> None:
    before = desk.export()
    join(desk, BAR, FOO)
    joined = desk.export()
    undo(desk.stores, Origin.CLI)
    assert desk.export() == before
    redo(desk.stores, Origin.CLI)
    assert desk.export() == joined == fresh(desk).export()
    assert desk.sync() == SyncReport()


def test_unlinked(rerolled: Desk) -> None:
    assert len(topics(rerolled)) == 1
    group = part(rerolled, part_id("foo", 1, 2))
    assert topics(rerolled) == [["foo-v1-0 first", "foo-v3-0 change-id"], ["foo-v2-0 first"]]
    assert describe(group) == "unlinked on 2 messages"
    assert fresh(rerolled).export() == rerolled.export()


def test_unlinked_and_undone(rerolled: Desk) -> None:
    before = rerolled.export()
    part(rerolled, part_id("foo", 0, 2))
    parted = rerolled.export()
    undo(rerolled.stores, Origin.CLI)
    assert rerolled.export() == before
    redo(rerolled.stores, Origin.CLI)
    assert rerolled.export() == parted


def test_two_that_are_unlinked_together_stay_together(rerolled: Desk) -> None:
    part(rerolled, part_id("foo", 0, 2), part_id("foo", 0, 3))
    assert topics(rerolled) == [["foo-v1-0 first"], ["foo-v2-0 first", "foo-v3-0 change-id"]]


def test_two_that_are_unlinked_one_after_the_other_do_not(rerolled: Desk) -> None:
    part(rerolled, part_id("foo", 0, 2))
    part(rerolled, part_id("foo", 0, 3))
    assert topics(rerolled) == [["foo-v1-0 first"], ["foo-v2-0 first"], ["foo-v3-0 first"]]


def test_unlinked_stays_so_when_the_next_reroll_comes(rerolled: Desk) -> None:
    part(rerolled, part_id("foo", 0, 2))
    older = "".join(
        f"- Link to v{at}: https://lore.kernel.org/r/{part_id('foo', 0, at)}\n" for at in (3, 2, 1)
    )
    rerolled.deliver(*posting("foo", 1, revision=4, tail=MARK + older, minutes=9 * DAY))
    rerolled.sync()
    assert [len(one) for one in topics(rerolled)] == [3, 1]
    assert topics(rerolled)[1] == ["foo-v2-0 first"]
    assert fresh(rerolled).export() == rerolled.export()


def test_linked_again_after_unlinking(rerolled: Desk) -> None:
    part(rerolled, part_id("foo", 0, 2))
    join(rerolled, part_id("foo", 0, 2), part_id("foo", 0))
    assert topics(rerolled) == [["foo-v1-0 first", "foo-v2-0 by-hand", "foo-v3-0 change-id"]]
    assert fresh(rerolled).export() == rerolled.export()


def test_unlinked_after_linking(desk: Desk) -> None:
    """A link by hand is taken back by unlinking either side of it."""
    for target in (BAR, FOO):
        join(desk, BAR, FOO)
        assert topics(desk) == JOINED
        part(desk, target)
        assert topics(desk) == APART
        assert fresh(desk).export() == desk.export()


def test_again_and_again(desk: Desk) -> None:
    """The last word counts."""
    for _ in range(3):
        join(desk, BAR, FOO)
        assert topics(desk) == JOINED
        part(desk, BAR)
        assert topics(desk) == APART


def test_a_late_patch_goes_with_its_posting(desk: Desk) -> None:
    late = Desk()
    mails = [*posting("foo", 2), *other("bar", 3)]
    late.deliver(*mails[:-1])
    late.sync()
    join(late, BAR, FOO)
    late.deliver(mails[-1])
    late.sync()
    assert topics(late) == JOINED
    assert late.row(part_id("bar", 3)).decidable[-1] == part_id("bar", 3)


def test_the_states_of_patches_stay_with_them(rerolled: Desk) -> None:
    newest, older = part_id("foo", 1, 3), part_id("foo", 1, 2)
    set_state(rerolled.stores, "accepted", [newest], Origin.CLI)
    set_state(rerolled.stores, "rejected", [older], Origin.CLI)
    part(rerolled, part_id("foo", 0, 2))
    assert rerolled.row(newest).standing.state == "accepted"
    assert rerolled.row(older).standing.state == "rejected"
    assert "mkit/rejected" in rerolled.tags(older)
    undo(rerolled.stores, Origin.CLI)
    assert rerolled.row(older).standing.state == "accepted"
    assert "mkit/rejected" not in rerolled.tags(older)
    assert rerolled.sync() == SyncReport()


def test_a_series_that_was_split_is_one_again(desk: Desk) -> None:
    lone = patch("[PATCH v2] foo: step 2", edit("fs/foo/2.c", new="two_2"), message_id="l@x")
    mails = posting("foo", 4)
    found = desk_with(*mails, lone.replace(b"05 Jan", b"06 Jan"))
    assert len(topics(found)) == 2
    join(found, "l@x", FOO)
    assert topics(found) == [["foo-v1-0 first", "l by-hand"]]


@pytest.mark.parametrize(
    ("newer", "older", "message", "hint"),
    [
        (FOO, part_id("foo", 1), "both belong to topic", "mkit show"),
        ("b@x", FOO, "is no series", "only postings of patches"),
        (FOO, "b@x", "is no series", "only postings of patches"),
    ],
)
def test_what_cannot_be_linked(desk: Desk, newer: str, older: str, message: str, hint: str) -> None:
    with pytest.raises(Refused) as caught:
        join(desk, newer, older)
    assert message in caught.value.message
    assert hint in (caught.value.hint or "")
    assert desk.journal.read().groups == ()


def test_what_cannot_be_unlinked(desk: Desk, rerolled: Desk) -> None:
    whole = rerolled.row(FOO).id
    for found, words, message, hint in (
        (desk, [FOO], "has no other posting", "by its Message-ID"),
        (desk, ["b@x"], "is no series", "only postings"),
        (rerolled, [whole], "is a whole topic", f"mkit show {whole}"),
        (rerolled, [part_id("foo", 0, at) for at in (1, 2, 3)], "no other posting", "one of"),
    ):
        with pytest.raises(Refused) as caught:
            part(found, *words)
        assert message in caught.value.message
        assert hint in (caught.value.hint or "")
        assert found.journal.read().groups == ()


def test_nothing_to_unlink(desk: Desk) -> None:
    with pytest.raises(Refused, match="nothing to decide"):
        part(desk)
