# SPDX-License-Identifier: GPL-2.0-or-later
"""A reroll of what I commented on stays mine, whatever others say of it, until I answer it or its
author has to act."""

from __future__ import annotations

import pytest

from maintainer_kit.model.queue.turn import Me, Turn, mail_turn
from tests.build import ADA, BO, DAY, ROBIN, part_id, posting, reply, topic

BO_IS_ME = Me(frozenset({"bo@shale.example"}), names=("Bo Reviewer",))
CY = "Cy Kaminsky <cy@slate.example>"
TAG_OF_CY = f"Reviewed-by: {CY}\n"
TO = "ada@quarry.example, pebblefs@lists.lumen.example"
V2_COVER, V2_FIRST = part_id("foo", 0, 2), part_id("foo", 1, 2)
V2_LAST = part_id("foo", 2, 2)
POSTED = posting("foo", 2)
NEWER = posting("foo", 2, revision=2, minutes=2 * DAY, change="new")
PARTLY = NEWER[2].replace(f"<{V2_COVER}>".encode(), f"<{part_id('foo', 0)}>".encode())
ANSWERS = "v2 of 2026-01-07 answers your comment on 1/2 of v1"


def say(body: str, sender: str, parent: str, at: int, name: str = "") -> bytes:
    """Something said about the series, ``at`` minutes after the first posting."""
    name = name or f"{at}@x"
    return reply(parent, body, sender=sender, message_id=name, minutes=at, to=TO)


def mine(at: int = 60, number: int = 1, body: str = "This leaks the buffer.") -> bytes:
    """What I said of the first revision."""
    return say(body, BO, part_id("foo", number), at)


LATER = 3 * DAY
SITUATIONS: dict[str, tuple[list[bytes], Turn, str]] = {
    "nobody has said anything": ([*POSTED, mine(), *NEWER], Turn.ME, ANSWERS),
    "another gave a tag": (
        [*POSTED, mine(), *NEWER, say(TAG_OF_CY, CY, V2_COVER, LATER)],
        Turn.ME,
        f"{ANSWERS}; v2: Reviewed-by given, nothing open",
    ),
    "another said to look": (
        [*POSTED, mine(), *NEWER, say("I'll review it tomorrow.", CY, V2_FIRST, LATER)],
        Turn.ME,
        f"{ANSWERS}; Cy Kaminsky said to look at it, 2026-01-08",
    ),
    "the author pings": (
        [
            *POSTED,
            mine(),
            *NEWER,
            say(TAG_OF_CY, CY, V2_COVER, LATER),
            say("Any comments on this series?", ADA, V2_COVER, LATER + 9),
        ],
        Turn.ME,
        f"{ANSWERS}; the author asks for an answer (ping) since 2026-01-08",
    ),
    "another commented": (
        [*POSTED, mine(), *NEWER, say("Please rename it.", CY, V2_FIRST, LATER)],
        Turn.AUTHOR,
        "Cy Kaminsky commented on 1/2 on 2026-01-08",
    ),
    "another commented and the author will change it": (
        [
            *POSTED,
            mine(),
            *NEWER,
            say("Please rename it.", CY, V2_FIRST, LATER, "c@x"),
            say("Right, will fix in v3.", ADA, "c@x", LATER + 9),
        ],
        Turn.AUTHOR,
        "the author announced changes on 2026-01-08",
    ),
    "another applied it": (
        [*POSTED, mine(), *NEWER, say("Applied, thanks!", ROBIN, V2_COVER, LATER)],
        Turn.NOBODY,
        "Robin Maintainer wrote on 2026-01-08 that it is applied",
    ),
    "I gave a tag": (
        [*POSTED, mine(), *NEWER, say(f"Reviewed-by: {BO}\n", BO, V2_COVER, LATER)],
        Turn.REVIEWER,
        "v2: Reviewed-by given, nothing open",
    ),
    "I was only polite, and another gave a tag": (
        [
            *POSTED,
            mine(),
            *NEWER,
            say("Looks good to me.", BO, V2_COVER, LATER),
            say(TAG_OF_CY, CY, V2_COVER, LATER + 9),
        ],
        Turn.REVIEWER,
        "v2: Reviewed-by given, nothing open",
    ),
    "my answer has a date before the posting's": (
        [
            *POSTED,
            mine(),
            *NEWER,
            say("Looks good to me.", BO, V2_COVER, 2 * DAY - 30),
            say(TAG_OF_CY, CY, V2_COVER, LATER),
        ],
        Turn.REVIEWER,
        "v2: Reviewed-by given, nothing open",
    ),
    "I gave a tag after my comment, before the reroll": (
        [
            *POSTED,
            mine(),
            say(f"Reviewed-by: {BO}\n", BO, part_id("foo", 0), 90),
            *NEWER,
            say(TAG_OF_CY, CY, V2_COVER, LATER),
        ],
        Turn.REVIEWER,
        "v2: Reviewed-by given, nothing open",
    ),
    "one of two patches was posted again": (
        [*POSTED, mine(60, 1), mine(70, 2), PARTLY],
        Turn.ME,
        "v2 of 2026-01-07 answers your comment on 2/2 of v1",
    ),
    "one was posted again, and another asks about the one that was not": (
        [*POSTED, mine(70, 2), say("Is it needed?", CY, part_id("foo", 1), 80), PARTLY],
        Turn.AUTHOR,
        "Cy Kaminsky commented on 1/2 on 2026-01-05",
    ),
    "one was posted again, not the one that I spoke of": (
        [*POSTED, mine(60, 1), PARTLY],
        Turn.AUTHOR,
        "you commented on 1/2 on 2026-01-05",
    ),
    "it was repeated without a change": (
        [
            *POSTED,
            mine(),
            *NEWER,
            say("It still leaks.", BO, V2_FIRST, LATER),
            *(
                raw.replace(b"foo-v2-", b"again-v2-").replace(b"Date: Wed, 07", b"Date: Fri, 09")
                for raw in NEWER
            ),
        ],
        Turn.AUTHOR,
        "you commented on 1/2 on 2026-01-08",
    ),
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_turns(situation: str) -> None:
    raws, turn, reason = SITUATIONS[situation]
    verdict = mail_turn(topic(*raws), BO_IS_ME)
    assert (verdict.turn, verdict.reason) == (turn, reason)


def test_in_my_own_series_the_others_are_to_look() -> None:
    raws = [*POSTED, mine(), *NEWER, say(TAG_OF_CY, CY, V2_COVER, LATER)]
    ada = Me(frozenset({"ada@quarry.example"}))
    assert mail_turn(topic(*raws), ada).turn is Turn.REVIEWER
