# SPDX-License-Identifier: GPL-2.0-or-later
"""docs/queries.md as it stands, and ``list`` with views, forms and counts."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from maintainer_kit.model.query.fields import FIELDS, PROPERTIES
from tests.cli.schemas import check
from tests.integration.driver import CONFIG, ROOT, SAMPLE, Mkit

PAGE = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
VIEW = "nobodys-wick delegate:nobody list:wick mkit:open # wick without a delegate"
COMMANDS = re.findall(r"^    (mkit .*)$", PAGE, re.MULTILINE)
TERMS = [
    one
    for row in re.findall(r"^\| `\w+:\S+` \| .* \| (.*) \|$", PAGE, re.MULTILINE)
    for one in re.findall(r"`([^`]+)`", row)
]
REFUSED = re.findall(r"^\$ (mkit .*)\n(mkit: .*\ntry: .*\n)", PAGE, re.MULTILINE)


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Mkit:
    """The sample's mail with a decision of each kind that queries can ask about."""
    made = Mkit(tmp_path_factory.mktemp("decided")).configure(f'{CONFIG}\tview = "{VIEW}"\n')
    made.run("import", *sorted(SAMPLE.glob("*.mbox")))
    one, two, three, four = (
        row["id"] for row in made.json("list", "--turn", "author")["topics"][:4]
    )
    made.run("star", one)
    made.run("note", "waits for a benchmark", two)
    made.run("state", "changes-requested", three)
    made.run("archive", four)
    return made


def test_the_page_names_all_there_is() -> None:
    assert len(COMMANDS) > 15
    assert len(TERMS) > 20
    assert len(REFUSED) == 2
    assert all(f"| `{name}:" in PAGE for name in FIELDS)
    assert all(f"`{one.value}`" in PAGE for one in PROPERTIES)


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_of_the_page(decided: Mkit, command: str) -> None:
    done = decided.run(*shlex.split(command)[1:])
    assert not done.stderr
    if "--count" in command:
        assert int(done.stdout)
    elif "--json" in command:
        assert done.json["topics"]
    else:
        assert done.stdout.strip()
        assert not done.stdout.startswith(("No", "Nothing"))


# Of these the sample has none; what they find is tested with mail made for it.
_NOTHING = {"delegate:jane", "landed:part", "landed:mainline"}


@pytest.mark.parametrize("term", TERMS)
def test_examples_of_terms_find_something_and_leave_something_out(decided: Mkit, term: str) -> None:
    everything = int(decided.run("list", "--all", "--count").stdout)
    found = int(decided.run("list", "--all", "--count", term).stdout)
    rest = int(decided.run("list", "--all", "--count", "--", f"-{term}").stdout)
    if not term.startswith("has:"):
        assert found + rest == everything
    assert (found == 0) == (term in _NOTHING)
    assert found < everything or term == "delegate:nobody"


@pytest.mark.parametrize(("command", "said"), REFUSED)
def test_what_the_page_says_of_errors(decided: Mkit, command: str, said: str) -> None:
    assert decided.run(*shlex.split(command)[1:], code=1).stderr == said


def test_the_difference_that_has_makes(decided: Mkit) -> None:
    """As the page tells it."""
    of_one_mail = _ids(decided, "turn:me from:robin subject:mount")
    of_several = _ids(decided, "turn:me has:from:robin has:subject:mount")
    assert of_one_mail <= of_several
    others = _ids(decided, "--all", "list:wick -from:robin")
    never = _ids(decided, "--all", "list:wick -has:from:robin")
    assert never < others


def _ids(mkit: Mkit, *args: str) -> set[str]:
    return {one["id"] for one in mkit.json("list", *args)["topics"]}


def test_options_and_terms_agree(decided: Mkit) -> None:
    assert _ids(decided, "--turn", "author") == _ids(decided, "turn:author")
    assert _ids(decided, "--state", "changes-requested") == _ids(decided, "state:changes-requested")
    assert _ids(decided, "--delegate", "nobody") == _ids(decided, "delegate:nobody")
    assert _ids(decided) == _ids(decided, "mkit:open") == _ids(decided, "--view", "all")
    assert _ids(decided, "--all") == _ids(decided, "--view", "everything")
    assert _ids(decided, "--view", "stale", "--turn", "me") == _ids(
        decided, "mkit:stale", "turn:me"
    )


def test_the_order_is_that_of_the_queue(decided: Mkit) -> None:
    queue = decided.run("list", "--format", "{id}").stdout.split()
    assert queue == [one["id"] for one in decided.json("list")["topics"]]
    part = decided.run("list", "--format", "{id}", "mkit:open list:wick").stdout.split()
    assert part == [one for one in queue if one in part]
    assert len(part) > 5


def test_a_form(decided: Mkit) -> None:
    topics = decided.json("list", "mkit:fix")["topics"]
    text = decided.run("list", "--format", r"{id}\t{revision:>3}|{turn:<8}|{archived}", "mkit:fix")
    assert text.stdout == "".join(
        f"{one['id']}\t{one['revision']:>3}|{one['turn']:<8}|no\n" for one in topics
    )
    assert decided.run("list", "--format", "{id}", "note:nowhere").stdout == ""


def test_a_form_that_is_none(decided: Mkit) -> None:
    done = decided.run("list", "--format", "{subjct}", code=2)
    assert "there is no field subjct: did you mean subject" in done.stderr
    assert "turn_reason" in done.stderr
    for other in ("--json", "--count"):
        done = decided.run("list", "--format", "{id}", other, code=2)
        assert "exclude each other" in done.stdout + done.stderr


def test_views(decided: Mkit) -> None:
    views = decided.json("views")
    check(views, "views")
    counts = {one["name"]: one["topics"] for one in views["views"]}
    assert counts["everything"] == int(decided.run("list", "--all", "--count").stdout)
    assert counts["starred"] == 1
    assert counts["nobodys"] is None
    assert views["views"][-1] == {
        "name": "nobodys-wick",
        "words": "wick without a delegate",
        "query": "delegate:nobody list:wick mkit:open",
        "topics": counts["nobodys-wick"],
    }
    text = decided.run("views").stdout.splitlines()
    assert [line.split()[0] for line in text] == list(counts)


def test_a_view_with_nothing_in_it_says_so(decided: Mkit) -> None:
    assert decided.run("list", "--view", "snoozed").stdout == "Nothing is snoozed.\n"
    assert decided.json("list", "--view", "snoozed")["topics"] == []
    assert decided.run("list", "--view", "snoozed", "--count").stdout == "0\n"


def test_a_query_that_finds_nothing_says_so(decided: Mkit) -> None:
    assert decided.run("list", "state:rejected").stdout == "No topic matches.\n"
    done = decided.run("list", "author:nobody-at-all")
    assert done.stdout.startswith("Nothing that needs somebody matches. mkit list --all")
    assert decided.run("list", "--all", "author:nobody-at-all").stdout == "No topic matches.\n"


def test_a_view_that_is_not_there(decided: Mkit) -> None:
    done = decided.run("list", "--view", "stared", code=1)
    assert "there is no view stared" in done.stderr
    assert "starred" in done.stderr


def test_a_query_for_decisions(decided: Mkit, tmp_path: Path) -> None:
    """What is asked to be decided on takes the same language."""
    count = int(decided.run("list", "--count", "mkit:open list:wick -mkit:fix").stdout)
    done = decided.run("star", "--dry-run", "--query", "mkit:open list:wick -mkit:fix")
    assert len([line for line in done.stdout.splitlines() if line.strip()]) >= count


def test_files_that_nobody_maintains(decided: Mkit, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    text = "PEBBLE\nM:\tJo <jo@x.example>\nS:\tMaintained\nF:\tfs/pebble/\n"
    (tree / "MAINTAINERS").write_text(text, encoding="utf-8")
    for command in (("init", "-q"), ("add", "."), ("commit", "-qm", "first")):
        identity = ("-c", "user.name=Jo", "-c", "user.email=jo@x.example")
        assert decided.program(["git", "-C", str(tree), *identity, *command]).code == 0
    config = f"{CONFIG}\trepository = {tree}\n"
    here = Mkit(tmp_path).configure(config)
    here.run("import", *sorted(SAMPLE.glob("*.mbox")))
    found = here.json("list", "--view", "nobodys")["topics"]
    kept = here.json("list", "mkit:open file:fs/pebble/")["topics"]
    assert found
    assert kept
    assert {one["id"] for one in found}.isdisjoint(one["id"] for one in kept)
