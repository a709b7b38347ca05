# SPDX-License-Identifier: GPL-2.0-or-later
"""What is read of a commit in the making equals what git commits."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from maintainer_kit.adapters.git.checking.draft_commit import (
    author,
    committer,
    read_draft,
    staged_diff,
    under_way,
)
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.errors import NotFound, RepositoryError
from maintainer_kit.model.mail.person import NOBODY
from tests.integration.repositories import Work

PACKAGE = Path(__file__).parents[2]
MESSAGE = "\n\npebble: mend it  \n\n\n\n# 1 is a number\n; and a sign\nWhy.\t\n\n"
SPY = f"""
import json, sys
from pathlib import Path
sys.path.insert(0, {str(PACKAGE)!r})
from maintainer_kit.adapters.git.checking.draft_commit import *
from maintainer_kit.adapters.git.process import Git
git = Git()
draft = read_draft(git, Path(sys.argv[1]))
said = [draft.text, staged_diff(git)[0], str(author(git)), str(committer(git))]
said += [draft.keeps_comments, sorted(under_way(git))]
Path({{place!r}}).write_text(json.dumps(said))
"""


@pytest.fixture
def work(tmp_path: Path) -> Work:
    made = Work(tmp_path / "work")
    made.commit("Lumen 6.0\n", a__c="one\n")
    spy = tmp_path / "spy.py"
    spy.write_text(SPY.replace("{place!r}", repr(str(tmp_path / "said.json"))))
    made.hook("commit-msg", f'{sys.executable} {spy} "$1"')
    return made


def seen(work: Work) -> list[Any]:
    """What was read in the hook: message, diff, author, committer, ..."""
    found: list[Any] = json.loads((work.path.parent / "said.json").read_text())
    return found


def commit(work: Work, *argv: str, editor: str = "") -> None:
    """Run git commit, with an editor that writes MESSAGE above what git gives it."""
    script = work.path.parent / "editor"
    script.write_text('#!/bin/sh\ncat "$0.text" "$1" >"$1.new" && mv "$1.new" "$1"\n')
    script.chmod(0o755)
    script.with_name("editor.text").write_text(editor)
    env = {"PATH": os.environ["PATH"], "HOME": str(work.path.parent), "GIT_CONFIG_NOSYSTEM": "1"}
    env |= {"GIT_EDITOR": str(script)} if editor else {}
    names = {"NAME": "Ada Author", "EMAIL": "ada@quarry.example"}
    env |= {
        f"GIT_{who}_{key}": value for who in ("AUTHOR", "COMMITTER") for key, value in names.items()
    }
    done = subprocess.run(
        ["git", "commit", "--quiet", *argv],
        cwd=work.path,
        env=env,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("cleanup", ["", "strip", "whitespace", "verbatim", "scissors", "default"])
@pytest.mark.parametrize("verbose", ["true", "false"])
@pytest.mark.parametrize("how", ["editor", "message"])
def test_the_message_is_what_git_takes(work: Work, cleanup: str, verbose: str, how: str) -> None:
    if cleanup:
        work.git("config", "commit.cleanup", cleanup)
    work.git("config", "commit.verbose", verbose)
    work.write("a.c", "two\n")
    work.git("add", "a.c")
    if how == "editor":
        commit(work, editor=MESSAGE)
    else:
        commit(work, "-m", MESSAGE)
    taken = work.git("cat-file", "commit", "HEAD").partition("\n\n")[2]
    assert seen(work)[0].strip() == taken.strip()
    assert "pebble: mend it" in taken


@pytest.mark.parametrize("sign", [";", "auto", "%", "x"])
@pytest.mark.parametrize("verbose", ["true", "false"])
def test_other_comment_signs(work: Work, sign: str, verbose: str) -> None:
    work.git("config", "core.commentChar", sign)
    work.git("config", "commit.verbose", verbose)
    work.write("a.c", "two\n")
    work.git("add", "a.c")
    if sign == "auto":
        # git looks at the message that it starts from.
        start = work.path.parent / "template"
        start.write_text(MESSAGE)
        commit(work, "-F", str(start), "-e", editor="\n")
    else:
        commit(work, editor=MESSAGE)
    assert seen(work)[0] == work.git("log", "-1", "--format=%B") + "\n"


def test_what_a_hook_is_told_of_the_index_and_the_author(work: Work) -> None:
    work.write("a.c", "two\n")
    commit(work, "-a", "-m", "pebble: two", "--author=Bo Other <bo@x.example>")
    _, diff, wrote, took, keeps, doing = seen(work)
    assert "-one\n+two\n" in diff
    assert (wrote, took) == ("Bo Other <bo@x.example>", "Ada Author <ada@quarry.example>")
    assert keeps
    assert doing == []
    work.write("a.c", "three\n")
    work.write("b.c", "not this one\n")
    work.git("add", "b.c")
    commit(work, "a.c", editor="pebble: three\n")
    assert "-two\n+three\n" in seen(work)[1]
    assert "b.c" not in seen(work)[1]
    commit(work, "--amend", "-m", "pebble: three again")
    assert seen(work)[2] == "Ada Author <ada@quarry.example>"


def test_a_merge_is_known(work: Work) -> None:
    work.git("checkout", "--quiet", "-b", "side")
    work.commit("side\n", b__c="b\n")
    work.git("checkout", "--quiet", "master")
    work.commit("other\n", c__c="c\n")
    work.git("merge", "--quiet", "--no-ff", "--no-commit", "side")
    assert under_way(Git(work.path)) == {"merge"}
    commit(work, "-m", "Merge branch 'side'")
    assert seen(work)[5] == ["merge"]
    assert under_way(Git(work.path)) == set()


def test_a_linked_work_tree(work: Work, tmp_path: Path) -> None:
    linked = tmp_path / "linked"
    work.git("worktree", "add", "--quiet", str(linked), "-b", "linked")
    (linked / "a.c").write_text("linked\n")
    other = Work.__new__(Work)
    other.path = linked
    commit(other, "-a", "-m", "pebble: linked")
    assert "-one\n+linked\n" in seen(other)[1]


def test_a_staged_diff(tmp_path: Path) -> None:
    work = Work(tmp_path / "new")
    assert staged_diff(Git(work.path)) == ("", 0)
    work.write("sub/a.c", "one\n")
    work.git("add", "--all")
    diff, left_out = staged_diff(Git(work.path / "sub"))
    assert diff.startswith("diff --git a/sub/a.c b/sub/a.c\nnew file mode")
    assert left_out == 0
    work.git("config", "diff.noprefix", "true")
    assert staged_diff(Git(work.path))[0] == diff
    work.write("sub/big.c", b"x" * 99 + b"\n" + b"y\n" * (1 << 20))
    work.git("add", "--all")
    cut, left_out = staged_diff(Git(work.path), 1 << 20)
    assert cut.startswith(diff)
    assert left_out > 1 << 20
    with pytest.raises(RepositoryError, match="no git repository"):
        staged_diff(Git(tmp_path))


def test_who_would_commit(work: Work, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / ".gitconfig").write_text("[user]\n\tname = A B\n\temail = a@x\n")
    assert str(author(Git(work.path))) == "A B <a@x>"
    (home / ".gitconfig").write_text("[user]\n\tuseConfigOnly = true\n")
    assert author(Git(work.path)) == committer(Git(work.path)) == NOBODY
    monkeypatch.setenv("GIT_AUTHOR_NAME", "C > D")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "c@x")
    monkeypatch.chdir(work.path)
    assert author(Git()).address == "c@x"


def test_a_message_file_that_is_not_there(work: Work) -> None:
    with pytest.raises(NotFound, match="No such file"):
        read_draft(Git(work.path), work.path / "none")


def test_a_hostile_message(work: Work) -> None:
    path = work.write("m", b"\x00\xff title\n" + b"# x\n" * 100_000 + b"\n" * 100_000 + b"end")
    draft = read_draft(Git(work.path), path)
    assert draft.text.endswith(" title\n\nend\n")
    draft.text.encode()


@pytest.mark.parametrize("sign", ["#", ";", ""])
def test_blanks_and_comments_go_as_git_takes_them_out(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sign: str
) -> None:
    monkeypatch.setenv("GIT_EDITOR", "vi" if sign else ":")
    work.git("config", "core.commentChar", sign or "#")
    git, path, dice = Git(work.path), tmp_path / "message", random.Random(7)
    bits = [
        "\n",
        "\n\n",
        " ",
        "\t",
        "\r",
        "\f",
        "\v",
        "\0",
        "\u00a0",
        "#",
        ";",
        "a",
        "b c",
        "\u1680",
    ]
    for _ in range(80):
        text = "".join(dice.choices(bits, k=dice.randrange(30)))
        path.write_bytes(text.encode())
        strip = ("-c", f"core.commentChar={sign}", "stripspace", "--strip-comments")
        argv = strip if sign else ("stripspace",)
        assert read_draft(git, path).text == git.output(*argv, stdin=text.encode()).decode(), text
