# SPDX-License-Identifier: GPL-2.0-or-later
"""``test`` when it is killed, and commands that do not end, take too much, or wreck their tree."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.integration.driver import Mkit
from tests.integration.places import fill_up, small_disk
from tests.integration.tested import Lifeline, Range, began, configured, of, verdicts

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def made(tmp_path: Path) -> Range:
    return Range(tmp_path / "work", code="0")


@pytest.fixture
def line(tmp_path: Path) -> Lifeline:
    return Lifeline(tmp_path / "line")


@pytest.fixture
def start(mkit: Mkit) -> Iterator[Start]:
    """Starts a verb; whatever becomes of the test, nothing of it runs on."""
    begun: list[subprocess.Popen[str]] = []

    def begin(*words: str | Path) -> subprocess.Popen[str]:
        begun.append(mkit.start(*words))
        return begun[-1]

    yield begin
    for one in begun:
        one.kill()
        one.communicate(timeout=60)


def counted(path: Path) -> list[str]:
    """The commits that a command was run on, which it wrote into a file."""
    return path.read_text().split() if path.exists() else []


def hanging(made: Range, line: Lifeline, count: Path, at: int) -> str:
    """A command that does not end on one commit as long as a file is there."""
    (count.parent / "hangs").touch()
    return (
        f'echo $MKIT_COMMIT >> {count}; if [ "$(cat n)" = {at} ] && [ -e {count.parent}/hangs ];'
        f" then exec 3> {line.path}; (setsid sleep 1000 &) ; sleep 1000; fi"
    )


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_stopped_in_the_middle_it_goes_on_where_it_was(
    mkit: Mkit, start: Start, made: Range, line: Lifeline, tmp_path: Path, sent: signal.Signals
) -> None:
    made.steps(12)
    count = tmp_path / "count"
    configured(mkit, f"slow {hanging(made, line, count, 6)}", "quick true")
    words = ("test", "master..topic", "--repo", made.work.path, "--jobs", "2")
    process = start(*words)
    handle = line.wait_for_somebody()
    process.send_signal(sent)
    told, said = process.communicate(timeout=60)
    assert Lifeline.wait_till_all_are_gone(handle) == b"", "nothing of it runs on"
    assert process.returncode == (130 if sent is signal.SIGINT else -sent), told + said
    (tmp_path / "hangs").unlink()
    before = counted(count)
    assert made.commits[5] in before
    found = made.test(mkit)
    assert found["complete"]
    again = counted(count)[len(before) :]
    assert made.commits[5] in again, "what did not end is run again"
    assert not {made.base, *made.commits[:4]} & set(again), "what ended is not"
    assert verdicts(found, "slow") == ["passed"] * 12
    notes = made.work.git("notes", "--ref=mkit", "list").splitlines()
    assert len(notes) == 13


def test_the_process_that_keeps_it_is_killed_too(
    mkit: Mkit, start: Start, made: Range, line: Lifeline, tmp_path: Path
) -> None:
    made.steps(3)
    configured(mkit, f"slow {hanging(made, line, tmp_path / 'count', 2)}")
    process = start("test", "master..topic", "--repo", made.work.path)
    handle = line.wait_for_somebody()
    below = children(process.pid)
    for one in (process.pid, *below):
        os.kill(one, signal.SIGKILL)
    process.communicate(timeout=60)
    (tmp_path / "hangs").unlink()
    assert made.test(mkit)["complete"]
    assert Lifeline.wait_till_all_are_gone(handle) == b"", "the next run has ended what was left"


def children(process: int) -> list[int]:
    said = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    for thread in Path(f"/proc/{process}/task").iterdir():
        said += (thread / "children").read_text().split()
    return [int(one) for one in dict.fromkeys(said)]


def test_two_at_once(mkit: Mkit, start: Start, made: Range, line: Lifeline, tmp_path: Path) -> None:
    made.steps(1)
    configured(mkit, f"slow {hanging(made, line, tmp_path / 'count', 1)}")
    words = ("test", "master..topic", "--repo", made.work.path)
    process = start(*words)
    handle = line.wait_for_somebody()
    assert "another mkit tests this repository" in mkit.run(*words, code=1).stderr
    assert mkit.json(*words, "--known")["complete"] is False, "who only looks need not wait"
    process.kill()
    process.communicate(timeout=60)
    Lifeline.wait_till_all_are_gone(handle)


def test_what_forks_and_never_ends(mkit: Mkit, start: Start, made: Range, line: Lifeline) -> None:
    made.step(code="1")
    body = f"exec 3> {line.path}; (setsid sh -c 'sleep 1000 & sleep 1000' &) ; sleep 1000"
    configured(mkit, f'late timeout=5s if [ "$(cat code)" = 1 ]; then {body}; fi')
    process = start("test", "master..topic", "--repo", made.work.path, "--json")
    handle = line.wait_for_somebody()
    told, said = process.communicate(timeout=60)
    assert Lifeline.wait_till_all_are_gone(handle) == b""
    assert process.returncode == 1, told + said
    found = made.test(mkit, code=1)
    (late,) = of(found, "late")["results"]
    assert (late["outcome"], late["code"], late["verdict"]) == ("timeout", None, "failed")
    assert (
        "took longer than 5 s" in mkit.run("test", "topic", "--repo", made.work.path, code=1).stdout
    )


def test_a_wider_bound_is_another_question(mkit: Mkit, made: Range) -> None:
    made.steps(1)
    configured(mkit, "late timeout=1s sleep 3")
    assert verdicts(made.test(mkit), "late") == ["failed-in-base"]
    assert made.test(mkit)["ran"] == 0
    configured(mkit, "late timeout=60s sleep 3")
    assert made.test(mkit)["ran"] == 2


def test_what_a_command_leaves_behind_is_ended(
    mkit: Mkit, start: Start, made: Range, line: Lifeline
) -> None:
    made.step(code="1")
    body = f"(setsid sh -c 'exec 3> {line.path}; echo there > up; sleep 1000' &)"
    wait = "while ! [ -e up ]; do :; done"
    configured(mkit, f'daemon timeout=60s if [ "$(cat code)" = 1 ]; then {body}; {wait}; fi')
    process = start("test", "master..topic", "--repo", made.work.path)
    handle = line.wait_for_somebody()
    told, said = process.communicate(timeout=60)
    assert process.returncode == 0, told + said
    assert Lifeline.wait_till_all_are_gone(handle) == b""


def test_too_much_memory(mkit: Mkit, made: Range) -> None:
    made.step(code="1")
    one = "python3 -c 'x = bytearray(900 << 20)'"
    many = (
        "for at in 1 2 3 4; do python3 -c 'import sys; x = bytearray(110 << 20); sys.stdin.read()'"
        " <&3 & done; wait"
    )
    ask = 'if [ "$(cat code)" = 1 ]; then'
    configured(
        mkit,
        f"one memory=400M {ask} {one}; fi",
        f"many memory=300M timeout=60s {ask} mkfifo p; exec 3<>p; {many}; fi",
    )
    found = made.test(mkit, code=1)
    assert of(found, "one")["results"][0]["outcome"] == "fail"
    assert of(found, "many")["results"][0]["outcome"] == "memory"
    text = mkit.run("test", "topic", "--repo", made.work.path, code=1).stdout
    assert "took more than 300 MiB of memory" in text


def test_commands_that_wreck_their_tree(mkit: Mkit, made: Range, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "file").write_text("precious")
    wrecks = (
        "rm -rf .git",
        "echo gitdir: /nowhere > .git",
        "mkdir a; chmod 0 a",
        'd=$PWD; cd ..; rm -rf "$d"',
        f'd=$PWD; cd ..; rm -rf "$d"; ln -s {mine} "$d"',
        'd=$PWD; cd ..; rm -rf "$d"; echo file > "$d"',
        "git config core.worktree /nowhere; git update-ref -d HEAD; true",
        "rm -f $(git rev-parse --git-dir)/HEAD",
        "git init -q inner; ln -s / all; echo more > code; git add code",
    )
    for wreck in wrecks:
        made.step(wreck=f"{wreck}\n")
    configured(mkit, "wreck cat code > /dev/null && sh -c '[ ! -e wreck ] || . ./wreck'")
    before = made.work.fingerprint()
    found = made.test(mkit, "--jobs", "1", "--no-notes")
    assert verdicts(found, "wreck") == ["passed"] * len(wrecks)
    assert made.work.fingerprint() == before
    assert [one.name for one in mine.iterdir()] == ["file"]
    configured(mkit, 'clean test -z "$(git status --porcelain --ignored)"')
    assert made.test(mkit, "--jobs", "1", "--no-notes")["ran"] == len(wrecks) + 1


def test_the_users_checkout_may_be_in_any_state(mkit: Mkit, made: Range) -> None:
    made.steps(2)
    made.work.write("code", "dirty")
    made.work.write("new", "untracked")
    made.work.write(".git/index.lock", "")
    made.work.hook("post-checkout", "touch hooked")
    made.work.write(".git/info/attributes", "* filter=evil\n")
    made.work.git("config", "filter.evil.smudge", "touch smudged; cat")
    before = made.work.fingerprint()
    configured(mkit, "build exit $(cat code)")
    assert verdicts(made.test(mkit, "--no-notes"), "build") == ["passed"] * 2
    assert made.work.fingerprint() == before


def test_what_is_in_the_environment_of_a_command(mkit: Mkit, made: Range) -> None:
    made.step(code="1")
    configured(mkit, "env cores=2 memory=4G env; git rev-parse HEAD; exit $(cat code)")
    noisy = mkit.having(GIT_DIR="/nowhere", GIT_AUTHOR_NAME="x", MKIT_SECRET="y")
    found = made.test(noisy, code=1)
    lines = set(Path(of(found, "env")["results"][0]["log"]).read_text().splitlines())
    tip = made.commits[0]
    told = {f"MKIT_COMMIT={tip}", "MKIT_TEST=env", f"MKIT_BASE={made.base}", "MKIT_CORES=2", tip}
    assert told <= lines
    mine = ("GIT_DIR", "GIT_AUTHOR", "MKIT_SECRET", "MKIT_HOME")
    assert not [one for one in lines if one.startswith(mine)]


def test_what_cannot_be_tested_and_what_cannot_be_run(mkit: Mkit, made: Range) -> None:
    made.step()
    made.step(code="125")
    made.step(code="1")
    configured(mkit, "build exit $(cat code)", "typo no-such-program")
    found = made.test(mkit, code=1)
    assert verdicts(found, "build") == ["passed", "skipped", "failed"]
    (start,) = of(found, "build")["began"]
    assert (start["commit"], start["or"]) == (made.commits[2], [made.commits[1]])
    assert any("typo: exit code 127" in one for one in found["problems"])
    text = mkit.run("test", "topic", "--repo", made.work.path, code=1).stdout
    assert f"build fails since this one or an earlier: {made.commits[2][:12]}" in text


def test_a_long_log_keeps_its_ends(mkit: Mkit, made: Range) -> None:
    made.step(code="1")
    noise = 'yes "a.c:1:1: warning: the same" | head -c 30000000'
    configured(mkit, f"loud timeout=60s echo first; {noise}; echo last; exit $(cat code)")
    found = made.test(mkit, code=1)
    log = Path(of(found, "loud")["results"][0]["log"])
    data = log.read_bytes()
    assert len(data) < (16 << 20) + (1 << 17)
    assert data.startswith(b"first\n")
    assert data.endswith(b"last\n")
    assert b"bytes are left out here" in data


def test_on_a_full_disk_nothing_is_said_to_fail(mkit: Mkit, made: Range, tmp_path: Path) -> None:
    made.steps(1)
    made.step(fill="head -c 40000000 /dev/zero > zeros; exit 1\n")
    fill = "fill [ ! -e fill ] || . ./fill"
    with small_disk(tmp_path / "small", "12m") as place:
        cramped = configured(mkit.having(MKIT_HOME=str(place / "mkit")), fill)
        words = ("test", "master..topic", "--repo", made.work.path, "--jobs", "1")
        for _ in range(2):
            done = cramped.end_of(*words)
            assert done.code == 1, done
            assert "o space left on" in done.stderr
            assert "Traceback" not in done.stderr
            known = cramped.json(*words, "--known")
            assert [one["commit"] for one in of(known, "fill")["results"]] == made.commits[:1]
        made.step(fill="true\n")
        only = ("test", made.commits[2], "--repo", made.work.path)
        filler = fill_up(place)
        done = cramped.end_of(*only)
        assert (done.code, "Traceback" in done.stderr) == (1, False), done
        filler.unlink()
        assert verdicts(cramped.json(*only, "--known"), "fill") == []


def test_builds_that_are_kept(mkit: Mkit, made: Range, tmp_path: Path) -> None:
    """As make does: a file is compiled, and warned about, only where it is other than before."""
    count = tmp_path / "count"
    build = (
        f"echo $MKIT_COMMIT >> {count}; mkdir -p out; for f in *.c; do"
        ' cmp -s $f out/$f || { sed "s/^/$f:1:1: warning: /" $f; cp $f out/$f; }; done'
    )
    made.work.git("switch", "--quiet", "master")
    base = made.work.commit("Sources", **{"a__c": "old a\n", "b__c": "old b\n"})
    made.base = base
    made.work.git("switch", "--quiet", "--force-create", "topic")
    made.step(**{"a__c": "old a\nnew a\n"})
    made.step()
    made.step(**{"b__c": "old b\nnew b\n"})
    configured(mkit, f"build keep {build}")
    found = made.test(mkit)
    assert verdicts(found, "build") == ["warned", "passed", "warned"]
    assert list(began(found, "build")) == [made.commits[0], made.commits[2]]
    assert counted(count) == [base, *made.commits], "one after the other"
    later = made.step()
    assert made.test(mkit)["ran"] == 1
    log = mkit.home / "testing"
    assert counted(count)[-1] == later
    assert list(log.glob("*/trees/keep-build.built"))
    made.work.git("branch", "side", made.commits[1])
    on = mkit.json("test", f"{made.commits[1]}..topic", "--repo", made.work.path)
    assert on["ran"] == 1, "a base has to say all, so it is built from nothing"
    assert verdicts(on, "build") == ["warned", "passed"]


def test_reports_of_junit(mkit: Mkit, made: Range, tmp_path: Path) -> None:
    report = '<s><testcase name="a"/><testcase name="b">%s</testcase></s>'
    made.work.git("switch", "--quiet", "master")
    made.base = made.work.commit("Tests", xml=report % "")
    made.work.git("switch", "--quiet", "--force-create", "topic")
    made.step(xml=report % "<failure/>")
    made.step(xml="<!DOCTYPE x><x/>")
    secret = tmp_path / "secret.xml"
    secret.write_text(report % "<error/>")
    made.step(xml=report % "")
    configured(
        mkit,
        "unit junit=out/*.xml mkdir out; cp xml out/r.xml; ln -s " + f"{secret} out/s.xml",
    )
    found = made.test(mkit, code=1)
    assert verdicts(found, "unit") == ["failed", "passed", "passed"]
    first, second, _ = of(found, "unit")["results"]
    assert first["tests"] == {"pass": 1, "fail": 1, "skip": 0}
    assert second["not_run"] == ["a", "b"]
    assert any("a report is no JUnit's" in one for one in found["problems"])


def test_no_process_of_a_test_is_anybodys_shell(mkit: Mkit, made: Range) -> None:
    """What only looks into a work tree is not killed."""
    made.steps(1)
    configured(mkit, "build true")
    made.test(mkit)
    (tree,) = (mkit.home / "testing").glob("*/trees/0")
    looking = subprocess.Popen(["cat"], cwd=tree, stdin=subprocess.PIPE)
    made.steps(1)
    made.test(mkit)
    assert looking.poll() is None
    looking.communicate(timeout=10)
    assert looking.returncode == 0


def test_a_repository_cannot_make_mkit_run_its_modules(
    mkit: Mkit, made: Range, tmp_path: Path
) -> None:
    trap = f'open("{tmp_path}/sprung", "w")\n'
    names = ("json", "resource", "select", "ctypes", "maintainer_kit")
    made.step(**{f"{name}__py": trap for name in names})
    configured(mkit, "build true")
    words = " ".join(mkit.argv("test", "master..topic"))
    safe = words.replace(" -m ", " -P -m ", 1)
    done = mkit.program(["sh", "-c", f"cd {made.work.path} && {safe}"])
    assert done.code == 0, done
    assert not (tmp_path / "sprung").exists()


def test_half_a_repository_of_ours_is_made_anew(mkit: Mkit, made: Range) -> None:
    made.steps(1)
    configured(mkit, "build true")
    made.test(mkit)
    (ours,) = (mkit.home / "testing").glob("*/repository")
    for one in ("HEAD", "objects/info/alternates"):
        (ours / one).unlink()
        made.steps(1)
        assert made.test(mkit)["ran"] == 1
