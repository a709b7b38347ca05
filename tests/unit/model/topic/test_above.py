# SPDX-License-Identifier: GPL-2.0-or-later
"""The mail of a posting that a mail of a thread speaks of."""

from __future__ import annotations

from maintainer_kit.model.topic.above import Heads
from tests.build import ADA, read, reply


def above(*raws: bytes, of: str, posted: str) -> list[str]:
    """All heads above one mail."""
    known = {message.message_id: message for message in map(read, raws)}
    return list(Heads(known, frozenset(posted.split())).all_above(known[of]))


def chain(*ids: str) -> list[bytes]:
    """Each answers the one before it, and says no more than that."""
    return [
        reply(parent, "x", message_id=one, minutes=at)
        for at, (parent, one) in enumerate(zip(("top@x", *ids), ids, strict=False))
    ]


def test_the_nearest_first_beyond_a_shortened_references() -> None:
    mails = chain("a@x", "b@x", "c@x", "d@x")
    assert above(*mails, of="d@x", posted="a@x c@x") == ["c@x", "a@x"]
    assert above(*mails, of="a@x", posted="a@x") == []


def test_what_is_remembered_is_the_same() -> None:
    known = {message.message_id: message for message in map(read, chain("a@x", "b@x", "c@x"))}
    found = Heads(known, {"a@x"})
    first = [found.above(known[one]) for one in ("b@x", "c@x")]
    assert first == [found.above(known[one]) for one in ("b@x", "c@x")] == ["a@x", "a@x"]


def test_references_are_believed_where_the_chain_is_broken() -> None:
    head, answer = chain("a@x", "b@x")
    broken = reply("b@x", "x", message_id="c@x", above=["a@x"], sender=ADA)
    lost = reply("lost@x", "x", message_id="b@x")
    assert above(head, lost, broken, of="c@x", posted="a@x") == ["a@x"]
    assert above(head, broken, of="c@x", posted="a@x") == ["a@x"]
    assert above(head, answer, broken, of="c@x", posted="a@x") == ["a@x"]


def test_the_top_of_a_thread_without_a_posting() -> None:
    known = {message.message_id: message for message in map(read, chain("a@x", "b@x", "c@x"))}
    heads = Heads(known, frozenset())
    tops = [heads.top(known[one]).message_id for one in ("c@x", "b@x", "a@x")]
    assert tops == ["a@x", "a@x", "a@x"]


def test_a_loop_ends() -> None:
    one = reply("b@x", "1", message_id="a@x")
    other = reply("a@x", "2", message_id="b@x")
    assert above(one, other, of="a@x", posted="") == []
    assert above(one, other, of="a@x", posted="a@x b@x") == ["b@x"]
    assert above(one, other, of="b@x", posted="b@x") == []
