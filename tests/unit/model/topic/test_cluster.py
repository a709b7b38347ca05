# SPDX-License-Identifier: GPL-2.0-or-later
"""Which mails are understood together."""

from __future__ import annotations

from itertools import permutations

from maintainer_kit.model.topic.cluster import keys_of, split_clusters
from tests.build import DAY, mail, part_id, patch, posting, read, reply


def clusters(*raws: bytes) -> list[set[str]]:
    """Message-IDs of each cluster."""
    return [{m.message_id for m in group} for group in split_clusters(map(read, raws))]


def test_strangers_are_apart() -> None:
    found = clusters(mail("a", message_id="a@x"), mail("b", message_id="b@x"))
    assert found == [{"a@x"}, {"b@x"}]


def test_a_thread_is_one() -> None:
    assert len(clusters(*posting("foo", 3), reply(part_id("foo", 2), "x"))) == 1


def test_a_lost_parent_joins_its_children() -> None:
    found = clusters(reply("lost@x", "1", message_id="a@x"), reply("lost@x", "2", message_id="b@x"))
    assert found == [{"a@x", "b@x"}]


def test_a_broken_chain_is_joined_by_the_root() -> None:
    root = mail("x", message_id="root@x")
    far = reply("l1@x", "1", above=["root@x", "l4@x", "l3@x", "l2@x"], message_id="far@x")
    assert len(clusters(root, far)) == 1


def test_a_reroll_is_joined_by_title_link_and_change_id() -> None:
    base = posting("foo", 1, tail="change-id: 20260105-foo-abc\n")
    rerolls = [
        posting("foo", 2, revision=2, minutes=DAY),
        posting("bar", 1, revision=3, tail="change-id: 20260105-foo-abc\n"),
        posting("baz", 1, tail="- Link to v1: https://lore.kernel.org/r/foo-v1-1@made.example\n"),
    ]
    for reroll in rerolls:
        assert len(clusters(*base, *reroll)) == 1


def test_order_of_arrival_does_not_matter() -> None:
    raws = [
        mail("a", message_id="a@x"),
        reply("a@x", "1", message_id="b@x"),
        reply("c@x", "2", message_id="d@x"),
        reply("b@x", "3", message_id="c@x"),
        mail("other", message_id="o@x"),
    ]
    for order in permutations(raws):
        found = {frozenset(group) for group in clusters(*order)}
        assert found == {frozenset({"a@x", "b@x", "c@x", "d@x"}), frozenset({"o@x"})}


def test_keys_are_few_however_long_the_references() -> None:
    above = [f"{at}@x" for at in range(10_000)]
    assert len(keys_of(read(reply("p@x", "deep", above=above)))) < 10
    links = "".join(f"- Link to v1: https://lore.kernel.org/r/{at}@x\n" for at in range(1000))
    assert len(keys_of(read(patch("[PATCH] x", below=links)))) < 20
