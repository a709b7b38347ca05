# SPDX-License-Identifier: GPL-2.0-or-later
"""Three mornings on the sample mail, as docs/digest.md shows them."""

from __future__ import annotations

from email import message_from_bytes
from pathlib import Path

from maintainer_kit.model.mail.date import read_date
from tests.cli.test_golden import check
from tests.integration.driver import Mkit
from tests.sample import raw_mails

PAGE = Path(__file__).resolve().parents[2] / "docs" / "digest.md"
MORNINGS = ("2026-03-18T08:00:00Z", "2026-03-19T08:00:00Z", "2026-03-20T08:00:00Z")


def sent(raw: bytes) -> int:
    """When a mail says that it was sent; one without a date was there from the beginning."""
    return read_date(str(message_from_bytes(raw)["Date"] or "")) or 0


def seconds(moment: str) -> int:
    found = read_date(f"{moment[8:10]} Mar 2026 {moment[11:19]} +0000")
    assert found
    return found


def test_three_mornings(mkit: Mkit) -> None:
    """Before each a day's mail comes in; before the first all that there was."""
    rest = sorted(raw_mails(), key=sent)
    told = []
    for morning in MORNINGS:
        here = [raw for raw in rest if sent(raw) < seconds(morning)]
        rest = rest[len(here) :]
        there = mkit.having(MKIT_NOW=morning, COLUMNS="80")
        there.bring(*here)
        text = there.run("digest", "--limit", "2").stdout
        told.append(f"$ mkit digest --limit 2      # {morning}\n{text}")
    check("digest-mornings", "\n".join(told))
    page = PAGE.read_text(encoding="utf-8")
    assert all(block in page for block in told), "docs/digest.md shows something else"
