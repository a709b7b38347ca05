# SPDX-License-Identifier: GPL-2.0-or-later
"""A list, stretch by stretch."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.workflow.pulling.archive import Span, TooMuch
from maintainer_kit.workflow.pulling.lists import pull_list
from maintainer_kit.workflow.pulling.pull import Pull
from tests.build import START, mail
from tests.memory.archive import MemoryArchive, MemoryMarks
from tests.memory.desk import Desk

DAY = 86400
BEGIN = int(START.timestamp())
URL = MemoryArchive.url


def made(days: range) -> dict[int, bytes]:
    """One mail a day."""
    return {BEGIN + day * DAY: mail(f"mail {day}", minutes=day * 1440) for day in days}


def run(archive: MemoryArchive, marks: MemoryMarks, desk: Desk, day: int, since: int | None) -> int:
    """Pull on that day; how many mails were new."""
    archive.now = BEGIN + day * DAY
    archive.asked.clear()
    stores = replace(desk.stores, clock=lambda: archive.now * 1_000_000)
    pull = Pull(stores, lambda _: archive, marks)
    pull_list(pull, URL, since)
    return pull.pulled.report.new


def test_the_first_time_and_after() -> None:
    archive, marks, desk = MemoryArchive(made(range(100))), MemoryMarks(), Desk()
    assert run(archive, marks, desk, 60, None) == 70
    assert marks.get(URL) == Span(BEGIN + 30 * DAY, BEGIN + 60 * DAY)
    assert run(archive, marks, desk, 60, None) == 0
    assert len(archive.asked) == 1


def test_stretches_grow_and_leave_no_gap() -> None:
    archive, marks, desk = MemoryArchive(made(range(700))), MemoryMarks(), Desk()
    assert run(archive, marks, desk, 699, BEGIN) == 700
    assert len(archive.asked) < 10
    # From before what is there: all of it again, in the end.
    assert run(archive, marks, desk, 699, BEGIN - DAY) == 0
    assert marks.get(URL) == Span(BEGIN - DAY, BEGIN + 699 * DAY)


def test_too_much_at_once_is_fetched_in_smaller_parts() -> None:
    archive, marks, desk = MemoryArchive(made(range(40)), most=3), MemoryMarks(), Desk()
    assert run(archive, marks, desk, 39, BEGIN) == 40
    crowd = {BEGIN + second: mail(f"mail {second}") for second in range(9)}
    with pytest.raises(TooMuch):
        run(MemoryArchive(crowd, most=3), MemoryMarks(), Desk(), 39, BEGIN)


def test_a_run_that_failed_is_gone_on_with() -> None:
    mails = made(range(40))
    crowd = {BEGIN + 30 * DAY + second: mail(f"many {second}") for second in range(1, 10)}
    archive, marks, desk = MemoryArchive({**mails, **crowd}, most=3), MemoryMarks(), Desk()
    with pytest.raises(TooMuch):
        run(archive, marks, desk, 39, BEGIN)
    reached = marks.get(URL)
    assert reached
    assert BEGIN + 25 * DAY < reached.end < BEGIN + 30 * DAY
    archive.most = 100
    run(archive, marks, desk, 39, BEGIN)
    first = int(archive.asked[0].removeprefix("rt:").partition("..")[0])
    assert reached.end - DAY < first <= reached.end
    assert len(desk.catalogue.message_ids()) == 49
