# SPDX-License-Identifier: GPL-2.0-or-later
"""Short mails in any number, for homes whose size matters and whose words do not.

Each topic is a series of three patches with its cover letter and its reviews, eight mails in all;
those that are closed were applied by the maintainer.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

MAILS = 8
"""Of each topic."""
ME = "Mona Intainer <mona@kernel.example>"
_START = datetime(2020, 1, 1, tzinfo=UTC)
_DIFF = """\
---
 drivers/{place}/unit{topic}.c | 2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)

diff --git a/drivers/{place}/unit{topic}.c b/drivers/{place}/unit{topic}.c
index 1234567..89abcde 100644
--- a/drivers/{place}/unit{topic}.c
+++ b/drivers/{place}/unit{topic}.c
@@ -{line},3 +{line},3 @@ static int start_{topic}(void)
 \tint error{topic};
-\treturn step{number}(unit{topic}, 0);
+\treturn step{number}(unit{topic}, error{topic});
 }}
--
2.43.0
"""
_PLACES = ("net", "block", "char", "usb", "gpu", "hwmon", "media", "iio")


def topic_mails(topic: int, *, is_open: bool) -> Iterator[bytes]:
    """The mails of topic number ``topic``, as entries of an mbox."""
    author = f"Jane Doe {topic % 977} <jane{topic % 977}@example.org>"
    reviewer = f"Rev Iewer {topic % 89} <rev{topic % 89}@example.com>"
    title = f"{_PLACES[topic % 8]}: mend the start of unit {topic}"
    whole = f"[PATCH 0/3] {title}"
    yield _mail(topic, 0, author, whole, "Three steps were wrong, they are mended.")
    for number in (1, 2, 3):
        step = f"[PATCH {number}/3] {_PLACES[topic % 8]}: mend step {number} of unit {topic}"
        yield _mail(topic, number, author, step, _patch(topic, number, author), 0)
    given = f"> +\treturn step1\nLooks right to me.\n\nReviewed-by: {reviewer}\n"
    yield _mail(topic, 4, reviewer, f"Re: {whole}", "How was this tested?", 0)
    yield _mail(topic, 5, author, f"Re: {whole}", "On the board, overnight.", 4)
    yield _mail(topic, 6, reviewer, f"Re: [PATCH 1/3] mend step 1 of unit {topic}", given, 1)
    if not is_open:
        yield _mail(topic, 7, ME, f"Re: {whole}", "Applied, thanks.", 0)
    elif topic % 2:
        yield _mail(topic, 7, author, f"Re: {whole}", "What is still missing?", 4)
    else:
        yield _mail(topic, 7, reviewer, f"Re: {whole}", "Good to know.", 5)


def _patch(topic: int, number: int, author: str) -> str:
    diff = _DIFF.format(topic=topic, number=number, line=10 * number, place=_PLACES[topic % 8])
    words = f"Step {number} of unit {topic} forgot its argument.\n\nSigned-off-by: {author}\n"
    return words + diff


def _mail(
    topic: int, number: int, sender: str, subject: str, body: str, parent: int | None = None
) -> bytes:
    when = _START + timedelta(hours=2 * topic, minutes=number)
    lines = [
        "From mboxrd@z Thu Jan  1 00:00:00 1970",
        f"From: {sender}",
        f"To: {ME}",
        "Cc: list@lists.example.org",
        "List-Id: <list.lists.example.org>",
        f"Subject: {subject}",
        f"Date: {when:%a, %d %b %Y %H:%M:%S} +0000",
        f"Message-ID: <{topic}-{number}@mails.example.org>",
    ]
    if parent is not None:
        lines.append(f"In-Reply-To: <{topic}-{parent}@mails.example.org>")
    return "\n".join([*lines, "", body, "", ""]).encode()
