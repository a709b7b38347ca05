# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about commits that a message names, with a real repository behind them."""

from __future__ import annotations

import pytest

from maintainer_kit.adapters.git.checking.facts import GitFacts
from maintainer_kit.checks.commit_names import commit_names
from maintainer_kit.checks.engine import Context
from maintainer_kit.checks.example import GOOD
from maintainer_kit.checks.finding import Severity
from maintainer_kit.checks.profile import Profile, Setting
from maintainer_kit.checks.rule import Rule
from maintainer_kit.checks.rules import references as rules
from tests.unit.checks.bench import findings, read_example
from tests.unit.checks.fixing import fixed, marked

_ALL = [one for one in vars(rules).values() if isinstance(one, Rule)]
_ID = "c71f05609fb5"
_TITLE = "pebble: report I/O errors from lookup"
_GIT = Profile("g", "", {"commit-ref-format": Setting(options={"style": "git"})})


def _names(body: str) -> list[tuple[str, tuple[str, ...]]]:
    patch = read_example(GOOD.with_(body=body))
    return [(one.digits, one.titles) for one in commit_names(patch)]


@pytest.mark.parametrize("rule", _ALL, ids=lambda rule: rule.id)
def test_examples_and_the_good_patch(rule: Rule, repository: GitFacts) -> None:
    context = Context(repository=repository)
    assert {one.rule for one in findings(rule.fails, [rule], context=context)} == {rule.id}
    assert findings(rule.passes, [rule], context=context) == []
    assert findings(GOOD, [rule], context=context) == []


@pytest.mark.parametrize(
    ("body", "titles"),
    [
        (f'commit {_ID} ("{_TITLE}") did', (_TITLE,)),
        (f"since {_ID} ({_TITLE}, 2026-01-05) it does", (_TITLE,)),
        (f'commit\n{_ID} ("pebble: report\nI/O errors from lookup")', (_TITLE,)),
        (f'commit {_ID} ("Revert "pebble: x"")', ('Revert "pebble: x"',)),
        (f'commit {_ID} ("call f("x") twice")', ('call f("x', 'call f("x") twice')),
        (f"Commit {_ID}, as said", ()),
    ],
)
def test_ways_of_naming(body: str, titles: tuple[str, ...]) -> None:
    assert _names(body) == [(_ID, titles)]


@pytest.mark.parametrize(
    "body",
    [
        f"see {_ID}",
        "commit defaced",
        "commit 1234567",
        f"> commit {_ID}",
        f"    commit {_ID}",
        f"$ git show --commit {_ID}",
        f"{_ID}..c868d6d55fbd",
        f"commit {_ID}^",
        f"https://lumen.example/commit/{_ID}",
        f"commit {_ID}@lumen.example",
    ],
)
def test_what_names_no_commit(body: str) -> None:
    assert _names(body) == []


@pytest.mark.parametrize(
    "body",
    [
        f"This reverts commit {_ID}.",
        f"(cherry picked from commit {_ID})",
        f"[ Upstream commit {_ID} ]",
        f"glibc commit {_ID} does it too",
        f"first bad commit: {_ID}",
        f'commit {_ID} ("{_TITLE}") did it; commit {_ID[:8]} again',
        f"Since {_ID[:10]} ({_TITLE}, 2026-01-05) it leaks.",
    ],
)
def test_names_that_need_no_title(body: str) -> None:
    assert not findings(GOOD.with_(body=body), [rules.commit_ref_format])


def test_digits_count_only_up_to_the_limit() -> None:
    good = GOOD.with_(body=f'In commit {_ID} ("{_TITLE}") it came.')
    assert not findings(good, [rules.commit_ref_format])
    short = GOOD.with_(body=f'In commit {_ID[:11]} ("{_TITLE}") it came.')
    assert marked(short, rules.commit_ref_format) == [f"commit {_ID[:11]}"]


def test_the_columns_of_a_name_that_is_broken_over_lines() -> None:
    found = findings(GOOD.with_(body=f"In commit\n{_ID} it came."), [rules.commit_ref_format])
    assert [(one.spot.index, one.spot.start, one.spot.end) for one in found] == [(0, 3, 9)]


def test_the_name_is_completed_from_the_repository(repository: GitFacts) -> None:
    context = Context(repository=repository)
    example = GOOD.with_(body=f"Since commit {_ID[:8]} mounts leak.\nGive it back.")
    patch = fixed(example, rules.commit_ref_format, context)
    assert patch.body[0] == f'Since commit {_ID} ("{_TITLE}") mounts leak.'
    assert patch.body[1] == "Give it back."


def test_git_wants_the_date(repository: GitFacts) -> None:
    context = Context(repository=repository)
    example = GOOD.with_(body=f'Since commit {_ID} ("{_TITLE}") mounts leak.')
    found = findings(example, [rules.commit_ref_format], _GIT, context)
    assert [one.message for one in found] == [f"commit {_ID} is named without its date"]
    assert found[0].fix
    (edit,) = found[0].fix.edits
    assert edit.lines[0].startswith(f"Since {_ID} ({_TITLE}, 20")
    again = GOOD.with_(body="\n".join(edit.lines))
    assert not findings(again, [rules.commit_ref_format], _GIT, context)


@pytest.mark.parametrize(
    "title",
    [
        _TITLE,
        "pebble: report I/O\nerrors from lookup",
        "Pebble: report I/O errors from lookup.",
        "pebble: report I/O ...",
        "pebble: report I/\nO errors from lookup",
    ],
)
def test_titles_that_are_its_own(title: str, repository: GitFacts) -> None:
    example = GOOD.with_(body=f'Since commit {_ID} ("{title}") mounts leak.')
    context = Context(repository=repository)
    assert not findings(example, [rules.commit_ref_title], context=context)


def test_a_wrong_title_is_replaced_over_its_lines(repository: GitFacts) -> None:
    context = Context(repository=repository)
    body = f'Text.\nSince commit {_ID} ("pebble: report\nerrors of\nlookup") it leaks.\nMore.'
    patch = fixed(GOOD.with_(body=body), rules.commit_ref_title, context)
    assert patch.body[:3] == ("Text.", f'Since commit {_ID} ("{_TITLE}") it leaks.', "More.")


def test_commits_of_other_repositories(repository: GitFacts) -> None:
    context = Context(repository=repository)
    for body, grades in (
        ("Since commit aaaaaaaaaaaa1 it leaks.", [Severity.WARNING]),
        ("This reverts commit aaaaaaaaaaaa1.", [Severity.WARNING]),
        ("As kernel commit aaaaaaaaaaaa1 does.", []),
        ("Keep in sync with Lumen, commit aaaaaaaaaaaa1.", [Severity.INFO]),
        (f"Since commit {_ID} it leaks.", []),
        ("(cherry picked from commit aaaaaaaaaaaa1)", []),
    ):
        found = findings(GOOD.with_(body=body), [rules.commit_ref_unknown], context=context)
        assert [one.severity for one in found] == grades, body


@pytest.mark.parametrize(
    "body",
    [
        "commit " * 50_000,
        f"commit {_ID} (" * 5_000,
        f'commit {_ID} ("' + '")' * 50_000,
        f"{_ID} (" * 20_000,
        "a1" * 200_000,
        "commit" + " " * 200_000 + _ID,
    ],
)
@pytest.mark.timeout(20)
def test_hostile_bodies_break_no_rule(body: str, repository: GitFacts) -> None:
    found = findings(GOOD.with_(body=body), _ALL, context=Context(repository=repository))
    assert all(one.rule != "rule-broken" for one in found)
