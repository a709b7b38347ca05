# SPDX-License-Identifier: GPL-2.0-or-later
"""A topic as one row, with decisions counted in."""

from __future__ import annotations

import pytest

from maintainer_kit.model.decision.event import Decision, Decisions, EventKind, Origin
from maintainer_kit.model.queue.row import TopicRow, make_row, stand
from maintainer_kit.model.queue.turn import Turn, Verdict
from tests.build import ADA, BO, DAY, ME, ROBIN, edit, mail, part_id, patch, posting, reply, topic

MINE = Verdict(Turn.ME, "by mail")


def decided(kind: EventKind, **values: str) -> Decisions:
    """Decisions by message."""
    return {(one, kind): Decision(value, "g", 1, Origin.CLI) for one, value in values.items()}


def row(*raws: bytes) -> TopicRow:
    """The row of the topic that mails make."""
    return make_row(topic(*raws), ME, {})


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
    found = stand(("a", "b"), MINE, decided(EventKind.STATE, **values))
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
    found = stand(("a", "b"), MINE, decided(EventKind.ARCHIVE, **values))
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
