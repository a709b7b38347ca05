# SPDX-License-Identifier: GPL-2.0-or-later
"""Which mails are understood together."""

from __future__ import annotations

from itertools import permutations

from maintainer_kit.model.topic.cluster import keys_of, split_clusters
from tests.build import BO, DAY, edit, mail, part_id, patch, posting, read, reply


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


def test_a_long_title_joins_whoever_sends_it() -> None:
    title = "pebble: free the buffer when the mount fails"
    one, other = (
        patch(f"[PATCH] {title}", message_id="1@x"),
        patch(f"[PATCH v2] {title}", sender=BO),
    )
    assert len(clusters(one, other)) == 1


def test_a_short_title_joins_mails_of_one_person_only() -> None:
    home = "Ada Author <ada@home.example>"
    mails = [
        patch(f"[PATCH v{at}] pebble: fix", edit(old=f"o{at}", new=f"n{at}"), sender=who)
        for at, who in ((1, "Ada Author <ada@quarry.example>"), (2, home), (3, BO))
    ]
    assert sorted(map(len, clusters(*mails))) == [1, 2]


LINE = edit(old="pebble_first(inode, buffer, 7)", new="pebble_second(inode, buffer, 8)")


def test_a_long_line_of_the_diff_joins_an_authors_mails() -> None:
    one = patch("[PATCH] a: b", LINE, message_id="1@x")
    other = patch("[PATCH v2] c: d", LINE, message_id="2@x", minutes=170 * DAY)
    stranger = patch("[PATCH v2] e: f", LINE, message_id="3@x", sender=BO)
    later = patch("[PATCH v3] g: h", LINE, message_id="4@x", minutes=600 * DAY)
    assert clusters(one, other, stranger, later) == [{"1@x", "2@x"}, {"3@x"}, {"4@x"}]


def test_a_series_without_a_thread_is_joined_by_time() -> None:
    """Nothing else holds "1/3" and "2/3" of an unthreaded series together."""

    def part(at: int, minutes: int, sender: str = BO) -> bytes:
        change = edit(f"{at}.c", old=f"o{at}", new=f"n{at}")
        ids = f"{at}-{minutes}@x"
        subject = f"[PATCH {at}/3] t{at}: x"
        return patch(subject, change, message_id=ids, minutes=minutes, sender=sender)

    for start in range(0, 40, 4):
        mails = [part(at, start + late) for at, late in ((1, 0), (2, 1), (3, 20))]
        assert len(clusters(*mails)) == 1
    assert len(clusters(part(1, 0), part(2, 41))) == 2
    assert len(clusters(part(1, 0), part(2, 1, "Cy Coder <cy@shale.example>"))) == 2


def test_a_link_by_hand_joins() -> None:
    one, other = posting("foo", 1), posting("bar", 1, sender=BO)
    listed = [read(raw) for raw in (*one, *other)]
    assert len(split_clusters(listed)) == 2
    assert len(split_clusters(listed, {part_id("bar", 0): part_id("foo", 1)})) == 1
    assert len(split_clusters(listed, {part_id("bar", 0): "lost@x"})) == 2


def test_a_report_and_what_mends_it() -> None:
    report = mail("[BUG] oops", "It crashes.", message_id="r@x")
    text = "Closes: https://lore.kernel.org/r/r@x\nSigned-off-by: Ada Author <ada@quarry.example>\n"
    assert len(clusters(report, patch("[PATCH] foo: fix", text=text))) == 1
