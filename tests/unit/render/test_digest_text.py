# SPDX-License-Identifier: GPL-2.0-or-later
"""A digest as text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.model.decision.away import Away
from maintainer_kit.model.mail.text import has_controls
from maintainer_kit.render.cells import cell_width
from maintainer_kit.render.digest_json import digest_json
from maintainer_kit.render.digest_text import away_words, calendar_words, digest_text
from maintainer_kit.workflow.digest.parts import CalendarLine, Line, Part, Section
from tests.build import patch
from tests.unit.render.digests import AWAY, NOW, SECRET, digest, row, secret

EXPECTED = """\
4 new mails since 2026-01-06 09:00 UTC

New (2)
    {id} v1 2/2   foo: make it better                Ada Author       2d
           new; posted on 2026-01-05, no answer yet
    {secret} v1 1/1   qux: a hole that nobody may know … Ada Author       1d
           new; posted on 2026-01-06, no answer yet

Waiting for you, the longest first (12)
    {id} v1 2/2   foo: make it better                Ada Author       2d
           posted on 2026-01-05, no answer yet
    and 11 more: mkit list 'mkit:open turn:me'

Calendar
  linux: v1.0 was released on 2025-12-29
  gone: not read: /src/gone is no git repository
"""


def test_word_for_word() -> None:
    found = digest()
    line = found.sections[0].lines[0]
    text = "\n".join(digest_text(found, 76)) + "\n"
    assert text == EXPECTED.format(id=line.row.id[:6], secret=secret().id[:6])


def test_what_is_public_names_no_confidential_topic() -> None:
    text = "\n".join(digest_text(digest(), 76, is_public=True))
    assert SECRET[:12] not in text
    assert f"    {secret().id[:6]} a confidential topic\n\nWaiting" in text
    assert SECRET[:12] in "\n".join(digest_text(digest(), 76))


def test_back_from_an_absence() -> None:
    lines = list(digest_text(digest(returned=AWAY, mails=0), 76))
    assert lines[:2] == [
        "No new mail since 2026-01-06 09:00 UTC",
        "You were away from 2026-01-02 09:00 UTC to 2026-01-07 08:00 UTC.",
    ]
    assert digest_json(digest(returned=AWAY))["returned"] == {
        "since": "2026-01-02T09:00:00Z",
        "until": "2026-01-07T08:00:00Z",
        "delegate": None,
    }


def test_while_away_json_tells_only_that() -> None:
    value = digest_json(digest(returned=AWAY), AWAY)
    assert (value["sections"], value["calendar"], value["returned"]) == ([], [], None)
    assert value["away"]["until"] == "2026-01-07T08:00:00Z"


@pytest.mark.parametrize("width", [76, 80, 120, 20])
def test_nothing_of_a_hostile_mail_reaches_the_terminal(width: int) -> None:
    subject = "[PATCH] \u202efoo\x1b[2J\x07 " + "\u7b56" * 200
    hostile = row(patch(subject, sender="\u202eEve\x1b]0;x\x07 <eve@x.example>"))
    spoilt = replace(hostile.standing, verdict=replace(hostile.standing.verdict, reason="a\nb\x1b"))
    lines = (Line(replace(hostile, standing=spoilt), "new"),)
    found = digest(sections=(Section(Part.NEW, 1, lines, "date:2026-01-06.."),), calendar=())
    text = list(digest_text(found, width))
    assert not any(has_controls(line) or "\n" in line for line in text)
    assert all(cell_width(line) <= max(width, 65) for line in text)


def test_a_query_is_safe_to_paste() -> None:
    found = digest(sections=(Section(Part.NEW, 3, (), "a'b; rm -rf ~"),), calendar=())
    assert list(digest_text(found, 76))[-1] == ("""    and 3 more: mkit list 'a'"'"'b; rm -rf ~'""")


def test_two_repositories_of_one_name_are_told_apart() -> None:
    lines = tuple(CalendarLine(f"/{place}/linux.git", problem="gone") for place in ("a", "b"))
    assert list(digest_text(digest(calendar=lines), 76))[-2:] == [
        "  /a/linux.git: not read: gone",
        "  /b/linux.git: not read: gone",
    ]


def test_a_calendar_without_a_name() -> None:
    assert calendar_words(CalendarLine("/", problem="x\x1b"), NOW) == "/: not read: x\u241b"


def test_whether_one_is_away() -> None:
    assert away_words(None) == "You are here; mkit away UNTIL says otherwise."
    assert away_words(Away(1, NOW, "Bo <bo@x>")) == (
        "You are away until 2026-01-07 09:00 UTC; Bo <bo@x> decides. Digests are silent;"
        " mkit away --back says what happened."
    )
