# SPDX-License-Identifier: GPL-2.0-or-later
"""What we say of a diff is what git says: git apply of broken ones, git diff --check of blanks."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pytest

from maintainer_kit.checks.added_blanks import blank_ends, blanks
from maintainer_kit.checks.git_grammar import refusal
from maintainer_kit.checks.reading_commit import patch_of_staged
from tests.conftest import require_tool

LINES = (
    "",
    "int x;",
    "\tint y;",
    "  z",
    "-- ",
    "--- a/x",
    "+++ b/x",
    "@@ -1 +1 @@",
    "\\ z",
    "+",
    "-",
)
BLANKS = ("int x;", "\tint y;", "", "\t", "z ", " \tz", "\t \tz", "    z", "a \tb", "\tz\t", "end")


def git(*args: str, cwd: Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    names = ("-c", "user.name=Ada", "-c", "user.email=ada@quarry.example")
    argv = [require_tool("git"), *names, *args]
    return subprocess.run(argv, cwd=cwd, capture_output=True, text=True, check=check, timeout=30)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    git("init", "-q", cwd=tmp_path)
    return tmp_path


def _commit(tree: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        (tree / name).write_text(text, encoding="utf-8")
    git("add", "-A", cwd=tree)
    git("commit", "-q", "--no-verify", "-m", "x", cwd=tree)


def _file(rand: random.Random, lines: tuple[str, ...]) -> list[str]:
    return [rand.choice(lines) for _ in range(rand.randint(3, 30))]


def _changed(rand: random.Random, before: list[str], lines: tuple[str, ...]) -> list[str]:
    after = list(before)
    for _ in range(rand.randint(1, 4)):
        at = rand.randint(0, len(after))
        after[at : at + rand.randint(0, 2)] = rand.choices(lines, k=rand.randint(0, 2))
    return after


def _text(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _history(tree: Path, rand: random.Random) -> str:
    """A diff of all kinds: files that change, come, go and move."""
    before = {name: _file(rand, LINES) for name in ("a.c", "b.c", "gone.c", "old name.c")}
    _commit(tree, {name: _text(lines) for name, lines in before.items()})
    moved = (tree / "old name.c").rename(tree / "new name.c")
    (tree / "gone.c").unlink()
    after = {name: _changed(rand, before[name], LINES) for name in ("a.c", "b.c")}
    after[moved.name] = [*before["old name.c"], "int y;"]
    after["n\u00e9w.c"] = _file(rand, LINES)
    _commit(tree, {name: _text(lines) for name, lines in after.items()})
    return git("diff", "-M10%", "HEAD~", cwd=tree).stdout


def _break(rand: random.Random, diff: str) -> str:
    """As mail clients, and people with editors, do it."""
    lines = diff.split("\n")
    at = rand.randrange(len(lines))
    match rand.randrange(7):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, rand.choice(LINES))
        case 2:
            half = len(lines[at]) // 2
            lines[at : at + 1] = [lines[at][:half], lines[at][half:]]
        case 3:
            lines[at] = lines[at].lstrip()
        case 4:
            lines[at] += "\r"
        case 5:
            lines[at] = f" {lines[at]}"
        case _:
            lines = [line.rstrip() for line in lines]
    return _text(lines)


def test_git_apply_refuses_what_we_refuse(tree: Path) -> None:
    rand = random.Random(5)
    diff = _history(tree, rand)
    outcomes = set()
    for _ in range(150):
        broken = _break(rand, diff)
        (tree / "p.diff").write_text(broken, encoding="utf-8", newline="")
        done = git("apply", "--numstat", "p.diff", cwd=tree, check=False)
        ours = refusal(broken)
        assert (ours is not None) == (done.returncode != 0), (ours, done.stderr, broken)
        outcomes.add(ours is None)
    assert outcomes == {True, False}


@pytest.mark.parametrize("seed", range(12))
def test_git_diff_check_finds_the_same_blanks(tree: Path, seed: int) -> None:
    rand = random.Random(seed)
    before = _file(rand, BLANKS)
    after = _changed(rand, before, BLANKS)
    new = _file(rand, BLANKS)
    _commit(tree, {"a.c": _text(before)})
    _commit(tree, {"a.c": _text(after), "new.c": _text(new)})

    said = git("diff", "--check", "HEAD~", cwd=tree, check=False).stdout.splitlines()
    theirs = {line.rpartition(": ")[0] for line in said if line.startswith(("a.c:", "new.c:"))}
    patch = patch_of_staged(git("diff", "HEAD~", cwd=tree).stdout)
    ours = {f"{one.line.path}:{one.line.line}" for one in blanks(patch)}
    ours |= {f"{one.line.path}:{one.line.line}" for one in blank_ends(patch)}

    assert ours == theirs
