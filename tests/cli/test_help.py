# SPDX-License-Identifier: GPL-2.0-or-later
"""Help: every verb, two examples each, and quick because nothing heavy is imported."""

from __future__ import annotations

import re
import sys

import pytest

from maintainer_kit import __version__
from maintainer_kit.cli.verbs import VERBS
from tests.integration.driver import Mkit

HEAVY = {"notmuch2", "textual", "rich", "git", "b4", "sqlite3", "email", "requests", "pygments"}
# What the contract of the command line asks of this stage.
ASKED = (
    "demo import sync list show search state archive log undo redo export rebuild backup restore"
    " doctor config tui"
)


def test_all_verbs_are_there(mkit: Mkit) -> None:
    assert set(ASKED.split()) <= set(VERBS)
    text = mkit.run("--help").stdout
    assert all(re.search(rf"^  {verb} ", text, re.MULTILINE) for verb in VERBS)


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_help_of_a_verb_ends_with_two_examples_that_click_understands(
    mkit: Mkit, verb: str
) -> None:
    text = mkit.run(verb, "--help").stdout
    lines = text.rstrip().splitlines()
    assert lines[0].startswith(f"Usage: mkit {verb}")
    assert lines[-3].strip() == "Examples:"
    assert all("mkit" in line for line in lines[-2:]), lines[-2:]
    assert any(f"mkit {verb}" in line for line in lines[-2:])
    explained, _, shown = text.partition("Examples:")
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", explained))
    for command in re.findall(rf"mkit {verb}\b([^|#\n]*)", shown):
        used = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", command))
        assert used <= named, f"{used - named} are no options of {verb}"


def test_help_stands_at_the_short_option_too_and_without_a_verb(mkit: Mkit) -> None:
    text = mkit.run("--help").stdout
    assert mkit.run("-h").stdout == text
    assert mkit.run().stdout == text


def test_the_version(mkit: Mkit) -> None:
    assert __version__ in mkit.run("--version").stdout


def imported(mkit: Mkit, *args: str) -> set[str]:
    """Top-level modules that a command line imports."""
    argv = [sys.executable, "-X", "importtime", "-m", "maintainer_kit", *args]
    told = mkit.program(argv).stderr
    lines = [line for line in told.splitlines() if line.startswith("import time:")]
    names = {line.rpartition("|")[2].strip().split(".")[0] for line in lines}
    assert "click" in names
    return names


@pytest.mark.parametrize("args", [["--help"], ["--version"], [], ["nosuchverb"]], ids=str)
def test_help_imports_nothing_heavy(mkit: Mkit, args: list[str]) -> None:
    assert not imported(mkit, *args) & HEAVY


@pytest.mark.parametrize("verb", ["list", "show", "state", "import", "sync", "log", "export"])
def test_verbs_import_no_screens(mkit: Mkit, verb: str) -> None:
    assert not imported(mkit, verb, "x@y.z") & {"textual", "rich", "b4", "git", "pygments"}


def test_help_makes_no_home(mkit: Mkit) -> None:
    there = mkit.having(MKIT_HOME=str(mkit.base / "none"))
    for args in (["--help"], ["list", "--help"], ["--version"], []):
        there.run(*args)
    assert not (mkit.base / "none").exists()
