# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings as text."""

from __future__ import annotations

from dataclasses import replace

from maintainer_kit.checks.catalogue import find_rule
from maintainer_kit.checks.context import Need
from maintainer_kit.checks.example import GOOD
from maintainer_kit.checks.finding import Part, Place, Severity, Spot
from maintainer_kit.checks.report import Report, Unchecked
from maintainer_kit.render.findings_text import finding_lines, headline, report_lines, summary
from tests.unit.render.reports import full_report, hostile_report, made, report, spoilt_series

STOP = GOOD.with_(subject="[PATCH] pebble: mend it.", kind="file")


def text_of(found: Report, *, is_brief: bool = False, width: int = 100) -> str:
    lines = report_lines(found, is_brief=is_brief, width=width)
    return "".join(f"{line.text}\n" for line in lines)


def test_a_finding_has_place_words_line_caret_fix_and_reason() -> None:
    text = text_of(report(STOP))
    rule = find_rule("subject-full-stop")
    assert rule is not None
    assert text == (
        "[PATCH] pebble: mend it.\n"
        "0001-example.patch:4: warning: the subject ends with a full stop [subject-full-stop]\n"
        "    [PATCH] pebble: mend it.\n"
        "                           ^\n"
        "    fix: drop the full stop\n"
        f"    why: {rule.why}\n"
        f"    {rule.source.url}\n"
        "1 patch checked (profile plain): 1 warning\n"
    )


def test_brief_is_a_line_a_finding_and_the_sum() -> None:
    text = text_of(report(STOP), is_brief=True)
    assert text == (
        "0001-example.patch:4: warning: the subject ends with a full stop [subject-full-stop]\n"
        "1 patch checked (profile plain): 1 warning\n"
    )


def test_a_rule_says_why_once() -> None:
    text = text_of(report(STOP, STOP, STOP))
    assert text.count("the subject ends with a full stop") == 3
    assert text.count("    why: ") == 1


def test_each_patch_has_its_title_above_it() -> None:
    lines = list(report_lines(report(spoilt_series())))
    titles = [line.text for line in lines if line.style == "title"]
    assert "[PATCH 1/3] pebble: mend mount number 1." in titles
    assert "[PATCH 3/3] pebble: mend mount number 3" in titles
    assert len(titles) == len(set(titles))


def test_colours_are_by_severity() -> None:
    for severity in Severity:
        assert headline(made(severity=severity)).style == severity.value


def test_nothing_to_say() -> None:
    assert text_of(report(GOOD)) == "1 patch checked (profile plain): nothing to say\n"


def test_several_profiles_and_why() -> None:
    found = Report((), profile="git, kernel", profile_reason="they went to two lists")
    assert summary(found) == (
        "0 patches checked (profiles git, kernel; they went to two lists): nothing to say"
    )


def test_what_was_not_checked_is_told() -> None:
    found = Report((), (Unchecked("a.mbox", "is empty"),), missing=frozenset({Need.REPOSITORY}))
    text = text_of(found)
    assert "a.mbox: not checked: is empty\n" in text
    assert "no repository" in text
    assert "no repository" not in text_of(found, is_brief=True)


def test_places_of_what_is_in_no_file() -> None:
    spots = {
        Spot(): "m@x.example",
        Spot(Part.SUBJECT): "m@x.example:subject",
        Spot(Part.BODY, 2): "m@x.example:body:3",
        Spot(Part.HEADER, header="cc"): "m@x.example:cc",
    }
    for spot, expected in spots.items():
        assert headline(made(spot=spot)).text.startswith(f"{expected}: warning: ")
    commit = replace(made(spot=Spot(Part.SUBJECT)), commit="0123456789abcdef")
    assert headline(commit).text.startswith("0123456789ab:subject: ")
    draft = replace(made(), message_id=None)
    assert headline(draft).text.startswith("staged: ")
    line = made(place=Place("a.c", 7, "int a;", "a.c", 7))
    assert headline(line).text.startswith("a.c:7: ")


def test_a_narrow_terminal() -> None:
    finding = made(place=Place(None, None, "word " * 100), spot=Spot(Part.BODY, 0, 250, 254))
    for line in list(finding_lines(finding, width=60))[1:]:
        assert len(line.text) <= 60


def test_each_rule_can_be_shown() -> None:
    text = text_of(full_report())
    for line in text.split("\n"):
        assert "\t" not in line
        assert line == line.rstrip() or line.startswith("    ")
    assert text.count("    why: ") == len({one.rule for one in full_report().findings()})


def test_hostile_text_stays_in_its_line() -> None:
    for is_brief in (True, False):
        lines = list(report_lines(hostile_report(), is_brief=is_brief))
        assert len(lines) < 12
        for line in lines:
            assert not set(line.text) & set("\n\r\x1b\u202e"), line
            line.text.encode()
