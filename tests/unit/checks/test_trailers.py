# SPDX-License-Identifier: GPL-2.0-or-later
"""Form, names, place and order of trailers."""

from __future__ import annotations

import pytest

from maintainer_kit.checks.example import ADA, BO, GOOD, ROBIN, Example
from maintainer_kit.checks.profile import read_profile
from maintainer_kit.checks.rule import Rule
from maintainer_kit.checks.rules import trailers
from tests.unit.checks.bench import findings
from tests.unit.checks.mended import mended_body

_SIGNED = f"Signed-off-by: {ADA}"
_RULES = [one for one in vars(trailers).values() if isinstance(one, Rule)]


def _with(*lines: str) -> Example:
    return GOOD.with_(trailers="\n".join((*lines, _SIGNED)))


def _silent(rule: Rule, *lines: str) -> bool:
    return findings(_with(*lines), [rule]) == []


def test_a_second_equal_trailer_is_taken_out() -> None:
    example = _with(f"Reviewed-by: {BO}", f"Acked-by: {ROBIN}", f"reviewed-by:  {BO}")
    after = mended_body(example, trailers.trailer_duplicate)
    assert after[-3:] == [f"Reviewed-by: {BO}", f"Acked-by: {ROBIN}", _SIGNED]


def test_remarks_and_names_make_trailers_differ() -> None:
    rule = trailers.trailer_duplicate
    assert _silent(rule, f"Tested-by: {BO} # arm64", f"Tested-by: {BO} # x86")
    assert _silent(rule, f"Tested-by: {BO}", f"Reviewed-by: {BO}")


def test_a_patch_that_comes_back_is_signed_again() -> None:
    rule = trailers.trailer_duplicate
    robin = f"Signed-off-by: {ROBIN}"
    assert findings(GOOD.with_(trailers=f"{robin}\n{_SIGNED}\n{robin}"), [rule]) == []
    assert len(findings(GOOD.with_(trailers=f"{robin}\nAcked-by: {BO}\n{robin}"), [rule])) == 1


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        (f"Signed-Off-By: {BO}", f"Signed-off-by: {BO}"),
        (f"Acked-by : {BO}", f"Acked-by: {BO}"),
        (f"Acked-by:{BO}", f"Acked-by: {BO}"),
        (f"Acked-by:  {BO}", f"Acked-by: {BO}"),
        (f"  Acked-by: {BO}", f"Acked-by: {BO}"),
        (f"Acked by: {BO}", f"Acked-by: {BO}"),
        (f"CC: {BO}", f"Cc: {BO}"),
        (f"Acked-by: {BO}.", f"Acked-by: {BO}"),
        (f"Acked-by: {BO},", f"Acked-by: {BO}"),
        ("Acked-by: Bo<bo@shale.example>", "Acked-by: Bo <bo@shale.example>"),
        ("Acked-by: Bo <bo@shale.example", "Acked-by: Bo <bo@shale.example>"),
        ("Acked-by: Bo bo@shale.example", "Acked-by: Bo <bo@shale.example>"),
        ("Acked-by: Bo < bo@shale.example >", "Acked-by: Bo <bo@shale.example>"),
        (f"Acked-by: {BO} for pebble", f"Acked-by: {BO} # for pebble"),
    ],
)
def test_form_is_mended(line: str, mended: str) -> None:
    after = mended_body(_with(line), trailers.trailer_format)
    assert after[-2:] == [mended, _SIGNED]


def test_copies_in_another_case_are_said_once() -> None:
    example = _with("cc: a@quarry.example", "CC: b@quarry.example")
    [found] = findings(example, [trailers.trailer_format])
    assert found.severity == "info"
    after = mended_body(example, trailers.trailer_format)
    assert after[-3:-1] == ["Cc: a@quarry.example", "Cc: b@quarry.example"]


@pytest.mark.parametrize(
    "line",
    [
        f"Acked-by: {BO} # pebble only",
        f"Tested-by: {BO} (on a board)",
        f"Acked-by: {BO} [pebble]",
        'Acked-by: "Reviewer, Bo" <bo@shale.example>',
        "Acked-by: Bö Réviewer (Shale) <bo@shale.example>",
        "Cc: stable@vger.kernel.org",
        f"Cc: {BO}, {ROBIN}",
        "Reported-by: Coverity",
        "Reported-by: syzbot+0123@syzkaller.example",
        "Tested-by: <bot@shale.example>",
        "Reported-by: Bo on the forum",
        "Assisted-by: Claude:claude-opus-4",
        'Fixes: c71f05609fb5 ("pebble: report I/O errors from lookup")',
        "Coverity-id: 12345",
        "Link: https://lore.kernel.org/r/x@y.example",
        "Message-ID: <x@y.example>",
    ],
)
def test_forms_that_people_use_are_left_alone(line: str) -> None:
    assert _silent(trailers.trailer_format, line)


@pytest.mark.parametrize(
    ("line", "words", "severity"),
    [
        ("Acked-by: Bo Reviewer", "no address", "warning"),
        ("Acked-by: Bo <bo at shale.example>", "' at ' for '@'", "warning"),
        (f"Acked-by: {BO}, {ROBIN}", "more than one person", "warning"),
        ("Acked-by: <bo@shale.example>", "no name", "info"),
        ("Reviewed-by: bo@shale.example", "no name", "info"),
        ("Acked-by:", "says nothing", "warning"),
    ],
)
def test_what_needs_a_person_is_said_in_words(line: str, words: str, severity: str) -> None:
    [found] = findings(_with(line), [trailers.trailer_format])
    assert words in found.message
    assert found.severity == severity
    assert found.fix is not None
    assert not found.fix.is_mechanical


def test_prose_that_looks_like_a_trailer_is_not_judged() -> None:
    body = (
        "reviewed-by: is a trailer.\n\nSo is this:\n\n    acked-By : Bo\n\nBut these are examples."
    )
    assert findings(GOOD.with_(body=body), [trailers.trailer_format]) == []


def test_columns_of_the_name_are_pointed_at() -> None:
    [found] = findings(_with(f"acked-by: {BO}"), [trailers.trailer_format])
    assert found.place.text[found.spot.start : found.spot.end] == "acked-by"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Reveiwed-by", "Reviewed-by"),
        ("Review-by", "Reviewed-by"),
        ("Suggest-by", "Suggested-by"),
        ("Co-developped-by", "Co-developed-by"),
        ("Codeveloped-by", "Co-developed-by"),
        ("Tested-bu", "Tested-by"),
    ],
)
def test_slips_are_mended(name: str, meant: str) -> None:
    example = _with(f"{name}: {BO}")
    assert mended_body(example, trailers.trailer_unknown)[-2] == f"{meant}: {BO}"


@pytest.mark.parametrize(
    "name",
    ["Helped-by", "Inspired-by", "Improved-by", "Noted-by", "Co-reviewed-by", "Based-on-patch-by"],
)
def test_names_that_mean_something_else_are_no_slips(name: str) -> None:
    assert _silent(trailers.trailer_unknown, f"{name}: {BO}")


def test_a_profile_says_which_names_are_used() -> None:
    text = """[rules]
trailer-unknown = {strict = true, also = ["Blessed-by"], unwanted = ["Co-authored-by"], \
instead = ["Co-authored-by=Co-developed-by"]}
"""
    profile = read_profile("p", text, lambda name: "")

    def said(name: str) -> list[str]:
        example = _with(f"{name}: {BO}")
        found = findings(example, [trailers.trailer_unknown], profile)
        return [one.fix.words for one in found if one.fix]

    assert said("Blessed-by") == []
    assert said("Co-authored-by") == ["use Co-developed-by:"]
    assert said("Reviewed-and-tested-by") == ["write Reviewed-by and Tested-by, a line each"]
    assert len(said("Waved-through-by")) == 1


def test_blank_lines_between_trailers_go() -> None:
    example = GOOD.with_(trailers=f"Acked-by: {BO}\n\n\nReviewed-by: {ROBIN}\n\n{_SIGNED}")
    after = mended_body(example, trailers.trailer_split)
    assert after[-4:] == ["", f"Acked-by: {BO}", f"Reviewed-by: {ROBIN}", _SIGNED]


def test_a_trailer_in_the_text_moves_down() -> None:
    example = GOOD.with_(body=f"Mend it.\n\nReported-by: {BO}\n\nMore words about it.")
    after = mended_body(example, trailers.trailer_split)
    assert after == ["Mend it.", "", "More words about it.", "", f"Reported-by: {BO}", _SIGNED]


def test_a_sign_off_above_the_text_is_not_moved() -> None:
    example = GOOD.with_(body=f"Mend it.\n\n{_SIGNED}\n\nAnd a remark below.", trailers="")
    [found] = findings(example, [trailers.trailer_split])
    assert found.fix is not None
    assert not found.fix.is_mechanical


@pytest.mark.parametrize(
    "text",
    [
        f"Reviewed-by: {BO}\n[robin: mended a typo]\n{_SIGNED}",
        f"{_SIGNED}\n(cherry picked from commit {'c7' * 20})",
        f'Link: https://a.example/x\nFixes: c71f05609fb5 ("pebble: mend")\n{_SIGNED}',
        f"Reported-by: is what we write.\n\n{_SIGNED}",
        f"The log:\n\n    Signed-off-by: {BO}\n\nis wrong.\n\n{_SIGNED}",
    ],
)
def test_one_block_may_hold_remarks(text: str) -> None:
    assert findings(GOOD.with_(trailers=text), [trailers.trailer_split]) == []


def test_order_is_mended_and_pairs_stay_together() -> None:
    example = GOOD.with_(
        trailers=f"Reviewed-by: {ROBIN}\nCo-developed-by: {BO}\nSigned-off-by: {BO}\n{_SIGNED}\n"
        f"Reported-by: {BO}\nCloses: https://a.example/1\n"
        'Fixes: c71f05609fb5 ("pebble: mend")'
    )
    after = mended_body(example, trailers.trailer_order)
    names = [line.partition(":")[0] for line in after[-7:]]
    assert names == [
        "Fixes",
        "Reported-by",
        "Closes",
        "Co-developed-by",
        "Signed-off-by",
        "Signed-off-by",
        "Reviewed-by",
    ]


def test_the_way_of_a_patch_is_not_sorted_away() -> None:
    chain = f"{_SIGNED}\nReviewed-by: {BO}\nSigned-off-by: {ROBIN}"
    assert findings(GOOD.with_(trailers=chain), [trailers.trailer_order]) == []
    mixed = f"{_SIGNED}\nReviewed-by: {BO}\nSigned-off-by: {ROBIN}\nFixes: c71f05609fb5"
    [found] = findings(GOOD.with_(trailers=mixed), [trailers.trailer_order])
    assert found.fix is not None
    assert not found.fix.is_mechanical


def test_authors_of_one_patch_may_review_each_other() -> None:
    lines = (f"Co-developed-by: {BO}", f"Signed-off-by: {BO}", f"Reviewed-by: {ADA}")
    assert _silent(trailers.review_tag_own, *lines)


@pytest.mark.parametrize(
    "block",
    [
        "\n".join(f"Reviewed-by: {'<' * 200}{at}" for at in range(5000)),
        "\n\n".join(f"Acked-by: N{at} <n{at}@x.example>" for at in range(5000)),
        "Acked-by: " + "a@b " * 20_000,
        "Reported-by: x\nCloses: y\n" * 5000,
        "Acked-by: \x00\x1b[31m\udc80 <a@b>",
    ],
    ids=["brackets", "gaps", "addresses", "pairs", "control"],
)
def test_hostile_blocks_are_read_in_good_time(block: str) -> None:
    found = findings(GOOD.with_(trailers=f"{block}\n{_SIGNED}"), _RULES)
    assert not [one for one in found if one.rule == "rule-broken"]
    assert all(len(one.message) < 300 for one in found)
