# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings as JSON, by the schema in docs/ with not a field more."""

from __future__ import annotations

import json

import pytest

from maintainer_kit.checks.context import Need
from maintainer_kit.checks.example import GOOD
from maintainer_kit.checks.finding import Edit, Fix, Part, Place, Spot
from maintainer_kit.checks.report import Report, Unchecked
from maintainer_kit.render.findings_json import finding_json, fix_json, report_json
from maintainer_kit.render.json_topics import dumps
from tests.cli import schemas
from tests.unit.render.reports import full_report, made, report, spoilt_series

# As the contract of the command line lists them: never renamed, never dropped.
CONTRACT = {"rule", "severity", "message", "message_id", "commit", "path", "line", "fix"}


def test_what_each_rule_says_is_by_the_schema() -> None:
    value = json.loads(dumps(report_json(full_report())))
    schemas.check(value, "check")
    assert all(set(one) >= CONTRACT for one in value["findings"])
    assert value["summary"]["error"] > 10
    assert sum(value["summary"].values()) == len(value["findings"])
    assert value["unchecked"] == [{"name": "no such", "reason": "is not there"}]
    assert {one["fix"] is None for one in value["findings"]} >= {False}


def test_a_clean_patch() -> None:
    value = report_json(report(GOOD))
    schemas.check(value, "check")
    assert value["findings"] == []
    assert value["checked"] == 1
    assert value["summary"] == {"error": 0, "warning": 0, "info": 0}


def test_patches_and_cover_letters_count() -> None:
    assert report_json(report(spoilt_series(3)))["checked"] == 4


def test_lines_and_columns_count_from_one() -> None:
    value = finding_json(made(spot=Spot(Part.BODY, 2, 3, 5), place=Place("a", 9, "foo bar")))
    assert value["span"] == {"part": "body", "header": None, "line": 3, "start": 4, "end": 6}
    assert (value["path"], value["line"]) == ("a", 9)
    whole = finding_json(made(spot=Spot(Part.HEADER, header="cc")))
    assert whole["span"] == {
        "part": "header",
        "header": "cc",
        "line": 1,
        "start": None,
        "end": None,
    }


def test_a_fix_is_an_object_or_null() -> None:
    assert finding_json(made())["fix"] is None
    assert fix_json(Fix("say why")) == {"words": "say why", "mechanical": False, "edits": []}
    edit = Edit(Part.BODY, 2, 1, ("one", "two"))
    assert fix_json(Fix("wrap it", (edit,))) == {
        "words": "wrap it",
        "mechanical": True,
        "edits": [{"part": "body", "line": 3, "count": 1, "lines": ["one", "two"]}],
    }
    assert fix_json(Fix("write it anew", resave=True))["mechanical"] is True


def test_names_of_files_that_are_no_utf_8() -> None:
    found = Report((), (Unchecked("a\udcff.mbox", "is empty"),), missing=frozenset(Need))
    value = report_json(found)
    schemas.check(value, "check")
    dumps(value).encode()
    place = Place("b\udcff", 1, "", "c\udcff", 1)
    dumps(finding_json(made(place=place))).encode()


@pytest.mark.parametrize(
    "spoilt",
    [{"more": 1}, {"severity": "fatal"}, {"fix": "do it"}, {"line": 0}, {"rule": "two words"}],
    ids=str,
)
def test_the_schema_is_strict(spoilt: dict[str, object]) -> None:
    value = report_json(full_report())
    value["findings"] = [{**value["findings"][0], **spoilt}]
    with pytest.raises(AssertionError):
        schemas.check(value, "check")
