# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about a series as a whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.adapters.git.checking.facts import GitFacts
from maintainer_kit.checks.changelogs import find_changelog, tells_changes
from maintainer_kit.checks.engine import Context, check_series
from maintainer_kit.checks.example import COVER, GOOD, Example
from maintainer_kit.checks.finding import Finding, Severity
from maintainer_kit.checks.mending import apply_edits
from maintainer_kit.checks.posting import collect_postings
from maintainer_kit.checks.rule import Rule
from maintainer_kit.checks.rules import series as rules
from maintainer_kit.checks.series import Series
from tests.unit.checks.bench import PLAIN, findings, read_example, series_of
from tests.unit.checks.mended import mended_body

V2 = GOOD.with_(subject=GOOD.subject.replace("PATCH", "PATCH v2"))


def part(number: str, title: str = "", **fields: object) -> Example:
    return GOOD.with_(subject=f"[PATCH {number}] pebble: {title or number}", **fields)


def numbered(*numbers: str, kind: str = "file", cover: bool = False) -> Series:
    """A series of these numbers, as it would be put together."""
    parts = [part(one, kind=kind) for one in numbers]
    if cover:
        parts.insert(0, COVER.with_(subject=f"[PATCH 0/{len(numbers)}] pebble", kind=kind))
    return Series(
        tuple(read_example(one) for one in parts[cover:]),
        cover=read_example(parts[0]) if cover else None,
    )


def said(series: Series, rule: Rule) -> list[Finding]:
    return check_series(series, [rule], PLAIN)


def messages(series: Series, rule: Rule) -> list[str]:
    return [one.message for one in said(series, rule)]


def mended(series: Series, rule: Rule) -> Series:
    """The series after its subjects were mended."""
    found = {one.at: one.fix.edits for one in said(series, rule) if one.fix and one.fix.edits}
    shift = 1 if series.cover else 0
    return replace(
        series,
        cover=apply_edits(series.cover, found.get(0, ())) if series.cover else None,
        patches=tuple(
            apply_edits(one, found.get(at, ())) for at, one in enumerate(series.patches, shift)
        ),
    )


def test_all_numbers_are_there() -> None:
    assert messages(numbered("1/3", "2/3", "3/3", cover=True), rules.series_numbering) == []


def test_a_gap() -> None:
    (found,) = said(numbered("1/3", "3/3"), rules.series_numbering)
    assert (found.message, found.severity) == ("2/3 is missing", Severity.ERROR)


def test_many_gaps_are_one_finding() -> None:
    (found,) = messages(numbered("1/9000", "9000/9000"), rules.series_numbering)
    assert found == "2/9000, 3/9000, 4/9000, 5/9000, 6/9000, \u2026 are missing"


def test_one_patch_of_many_has_no_gaps() -> None:
    assert messages(numbered("2/5"), rules.series_numbering) == []


def test_a_series_that_still_arrives_has_no_gaps() -> None:
    late = replace(numbered("1/3", "2/3", kind="mail"), is_complete=False)
    assert messages(late, rules.series_numbering) == []


def test_what_was_sent_is_not_sent_back_for_a_gap() -> None:
    (found,) = said(numbered("1/3", "2/3", kind="mail"), rules.series_numbering)
    assert found.severity is Severity.WARNING
    assert messages(numbered("1/32", "32/32", kind="mail"), rules.series_numbering) == []


def test_a_number_twice_is_renumbered() -> None:
    broken = numbered("1/3", "2/3", "2/3")
    found = messages(broken, rules.series_numbering)
    assert sorted(found) == ["3/3 is missing", "there is another 2/3"]
    fixed = mended(broken, rules.series_numbering)
    assert [one.subject.number for one in fixed.patches] == [1, 2, 3]
    assert messages(fixed, rules.series_numbering) == []


def test_a_total_that_differs_is_renumbered() -> None:
    broken = numbered("1/3", "2/3", "3/4", cover=True)
    assert messages(broken, rules.series_numbering) == ["is numbered 3/4 within a series of 3"]
    assert messages(mended(broken, rules.series_numbering), rules.series_numbering) == []


def test_a_patch_without_a_number() -> None:
    broken = replace(
        numbered("1/2"), patches=(*numbered("1/2").patches, read_example(GOOD)), is_complete=True
    )
    assert "has no number within a numbered series" in messages(broken, rules.series_numbering)


def test_a_patch_after_the_last() -> None:
    found = messages(numbered("1/2", "2/2", "3/2", kind="mail"), rules.series_numbering)
    assert found == ["is numbered 3/2"]


def test_commits_have_no_numbers() -> None:
    series = Series((read_example(GOOD.with_(kind="commit")),) * 3, is_range=True)
    for rule in vars(rules).values():
        if isinstance(rule, Rule) and not rule.needs and rule is not rules.series_duplicate_subject:
            assert messages(series, rule) == []


@pytest.mark.parametrize(
    ("subjects", "after"),
    [
        (("[PATCH v3 0/2] a", "[PATCH v3 1/2] b", "[PATCH 2/2] c"), "[PATCH v3 2/2] c"),
        (("[PATCH v3 0/2] a", "[PATCH v3 1/2] b", "[PATCH v2 2/2] c"), "[PATCH v3 2/2] c"),
        (("[PATCH 0/2] a", "[PATCH 1/2] b", "[PATCH v2 2/2] c"), "[PATCH 2/2] c"),
        (("[RFC PATCH v2 0/2] a", "[RFC PATCH v2 1/2] b", "[RFC PATCH net 2/2] v1: c"),
         "[RFC PATCH v2 net 2/2] v1: c"),
    ],
)  # fmt: skip
def test_versions_are_made_one(subjects: tuple[str, ...], after: str) -> None:
    cover, *rest = (GOOD.with_(subject=one, kind="file") for one in subjects)
    series = Series(tuple(map(read_example, rest)), read_example(cover.with_(diff="", trailers="")))
    (found,) = said(series, rules.series_mixed_version)
    assert found.at == 2
    fixed = mended(series, rules.series_mixed_version)
    assert fixed.patches[1].title_line == after
    assert messages(fixed, rules.series_mixed_version) == []


def test_two_patches_need_no_cover_letter() -> None:
    assert messages(numbered("1/2", "2/2"), rules.series_no_cover) == []
    assert messages(numbered("2/3"), rules.series_no_cover) == []
    assert messages(numbered("1/3", "2/3", "3/3"), rules.series_no_cover) == [
        "3 patches have no cover letter"
    ]


def test_what_a_pull_request_holds_is_no_series() -> None:
    parts = (part(f"{n}/20").with_(subject=f"[PATCH,PULL {n}/20] x{n}") for n in range(1, 21))
    series = Series(tuple(map(read_example, parts)))
    assert messages(series, rules.series_too_long) == []
    assert messages(series, rules.series_no_cover) == []


def test_equal_titles_of_commits() -> None:
    commit, other = (read_example(GOOD.with_(kind="commit")) for _ in range(2))
    (found,) = messages(Series((commit, other), is_range=True), rules.series_duplicate_subject)
    assert found == (
        "the same subject as 999999999999: pebble: give the buffer back when a mount fails"
    )
    history = Series((commit, *(replace(other) for _ in range(200))), is_range=True)
    assert messages(history, rules.series_duplicate_subject) == []


@pytest.mark.parametrize(
    "text",
    [
        "v2: say which block",
        "Changes since v1:",
        "v1 -> v2:",
        "Changelog:",
        "Link to v1: https://lore.example/r/1@x",
        "Range-diff against v1:",
        "Differences to the last version: none",
        "No changes, rebased on 6.1",
        "- [V2] rename it",
    ],
)
def test_what_tells_the_changes(text: str) -> None:
    assert tells_changes(["Words.", text])
    assert findings(V2.with_(notes=f"{text}\n"), [rules.series_no_changelog]) == []


@pytest.mark.parametrize(
    "text", ["Found with kmemleak.", "This is since v5.4 that way.", "It needs TLSv1 for that."]
)
def test_what_tells_no_changes(text: str) -> None:
    assert not tells_changes([text])
    assert findings(V2.with_(body=text), [rules.series_no_changelog])


def test_a_resend_has_no_changelog() -> None:
    again = V2.with_(subject=V2.subject.replace("v2", "v2 RESEND"))
    assert findings(again, [rules.series_no_changelog]) == []


def test_one_patch_of_v2_may_have_it_in_a_cover_letter() -> None:
    alone = V2.with_(subject=V2.subject.replace("v2", "v2 2/7"))
    assert findings(alone, [rules.series_no_changelog]) == []


@pytest.mark.parametrize(
    "body",
    [
        "The v2 of the protocol knows no such thing.\nSo this is not done.",
        "Changes in the buffer cache make this\nvisible since v6.1.",
        "Updates of the block: they are slow.",
        "Version 2\nv2 of the disk format is read\nas v1.",
        "History is long.",
    ],
)
def test_versions_in_prose_are_no_changelog(body: str) -> None:
    assert find_changelog(body.split("\n")) is None
    assert findings(V2.with_(body=body), [rules.changelog_above_cutline]) == []


@pytest.mark.parametrize(
    "log",
    [
        "v2: give it back in the caller",
        "Changes since v1:\n - give it back in the caller\n - rebase",
        "v1 -> v2:\n  give it back in the caller\n\nv2 -> v3:\n  rebase",
        "Changelog:\n\n* give it back in the caller",
        "---v2: rebase",
    ],
)
def test_a_changelog_is_moved_below(log: str) -> None:
    example = V2.with_(body=f"{GOOD.body}\n\n{log}")
    assert mended_body(example, rules.changelog_above_cutline) == [
        *GOOD.body.split("\n"),
        "",
        GOOD.trailers,
    ]
    patch = read_example(example)
    (found,) = check_series(Series((patch,)), [rules.changelog_above_cutline], PLAIN)
    assert found.fix is not None
    notes = apply_edits(patch, found.fix.edits).notes
    assert list(notes[: len(log.split("\n"))]) == log.split("\n")


def test_a_changelog_below_the_trailers() -> None:
    example = V2.with_(trailers=f"{GOOD.trailers}\nv2: give it back in the caller")
    assert mended_body(example, rules.changelog_above_cutline)[-1] == GOOD.trailers


def test_the_changelog_of_a_commit_has_nowhere_to_go() -> None:
    commit = GOOD.with_(body=f"{GOOD.body}\n\nChanges since v1:\n- x", kind="commit")
    (found,) = findings(commit, [rules.changelog_above_cutline])
    assert found.fix is not None
    assert found.fix.edits == ()


def test_a_base_in_the_cover_letter() -> None:
    base = "base-commit: 3a7cb8f2d1e04b6c9d5f8a7e6b1c2d3e4f5a6b7c"
    cover = COVER.with_(body=f"{COVER.body}\n\n---\n{base}", rest=(part("1/2"), part("2/2")))
    assert findings(cover, [rules.series_no_base]) == []


def test_base_unknown(repository: GitFacts) -> None:
    context = Context(repository=repository)
    rule = rules.base_unknown
    assert findings(rule.passes, [rule], PLAIN, context) == []
    (found,) = findings(rule.fails, [rule], PLAIN, context)
    assert found.message == "the base-commit 3a7cb8f2d1e0 is not here"


@pytest.mark.parametrize("tree", ["net", "net-next", "bpf", "bpf-next", "wireless-next"])
def test_trees(tree: str) -> None:
    named = GOOD.with_(subject=GOOD.subject.replace("PATCH", f"PATCH {tree}"))
    assert findings(named, [rules.tree_tag_missing]) == []


def test_an_rfc_needs_no_tree() -> None:
    rfc = GOOD.with_(subject=GOOD.subject.replace("PATCH", "RFC PATCH"))
    assert findings(rfc, [rules.tree_tag_missing]) == []


def test_a_fix_is_for_net() -> None:
    fixes = 'Fixes: c71f05609fb5 ("pebble: report I/O errors from lookup")'
    for trailers, tree in ((f"{fixes}\n{GOOD.trailers}", "net"), (GOOD.trailers, "net-next")):
        (found,) = findings(GOOD.with_(trailers=trailers), [rules.tree_tag_missing])
        assert found.fix is not None
        assert found.fix.words == f"git format-patch --subject-prefix='PATCH {tree}'"


def test_hostile_text() -> None:
    body = "\n".join(("v2" * 50_000, "Changes " * 20_000, " " * 100_000, *["v2: x"] * 20_000))
    patch = read_example(V2.with_(body=body, kind="file"))
    for series in collect_postings([patch]):
        for rule in vars(rules).values():
            if isinstance(rule, Rule) and not rule.needs:
                said(series, rule)


def test_a_hundred_patches() -> None:
    assert series_of(rules.series_too_long.fails).revision == 1
    rest = tuple(part(f"{n}/100", str(n)) for n in range(1, 101))
    cover = COVER.with_(subject="[PATCH 0/100] pebble", rest=rest)
    assert {one.rule for one in findings(cover, [rules.series_too_long])} == {"series-too-long"}
