# SPDX-License-Identifier: GPL-2.0-or-later
"""The chain of sign-offs: who has to be in it, under what name, and where."""

from __future__ import annotations

import pytest

from maintainer_kit.checks.engine import Context, check_series
from maintainer_kit.checks.example import ADA, BO, GOOD, ROBIN, Example
from maintainer_kit.checks.finding import Part, Severity
from maintainer_kit.checks.patch import Origin
from maintainer_kit.checks.profile import read_profile
from maintainer_kit.checks.reading_commit import CommitRecord, patch_of_commit
from maintainer_kit.checks.rules import signoff
from maintainer_kit.checks.series import Series
from maintainer_kit.model.mail.mailmap import read_mailmap
from maintainer_kit.model.mail.person import parse_person
from tests.unit.checks.bench import PLAIN, findings, read_example
from tests.unit.checks.mended import mended_body

_FORWARDED = f"From: {ADA}\n\n{GOOD.body}"


def _signed(*people: str) -> str:
    return "\n".join(f"Signed-off-by: {one}" for one in people)


def _by(author: str, *signers: str) -> Example:
    return GOOD.with_(sender=author, trailers=_signed(*signers))


def test_a_sign_off_below_the_cut_is_none() -> None:
    [found] = findings(GOOD.with_(trailers="", notes=_signed(ADA)), [signoff.signoff_missing])
    assert (found.severity, found.fix and found.fix.edits) == (Severity.ERROR, ())
    assert "'---'" in found.message


@pytest.mark.parametrize("kind", ["mail", "file", "commit", "message"])
def test_each_kind_of_input_needs_a_sign_off(kind: str) -> None:
    bare = GOOD.with_(trailers=f"Reviewed-by: {BO}", kind=kind)
    assert [one.severity for one in findings(bare, [signoff.signoff_missing])] == ["error"]
    assert findings(GOOD.with_(kind=kind), [signoff.signoff_missing]) == []


def test_an_rfc_may_be_unsigned_on_purpose() -> None:
    rfc = GOOD.with_(subject="[RFC PATCH] pebble: try something", trailers="")
    assert [one.severity for one in findings(rfc, [signoff.signoff_missing])] == ["warning"]


@pytest.mark.parametrize("slip", ["Signeo-off-by", "Signed-of-by", "Singed-off-by"])
def test_a_misspelt_sign_off_is_named_and_never_written(slip: str) -> None:
    [found] = findings(GOOD.with_(trailers=f"{slip}: {ADA}"), [signoff.signoff_missing])
    assert slip in found.message
    assert found.fix is not None
    assert not found.fix.is_mechanical


def test_what_is_folded_into_another_commit_needs_none() -> None:
    fixup = GOOD.with_(subject="[PATCH] fixup! pebble: mend", trailers="")
    assert findings(fixup, [signoff.signoff_missing]) == []


def test_profiles_exempt_reverts_and_merges() -> None:
    exempt = 'exempt = ["revert", "merge"], exempt_titles = ["^The .* batch"]'
    text = f"[rules]\nsignoff-missing = {{{exempt}}}"
    profile = read_profile("p", text, lambda name: "")
    rule = [signoff.signoff_missing]
    for title in ('Revert "pebble: mend"', "The 16th batch"):
        bare = GOOD.with_(subject=f"[PATCH] {title}", trailers="")
        assert findings(bare, rule, profile) == []
        assert len(findings(bare, rule)) == 1
    person = parse_person(ADA)
    merge = CommitRecord("1" * 40, ("2" * 40, "3" * 40), person, person, 0, "Merge it\n", "")
    assert check_series(Series((patch_of_commit(merge),)), rule, profile) == []


@pytest.mark.parametrize(
    ("author", "signer"),
    [
        ("Ada Author <ada@quarry.example>", "Ada Author <ada@home.example>"),
        ("Ada Author <ada@quarry.example>", "A. U. Thor <ADA@quarry.example>"),
        ("Ada Author <ada+lumen@quarry.example>", "Somebody <ada@quarry.example>"),
        ('"Author, Ada" <a@quarry.example>', "Ada Author <b@quarry.example>"),
        (ADA, "Author, Ada <b@quarry.example>"),
        ('"Ada Author" <a@quarry.example>', "Ada  Author <b@quarry.example>"),
        ("Zoé Fählström <a@quarry.example>", "Zoe Fahlstrom <b@quarry.example>"),
        ("Ada Author via pebblefs <pebblefs@lists.lumen.example>", ADA),
        ("ada <a@quarry.example>", "Ada <b@quarry.example>"),
        ("Rob Holloway <rob@quarry.example>", "Robert Holloway <rob@home.example>"),
        ("J. Holloway <j@quarry.example>", "Jane Holloway <jane@home.example>"),
        ("Chengyu <c@quarry.example>", "Chengyu Lin <lin@home.example>"),
    ],
)
def test_name_or_address_proves_that_the_author_signed(author: str, signer: str) -> None:
    assert findings(_by(author, signer), [signoff.author_signoff_missing]) == []


@pytest.mark.parametrize(
    "signer",
    [
        "Bo Reviewer <bo@shale.example>",
        "Bo Author <bo@quarry.example>",
        "Ada <ada@shale.example>",
        "Robin Maintainer <linux@quarry.example>",
    ],
)
def test_another_person_is_not_the_author(signer: str) -> None:
    [found] = findings(_by(ADA, signer), [signoff.author_signoff_missing])
    assert found.severity == "error"
    assert "Ada Author <ada@quarry.example>" in found.message


def test_the_mailmap_knows_other_addresses() -> None:
    people = read_mailmap("Ada Author <ada@quarry.example> <stone@old.example>\n")
    example = _by(ADA, "Stone <stone@old.example>")
    rules = [signoff.author_signoff_missing, signoff.submitter_signoff]
    assert findings(example, rules, PLAIN, Context(people=people)) == []
    assert len(findings(example, rules)) == 1


def test_without_any_sign_off_the_author_is_not_named_too() -> None:
    rules = [signoff.author_signoff_missing, signoff.submitter_signoff]
    assert findings(GOOD.with_(trailers=""), rules) == []


@pytest.mark.parametrize(
    ("signer", "words", "severity"),
    [
        ("Ada Author <ada@home.example>", "the address of", "warning"),
        ("A. U. Thor <ada@quarry.example>", "the name of", "warning"),
        ("Author, Ada <ada@quarry.example>", "the name of", "info"),
        ("Ada Author <ada+lumen@quarry.example>", "the subaddress of", "info"),
    ],
)
def test_what_differs_from_the_author_is_named(signer: str, words: str, severity: str) -> None:
    [found] = findings(_by(ADA, signer), [signoff.author_signoff_mismatch])
    assert words in found.message
    assert found.severity == severity
    assert found.spot.part is Part.BODY


def test_one_exact_sign_off_of_the_author_is_enough() -> None:
    example = _by(ADA, "Ada Author <ada@home.example>", BO, ADA)
    assert findings(example, [signoff.author_signoff_mismatch]) == []


def test_a_company_behind_the_name_makes_no_difference() -> None:
    example = _by("Ada Author <ada@quarry.example>", "Ada Author (Quarry) <ada@quarry.example>")
    assert findings(example, [signoff.author_signoff_mismatch]) == []


def test_a_sender_whom_the_list_rewrote_is_not_judged() -> None:
    example = _by("Ada Author via pebblefs <pebblefs@lists.lumen.example>", ADA)
    rules = [signoff.author_signoff_mismatch, signoff.submitter_signoff]
    assert findings(example, rules) == []


def test_a_sender_in_the_middle_of_the_chain_is_only_warned_of() -> None:
    example = GOOD.with_(sender=BO, body=_FORWARDED, trailers=_signed(ADA, BO, ROBIN))
    [found] = findings(example, [signoff.submitter_signoff])
    assert found.severity == "warning"
    assert found.place.text.endswith(ROBIN)


def test_an_unsigned_committer_is_a_warning_since_it_can_be_signed_when_sent() -> None:
    record = CommitRecord(
        "1" * 40, ("2" * 40,), parse_person(ADA), parse_person(ROBIN), 0, GOOD.message, ""
    )
    patch = patch_of_commit(record)
    assert patch.origin is Origin.COMMIT
    [found] = check_series(Series((patch,)), [signoff.submitter_signoff], PLAIN)
    assert found.severity == "warning"
    assert "committed" in found.message


def test_a_sender_without_a_name_may_be_anybody() -> None:
    example = GOOD.with_(sender="<moss@home.example>", body=_FORWARDED)
    assert [one.severity for one in findings(example, [signoff.submitter_signoff])] == ["warning"]


@pytest.mark.parametrize(
    "tool",
    [
        "Claude Opus 4.6 <noreply@anthropic.com>",
        "Claude <noreply@anthropic.com>",
        "GitHub Copilot <copilot@github.com>",
        "ChatGPT",
        "Codex:GPT-5.5",
        "Cursor Agent <cursoragent@cursor.com>",
    ],
)
def test_programs_do_not_sign(tool: str) -> None:
    [found] = findings(_by(ADA, ADA, tool), [signoff.signoff_by_tool])
    assert found.severity == "error"


@pytest.mark.parametrize(
    "person",
    [
        "Claude Dupont <claude@quarry.example>",
        "Claude <claude@quarry.example>",
        "Devin Stone <devin@quarry.example>",
        "Jules Marchand <jules@quarry.example>",
        "Ada Gemini <gemini@quarry.example>",
        "Opus Crane <opus@quarry.example>",
        "Mistral Winds <m@quarry.example>",
        "Jane Doe <jane@anthropic.com>",
        "kernel test robot <lkp@quarry.example>",
    ],
)
def test_people_with_such_names_do(person: str) -> None:
    assert findings(_by(ADA, ADA, person), [signoff.signoff_by_tool]) == []


def test_bots_of_forges_are_a_warning() -> None:
    bot = "bumper[bot] <123+bumper[bot]@users.noreply.example>"
    assert [one.severity for one in findings(_by(ADA, bot), [signoff.signoff_by_tool])] == [
        "warning"
    ]


def test_a_co_author_who_signed_elsewhere_is_put_above_the_sign_off() -> None:
    trailers = f"Co-developed-by: {BO}\n{_signed(ADA, BO)}"
    example = GOOD.with_(trailers=trailers)
    [found] = findings(example, [signoff.codeveloped_signoff])
    assert found.severity == "warning"
    after = mended_body(example, signoff.codeveloped_signoff)
    assert after[-3:] == [
        f"Signed-off-by: {ADA}",
        f"Co-developed-by: {BO}",
        f"Signed-off-by: {BO}",
    ]


def test_the_author_is_no_co_author() -> None:
    trailers = f"Co-developed-by: {ADA}\n{_signed(ADA)}"
    [found] = findings(GOOD.with_(trailers=trailers), [signoff.codeveloped_signoff])
    assert found.severity == "warning"


def test_co_authors_may_use_another_address() -> None:
    trailers = (
        f"Co-developed-by: {BO}\nSigned-off-by: Bo Reviewer <bo@home.example>\n{_signed(ADA)}"
    )
    assert findings(GOOD.with_(trailers=trailers), [signoff.codeveloped_signoff]) == []


def test_a_long_chain_is_read_in_good_time() -> None:
    many = "\n".join(
        f"Co-developed-by: N{at} <n{at}@x.example>\nSigned-off-by: M{at} <m{at}@x.example>"
        for at in range(10_000)
    )
    rules = [
        one for one in vars(signoff).values() if isinstance(one, type(signoff.signoff_missing))
    ]
    found = findings(GOOD.with_(trailers=many), rules)
    assert {one.rule for one in found} >= {"author-signoff-missing", "codeveloped-signoff"}
    assert read_example(GOOD.with_(trailers=f"Signed-off-by: {'<' * 5000}")).author.name
