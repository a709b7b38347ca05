# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``mkit share`` says."""

from __future__ import annotations

from maintainer_kit.model.decision.event import EventKind, Group, Origin
from maintainer_kit.render.share_text import share_json, share_text
from maintainer_kit.workflow.sharing.conflicts import Conflict, Side
from maintainer_kit.workflow.sharing.share import ShareReport
from maintainer_kit.workflow.sharing.union import Oddity

TEN = 1_767_607_200  # 2026-01-05 10:00 UTC
HUB = "/srv/hub.git"


def side(value: str, minutes: int) -> Side:
    time = (TEN + 60 * minutes) * 1_000_000
    return Side(value, Group(value, time, "me", Origin.CLI, "", ()))


def conflict(kind: EventKind = EventKind.STATE) -> Conflict:
    here, there = side("accepted", 2), side("rejected", 5)
    return Conflict("a@b", kind, here, there, "desk-1f", "rejected")


def lines(report: ShareReport, now: int = TEN) -> list[str]:
    return share_text(report, HUB, {"a@b": "k3v9 v3 2/5"}, now)


def test_nothing_new() -> None:
    assert lines(ShareReport("lap-2c")) == ["lap-2c: nothing new for /srv/hub.git"]


def test_all_there_is_to_say() -> None:
    report = ShareReport(
        "lap-2c",
        published=1,
        confidential=2,
        received={"desk-1f": 3, "lap-2c": 1},
        conflicts=[conflict()],
        oddities=[Oddity("desk-1f", "a \x1b[31m line")],
    )
    assert lines(report) == [
        "lap-2c: 1 decision to /srv/hub.git",
        "3 decisions from desk-1f",
        "1 decision that the journal had lost came back",
        "k3v9 v3 2/5: accepted here 10:02, rejected on desk-1f 10:05: rejected holds",
        "2 decisions about confidential topics stay here; what was published before stays there",
        "desk-1f: a \u241b[31m line",
    ]


def test_of_another_day_and_another_kind() -> None:
    report = ShareReport("lap-2c", conflicts=[conflict(EventKind.SNOOZE)])
    assert lines(report, TEN + 86400)[1] == (
        "k3v9 v3 2/5: snooze accepted here 2026-01-05 10:02,"
        " rejected on desk-1f 2026-01-05 10:05: rejected holds"
    )


def test_many_conflicts_do_not_flood() -> None:
    told = lines(ShareReport("lap-2c", conflicts=[conflict()] * 60))
    assert len(told) == 52
    assert told[-1] == "... and 10 more; mkit log tells both sides of each"


def test_a_new_name() -> None:
    first = lines(ShareReport("lap-99", formerly="lap-2c"))[0]
    assert first.startswith("lap-2c is in use elsewhere")
    assert first.endswith("is lap-99 from now on")


def test_json() -> None:
    value = share_json(ShareReport("lap-2c", conflicts=[conflict()]), HUB)
    assert value["conflicts"][0]["there"] == {
        "value": "rejected",
        "group": "rejected",
        "time": "2026-01-05T10:05:00Z",
        "machine": "desk-1f",
    }
    assert (value["schema"], value["formerly"], value["remote"]) == (1, None, HUB)
