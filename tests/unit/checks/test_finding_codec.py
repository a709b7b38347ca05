# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings as the catalogue keeps them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from maintainer_kit.checks.catalogue import all_rules
from maintainer_kit.checks.engine import check_series
from maintainer_kit.checks.finding import (
    WHOLE,
    Edit,
    Finding,
    Fix,
    Part,
    Place,
    Severity,
    Spot,
)
from maintainer_kit.checks.finding_codec import dump_findings, load_findings
from maintainer_kit.checks.patch import Origin
from maintainer_kit.checks.posting import collect_postings
from maintainer_kit.checks.profile import Profile
from maintainer_kit.checks.reading import patch_of_mail
from tests.build import edit, patch

_TEXT = st.text(max_size=30)
_NUMBER = st.integers(0, 10_000)
_SPOT = st.builds(Spot, st.sampled_from(Part), _NUMBER, _NUMBER, _NUMBER, _TEXT)
_EDIT = st.builds(
    Edit, st.sampled_from(Part), _NUMBER, _NUMBER, st.lists(_TEXT, max_size=3).map(tuple)
)
_FIX = st.builds(Fix, _TEXT, st.lists(_EDIT, max_size=2).map(tuple), st.booleans())
_PLACE = st.builds(
    lambda path, line, text: Place(path, line, text, path, line),
    st.none() | _TEXT,
    st.none() | _NUMBER,
    _TEXT,
)
_FINDING = st.builds(
    Finding,
    rule=_TEXT,
    severity=st.sampled_from(Severity),
    message=_TEXT,
    spot=_SPOT,
    place=_PLACE,
    message_id=st.just("a@x"),
    commit=st.none(),
    title=_TEXT,
    fix=st.none() | _FIX,
    source=_TEXT,
    at=_NUMBER,
)


@settings(max_examples=60)
@given(st.lists(_FINDING, max_size=3).map(tuple))
def test_what_is_kept_is_what_was_found(findings: tuple[Finding, ...]) -> None:
    assert load_findings(dump_findings(findings), "a@x") == findings


def test_what_rules_really_say() -> None:
    raw = patch("[PATCH] Made it better.", edit(new="two();  "), text="x\n", message_id="a@x")
    (series,) = collect_postings([patch_of_mail(raw)])
    assert series.all[0].origin is Origin.MAIL
    found = tuple(check_series(series, all_rules(), Profile("all", "", {})))
    assert {one.spot.part for one in found} > {Part.SUBJECT}
    assert any(one.fix and one.fix.edits for one in found)
    assert load_findings(dump_findings(found), "a@x") == found


def test_bytes_that_are_no_text_and_a_very_long_line() -> None:
    place = Place("b\udcff", 1, "y" * 100_000, "b\udcff", 1)
    one = Finding("r", Severity.INFO, "m\udcff\n", WHOLE, place, "a@x", None, "t")
    kept = dump_findings([one])
    assert kept.isascii() and len(kept) < 3000
    (read,) = load_findings(kept, "a@x")
    assert read == replace(one, place=replace(place, text="y" * 2000))
