# SPDX-License-Identifier: GPL-2.0-or-later
"""The mail of the state machine: series with rerolls, replies, and topics of all other kinds."""

from __future__ import annotations

from tests.build import DAY, LIST, mail, part_id, posting, reply
from tests.reviews import review

_RAWS = (
    *posting("foo", 2, change="one"),
    *posting("foo", 2, revision=2, change="two", minutes=DAY),
    *posting("foo", 3, revision=3, change="three", minutes=3 * DAY),
    *posting("bar", 1, cover=False, sender="Bea Author <bea@bar.example>"),
    *posting("bar", 1, cover=False, revision=2, sender="Bea Author <bea@bar.example>", minutes=DAY),
    # Nothing but a decision says that this is the next revision of bar.
    *posting("qux", 2, revision=3, cover=False, sender="Quin <quin@qux.example>", minutes=90 * DAY),
    reply(part_id("foo", 1), "Why is that?\n", message_id="why@made.example"),
    reply(
        part_id("foo", 2, 2),
        "Reviewed-by: Bo Reviewer <bo@shale.example>\n",
        message_id="reviewed@made.example",
        minutes=DAY + 50,
    ),
    reply("why@made.example", "Because.\n", message_id="because@made.example", minutes=90),
    mail("[BUG] pebble crashes", "Oops: 0000\n", message_id="bug@made.example", minutes=5),
    mail("[GIT PULL] pebble", "The following changes since\n", message_id="pull@made.example"),
    mail("when will it be ready", "Soon?\n", message_id="talk@made.example", to=LIST),
    *review("6.1.5", (1, 2), total=2, minutes=2 * DAY),
)


def _id(raw: bytes) -> str:
    return raw.partition(b"Message-ID: <")[2].partition(b">")[0].decode()


MAILS = {_id(raw): raw for raw in _RAWS}
"""By Message-ID."""
IDS = tuple(MAILS)
FIRST = tuple(one for one in IDS if one.startswith(("foo-v1", "bar-v1", "bug")))
"""What is there from the start, so that most decisions are about something."""
HOT = (part_id("foo", 1), part_id("bar", 1))
"""What most decisions are about, so that they meet."""
