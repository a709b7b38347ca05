# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings as Patchwork's checks, within what its API takes."""

from __future__ import annotations

import re
from dataclasses import replace

from maintainer_kit.checks.example import GOOD
from maintainer_kit.checks.finding import Severity
from maintainer_kit.checks.report import Report
from maintainer_kit.render.json_topics import Json
from maintainer_kit.render.patchwork_checks import patchwork_checks
from tests.unit.render.reports import (
    checked,
    full_report,
    hostile_report,
    made,
    of_findings,
    report,
    spoilt_series,
)


def checks(found: Report) -> list[Json]:
    return list(patchwork_checks(found))


def is_taken(check: Json) -> bool:
    """What the server would refuse."""
    return (
        check["state"] in ("success", "warning", "fail", "pending")
        and re.fullmatch(r"[-a-zA-Z0-9_]{1,255}", check["context"]) is not None
        and check.get("target_url", "https://").startswith("https://")
        and len(check.get("target_url", "")) <= 200
        and 0 < len(check["description"]) <= 500
    )


def test_a_clean_patch_is_a_success() -> None:
    assert checks(report(GOOD)) == [
        {
            "message_id": GOOD.message_id,
            "state": "success",
            "context": "mkit-check",
            "description": "nothing to say",
        }
    ]


def test_the_worst_of_a_family_counts() -> None:
    found = of_findings(
        made("one", severity=Severity.INFO),
        replace(made("two", severity=Severity.ERROR), source="https://x.example/2"),
        made("three", rule="body-missing"),
    )
    first, second = checks(found)
    assert first == {
        "message_id": GOOD.message_id,
        "state": "fail",
        "context": "mkit-subject",
        "description": "two [subject-full-stop]; one [subject-full-stop]",
        "target_url": "https://x.example/2",
    }
    assert (second["context"], second["state"]) == ("mkit-body", "warning")


def test_infos_are_a_success() -> None:
    (one,) = checks(of_findings(made(severity=Severity.INFO)))
    assert one["state"] == "success"


def test_a_cover_letter_speaks_to_each_patch() -> None:
    example = spoilt_series(3)
    found = Report((replace(checked(example), findings=(made("no base"),)),))
    sent = checks(found)
    assert [one["message_id"] for one in sent] == [one.message_id for one in example.rest]
    assert {one["description"] for one in sent} == {"no base [subject-full-stop]"}


def test_what_has_no_message_id_is_left_out() -> None:
    assert checks(report(GOOD.with_(kind="commit"), GOOD.with_(kind="file"))) == []


def test_a_reply_has_no_checks() -> None:
    assert checks(report(GOOD.with_(subject="Re: hello", diff="", body="Hello."))) == []


def test_all_are_taken() -> None:
    for found in (full_report(), hostile_report()):
        assert checks(found)
        assert all(map(is_taken, checks(found)))
    (hostile,) = checks(hostile_report())
    assert "target_url" not in hostile
    assert not set(hostile["description"]) & set("\n\r\x1b\u202e")
    assert hostile["context"] == "mkit-tool"


def test_long_descriptions_are_cut() -> None:
    (one,) = checks(of_findings(*[made("x" * 100)] * 9))
    assert len(one["description"]) == 500
    assert one["description"].endswith("\u2026")
