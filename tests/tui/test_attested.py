# SPDX-License-Identifier: GPL-2.0-or-later
"""Who signed a patch, above its mail: in words, not by a colour alone."""

from __future__ import annotations

from pathlib import Path

from tests.build import patch
from tests.integration.signing import keyring, patatt_signed
from tests.tui.driver import running
from tests.tui.test_watch import _deliver

ADDRESS = "ada@quarry.example"


def _signed(name: str) -> bytes:
    raw = patch(f"[PATCH] {name}: catch a bird", message_id=f"{name}@made.example", minutes=-60)
    return patatt_signed(raw, ADDRESS)


async def test_good_and_bad_are_told_above_the_mail(place: Path) -> None:
    keys = keyring(place / "keys", ADDRESS)
    with (place / "config").open("a", encoding="utf-8") as config:
        config.write(f"\tkeyring = {keys}\n")
    _deliver(place, "1.early", _signed("early"))
    _deliver(place, "2.late", _signed("late").replace(b"two();", b"evil();"))
    async with running(watch=True, size=(140, 40)) as screens:
        await screens.until(lambda: screens.app.watching.syncs == 1)
        await screens.open("early: catch a bird")
        await screens.sees(f"signed  good: patatt by {ADDRESS}")
        await screens.press("q")
        await screens.open("late: catch a bird")
        await screens.sees("signed  bad: patatt signature: the text was changed")
        await screens.press("q")
        await screens.open("alloc: be quick")
        await screens.until(lambda: "signed  " not in screens.text)
