# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings as SARIF: by the part of the standard that is used, stable over rebases, hostile text.

``bench/sarif_by_schema.py`` validates the same reports by the whole schema of the standard.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

import pytest
from jsonschema import Draft202012Validator

from maintainer_kit.checks.context import Need
from maintainer_kit.checks.example import DIFF, GOOD, Example
from maintainer_kit.checks.finding import Part, Place, Severity, Spot
from maintainer_kit.checks.report import Report
from maintainer_kit.render.json_topics import Json, dumps
from maintainer_kit.render.sarif import report_sarif
from tests.unit.render.reports import (
    full_report,
    hostile_report,
    made,
    of_findings,
    report,
    spoilt_series,
)

_SCHEMA = Path(__file__).parent / "sarif-used.json"
BLANK = GOOD.with_(diff=DIFF.replace("+\tpebble_put(sb);", "+\tpebble_put(sb); "))


@cache
def schema() -> Json:
    found = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(found)
    assert isinstance(found, dict)
    return found


def sarif(found: Report) -> Json:
    """The run, after a journey through bytes, by the schema."""
    value = json.loads(dumps(report_sarif(found)).encode())
    validator = Draft202012Validator(schema())
    problems = [f"{list(one.path)}: {one.message}" for one in validator.iter_errors(value)]
    assert not problems, "\n".join(problems)
    run = value["runs"][0]
    assert isinstance(run, dict)
    return run


def marks(*examples: Example) -> list[str]:
    found = sarif(report(*examples))["results"]
    return [one["partialFingerprints"]["mkitFinding/v1"] for one in found]


def uri(path: str) -> str:
    run = sarif(of_findings(made(place=Place(path, 1, ""))))
    found = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert isinstance(found, str)
    return found


def test_what_each_rule_says() -> None:
    run = sarif(full_report())
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == len(list(full_report().findings()))
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert len({one["id"] for one in rules}) == len(rules)


def test_a_field_too_much_is_noticed() -> None:
    value = report_sarif(full_report())
    value["runs"][0]["results"][0]["rank"] = 1
    assert list(Draft202012Validator(schema()).iter_errors(value))


def test_nothing_to_say() -> None:
    run = sarif(report(GOOD))
    assert run["results"] == run["tool"]["driver"]["rules"] == []
    assert run["invocations"] == [{"executionSuccessful": True}]


def test_what_was_not_checked() -> None:
    found = replace(full_report(), missing=frozenset({Need.REPOSITORY}))
    (invocation,) = sarif(found)["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"] == [
        {"level": "error", "message": {"text": "no such: not checked: is not there"}}
    ]
    (note,) = invocation["toolConfigurationNotifications"]
    assert note["message"]["text"] == "rules that need a repository were not asked"


@pytest.mark.parametrize(
    ("severity", "level"),
    [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note")],
)
def test_levels(severity: Severity, level: str) -> None:
    (result,) = sarif(of_findings(made(severity=severity)))["results"]
    assert result["level"] == level


def test_the_region_is_what_is_meant() -> None:
    spot, place = Spot(Part.BODY, 1, 4, 7), Place("p", 9, "foo bar")
    (result,) = sarif(of_findings(made(spot=spot, place=place)))["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 9, "startColumn": 5, "endColumn": 8}


def test_fingerprints_outlive_a_rebase() -> None:
    moved = BLANK.with_(
        diff=BLANK.diff.replace("@@ -12,4 +12,5 @@", "@@ -112,4 +212,5 @@").replace(
            "1d3b2a7..9c8e5f0", "aaaaaaa..bbbbbbb"
        ),
        headers={"Message-ID": "<another@x.example>"},
        hours=99,
        body=BLANK.body + "\n\nMore words.",
    )
    assert marks(BLANK) == marks(moved)
    assert marks(BLANK.with_(kind="commit")) == marks(BLANK.with_(kind="file"))


def test_fingerprints_tell_changes_and_rules_apart() -> None:
    other = BLANK.with_(diff=BLANK.diff.replace("pebble_put", "pebble_drop"))
    found = [*marks(BLANK), *marks(other), *marks(BLANK.with_(trailers=""))]
    assert len(found) == 4
    assert len(set(found)) == 3


def test_the_same_words_twice_in_a_patch_are_two_findings() -> None:
    twice = DIFF.replace("+\tpebble_put(sb);", "+\tone(); \n+\ttwo(); ").replace("4,5", "4,6")
    found = marks(GOOD.with_(diff=twice.replace("+12,5", "+12,6")))
    assert len(found) == len(set(found)) == 2


def test_fingerprints_of_a_series_are_its_own() -> None:
    found = marks(spoilt_series(3))
    assert len(set(found)) == len(found) == 5
    drafts = [GOOD.with_(kind="message", trailers="", subject=f"pebble: {at}") for at in "ab"]
    assert len(set(marks(*drafts))) == 2


@pytest.mark.parametrize(
    "path",
    [
        "fs/a.c",
        "a b.patch",
        "http://evil.example/x",
        "javascript:alert(1)",
        "C:\\x",
        "a%20b",
        "a?b#c",
    ],
)
def test_a_path_is_a_relative_reference(path: str) -> None:
    found = uri(path)
    parts = urlsplit(found)
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    assert unquote_to_bytes(found) == path.encode()


@pytest.mark.parametrize("path", ["/tmp/a b", "//evil.example/x", "/a\udcff"])
def test_a_whole_path_is_a_file_of_this_machine(path: str) -> None:
    parts = urlsplit(uri(path))
    assert (parts.scheme, parts.netloc) == ("file", "")
    assert unquote_to_bytes(parts.path) == path.encode("utf-8", "surrogateescape")


def test_names_that_are_no_utf_8() -> None:
    assert uri("a\udcff") == "a%FF"
    assert uri("a\ud800") == "a%EF%BF%BD"


def test_hostile_text_is_neither_link_nor_placeholder() -> None:
    run = sarif(hostile_report())
    (result,) = run["results"]
    text = result["message"]["text"]
    assert "](" not in text.replace("\\](", "")
    assert "{0}" not in text.replace("{{0}}", "")
    assert not set(text) & set("\n\r\x1b\u202e")
