# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``mkit share`` did, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from maintainer_kit.model.decision.state import NEW
from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.render.json_topics import envelope
from maintainer_kit.workflow.sharing.conflicts import Conflict, Side
from maintainer_kit.workflow.sharing.share import ShareReport

_MOST = 50
_MICRO = 1_000_000


def share_text(report: ShareReport, remote: str, labels: Mapping[str, str], now: int) -> list[str]:
    """Lines for a person; ``labels`` say in a few words what a Message-ID stands for, ``now`` is in
    seconds."""
    return [visible_line(line) for line in _lines(report, remote, labels, now)]


def _lines(report: ShareReport, remote: str, labels: Mapping[str, str], now: int) -> Iterator[str]:
    if report.formerly:
        yield (
            f"{report.formerly} is in use elsewhere: this home was copied or put back,"
            f" and is {report.machine} from now on"
        )
    if not report.failure:
        yield f"{report.machine}: {_published(report)} {remote}"
    for machine, number in sorted(report.received.items()):
        yield _received(machine, number, report.machine)
    for one in report.conflicts[:_MOST]:
        yield conflict_line(one, labels.get(one.message_id, one.message_id), now)
    if len(report.conflicts) > _MOST:
        yield f"... and {len(report.conflicts) - _MOST} more; mkit log tells both sides of each"
    if report.confidential:
        count = count_of(report.confidential, "decision")
        yield f"{count} about confidential topics stay here; what was published before stays there"
    for odd in report.oddities:
        yield f"{odd.machine}: {odd.words}"


def _published(report: ShareReport) -> str:
    if not report.published:
        return "nothing new for"
    return f"{count_of(report.published, 'decision')} to"


def _received(machine: str, number: int, own: str) -> str:
    count = count_of(number, "decision")
    if machine == own:
        return f"{count} that the journal had lost came back"
    return f"{count} from {machine}"


def conflict_line(conflict: Conflict, label: str, now: int) -> str:
    """``v3 2/5: accepted here 10:02, rejected on desk-1f 10:05: rejected holds``."""
    kind = "" if conflict.kind.value == "state" else f"{conflict.kind.value} "
    here = f"{_value(conflict.here.value)} here {_time(conflict.here, now)}"
    there = f"{_value(conflict.there.value)} on {conflict.machine} {_time(conflict.there, now)}"
    return f"{label}: {kind}{here}, {there}: {_value(conflict.holds)} holds"


def _value(value: str) -> str:
    return value or NEW


def _time(side: Side, now: int) -> str:
    """The time of today, the date too of another day; UTC, as in ``mkit log``."""
    moment = datetime.fromtimestamp(side.group.time // _MICRO, UTC)
    today = datetime.fromtimestamp(now, UTC).date()
    return moment.strftime("%H:%M" if moment.date() == today else "%Y-%m-%d %H:%M")


def share_json(report: ShareReport, remote: str) -> dict[str, Any]:
    """The contract of ``share --json``."""
    return envelope(
        machine=report.machine,
        formerly=report.formerly or None,
        remote=remote,
        published=report.published,
        received=dict(sorted(report.received.items())),
        confidential=report.confidential,
        conflicts=[_conflict_json(one) for one in report.conflicts],
        oddities=[{"machine": one.machine, "message": one.words} for one in report.oddities],
    )


def _conflict_json(conflict: Conflict) -> dict[str, Any]:
    return {
        "message_id": conflict.message_id,
        "kind": conflict.kind.value,
        "here": _side_json(conflict.here),
        "there": {**_side_json(conflict.there), "machine": conflict.machine},
        "holds": conflict.holds,
    }


def _side_json(side: Side) -> dict[str, Any]:
    moment = datetime.fromtimestamp(side.group.time // _MICRO, UTC)
    return {
        "value": side.value,
        "group": side.group.id,
        "time": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
