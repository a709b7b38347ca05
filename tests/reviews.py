# SPDX-License-Identifier: GPL-2.0-or-later
"""Stable reviews for tests."""

from __future__ import annotations

from collections.abc import Sequence

from tests.build import ADA, edit, mail, patch

CARMEN = "Carmen Stable <carmen@lumen.example>"


def review(
    release: str,
    patches: Sequence[int],
    *,
    total: int = 3,
    candidate: int = 1,
    cover: bool = True,
    minutes: int = 0,
) -> list[bytes]:
    """A stable review of ``total`` patches, of which those in ``patches`` arrived."""
    tree = release.rpartition(".")[0]
    top = f"{release}-rc{candidate}-0@made.example"
    mails = []
    if cover:
        mails.append(
            mail(
                f"[PATCH {tree} 000/{total:03}] {release}-rc{candidate} review",
                "Responses should be made by Fri, 09 Jan 2026 12:00:00 +0000.\n",
                sender=CARMEN,
                message_id=top,
                minutes=minutes,
            )
        )
    for number in patches:
        text = (
            f"{tree}-stable review patch.  If anyone has any objections, please let me know.\n\n"
            f"{'-' * 18}\n\nFrom: {ADA}\n\ncommit {'ab' * 20} upstream.\n\nWhy.\n"
        )
        mails.append(
            patch(
                f"[PATCH {tree} {number:03}/{total:03}] pebble: make step {number} of it better",
                edit(f"fs/pebble/{number}.c", new=f"two_{number}"),
                text=text,
                sender=CARMEN,
                message_id=f"{release}-rc{candidate}-{number}@made.example",
                parents=[top],
                minutes=minutes,
            )
        )
    return mails
