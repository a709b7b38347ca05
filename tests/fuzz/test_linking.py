# SPDX-License-Identifier: GPL-2.0-or-later
"""Any set of postings: the same topics in whatever order they came, nothing lost, nothing twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from maintainer_kit.model.decision.event import Event, EventKind, Group, Origin
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.topic.cluster import split_clusters
from maintainer_kit.model.topic.collecting import collect_series
from maintainer_kit.model.topic.mended import NOTHING_MENDED, Mended
from maintainer_kit.model.topic.topic import Topic, collect_topics
from tests.build import ADA, BO, DAY, LIST, edit, mail, patch, read, reply
from tests.memory.desk import Desk

SENDERS = (ADA, "Ada Author <ada@home.example>", BO, "robot <ci@quarry.example>")
LISTED = f"Ada Author via pebblefs <{LIST}>"
MINUTES = (0, 5, 19, 90, DAY - 60, DAY + 5, 3 * DAY, 70 * DAY, 600 * DAY)
STEMS = ("foo", "bar", "pebble: free the buffer when mounting fails", "")
LOST = "lost@x"
IDS = tuple(f"{at}@x" for at in range(24))


@dataclass(frozen=True)
class Plan:
    """One mail before it is written; numbers stand for Message-IDs."""

    kind: str
    prefix: str
    number: str
    stem: str
    step: int
    sender: str
    minutes: int
    parents: tuple[int, ...]
    tail: str
    dated: bool


def plans() -> st.SearchStrategy[Plan]:
    """Mostly patches of a few series, so that much of it belongs together."""
    above = st.lists(st.integers(0, len(IDS)), max_size=3).map(tuple)
    tails = st.sampled_from(
        [
            *("", "", "", "change-id: 20260105-foo-abc\n", "change-id: 20260106-bar-def\n"),
            "- Link to v1: https://lore.kernel.org/r/2@x\n",
            "- Link to v2: https://lore.kernel.org/r/5@x\n"
            "- Link to v1: https://lore.kernel.org/r/0@x\n",
            "v2: https://lore.kernel.org/all/3@x/\nv1: https://lore.kernel.org/all/9@x/\n",
            "Closes: https://lore.kernel.org/r/7@x\n",
        ]
    )
    return st.builds(
        Plan,
        kind=st.sampled_from(["patch"] * 6 + ["cover", "reply", "report", "pull"]),
        prefix=st.sampled_from(
            [
                *("PATCH", "PATCH", "PATCH v2", "PATCH v2", "PATCH v3", "PATCH v2.1"),
                *("RFC PATCH", "RFC PATCH v3", "PATCH RESEND", "PATCH 6.1.y", "PATCH 5.10.y"),
            ]
        ),
        number=st.sampled_from(["", "1/1", "1/2", "2/2", "1/3", "2/3", "3/3", "3/2", "1/5"]),
        stem=st.sampled_from(STEMS),
        step=st.integers(0, 3),
        sender=st.sampled_from([ADA, *SENDERS, LISTED]),
        minutes=st.sampled_from(MINUTES),
        parents=above,
        tail=tails,
        dated=st.sampled_from([True] * 9 + [False]),
    )


def written(plan: Plan, at: int) -> bytes:
    """The mail of a plan."""
    ids = (*IDS, LOST)
    parents = [ids[one] for one in plan.parents if ids[one] != IDS[at]]
    headers = {} if plan.dated else {"Date": ""}
    if plan.sender == LISTED:
        headers["Reply-To"] = ADA
    common: dict[str, Any] = {
        "message_id": IDS[at],
        "minutes": plan.minutes,
        "sender": plan.sender,
        "headers": headers,
    }
    number = f" {plan.number}" if plan.number else ""
    if plan.kind == "cover":
        total = plan.number.partition("/")[2] or "2"
        subject = f"[{plan.prefix} 0/{total}] {plan.stem}"
        return mail(subject, f"All of it.\n{plan.tail}", parents=parents, **common)
    if plan.kind == "report":
        return mail(f"[BUG] {plan.stem} crashes", "Oops: 0000", parents=parents, **common)
    if plan.kind == "pull":
        return mail(f"[GIT PULL] {plan.stem}", "The following changes since", **common)
    if plan.kind == "reply":
        text = "Reviewed-by: Bo Reviewer <bo@shale.example>\n" if plan.step else "Why?\n"
        del common["headers"]
        return reply(parents[-1] if parents else IDS[0], text, above=parents[:-1], **common)
    change = edit(
        f"fs/foo/{plan.step}.c",
        old="pebble_begin(inode, buffer, 77)",
        new=f"pebble_{plan.step}(inode, buffer, {at % 2})",
    )
    subject = f"[{plan.prefix}{number}] {plan.stem} {plan.step}"
    return patch(subject, change, below=plan.tail or " x | 2 +-\n", parents=parents, **common)


@st.composite
def mailboxes(draw: st.DrawFn) -> list[bytes]:
    found = draw(st.lists(plans(), min_size=2, max_size=len(IDS)))
    return [written(plan, at) for at, plan in enumerate(found)]


def mendings() -> st.SearchStrategy[list[tuple[EventKind, str, str]]]:
    """Decisions: what is joined to what, what is parted from what; also about lost mail."""
    ids = st.sampled_from([*IDS, LOST])
    several = st.lists(ids, max_size=3).map(" ".join)
    one = st.tuples(st.just(EventKind.LINK), ids, ids | st.just("")) | st.tuples(
        st.just(EventKind.UNLINK), ids, several
    )
    return st.lists(one, max_size=4)


def mended(decided: Iterable[tuple[EventKind, str, str]]) -> Mended:
    """The last word of each kind on each mail."""
    last = {(kind, one): value for kind, one, value in decided}
    joined = {one: value for (kind, one), value in last.items() if kind is EventKind.LINK}
    parted = {
        one: frozenset(value.split())
        for (kind, one), value in last.items()
        if kind is EventKind.UNLINK and value
    }
    return Mended({one: value for one, value in joined.items() if value}, parted)


def all_topics(messages: Iterable[Message], by_hand: Mended = NOTHING_MENDED) -> dict[str, Topic]:
    clusters = split_clusters(messages, by_hand.joined)
    listed = [topic for one in clusters for topic in collect_topics(one, by_hand)]
    found = {topic.id: topic for topic in listed}
    assert len(found) == len(listed)
    return found


@given(mailboxes(), mendings(), st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_topics_do_not_depend_on_the_order(
    raws: list[bytes], decided: list[tuple[EventKind, str, str]], chance: Any
) -> None:
    messages = [read(raw) for raw in raws]
    by_hand = mended(decided)
    expected = all_topics(messages, by_hand)
    for _ in range(3):
        chance.shuffle(messages)
        assert all_topics(messages, by_hand) == expected


@given(mailboxes(), mendings())
@settings(max_examples=150)
def test_nothing_is_lost_and_nothing_twice(
    raws: list[bytes], decided: list[tuple[EventKind, str, str]]
) -> None:
    messages = {message.message_id: message for message in map(read, raws)}
    topics = all_topics(messages.values(), mended(decided))
    mails = Counter(one.message_id for topic in topics.values() for one in topic.messages)
    assert not mails.keys() - messages.keys()
    assert set(mails.values()) <= {1}
    posted = Counter(
        one.message_id
        for topic in topics.values()
        for revision in topic.revisions
        for one in revision.series.messages
    )
    assert {one.message_id for one in messages.values() if one.is_head} <= posted.keys()
    assert set(posted.values()) <= {1}


@given(mailboxes(), mendings())
@settings(max_examples=100)
def test_a_topic_is_whole(raws: list[bytes], decided: list[tuple[EventKind, str, str]]) -> None:
    """The view shows patches of the topic, each once; all but the first posting say why they
    belong to it; a topic that is parted by hand has none of the parted together."""
    messages = [read(raw) for raw in raws]
    by_hand = mended(decided)
    ids = set()
    for topic in all_topics(messages, by_hand).values():
        own = {one.message_id for one in topic.messages}
        view = [one.message_id for one in topic.view if one]
        assert len(view) == len(set(view))
        assert set(view) <= own
        assert bool(topic.revisions) == bool(topic.view)
        for first, *later in [topic.revisions] if topic.revisions else []:
            assert first.link.reason == "first"
            assert all(one.link.reason != "first" for one in later)
            assert all(0 < one.link.confidence <= 1 for one in later)
        ids.add(topic.id)
    assert len(ids) == len(all_topics(messages, by_hand))


@given(mailboxes())
@settings(max_examples=100)
def test_series_hold_each_mail_at_its_number(raws: list[bytes]) -> None:
    for series in collect_series([read(raw) for raw in raws]):
        assert series.messages
        for number, one in enumerate(series.patches, 1):
            if one is not None and one.subject.number is not None:
                assert one.subject.number == number
        assert len({one.subject.minor for one in series.patches if one}) <= 1


def group(at: int, decided: tuple[EventKind, str, str]) -> Group:
    """A decision of another machine, as it stands in the journal."""
    kind, one, value = decided
    return Group(
        f"g{at}", 1000 + at, "robin@lumen.example", Origin.CLI, "", (Event(kind, one, value),)
    )


def at_once(raws: list[bytes], groups: list[Group]) -> list[dict[str, Any]]:
    desk = Desk()
    for one in groups:
        desk.journal.append(one)
    desk.deliver(*raws)
    desk.sync()
    return desk.export()


@given(mailboxes(), mendings(), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_what_grew_step_by_step_is_what_came_at_once(
    raws: list[bytes], decided: list[tuple[EventKind, str, str]], chance: Any
) -> None:
    """Mail and decisions in any order, a few at a time, through the catalogue."""
    groups = [group(at, one) for at, one in enumerate(decided)]
    expected = at_once(raws, groups)
    steps: list[bytes | Group] = [*raws, *groups]
    chance.shuffle(steps)
    desk = Desk()
    for one in steps:
        if isinstance(one, Group):
            desk.journal.append(one)
        else:
            desk.deliver(one)
        if chance.random() < 0.6:
            desk.sync()
    desk.sync()
    assert desk.export() == expected


@given(mailboxes(), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_what_vanished_leaves_nothing(raws: list[bytes], chance: Any) -> None:
    kept = [raw for raw in raws if chance.random() < 0.6]
    desk = Desk()
    ids = desk.deliver(*raws)
    desk.sync()
    for raw, message_id in zip(raws, ids, strict=True):
        if raw not in kept:
            desk.index.remove(message_id)
    desk.sync()
    assert desk.export() == at_once(kept, [])
