# SPDX-License-Identifier: GPL-2.0-or-later
"""Other checkers beside ours: the real codespell and checkpatch.pl, and programs that misbehave.

checkpatch.pl is in no small package: MKIT_KERNEL_TREE names a tree that has it, or the source of a
kernel lies unpacked in /usr/src; without one its tests are skipped.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from maintainer_kit.adapters.bounded_run import Bounds, run_bounded
from maintainer_kit.adapters.foreign_tools import ForeignTools
from maintainer_kit.checks.foreign import Form, Tool
from maintainer_kit.workflow.foreign import Answer, Question
from tests.integration.driver import Done, Json, Mkit
from tests.integration.repositories import Work

CHECKPATCH = Path("scripts", "checkpatch.pl")
# Taken before the tests' own home hides the variables of mkit.
_NAMED = os.environ.get("MKIT_KERNEL_TREE", "")
_TREES = [Path(_NAMED)] if _NAMED else sorted(Path("/usr/src").glob("linux*"), reverse=True)
TREES = [tree for tree in _TREES if (tree / CHECKPATCH).is_file()]
needs_checkpatch = pytest.mark.skipif(not TREES, reason="no tree with checkpatch.pl")

MESSAGE = "lid: open it {}\n\nNobody could.\n\nSigned-off-by: Ada Author <ada@quarry.example>\n"
BOUNDS = Bounds(seconds=2, output=1 << 20)


def script(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """Three commits, the last of which adds a line without a blank."""
    made = Work(tmp_path / "work")
    made.commit(MESSAGE.format("once"), lid__c="int lid;\n")
    made.commit(MESSAGE.format("twice"), lid__c="int lid;\nint rim;\n")
    made.commit(MESSAGE.format("again"), lid__c="int lid;\nint rim;\nint bar=0;\n")
    return made


def set_up(mkit: Mkit, *lines: str) -> None:
    mkit.configure("[mkit]\n" + "".join(f"\t{line}\n" for line in lines))


def check(mkit: Mkit, work: Work, *argv: str, code: int = 0) -> Json:
    done = mkit.run(
        "check", "--no-index", "--repo", str(work.path), "--profile", "kernel", "--fail-on",
        "never", "--json", *argv, code=code,
    )  # fmt: skip
    return done.json


def said_by(name: str, report: Json) -> list[Json]:
    return [one for one in report["findings"] if one["rule"].startswith(f"{name}/")]


def ask(tool: Tool, *texts: bytes, bounds: Bounds = BOUNDS) -> list[Answer]:
    return list(ForeignTools(bounds, cores=2).ask([Question(tool, one) for one in texts]))


# A command of the user's own


def test_a_command_of_the_settings_is_run_on_patch_files(
    mkit: Mkit, work: Work, tmp_path: Path
) -> None:
    lint = script(
        tmp_path / "lint",
        """for one; do grep -n '^+.*=0' "$one" | while IFS=: read -r line text; do
        echo "$one:$line: error: blanks around = [blanks]"; done; done; exit 3""",
    )
    set_up(mkit, f"checkTool = lint {lint}")
    report = check(mkit, work, "master~2..")
    (found,) = said_by("lint", report)
    assert (found["rule"], found["severity"]) == ("lint/blanks", "error")
    assert found["commit"] == work.git("rev-parse", "master")
    assert (found["source_path"], found["source_line"]) == ("lid.c", 3)
    assert report["unchecked"] == []


def test_a_command_that_ends_with_a_dash_reads_one_patch_at_a_time(
    mkit: Mkit, work: Work, tmp_path: Path
) -> None:
    lint = script(tmp_path / "lint", 'echo "<stdin>:$(grep -n ^Subject - | cut -d: -f1): hm"')
    set_up(mkit, f"checkTool = lint {lint} -")
    found = said_by("lint", check(mkit, work, "master~2.."))
    assert [one["span"]["part"] for one in found] == ["subject", "subject"]
    assert len({one["commit"] for one in found}) == 2


def test_several_tools_speak_and_one_that_fails_is_one_line(
    mkit: Mkit, work: Work, tmp_path: Path
) -> None:
    good = script(tmp_path / "good", 'for one; do echo "$one:1: note: seen"; done')
    bad = script(tmp_path / "bad", "echo no such dictionary >&2; exit 2")
    set_up(
        mkit,
        f"checkTool = good {good}",
        f"checkTool = bad {bad} -",
        "checkTool = gone /no/such/program",
    )
    report = check(mkit, work, "master~2..", code=1)
    assert len(said_by("good", report)) == 2
    assert sorted((one["name"], one["reason"]) for one in report["unchecked"]) == [
        ("bad", "ended with exit code 2: no such dictionary"),
        ("gone", "is not installed"),
    ]


def test_a_setting_that_names_no_command_is_refused(mkit: Mkit, work: Work) -> None:
    for value in ("lint", "Li/nt prog", 'lint \\"open'):
        set_up(mkit, f"checkTool = {value}")
        argv = ("check", "--no-index", "--repo", str(work.path), "master~1..")
        assert "mkit.checkTool is" in mkit.run(*argv, code=1).stderr


def test_no_tools_means_none(mkit: Mkit, work: Work, tmp_path: Path) -> None:
    lint = script(tmp_path / "lint", f"touch {tmp_path}/ran")
    set_up(mkit, f"checkTool = lint {lint}")
    check(mkit, work, "--no-tools", "master~1..")
    set_up(mkit, f"checkTool = lint {lint}", "checkTools = off")
    check(mkit, work, "master~1..")
    assert not (tmp_path / "ran").exists()
    check(mkit, work, "--tools", "master~1..")
    assert (tmp_path / "ran").exists()


# What a repository brings


def brings(work: Work, tmp_path: Path) -> tuple[Path, Path]:
    """A repository with a script of its own and a command in its configuration."""
    one, other = tmp_path / "script-ran", tmp_path / "setting-ran"
    script(work.path / CHECKPATCH, f'touch {one}; echo "$PWD" > {one}')
    evil = script(tmp_path / "evil", f"touch {other}")
    work.git("config", "mkit.checkTool", f"evil {evil}")
    work.git("config", "mkit.checkTools", "on")
    return one, other


def test_a_repository_starts_no_program_unasked(mkit: Mkit, work: Work, tmp_path: Path) -> None:
    one, other = brings(work, tmp_path)
    mkit.configure()
    done = mkit.program(
        ["sh", "-c", 'cd "$0" && exec "$@"', str(work.path), *mkit.argv(
            "check", "--no-index", "--profile", "kernel", "--fail-on", "never", "master~1.."
        )]
    )  # fmt: skip
    assert done.code == 0, done.stderr
    check(mkit, work, "master~1..")
    assert not one.exists()
    assert not other.exists()


@pytest.mark.parametrize("way", ["option", "setting"])
def test_what_a_repository_brings_is_run_when_the_user_says_so(
    mkit: Mkit, work: Work, tmp_path: Path, way: str
) -> None:
    one, other = brings(work, tmp_path)
    set_up(mkit, "checkTools = on" if way == "setting" else "query = *")
    check(mkit, work, *(["--tools"] if way == "option" else []), "master~1..")
    assert other.exists()
    assert one.read_text().strip() == str(work.path)


def test_a_configuration_in_the_repository_is_not_read_by_tools(
    mkit: Mkit, work: Work, tmp_path: Path
) -> None:
    lint = script(tmp_path / "lint", f'ls -a > {tmp_path}/seen; echo "$MKIT_REPOSITORY" >&2')
    work.write(".codespellrc", "[codespell]\nwrite-changes=\n")
    set_up(mkit, f"checkTool = lint {lint}")
    check(mkit, work, "master~1..")
    assert ".codespellrc" not in (tmp_path / "seen").read_text()


# Programs that misbehave


def test_a_tool_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    slow = script(tmp_path / "slow", f"sleep 300 & echo $! > {tmp_path}/pid; wait")
    tool = Tool("slow", (str(slow), "-"), Form.COMMON, from_stdin=True)
    start = time.monotonic()
    answers = ask(tool, *[b"x"] * 6, bounds=Bounds(seconds=1, output=1 << 20))
    assert time.monotonic() - start < 30
    assert [one.problem for one in answers].count("no end after 1 s") in (1, 2)
    assert {one.problem for one in answers} <= {"no end after 1 s", ""}
    child = int((tmp_path / "pid").read_text())
    assert _ends(child)


def _ends(pid: int) -> bool:
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def test_a_tool_that_never_stops_talking_is_stopped(tmp_path: Path) -> None:
    loud = script(tmp_path / "loud", "yes 'x:1: error: y'")
    (answer,) = ask(Tool("loud", (str(loud),), Form.COMMON), b"x")
    assert answer.problem == "says more than 1024 KiB"


def test_a_tool_that_dies_says_so_and_what_it_said_is_kept(tmp_path: Path) -> None:
    dying = script(tmp_path / "dying", 'echo "$1:1: error: y"; kill -SEGV $$')
    (answer,) = ask(Tool("dying", (str(dying),), Form.COMMON), b"x")
    assert answer.problem == "ended with signal 11: and says nothing"
    assert [(number, one.message) for number, one in answer.said] == [(0, "y")]


def test_a_tool_whose_child_lives_on_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    parent = script(tmp_path / "parent", "sleep 300 & exit 0")
    ended = run_bounded([str(parent)], tmp_path, None, {}, Bounds(seconds=1, output=1 << 20))
    assert ended.reason == "no end after 1 s"


def test_what_mail_says_is_no_name_and_no_command(tmp_path: Path) -> None:
    hostile = b"Subject: $(touch pwned) `touch pwned` ; touch pwned\n--- a/../../x\n+++ b/-rf\n"
    lint = script(
        tmp_path / "lint", 'for one; do case $one in /*.patch) echo "$one:1: ok";; esac; done'
    )
    (answer,) = ask(Tool("lint", (str(lint),), Form.COMMON), hostile, hostile)
    assert [number for number, _ in answer.said] == [0, 1]
    assert not list(tmp_path.rglob("pwned"))


def test_many_patches_are_few_calls(tmp_path: Path) -> None:
    lint = script(tmp_path / "lint", f'echo $# >> {tmp_path}/calls; echo "$1:1: first"')
    answers = ask(Tool("lint", (str(lint),), Form.COMMON), *[b"x"] * 250)
    calls = [int(one) for one in (tmp_path / "calls").read_text().split()]
    assert sum(calls) == 250
    assert len(calls) == 3
    assert {number for one in answers for number, _ in one.said} == {0, 100, 200}


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    lint = script(tmp_path / "lint", 'stat -c %a "$(dirname "$(dirname "$1")")" >&2; exit 1')
    monkeypatch.setattr("tempfile.tempdir", None)
    (answer,) = ask(Tool("lint", (str(lint),), Form.COMMON), b"x")
    assert answer.problem == "ended with exit code 1: 700"
    assert [one.name for one in tmp_path.iterdir()] == ["lint"]


# The real ones


def test_codespell_reads_the_authors_words(
    mkit: Mkit, work: Work, needs_tool: Callable[[str], str]
) -> None:
    needs_tool("codespell")
    work.commit(
        "lid: unlock it\n\nIt was imposible to handel.\n\nSigned-off-by: Teh Nam <teh@x.example>",
        lid__c="int lid; /* a wierd lid */\nint rim;\nint bar=0;\n",
    )
    report = check(mkit, work, "master~1..")
    found = said_by("codespell", report)
    words = {one["message"].split()[0] for one in found}
    ours = " ".join(one["message"] for one in report["findings"] if one["rule"] == "spelling")
    assert "'wierd'" in words
    assert all(word in " ".join(words) + ours for word in ("imposible", "handel"))
    assert "'teh'" not in {one.lower() for one in words}
    (code,) = [one for one in found if "wierd" in one["message"]]
    assert (code["rule"], code["severity"]) == ("codespell/typo", "info")
    assert (code["source_path"], code["source_line"]) == ("lid.c", 1)
    assert code["span"]["start"] == len("+int lid; /* a ") + 1


def checkpatch(mkit: Mkit) -> None:
    set_up(mkit, f"checkTool = checkpatch {TREES[0] / CHECKPATCH}")


@needs_checkpatch
def test_checkpatch_speaks_of_code_with_file_and_line(mkit: Mkit, work: Work) -> None:
    checkpatch(mkit)
    report = check(mkit, work, "master~2..")
    (found,) = [one for one in said_by("checkpatch", report) if one["rule"].endswith("/SPACING")]
    assert found["commit"] == work.git("rev-parse", "master")
    assert (found["source_path"], found["source_line"]) == ("lid.c", 3)
    assert found["severity"] == "error"
    assert report["unchecked"] == []


@needs_checkpatch
def test_checkpatch_does_not_repeat_our_rules(mkit: Mkit, work: Work) -> None:
    checkpatch(mkit)
    work.commit("lid: paint it\n\nIt was bare.\n", lid__c="int lid; \n")
    report = check(mkit, work, "master~1..")
    rules = [one["rule"] for one in report["findings"]]
    assert "signoff-missing" in rules
    assert "whitespace-error" in rules
    assert not {"checkpatch/MISSING_SIGN_OFF", "checkpatch/TRAILING_WHITESPACE"} & set(rules)


@needs_checkpatch
def test_checkpatch_reads_a_file_a_mail_and_what_is_staged(
    mkit: Mkit, work: Work, tmp_path: Path
) -> None:
    checkpatch(mkit)
    patch = tmp_path / "0001.patch"
    patch.write_text(work.git("format-patch", "-1", "--stdout"))
    report = check(mkit, work, str(patch))
    (found,) = [one for one in said_by("checkpatch", report) if one["rule"].endswith("/SPACING")]
    line = patch.read_text().split("\n")[found["line"] - 1]
    assert (found["path"], line) == (str(patch), "+int bar=0;")
    work.write("lid.c", "int lid=1;\n")
    work.git("add", "lid.c")
    staged = check(mkit, work, "--staged", "--tools")
    rules = {one["rule"] for one in said_by("checkpatch", staged)}
    assert "checkpatch/SPACING" in rules
    assert not {"checkpatch/MISSING_SIGN_OFF", "checkpatch/COMMIT_MESSAGE"} & rules


def _end(done: Done) -> str:
    return done.stdout.splitlines()[-1]


def test_text_names_the_tool(mkit: Mkit, work: Work, tmp_path: Path) -> None:
    lint = script(tmp_path / "lint", 'for one; do echo "$one:4: error: no \x1b[31m [x]"; done')
    set_up(mkit, f"checkTool = lint {lint}")
    done = mkit.run("check", "--no-index", "--repo", str(work.path), "master~1..", code=1)
    assert "[lint/x]" in done.stdout
    assert "\x1b" not in done.stdout
    assert "1 error" in _end(done)
