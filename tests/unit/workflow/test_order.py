# SPDX-License-Identifier: GPL-2.0-or-later
"""The order in which mail arrives, and how much of it at once, does not matter."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from maintainer_kit.workflow.importing import import_mail
from maintainer_kit.workflow.ports import BrokenMail, SourceMail
from tests.build import BO, DAY, ROBIN, mail, part_id, patch, posting, reply
from tests.memory.desk import Desk

MAILS = [
    *posting("foo", 3),
    *posting("foo", 3, revision=2, minutes=2 * DAY, parents=[part_id("foo", 0)])[:3],
    patch(
        "[PATCH v3 2/3] foo: step 2",
        parents=[part_id("foo", 2, 2)],
        message_id=part_id("foo", 2, 3),
        minutes=3 * DAY,
    ),
    reply(part_id("foo", 1), "This leaks the buffer.", message_id="r1@x"),
    reply("r1@x", "It does not.", message_id="r2@x", above=[part_id("foo", 1)], sender=ROBIN),
    reply(part_id("foo", 2, 3), f"Reviewed-by: {BO}\n", message_id="r3@x", minutes=4 * DAY),
    *posting("bar", 2, tail="change-id: 20260105-bar-abc\n"),
    *posting("baz", 2, tail="change-id: 20260105-bar-abc\n", revision=2, minutes=DAY),
    mail("[BUG] oops", "It crashes.", message_id="b@x"),
    patch("[PATCH] qux: fix it", message_id="q@x", parents=["b@x"], minutes=20),
    mail("talk", "one", message_id="twice@x"),
    mail("talk", "two", message_id="twice@x"),
    mail("odd", headers={"Message-ID": ""}),
]
BATCHES = st.lists(st.integers(1, 6), min_size=30, max_size=30)


def batches(order: list[bytes], sizes: list[int]) -> list[list[bytes]]:
    """Mails in portions."""
    found: list[list[bytes]] = []
    at = 0
    for size in sizes:
        found.append(order[at : at + size])
        at += size
    return [one for one in [*found, order[at:]] if one]


def expected() -> list[dict[str, Any]]:
    """What there is once everything has come at once."""
    desk = Desk()
    desk.deliver(*MAILS)
    desk.sync()
    return desk.export()


EXPECTED = expected()


@given(st.permutations(MAILS), BATCHES)
@settings(max_examples=25)
def test_delivered_and_synced(order: list[bytes], sizes: list[int]) -> None:
    desk = Desk()
    for batch in batches(order, sizes):
        desk.deliver(*batch)
        desk.sync()
    assert desk.export() == EXPECTED


@given(st.permutations(MAILS), BATCHES)
@settings(max_examples=15)
def test_imported(order: list[bytes], sizes: list[int]) -> None:
    desk = Desk()
    for batch in batches(order, sizes):
        mails: list[SourceMail | BrokenMail] = [SourceMail("a", 0, raw) for raw in batch]
        import_mail(desk.stores, mails)
    assert desk.export() == EXPECTED


@given(st.permutations(MAILS), st.sets(st.integers(0, len(MAILS) - 1), max_size=8))
@settings(max_examples=15)
def test_vanished_again(order: list[bytes], gone: set[int]) -> None:
    """Mail that came and went leaves the same as mail that never came."""
    extra = [mail(f"[BUG] {at}", "x", message_id=f"extra{at}@x") for at in gone]
    extra += [reply(part_id("foo", 1), f"Noise {at}.", message_id=f"noise{at}@x") for at in gone]
    desk = Desk()
    ids = desk.deliver(*extra)
    desk.deliver(*order)
    desk.sync()
    for message_id in ids:
        desk.index.remove(message_id)
    desk.sync()
    assert desk.export() == EXPECTED
