# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails of a stable review, told from other mail about stable trees."""

from __future__ import annotations

import pytest

from maintainer_kit.model.message.message import Kind
from maintainer_kit.model.message.stable_review import below_notice, deadline_of
from maintainer_kit.model.message.trailer import Trailer
from tests.build import mail, patch, read

ID = "ab" * 20
CARMEN = "Carmen Stable <carmen@lumen.example>"
COVER = """\
This is the start of the stable review cycle for the 6.1.73 release.

Responses should be made by Sat, 20 Jan 2024 09:42:49 +0000.
Anything received after that time might be too late.
"""
NOTICE = "6.1-stable review patch.  If anyone has any objections, please let me know.\n\n"
RULE = f"{'-' * 18}\n\n"
UPSTREAM = f"From: Ada Author <ada@quarry.example>\n\ncommit {ID} upstream.\n\n"
WHY = "Why.\n\nSigned-off-by: Ada Author <ada@quarry.example>\n"


def test_the_cover_letter() -> None:
    found = read(mail("[PATCH 6.1 000/100] 6.1.73-rc1 review", COVER, sender=CARMEN))
    assert found.kind is Kind.COVER
    assert (found.review_of, found.deadline) == ("6.1.73-rc1", 1705743769)


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        ("Responses should be made by Sat, 20 Jan 2024 09:42:49 +0000.", 1705743769),
        ("Responses should be made by Sat Jan 20 09:42:49 UTC 2024.", 1705743769),
        ("Responses should be made by next Monday or so.", 0),
        ("Responses should be made by Sat, 99 Jan 99999 99:99:99 +0000.", 0),
        ("Responses should be made by Fri, 01 Jan 1904 00:00:00 +0000.", 0),
        ("Answers are welcome.", 0),
    ],
)
def test_deadline(line: str, seconds: int) -> None:
    assert deadline_of(f"Hello,\n\n{line}\nThanks.\n") == seconds


def test_no_other_cover_letter_has_a_deadline() -> None:
    found = read(mail("[PATCH 0/3] pebble: better", COVER))
    assert (found.review_of, found.deadline) == ("", 0)


def test_a_patch_is_its_authors() -> None:
    raw = patch(
        "[PATCH 6.1 007/100] pebble: fix it", text=NOTICE + RULE + UPSTREAM + WHY, sender=CARMEN
    )
    found = read(raw)
    assert found.review_of == "6.1"
    assert (found.author.address, found.submitter.address) == (
        "ada@quarry.example",
        "carmen@lumen.example",
    )
    assert found.trailers == (Trailer("Signed-off-by", "Ada Author <ada@quarry.example>"),)


def test_a_patch_closes_no_report_a_second_time() -> None:
    text = NOTICE + RULE + UPSTREAM + WHY + "Closes: https://lore.kernel.org/r/a@x.example\n"
    assert read(patch("[PATCH 6.1 007/100] pebble: fix it", text=text)).mends == ()


QUILT = {"User-Agent": "quilt/0.67"}


@pytest.mark.parametrize(
    ("subject", "text", "headers", "tree"),
    [
        ("[PATCH 5.18 222/339] x", UPSTREAM + WHY, QUILT, "5.18"),
        ("[PATCH 6.6 329/638] x", UPSTREAM + WHY, {"X-Patchwork-Hint": "Ignore"}, "6.6"),
        ("[PATCH 6.6 329/638] x", UPSTREAM + WHY, {}, ""),
        ("[PATCH 6.6 1/2] x", UPSTREAM + WHY, QUILT, ""),
        ("[PATCH v2 6.6 1/27] x", UPSTREAM + WHY, QUILT, ""),
        ("[PATCH 6.6.y 1/27] x", UPSTREAM + WHY, QUILT, ""),
        ("[PATCH AUTOSEL 6.6 12/30] x", UPSTREAM + WHY, QUILT, ""),
        ("[PATCH 6.6 12/30] x", WHY, QUILT, ""),
        ("[PATCH 12/30] x", NOTICE + WHY, QUILT, ""),
        ("Re: [PATCH 6.1 007/100] x", NOTICE + WHY, QUILT, ""),
    ],
)
def test_without_notice(subject: str, text: str, headers: dict[str, str], tree: str) -> None:
    assert read(patch(subject, text=text, headers=headers)).review_of == tree


def test_a_rule_in_a_commit_message_is_no_notice() -> None:
    assert below_notice(f"Why.\n{RULE}More.\n") == f"Why.\n{RULE}More.\n"
    assert below_notice(NOTICE + RULE + WHY) == f"\n{WHY}"
