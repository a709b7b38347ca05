# SPDX-License-Identifier: GPL-2.0-or-later
"""A topic as one row, with decisions counted in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.model.decision.event import Decision, Decisions, EventKind, Origin
from maintainer_kit.model.decision.state import read_states
from maintainer_kit.model.queue.decided import stand
from maintainer_kit.model.queue.making import make_row
from maintainer_kit.model.queue.policy import DEFAULT_POLICY, Policy
from maintainer_kit.model.queue.row import UNDECIDED, TopicRow
from maintainer_kit.model.queue.standing import Standing
from maintainer_kit.model.queue.turn import Turn, Verdict
from tests.build import ADA, BO, DAY, ME, ROBIN, edit, mail, part_id, patch, posting, reply, topic

MINE = Verdict(Turn.ME, "by mail")


def decided(kind: EventKind, **values: str) -> Decisions:
    """Decisions by message."""
    return {(one, kind): Decision(value, "g", 1, Origin.CLI) for one, value in values.items()}


def row(*raws: bytes) -> TopicRow:
    """The row of the topic that mails make."""
    return make_row(topic(*raws), ME, {})


PAIR = TopicRow(
    id="pair",
    kind="series",
    subject="two patches",
    author=ADA,
    submitter=ADA,
    message_id="a",
    lists=("secret.example",),
    revision=1,
    revisions=1,
    received=2,
    total=2,
    updated=1000,
    trailers=(),
    marks=(),
    decidable=("a", "b"),
    by_mail=MINE,
    standing=UNDECIDED,
    mails=3,
)
"""A row of two patches, "a" and "b", and a reply, "r"."""


def standing(decisions: Decisions, policy: Policy = DEFAULT_POLICY) -> Standing:
    """What decisions make of the pair."""
    return stand(PAIR, ("a", "b", "r"), decisions, ME, policy)


def at(*events: tuple[str, EventKind, str], now: int = 2000, tags: str = "") -> TopicRow:
    """The pair at a time, after decisions of which each is later than the one before."""
    held: dict[tuple[str, EventKind], Decision] = {}
    for time, (one, kind, value) in enumerate(events, 1):
        for each in one.split():
            held[each, kind] = Decision(value, f"g{time}", time, Origin.CLI)
    row = replace(PAIR, standing=standing(held))
    return row.at(now, tags.split())


def test_fields() -> None:
    found = row(*posting("foo", 2), *posting("foo", 3, revision=2, minutes=DAY)[:3])
    assert (found.kind, found.subject) == ("series", "foo: make it better")
    assert found.author == found.submitter == ADA
    assert found.message_id == part_id("foo", 0, 2)
    assert (found.revision, found.revisions, found.received, found.total) == (2, 2, 2, 3)
    assert found.lists == ("pebblefs.lists.lumen.example",)
    assert found.decidable == (part_id("foo", 1, 2), part_id("foo", 2, 2))
    assert found.standing.state == "new"
    assert found.standing.verdict == found.by_mail


def test_a_thread_has_no_revision() -> None:
    found = row(mail("[BUG] oops", message_id="b@x"))
    assert (found.kind, found.revision, found.revisions, found.total) == ("report", 0, 0, 0)


def test_a_subject_that_is_all_prefix_is_shown_whole() -> None:
    assert row(patch("[PATCH]")).subject == "[PATCH]"


@pytest.mark.parametrize(
    ("values", "state", "states", "turn"),
    [
        ({}, "new", (("new", 2),), Turn.ME),
        ({"a": "accepted"}, "new", (("accepted", 1), ("new", 1)), Turn.ME),
        ({"a": "accepted", "b": "accepted"}, "accepted", (("accepted", 2),), Turn.NOBODY),
        (
            {"a": "accepted", "b": "changes-requested"},
            "changes-requested",
            (("accepted", 1), ("changes-requested", 1)),
            Turn.AUTHOR,
        ),
        (
            {"a": "under-review", "b": "under-review"},
            "under-review",
            (("under-review", 2),),
            Turn.ME,
        ),
        (
            {"a": "deferred", "b": "rejected"},
            "deferred",
            (("deferred", 1), ("rejected", 1)),
            Turn.NOBODY,
        ),
        ({"elsewhere": "accepted"}, "new", (("new", 2),), Turn.ME),
    ],
)
def test_states(
    values: dict[str, str], state: str, states: tuple[tuple[str, int], ...], turn: Turn
) -> None:
    found = standing(decided(EventKind.STATE, **values))
    assert (found.state, found.states, found.verdict.turn) == (state, states, turn)


@pytest.mark.parametrize(
    ("values", "archived"),
    [
        ({}, False),
        ({"a": "yes"}, False),
        ({"a": "yes", "b": "yes"}, True),
        ({"a": "yes", "b": "no"}, False),
    ],
)
def test_archived(values: dict[str, str], archived: bool) -> None:
    found = standing(decided(EventKind.ARCHIVE, **values))
    assert found.archived is archived
    assert found.verdict.turn is (Turn.NOBODY if archived else Turn.ME)


def test_trailers_are_counted_by_giver() -> None:
    found = row(
        *posting("foo", 2, tail=f"\nTested-by: {ROBIN}\n"),
        reply(part_id("foo", 1), f"Reviewed-by: {BO}\n", message_id="1@x"),
        reply(part_id("foo", 2), f"Reviewed-by: {BO}\n", message_id="2@x"),
        reply(part_id("foo", 0), f"Reviewed-by: {ROBIN}\n", message_id="3@x", sender=ROBIN),
        reply(part_id("foo", 0), "Nacked-by: C <c@x>\nSuggested-by: D <d@x>\n", message_id="4@x"),
    )
    assert found.trailers == (("Nacked-by", 1), ("Reviewed-by", 2), ("Tested-by", 1))


def test_trailers_of_older_revisions_are_not_counted() -> None:
    older = [*posting("foo", 1), reply(part_id("foo", 1), f"Acked-by: {BO}\n")]
    newer = posting("foo", 1, revision=2, minutes=DAY, change="other")
    assert row(*older, *newer).trailers == ()
    assert row(mail("Meeting")).trailers == ()


BROKEN = edit().replace("+\ttwo();", "+\ttwo(a,\nb);")


@pytest.mark.parametrize(
    ("raws", "mark"),
    [
        ([patch("[PATCH] x", text='Why.\n\nFixes: 12 ("y")\nSigned-off-by: A <a@x>\n')], "fix"),
        ([mail("[REGRESSION] mount hangs")], "regression"),
        ([patch("[PATCH] x", BROKEN)], "mangled"),
        (posting("foo", 2)[:2], "incomplete"),
        ([patch("[RFC PATCH] x")], "rfc"),
        ([patch("[PATCH RESEND] x")], "resend"),
    ],
)
def test_marks(raws: list[bytes], mark: str) -> None:
    assert row(*raws).marks == (mark,)


def test_nothing_to_mark() -> None:
    assert row(*posting("foo", 2)).marks == ()


SNOOZE, STATE = EventKind.SNOOZE, EventKind.STATE


@pytest.mark.parametrize(
    ("value", "now", "tags", "turn", "reason"),
    [
        ("until:1970-01-01T00:50:00Z", 2999, "", Turn.NOBODY, "snoozed until 1970-01-01 00:50 UTC"),
        (
            "until:1970-01-01T00:50:00Z",
            3000,
            "",
            Turn.ME,
            "back, snoozed until 1970-01-01 00:50 UTC: by mail",
        ),
        ("mail:3", 9999, "", Turn.NOBODY, "snoozed until new mail"),
        ("mail:2", 2000, "", Turn.ME, "back, new mail came: by mail"),
        ("tag:v7.0", 9999, "v6.9", Turn.NOBODY, "snoozed until v7.0 is tagged"),
        ("tag:v7.0", 9999, "v6.9 v7.0", Turn.ME, "back, v7.0 was tagged: by mail"),
        ("", 2000, "", Turn.ME, "by mail"),
        ("of a newer mkit", 2000, "", Turn.ME, "by mail"),
        ("until:when? mail:-1", 2000, "", Turn.ME, "by mail"),
    ],
)
def test_snoozed(value: str, now: int, tags: str, turn: Turn, reason: str) -> None:
    row = at(("a b", SNOOZE, value), now=now, tags=tags)
    assert row.standing.verdict == Verdict(turn, reason)


def test_a_new_patch_wakes_the_topic() -> None:
    assert at(("a", SNOOZE, "mail:9")).standing.verdict == MINE


def test_a_state_that_is_set_later_ends_a_snooze() -> None:
    row = at(("a b", SNOOZE, "mail:9"), ("b", STATE, "under-review"))
    assert row.standing.verdict == MINE
    assert not row.standing.snooze
    row = at(("b", STATE, "under-review"), ("a b", SNOOZE, "mail:9"))
    assert row.standing.verdict.turn is Turn.NOBODY


def test_what_is_about_the_topic_holds_on_any_message_of_it() -> None:
    row = at(
        ("r", EventKind.STAR, "yes"),
        ("r", EventKind.DELEGATE, BO),
        ("a", EventKind.ATTENTION, "mute"),
        ("a", EventKind.CONFIDENTIAL, "until:2030-01-01T00:00:00Z"),
        ("a", EventKind.NOTE, "first\nsecond"),
        ("r", EventKind.NOTE, "third"),
    )
    found = row.standing
    assert (found.starred, found.delegate, found.delegated_by) == (True, BO, "by hand")
    assert (found.attention, found.verdict) == ("mute", Verdict(Turn.NOBODY, "muted"))
    assert found.confidential == "until:2030-01-01T00:00:00Z"
    assert found.notes == ("first", "second", "third")


def test_the_latest_of_several_messages_holds() -> None:
    row = at(("r", EventKind.STAR, "yes"), ("a", EventKind.STAR, "no"))
    assert not row.standing.starred


def test_a_delegates_turn() -> None:
    row = at(("a", EventKind.DELEGATE, BO))
    assert row.standing.verdict.turn is Turn.DELEGATE
    row = at(("a", EventKind.DELEGATE, BO), ("a b", STATE, "accepted"))
    assert row.standing.verdict.turn is Turn.NOBODY


def test_topics_of_some_lists_are_confidential() -> None:
    policy = Policy(confidential=frozenset({"secret.example"}))
    assert standing({}, policy).confidential == "yes"
    public = decided(EventKind.CONFIDENTIAL, a="no")
    assert standing(public, policy).confidential == ""


def test_a_state_of_the_settings() -> None:
    states = read_states(("queued after=accepted action=no", "needs-ack after=new action=yes"))
    held = decided(STATE, a="queued", b="accepted")
    assert standing(held, Policy(states)).verdict == Verdict(Turn.NOBODY, "accepted: decided")
    held = decided(STATE, a="queued", b="needs-ack")
    found = standing(held, Policy(states))
    assert (found.state, found.verdict) == ("needs-ack", MINE)
