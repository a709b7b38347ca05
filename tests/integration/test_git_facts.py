# SPDX-License-Identifier: GPL-2.0-or-later
"""What a repository is asked, over real repositories of all sorts, and bad ones."""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha1
from pathlib import Path

import pytest

from maintainer_kit.adapters.git.checking.ancestry import Ancestry
from maintainer_kit.adapters.git.checking.facts import GitFacts
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.checks.context import AmbiguousName, Repository
from maintainer_kit.errors import RepositoryError
from tests.integration.repositories import Work, shim
from tests.integration.test_patch_id import git

LINES = "".join(f"line {at}\n" for at in range(1, 31))
HOSTILE = ("", "abc", "HEAD", "master", "--help", "-1", "a b", "deadbeef\nHEAD", "deadbeef^{tree}",
           "\0" * 8, "g1234567", "0" * 65)  # fmt: skip


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """Three commits: one file, a change in its middle, another file."""
    made = Work(tmp_path / "work")
    made.commit("pebble: add a file\n\nBody.\n", a__c=LINES)
    made.commit("pebble: change\nline ten\n\nBody.\n", a__c=LINES.replace("line 10\n", "ten\n"))
    made.write("sub/b.c", "b\n")
    made.commit("wick: add b\n")
    return made


@pytest.fixture
def facts(work: Work) -> Iterator[GitFacts]:
    with GitFacts(work.path) as made:
        yield made


def ids(work: Work) -> list[str]:
    return work.git("rev-list", "--reverse", "HEAD").split()


def test_it_is_what_rules_ask(facts: GitFacts) -> None:
    asked: Repository = facts
    assert asked.base


def test_a_commit_by_its_abbreviated_id(work: Work, facts: GitFacts) -> None:
    _, second, _ = ids(work)
    known = facts.commit(second[:12])
    assert known is not None
    assert known.commit == second
    assert known.title == work.git("log", "-1", "--format=%s", second) == "pebble: change line ten"
    assert known.date == int(work.git("log", "-1", "--format=%ct", second))
    assert facts.commit(second.upper()) == known
    assert facts.commit("0" * 40) is None
    assert facts.commit(work.git("rev-parse", "HEAD:a.c")) is None


@pytest.mark.parametrize("name", HOSTILE)
def test_only_hexadecimal_names_are_asked_for(facts: GitFacts, name: str) -> None:
    assert facts.commit(name) is None
    assert not facts.has_object(name)
    assert not facts.is_ancestor(name, facts.base)


def test_a_branch_does_not_hide_a_commit(work: Work, facts: GitFacts) -> None:
    first, second, _ = ids(work)
    work.git("branch", second[:7], first)
    known = facts.commit(second[:7])
    assert known is not None
    assert known.commit == second
    work.git("branch", "deadbee", first)
    assert facts.commit("deadbee") is None
    assert not facts.has_object("deadbee")


def many(path: Path, count: int) -> Work:
    """A chain of empty commits."""
    work = Work(path)
    stream = b"".join(
        b"commit refs/heads/master\ncommitter A <a@x.example> %d +0000\ndata 4\nc%03d"
        b"\n" % (at, at % 1000)
        for at in range(count)
    )
    work.git("fast-import", "--quiet", data=stream)
    return work


def test_an_ambiguous_name(tmp_path: Path) -> None:
    work = many(tmp_path / "many", 1500)
    names = work.git("rev-list", "master").split()
    starts: dict[str, int] = {}
    for one in names:
        starts[one[:4]] = starts.get(one[:4], 0) + 1
    shared = next(one for one, count in starts.items() if count > 1)
    with GitFacts(work.path) as facts:
        with pytest.raises(AmbiguousName):
            facts.commit(shared)
        assert facts.has_object(shared)
        assert not facts.is_ancestor(shared, facts.base)


def test_of_a_commit_and_a_blob_the_commit_is_meant(tmp_path: Path) -> None:
    work = many(tmp_path / "many", 300)
    starts = {one[:4]: one for one in work.git("rev-list", "master").split()}
    for at in range(5000):
        text = f"{at}\n".encode()
        blob = (
            git(work.path, "hash-object", "--stdin", data=text).decode()
            if at < 0
            else blob_id(text)
        )
        if blob[:4] in starts:
            work.git("hash-object", "-w", "--stdin", data=text)
            break
    with GitFacts(work.path) as facts:
        known = facts.commit(blob[:4])
    assert known is not None
    assert known.commit == starts[blob[:4]]


def blob_id(data: bytes) -> str:
    return sha1(b"blob %d\0" % len(data) + data).hexdigest()


def test_ancestors(work: Work, facts: GitFacts) -> None:
    first, second, third = ids(work)
    assert facts.base == third
    work.git("checkout", "--quiet", "-b", "side", first)
    side = work.commit("side: something\n", c__c="c\n")
    for older, newer, expected in (
        (first, third, True),
        (third, third, True),
        (third, first, False),
        (side, third, False),
        (side[:8], third[:8], False),
        (second[:8], third[:8], True),
        (first, side, True),
        ("0" * 40, third, False),
    ):
        assert facts.is_ancestor(older, newer) is expected
    for at, older in enumerate((first, second, third, side) * 3):
        newer = (third, side, second, first)[at % 4]
        told = git(work.path, "merge-base", older, newer).decode().strip()
        assert facts.is_ancestor(older, newer) is (told == older)


def test_ancestors_as_git_has_them_in_a_tangled_history(tmp_path: Path) -> None:
    """Branches and merges, by clocks that are wrong by days."""
    work = Work(tmp_path / "tangled")
    dice = random.Random(5)
    tree = work.git("mktree")
    names: list[str] = []
    for at in range(60):
        parents = dice.sample(names[-8:], min(len(names), dice.choice((0, 1, 1, 1, 2, 2, 3))))
        date = 1_700_000_000 + at * 40_000 + dice.randrange(-300_000, 300_000)
        raw = "".join(f"parent {one}\n" for one in parents)
        who = f"A <a@x.example> {date} +0000"
        text = f"tree {tree}\n{raw}author {who}\ncommitter {who}\n\nc{at}\n"
        argv = ("hash-object", "-t", "commit", "-w", "--stdin")
        names.append(work.git(*argv, data=text.encode()))
    below = {one: set(work.git("rev-list", one).split()) for one in names}
    for base in (names[20], names[40], names[59]):
        with GitFacts(work.path, base) as facts:
            for _ in range(150):
                older, newer = dice.choice(names), dice.choice(names)
                assert facts.is_ancestor(older, newer) is (older in below[newer])


def test_a_range_is_walked_without_a_process_a_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = many(tmp_path / "many", 1000)
    names = work.git("rev-list", "master").split()
    log = tmp_path / "log"
    monkeypatch.setenv("PATH", shim(tmp_path / "bin", "", f'echo "$*" >>{log}'))
    with GitFacts(work.path, names[500]) as facts:
        for at in range(499, -1, -1):
            assert facts.is_ancestor(names[500 + at], names[at])
            assert facts.is_ancestor(names[at + 3], names[at])
    assert len(log.read_text().splitlines()) == 2


def test_a_long_history_is_read_as_far_as_needed(tmp_path: Path) -> None:
    work = many(tmp_path / "many", 9000)
    names = work.git("rev-list", "master").split()
    tree = work.git("rev-parse", "master^{tree}")
    orphan = work.git("commit-tree", tree, "-m", "orphan")
    history = Ancestry(Git(work.path), names[0], at_once=1)
    try:
        # The first is in what git writes at once, the next are asked for singly.
        assert history.has(names[10])
        assert history.has(names[-1])
        assert not history.has(orphan)
        assert not history.has(orphan)
        assert all(history.has(one) for one in names[::500])
    finally:
        history.close()


def test_titles_of_paths(work: Work, facts: GitFacts) -> None:
    assert facts.titles(["a.c"], 10) == ("pebble: change line ten", "pebble: add a file")
    assert facts.titles(["a.c", "sub/b.c"], 1) == ("wick: add b",)
    assert facts.titles([":(glob)**"], 10) == ()
    assert facts.titles(["no\nfile", "--all", ""], 10) == ()
    with GitFacts(work.path / "sub") as below:
        assert below.titles(["sub/b.c"], 10) == ("wick: add b",)


def test_titles_are_the_same_for_whoever_asks_often(work: Work, facts: GitFacts) -> None:
    for at in range(10):
        assert facts.titles([f"no-{at}"], 10) == ()
    assert facts.titles(["a.c"], 10) == ("pebble: change line ten", "pebble: add a file")
    assert facts.titles(["a.c", "sub/b.c"], 1) == ("wick: add b",)
    assert facts.titles(["sub"], 10) == facts.titles(["sub/"], 10) == ("wick: add b",)
    assert facts.titles([":(glob)**"], 10) == ()
    assert facts.titles(["no\nfile", "--all", ""], 10) == ()


def test_authors_of_lines(work: Work, facts: GitFacts) -> None:
    first, second, _ = ids(work)
    assert facts.authors_of_lines("a.c", [10]) == {second: "pebble: change line ten"}
    assert facts.authors_of_lines("a.c", [1, 2, 30]) == {first: "pebble: add a file"}
    assert set(facts.authors_of_lines("a.c", range(9, 12))) == {first, second}
    assert facts.authors_of_lines("a.c", [31, 0, -1, 10**9]) == {}
    assert facts.authors_of_lines("no.c", [1]) == {}
    odd = work.commit("pebble: odd lines\n", odd__c="a\x0cb\r\x0bc\u2028d\nlast")
    with GitFacts(work.path) as newer:
        assert newer.authors_of_lines("odd.c", range(1, 9)) == {odd: "pebble: odd lines"}
    assert facts.authors_of_lines("--contents=a.c", [1]) == {}
    with GitFacts(work.path / "sub") as below:
        assert set(below.authors_of_lines("a.c", [10])) == {second}


def test_files_of_the_base(work: Work, facts: GitFacts) -> None:
    work.commit("pebble: odd names\n", latin__txt=b"caf\xe9\n")
    assert facts.read_file("a.c") == LINES.replace("line 10\n", "ten\n")
    assert facts.read_file("latin.txt") == "caf\ufffd\n"
    for name in ("sub", "no.c", "", "../a.c", "./a.c", "/a.c", "a.c\nHEAD:a.c", "a.c\0"):
        assert facts.read_file(name) is None
    work.write("MAINTAINERS", "the work tree's\n")
    assert facts.project_file("MAINTAINERS") == "the work tree's\n"
    assert facts.has_path("sub/b.c")
    assert not facts.has_path("sub/c.c")
    os.mkfifo(work.path / "pipe")
    assert facts.project_file("pipe") is None
    assert facts.project_file("sub") is None
    assert facts.project_file("no\0") is None


def test_patches_that_apply_and_do_not(work: Work, facts: GitFacts) -> None:
    first, second, third = ids(work)
    one, two = work.diff(first, second), work.diff(second, third)
    before = work.fingerprint()
    assert facts.apply_problem([one, two], first) == ""
    assert facts.apply_problem([b"Text above.\n---\n" + one + b"-- \n2.39.5\n"], first) == ""
    assert facts.apply_problem([one, one], first) == "patch 2 of 2: it is there already"
    assert facts.apply_problem([one, b"no diff\n"], first).startswith("patch 2 of 2: No valid")
    other = one.replace(b" line 9\n", b" other 9\n").replace(b"-line 10", b"-other 10")
    assert facts.apply_problem([other], first) == "a.c:7 is not as the patch expects it"
    assert "sub/b.c" in facts.apply_problem([two], third)
    assert facts.apply_problem([b"no diff at all\n"], first).startswith("No valid patches")
    escape = one.replace(b"a.c", b"../../escape.c")
    assert facts.apply_problem([escape], first) != ""
    assert facts.apply_problem([one], "0" * 40).endswith("is not in this repository")
    assert facts.apply_problem([one], "--help").endswith("is not in this repository")
    assert work.fingerprint() == before


def test_a_patch_is_tried_from_any_folder_and_in_any_sort_of_repository(
    work: Work, tmp_path: Path
) -> None:
    first, second, _ = ids(work)
    one = work.diff(first, second)
    bare, linked = tmp_path / 'ba"r:e.git', tmp_path / "linked"
    git(tmp_path, "clone", "--quiet", "--bare", str(work.path), str(bare))
    work.git("worktree", "add", "--quiet", str(linked), "-b", "other", first)
    for path in (work.path / "sub", bare, linked):
        with GitFacts(path) as facts:
            assert facts.apply_problem([one], first) == ""
            assert facts.read_file("a.c")
            known = facts.commit(first)
            assert known is not None
    with GitFacts(linked) as facts:
        assert (facts.base, facts.branch) == (first, "other")
        assert facts.layout.top == linked
    with GitFacts(bare) as facts:
        assert facts.layout.top is None
        assert facts.has_path("sub/b.c")
        assert not facts.has_path("no")


def test_a_three_way_merge_is_tried(work: Work, facts: GitFacts) -> None:
    first, second, _ = ids(work)
    one = work.diff(first, second)
    # The context of the patch has changed since, but the blobs that it names are here.
    work.git("checkout", "--quiet", "-b", "other", first)
    around = work.commit("pebble: around\n", a__c=LINES.replace("line 8\n", "eight\n"))
    assert git(work.path, "apply", "--check", "-", data=one, code=1) == b""
    assert facts.apply_problem([one], around) == ""


def test_nothing_is_left_and_no_hook_runs(
    work: Work, facts: GitFacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "t"))
    (tmp_path / "t").mkdir()
    for name in ("post-index-change", "applypatch-msg", "pre-applypatch", "reference-transaction"):
        work.hook(name, f"touch {tmp_path}/hook-ran")
    first, second, _ = ids(work)
    assert facts.apply_problem([work.diff(first, second)], first) == ""
    assert list((tmp_path / "t").iterdir()) == []
    assert not (tmp_path / "hook-ran").exists()


def test_sha256(tmp_path: Path) -> None:
    work = Work(tmp_path / "new", "--object-format=sha256")
    first = work.commit("pebble: add a file\n", a__c=LINES)
    second = work.commit("pebble: more\n", a__c=LINES + "more\n")
    with GitFacts(work.path) as facts:
        known = facts.commit(first[:12])
        assert known is not None
        assert known.commit == first
        assert facts.is_ancestor(first, second)
        assert set(facts.authors_of_lines("a.c", [31])) == {second}
        assert facts.apply_problem([work.diff(first, second)], first) == ""


def test_a_shallow_clone(work: Work, tmp_path: Path) -> None:
    first, _, third = ids(work)
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{work.path}", "shallow")
    with GitFacts(tmp_path / "shallow") as facts:
        assert facts.is_shallow
        assert facts.base == third
        assert facts.commit(first) is None
        assert not facts.is_ancestor(first, third)
    with GitFacts(work.path) as facts:
        assert not facts.is_shallow


def test_a_partial_clone_fetches_nothing(work: Work, tmp_path: Path) -> None:
    work.git("config", "uploadpack.allowFilter", "true")
    argv = ("--quiet", "--bare", "--filter=blob:none", f"file://{work.path}", "partial")
    git(tmp_path, "clone", *argv)
    packs = sorted((tmp_path / "partial/objects/pack").iterdir())
    with GitFacts(tmp_path / "partial") as facts:
        assert facts.commit(facts.base) is not None
        try:
            assert facts.read_file("a.c") is None
        except RepositoryError as error:
            assert "\n" not in error.message
        assert facts.is_ancestor(ids(work)[0], facts.base)
    assert sorted((tmp_path / "partial/objects/pack").iterdir()) == packs


def test_a_corrupt_object_is_one_line_and_the_rest_goes_on(work: Work) -> None:
    _, second, third = ids(work)
    orphan = work.git("commit-tree", f"{third}^{{tree}}", "-m", "orphan")
    bad = work.path / ".git/objects" / second[:2] / second[2:]
    bad.chmod(0o644)
    bad.write_bytes(b"nothing of the kind")
    with GitFacts(work.path) as facts:
        with pytest.raises(RepositoryError) as raised:
            facts.commit(second)
        assert "\n" not in raised.value.message
        assert second in raised.value.message
        known = facts.commit(third)
        assert known is not None
        assert known.title == "wick: add b"
        with pytest.raises(RepositoryError):
            facts.is_ancestor(orphan, third)


def test_no_repository_no_commit_no_base(tmp_path: Path) -> None:
    with GitFacts(tmp_path) as facts, pytest.raises(RepositoryError, match="no git repository"):
        assert facts.base
    with GitFacts(tmp_path / "none") as facts, pytest.raises(RepositoryError, match="no git repo"):
        assert facts.layout.top is None
    work = Work(tmp_path / "unborn")
    with GitFacts(work.path) as facts:
        assert facts.base == ""
        assert facts.read_file("a.c") is None
        assert facts.titles(["a.c"], 3) == ()
        assert facts.branch == "master"
    with GitFacts(work.path, "v9.9") as facts, pytest.raises(RepositoryError, match=r"v9\.9"):
        assert facts.base


def test_an_older_git(work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --batch-command (before 2.36)."""
    refuse = 'case "$*" in *--batch-command*) echo "error: unknown option" >&2; exit 129;; esac'
    monkeypatch.setenv("PATH", shim(tmp_path / "bin", "cat-file", refuse))
    with GitFacts(work.path) as facts:
        first, second, _ = ids(work)
        known = facts.commit(second[:12])
        assert known is not None
        assert known.commit == second
        assert facts.has_object(first)
        assert not facts.has_object("0" * 40)
        assert facts.read_file("sub/b.c") == "b\n"
        assert facts.read_file("no") is None


def test_a_git_that_dies(work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "PATH", shim(tmp_path / "bin", "cat-file", "read line; echo gone >&2; exit 3")
    )
    with GitFacts(work.path) as facts, pytest.raises(RepositoryError, match="cat-file: gone"):
        assert facts.base


def test_a_git_that_hangs(work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", shim(tmp_path / "bin", "cat-file", "exec sleep 100"))
    started = time.monotonic()
    with GitFacts(work.path, patience=0.3) as facts, pytest.raises(RepositoryError, match="silent"):
        assert facts.base
    assert time.monotonic() - started < 20


def test_opening_costs_nothing_and_closing_leaves_nothing(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", shim(tmp_path / "bin", "cat-file", f"echo $$ >>{tmp_path}/pids"))
    facts = GitFacts(work.path)
    assert not (tmp_path / "pids").exists()
    for one in ids(work):
        assert facts.commit(one) is not None
    assert facts.base
    (pid,) = (tmp_path / "pids").read_text().split()
    facts.close()
    assert not Path(f"/proc/{pid}").exists()
