# SPDX-License-Identifier: GPL-2.0-or-later
"""What rules found, on the screens."""

from __future__ import annotations

from pathlib import Path

from maintainer_kit.tui.topic.reading import read_opening
from maintainer_kit.workflow.arrivals import Found
from maintainer_kit.workflow.reading import select
from maintainer_kit.workflow.records import Selection
from tests.build import patch
from tests.tui.driver import Screens, running
from tests.tui.test_watch import _deliver

_BAD = patch("[PATCH] early: Bird caught.", message_id="early@made.example", minutes=-60)


async def test_a_series_that_comes_in_is_checked(place: Path) -> None:
    async with running(watch=True, size=(140, 40)) as screens:
        await screens.until(lambda: screens.app.watching.syncs == 1)
        _deliver(place, "1.early", _BAD)
        await screens.press("ctrl+l")
        await screens.sees("early: Bird caught.")
        row = next(line for line in screens.lines if "early: Bird" in line)
        await screens.until(
            lambda: any(" w" in line for line in screens.lines if "early: Bird" in line), row
        )


async def test_the_topic_tells_what_was_found(place: Path) -> None:
    _deliver(place, "1.early", _BAD)
    async with running(watch=True, size=(140, 40)) as screens:
        await screens.until(lambda: screens.app.watching.syncs == 1)
        await screens.open("early: Bird caught.")
        await screens.sees("[subject-full-stop]")
        await screens.press("q")
        await screens.open("alloc: be quick")
        await screens.until(lambda: "[subject-full-stop]" not in screens.text)


async def test_a_topic_that_was_not_checked_is_there_before_it_is(place: Path) -> None:
    async with running(size=(140, 40)) as screens:
        ((topic_id, _),) = select(screens.stores, Selection(), "subject:alloc")
        assert read_opening(screens.stores, topic_id).detail.findings is None
        await screens.open("alloc: be quick")
        await screens.until(lambda: _found(screens) is not None, "what rules find")
        assert read_opening(screens.stores, topic_id).detail.findings == _found(screens)
        assert _found(screens)


def _found(screens: Screens) -> Found | None:
    detail = screens.topic.outline.detail
    return detail.findings if detail else None


async def test_a_wrong_profile_is_told_once(place: Path) -> None:
    with (place / "config").open("a", encoding="utf-8") as config:
        config.write("\tprofile = nosuch\n")
    async with running(watch=True, size=(140, 40)) as screens:
        await screens.sees("not checked: there is no profile")
        await screens.press("f5")
        await screens.until(lambda: screens.app.watching.syncs == 2)
        await screens.sees("nothing new")
        await screens.open("alloc: be quick")
        await screens.sees("Signed-off-by")
