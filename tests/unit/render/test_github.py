# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings as workflow commands, read back as the runner reads them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.checks.finding import Fix, Part, Place, Severity, Spot
from maintainer_kit.checks.report import Unchecked
from maintainer_kit.render.github import github_lines
from tests.unit.render.reports import full_report, hostile_report, made, of_findings

_COMMAND = re.compile(r"::(error|warning|notice) ([^:]*(?::(?!:)[^:]*)*)::(.*)")


def read(line: str) -> tuple[str, dict[str, str], str]:
    """Command, properties and message of a line: the first ``::`` behind the command ends them."""
    head, _, message = line.removeprefix("::").partition("::")
    command, _, fields = head.partition(" ")
    properties = dict(field.split("=", 1) for field in fields.split(","))
    back = {"%0A": "\n", "%0D": "\r"}
    for code, char in back.items():
        message = message.replace(code, char)
    named = {
        key: value.replace("%3A", ":").replace("%2C", ",").replace("%25", "%")
        for key, value in properties.items()
    }
    return command, named, message.replace("%25", "%")


def test_a_command() -> None:
    place = Place("p.patch", 40, "+int a  ", "fs/a.c", 3)
    fix = Fix("take it away")
    finding = made("blanks at the end", spot=Spot(Part.DIFF, 8, 6, 8), place=place, fix=fix)
    (line,) = github_lines(of_findings(replace(finding, source="https://x.example/")))
    assert line == (
        "::warning file=fs/a.c,line=3,col=6,endColumn=7,title=subject-full-stop::m@x.example"
        " a title: blanks at the end%0Afix: take it away%0Ahttps://x.example/"
    )


@pytest.mark.parametrize(
    ("severity", "command"),
    [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "notice")],
)
def test_severities(severity: Severity, command: str) -> None:
    (line,) = github_lines(of_findings(made(severity=severity)))
    assert read(line)[0] == command


def test_a_finding_without_a_file() -> None:
    (line,) = github_lines(of_findings(made(place=Place(None, None, ""))))
    assert line.startswith("::warning title=subject-full-stop::m@x.example")


def test_a_draft_has_no_name() -> None:
    (line,) = github_lines(of_findings(replace(made(), message_id=None)))
    assert line.endswith("::is wrong")


def test_what_could_not_be_checked_is_an_error() -> None:
    found = replace(of_findings(), unchecked=(Unchecked("a,b", "no: 100%"),))
    assert list(github_lines(found)) == ["::error title=not checked::a,b: no: 100%25"]


def test_hostile_text_ends_nothing() -> None:
    lines = list(github_lines(hostile_report()))
    assert len(lines) == 2
    for line in lines:
        assert not set(line) & set("\n\r\x1b\u202e")
        line.encode()
        command, properties, _ = read(line)
        assert command == "error" or set(properties) == {"file", "line", "title"}
        assert re.fullmatch(r"::[a-z]+ [^:]*::.*", line)
    assert "::error::" not in lines[0].split("::", 2)[1]


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_comes_back(path: str, message: str) -> None:
    place = Place(path or None, 1, "")
    (line,) = github_lines(of_findings(made(message, place=place)))
    assert line.count("\n") == line.count("\r") == 0
    _, properties, told = read(line)
    if path.isprintable() and path:
        assert properties["file"] == path
    if message.isprintable():
        assert told == f"m@x.example a title: {message}"


def test_each_rule() -> None:
    lines = list(github_lines(full_report()))
    assert len(lines) == len(list(full_report().findings())) + 1
    assert all(_COMMAND.fullmatch(line) for line in lines)
