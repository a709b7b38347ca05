# SPDX-License-Identifier: GPL-2.0-or-later
"""What a user names: topics, series, single patches."""

from __future__ import annotations

import pytest

from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.topic.topic import short_id
from maintainer_kit.workflow.targets import lone_message, resolve, resolve_all, resolve_topic
from tests.build import DAY, mail, part_id, posting, reply
from tests.memory.desk import Desk

TOPIC = short_id(part_id("foo", 0))
OLD = (part_id("foo", 1), part_id("foo", 2))
NEW = (part_id("foo", 1, 2), part_id("foo", 2, 2))
COMMIT = mail("foo: do it", f"Commit: {'ab' * 20}\nParent: x\n", message_id="c@x")


@pytest.fixture(scope="module")
def desk() -> Desk:
    """A series of two revisions with a reply, a report, a commit mail, and one without an id."""
    found = Desk()
    found.deliver(
        *posting("foo", 2),
        *posting("foo", 2, revision=2, minutes=DAY),
        reply(part_id("foo", 1), "Why not?", message_id="r@x"),
        mail("[BUG] oops", message_id="b@x"),
        mail("odd id", headers={"Message-ID": "<no-at-sign>"}),
        mail("no id", headers={"Message-ID": ""}),
        COMMIT,
    )
    found.sync()
    return found


@pytest.mark.parametrize(
    ("word", "message_ids"),
    [
        (TOPIC, NEW),
        (TOPIC[:5], NEW),
        (TOPIC.upper(), NEW),
        (f" {TOPIC}\n", NEW),
        (part_id("foo", 0, 2), NEW),
        (part_id("foo", 0), OLD),
        (part_id("foo", 2), OLD[1:]),
        (f"<{part_id('foo', 1, 2)}>", NEW[:1]),
        (f"https://lore.kernel.org/all/{part_id('foo', 1)}/", OLD[:1]),
        ("r@x", NEW),
        ("b@x", ("b@x",)),
        ("no-at-sign", ("no-at-sign",)),
        ("<no-at-sign>", ("no-at-sign",)),
        (short_id(part_id("foo", 2)), NEW),
    ],
)
def test_resolve(desk: Desk, word: str, message_ids: tuple[str, ...]) -> None:
    assert resolve(desk.stores, word).message_ids == message_ids


def test_a_mail_without_message_id_is_named_by_the_id_that_it_got(desk: Desk) -> None:
    (message_id,) = (one for one in desk.catalogue.message_ids() if one.startswith("notmuch-sha1"))
    assert resolve(desk.stores, message_id).message_ids == (message_id,)


@pytest.mark.parametrize("word", ["zzzz", "lost@x", "", "<>", "<lost@x>", "%", "c@x"])
def test_what_cannot_be_found(desk: Desk, word: str) -> None:
    with pytest.raises(NotFound) as caught:
        resolve(desk.stores, word)
    assert caught.value.hint


def test_a_misspelt_topic_names_those_near(desk: Desk) -> None:
    wrong = TOPIC[:-1] + ("a" if TOPIC[-1] != "a" else "b")
    with pytest.raises(NotFound) as caught:
        resolve(desk.stores, wrong)
    assert TOPIC in (caught.value.hint or "")


def test_a_beginning_of_several() -> None:
    desk = Desk()
    desk.deliver(*(mail(f"[BUG] {at}", message_id=f"{at}@x") for at in range(100)))
    desk.sync()
    with pytest.raises(Refused, match="begins the ids of"):
        resolve(desk.stores, short_id("0@x")[0])


def test_resolve_topic(desk: Desk) -> None:
    assert resolve_topic(desk.stores, "r@x").id == TOPIC


def test_all_or_none(desk: Desk) -> None:
    assert [one.row.id for one in resolve_all(desk.stores, ["b@x", TOPIC])] == [
        short_id("b@x"),
        TOPIC,
    ]
    with pytest.raises(NotFound):
        resolve_all(desk.stores, ["b@x", "lost@x"])


def test_a_cover_letter_alone_stands_for_itself() -> None:
    desk = Desk()
    desk.deliver(posting("foo", 2)[0])
    desk.sync()
    assert resolve(desk.stores, part_id("foo", 0)).message_ids == (part_id("foo", 0),)


@pytest.mark.parametrize("word", ["c@x", "<c@x>", "https://lore.kernel.org/r/c@x"])
def test_a_message_without_topic(desk: Desk, word: str) -> None:
    found = lone_message(desk.stores, word)
    assert found is not None and found.message.message_id == "c@x"


@pytest.mark.parametrize("word", ["b@x", "lost@x", "", TOPIC])
def test_no_message_without_topic(desk: Desk, word: str) -> None:
    assert lone_message(desk.stores, word) is None
