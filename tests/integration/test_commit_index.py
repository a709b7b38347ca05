# SPDX-License-Identifier: GPL-2.0-or-later
"""The index of commits over real repositories: as they grow, and bad ones."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from maintainer_kit.adapters.commits import schema as commit_index_schema
from maintainer_kit.adapters.commits.index import SqliteCommitIndex
from maintainer_kit.adapters.commits.update import Followed, Updated, update_index
from maintainer_kit.adapters.git.prints import read_prints
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.matching.prints import CommitPrint
from maintainer_kit.model.patch.patch_id import patch_id
from tests.integration.repositories import Work
from tests.integration.test_git_log import CONFIG
from tests.integration.test_patch_id import git

ROOT = Path(__file__).parents[2]
BO = "Bo Builder <bo@shale.example> <ada@quarry.example>\n"


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work(tmp_path / "work")


@pytest.fixture
def index(tmp_path: Path) -> Iterator[SqliteCommitIndex]:
    made = SqliteCommitIndex(tmp_path / "commits.sqlite")
    yield made
    made.close()


def follow(work: Work, *refs: str) -> list[Followed]:
    return [Followed(work.path, ref, f"role of {ref}") for ref in refs or ("master",)]


def update(index: SqliteCommitIndex, work: Work, *refs: str) -> Updated:
    return update_index(index, follow(work, *refs))


def refs_of(index: SqliteCommitIndex, commit: str) -> list[str]:
    return [ref.name for ref in index.refs_of([commit]).get(commit, ())]


def one(index: SqliteCommitIndex, commit: str) -> CommitPrint:
    return index.commits([commit])[commit]


def named(index: SqliteCommitIndex, lines: Collection[int]) -> dict[int, list[str]]:
    """The ids of the commits that change each line."""
    found = index.by_line(lines, 100)
    names = index.names({number for some in found.values() for number in some})
    return {line: sorted(names[number] for number in some) for line, some in found.items()}


def text(*words: str) -> str:
    return "".join(f"a line that says {word}\n" for word in words)


def test_a_commit_as_git_has_it(work: Work, index: SqliteCommitIndex) -> None:
    first = work.commit("Lumen 6.0\n", a__c=text("one"))
    message = (
        "Pebble:  change\n\nWhy.\n\nMessage-ID: <a@quarry.example>\n"
        "Link: https://lore.kernel.org/r/talk@quarry.example\n"
        f"This reverts commit {first[:12]}.\n"
    )
    second = work.commit(message, a__c=text("one", "two"))
    updated = update(index, work)
    assert (updated.commits, updated.problems) == (2, [])
    found = one(index, second)
    assert found.print.author == "ada@quarry.example"
    assert found.print.subject == "pebble: change"
    assert found.print.date == int(work.git("log", "-1", "--format=%ct"))
    assert found.print.paths == ("a.c",)
    diff = work.diff(first, second)
    assert (
        found.print.patch_id
        == git(work.path, "patch-id", "--stable", data=diff).split()[0].decode()
    )
    assert found.message_ids == ("a@quarry.example",)
    assert found.linked == ("talk@quarry.example",)
    assert index.reverted_by([first]) == {first: [second]}
    assert named(index, found.print.lines) == {line: [second] for line in found.print.lines}
    assert len(found.print.lines) == 1
    (ref,) = index.refs()
    assert (ref.name, ref.role, ref.tip) == ("refs/heads/master", "role of master", second)
    assert ref.place == str(work.path / ".git")
    assert index.size() > 0


def test_only_what_is_new_is_read(work: Work, index: SqliteCommitIndex) -> None:
    for at in range(5):
        work.commit(f"c{at}\n", a__c=text(str(at)))
    asked: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        asked.append((done, total))

    assert update_index(index, follow(work), progress=progress).commits == 5
    assert update_index(index, follow(work), progress=progress).commits == 0
    newest = work.commit("c5\n", a__c=text("5"))
    assert update_index(index, follow(work), progress=progress).commits == 1
    assert asked == [(5, 5), (1, 1)]
    assert refs_of(index, newest) == ["refs/heads/master"]
    assert index.by_line(one(index, newest).print.lines, 10)


def test_what_two_repositories_share_is_kept_once(
    work: Work, index: SqliteCommitIndex, tmp_path: Path
) -> None:
    shared = work.commit("shared\n", a__c=text("one"))
    other = Work(tmp_path / "other")
    other.git("fetch", "--quiet", str(work.path), "master")
    other.git("reset", "--quiet", "--hard", "FETCH_HEAD")
    theirs = other.commit("theirs\n", b__c=text("two"))
    followed = [*follow(work), Followed(other.path, "master", "next")]
    assert update_index(index, followed).commits == 2
    assert index.count() == 2
    assert [ref.role for ref in index.refs_of([shared])[shared]] == ["role of master", "next"]
    assert [ref.role for ref in index.refs_of([theirs])[theirs]] == ["next"]


def test_a_forced_update_takes_commits_out_of_the_ref(work: Work, index: SqliteCommitIndex) -> None:
    base = work.commit("base\n", a__c=text("one"))
    old = work.commit("old\n", a__c=text("one", "old"))
    update(index, work)
    work.git("reset", "--quiet", "--hard", base)
    new = work.commit("new\n", a__c=text("one", "new"))
    update(index, work)
    assert refs_of(index, base) == refs_of(index, new) == ["refs/heads/master"]
    assert refs_of(index, old) == []
    assert one(index, old).print.subject == "old"


def test_the_old_tip_may_be_gone_for_good(work: Work, index: SqliteCommitIndex) -> None:
    base = work.commit("base\n", a__c=text("one"))
    old = work.commit("old\n", a__c=text("one", "old"))
    update(index, work)
    work.git("reset", "--quiet", "--hard", base)
    new = work.commit("new\n", a__c=text("one", "new"))
    work.git("reflog", "expire", "--expire=now", "--all")
    work.git("gc", "--quiet", "--prune=now")
    updated = update(index, work)
    assert (updated.commits, updated.problems) == (1, [])
    assert [refs_of(index, one) for one in (base, new)] == [["refs/heads/master"]] * 2
    assert refs_of(index, old) == []


def test_a_ref_that_is_gone_holds_nothing(work: Work, index: SqliteCommitIndex) -> None:
    base = work.commit("base\n", a__c=text("one"))
    work.git("branch", "topic")
    update(index, work, "master", "topic")
    assert refs_of(index, base) == ["refs/heads/master", "refs/heads/topic"]
    work.git("branch", "-D", "topic")
    new = work.commit("new\n", a__c=text("one", "new"))
    updated = update(index, work, "topic", "master")
    assert updated.problems == [f"{work.path} has no ref topic"]
    assert refs_of(index, base) == refs_of(index, new) == ["refs/heads/master"]


def test_names_of_refs(work: Work, index: SqliteCommitIndex) -> None:
    first = work.commit("first\n")
    work.git("tag", "-a", "v1", "-m", "tag")
    second = work.commit("second\n")
    work.git("update-ref", "refs/remotes/origin/next", second)
    names = ("HEAD", "v1", "origin/next", "refs/heads/master", "heads/master")
    for hostile in ("--all", "-p", "a b", "", "x\n", "master~1", first, "\0"):
        updated = update(index, work, hostile)
        assert len(updated.problems) == 1
        assert "\n" not in updated.problems[0]
    assert not index.refs()
    assert update(index, work, *names).problems == []
    assert sorted((ref.name, ref.tip) for ref in index.refs()) == [
        ("refs/heads/master", second),
        ("refs/remotes/origin/next", second),
        ("refs/tags/v1", first),
    ]
    work.git("checkout", "--quiet", "--detach", first)
    update(index, work, "HEAD")
    assert ("HEAD", first) in [(ref.name, ref.tip) for ref in index.refs()]


def test_another_work_tree_is_the_same_repository(
    work: Work, index: SqliteCommitIndex, tmp_path: Path
) -> None:
    first = work.commit("first\n", a__c=text("one"))
    update(index, work)
    work.git("worktree", "add", "--quiet", "-b", "topic", str(tmp_path / "linked"))
    updated = update_index(index, [Followed(tmp_path / "linked", "master", "next")])
    assert (updated.commits, updated.problems) == (0, [])
    assert [(ref.name, ref.role) for ref in index.refs_of([first])[first]] == [
        ("refs/heads/master", "next")
    ]


def test_what_is_no_repository_stops_nobody(
    work: Work, index: SqliteCommitIndex, tmp_path: Path
) -> None:
    work.commit("first\n", a__c=text("one"))
    bad = [Followed(tmp_path, "master"), Followed(tmp_path / "nowhere", "master")]
    empty = Work(tmp_path / "empty")
    updated = update_index(index, [*bad, *follow(empty), *follow(work)])
    assert updated.commits == 1
    assert updated.problems == [
        f"{tmp_path} is no git repository",
        f"{tmp_path / 'nowhere'} is no git repository",
        f"{empty.path} has no ref master",
    ]


def test_nothing_is_written_into_the_repository(work: Work, index: SqliteCommitIndex) -> None:
    work.commit("first\n", a__c=text("one"))
    work.write("a.c", "touched\n")
    before = work.fingerprint()
    update(index, work)
    assert work.fingerprint() == before


def test_merges_and_empty_commits_have_no_lines(work: Work, index: SqliteCommitIndex) -> None:
    work.commit("base\n", a__c=text("one"))
    work.git("checkout", "--quiet", "-b", "side")
    work.commit("side\n", b__c=text("two"))
    work.git("checkout", "--quiet", "master")
    work.commit("main\n", c__c=text("three"))
    work.git("merge", "--quiet", "-m", "Merge side\n\nMessage-ID: <pull@quarry.example>", "side")
    merge = work.git("rev-parse", "HEAD")
    empty = work.commit("empty\n")
    work.write("a.c", text("one")).chmod(0o755)
    mode = work.commit("mode only\n")
    binary = work.commit("binary\n", x__bin=b"\0\1\2" * 100)
    assert update(index, work).commits == 7
    for commit in (merge, empty, mode, binary):
        found = one(index, commit).print
        assert (found.patch_id, found.lines_hash, found.lines) == ("", "", ())
    assert one(index, mode).print.paths == ("a.c",)
    assert one(index, binary).print.paths == ("x.bin",)
    assert index.by_message_id(["pull@quarry.example"]) == {"pull@quarry.example": [merge]}


def test_hostile_authors_subjects_and_paths(work: Work, index: SqliteCommitIndex) -> None:
    work.write('quo"te\n\t.c', text("one"))
    work.write(os.fsdecode(b"latin\xe9.c"), text("two"))
    work.git("add", "--all")
    tree = work.git("write-tree")
    raw = (
        f"tree {tree}\nauthor \x01\x02<<'; DROP TABLE entry <B\xf6@SHALE.example> {'9' * 20} +0\n"
        "committer \x01 <> 12 +0000\nencoding nonsense\n\n"
    ).encode("latin-1") + b"\x01\x02 diff --git a/x b/x\xff\n@@ -1 +1 @@\n\n\x01\xfe\n"
    made = git(work.path, "hash-object", "-t", "commit", "-w", "--stdin", "--literally", data=raw)
    commit = made.decode().strip()
    work.git("update-ref", "refs/heads/master", commit)
    updated = update(index, work)
    assert (updated.commits, updated.problems) == (1, [])
    found = one(index, commit).print
    assert found.date == 12
    assert found.author.endswith("@shale.example")
    assert len(found.lines) == 2
    assert 'quo"te\n\t.c' in found.paths
    found.subject.encode()
    found.author.encode()


def test_whatever_the_user_has_configured(work: Work, index: SqliteCommitIndex, home: Path) -> None:
    work.commit("first\n", a__c=text("one"))
    (home / ".gitconfig").write_text(CONFIG)
    second = work.commit("second\n", a__c=text("one", "two"))
    (work.path / ".gitattributes").write_text("*.c diff=mine\n")
    work.git("config", "diff.mine.textconv", "tr a b <")
    update(index, work)
    diff = git(work.path, "diff-tree", "-p", "-M", second).decode()
    assert one(index, second).print.patch_id == patch_id(diff)


def test_a_shallow_clone_and_what_it_gets_later(
    work: Work, index: SqliteCommitIndex, tmp_path: Path
) -> None:
    names = [work.commit(f"c{at}\n", a__c=text(*map(str, range(at)))) for at in range(6)]
    path = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth=3", work.path.as_uri(), str(path))
    followed = [Followed(path, "master", "mainline")]
    updated = update_index(index, followed)
    # The last one that is there seems to bring all files.
    assert (updated.commits, updated.problems) == (2, [])
    assert not index.commits(names[:4])
    git(path, "fetch", "--quiet", "--unshallow")
    work.git("branch", "other", names[4])
    git(path, "fetch", "--quiet", "origin", "other:refs/heads/other")
    assert update_index(index, [Followed(path, "other", "next")]).commits == 4
    assert update_index(index, followed).commits == 0
    both = ["refs/heads/master", "refs/heads/other"]
    assert all(refs_of(index, name) == both for name in names[:5])
    assert refs_of(index, names[5]) == both[:1]
    assert len(one(index, names[3]).print.lines) == 1


def partial(work: Work, path: Path, what: str) -> None:
    """A clone without some objects, which git would fetch when it needs them."""
    work.git("config", "uploadpack.allowFilter", "true")
    source = work.path.as_uri()
    options = ("--no-checkout", f"--filter={what}")
    git(path.parent, "clone", "--quiet", *options, source, str(path))


def objects(path: Path) -> list[str]:
    return sorted(str(one) for one in (path / ".git/objects").rglob("*") if one.is_file())


@pytest.mark.parametrize("what", ["blob:none", "tree:0"])
def test_a_partial_clone_is_read_as_far_as_it_goes_and_fetches_nothing(
    work: Work, index: SqliteCommitIndex, tmp_path: Path, what: str
) -> None:
    names = [
        work.commit(f"c{at}\n\nMessage-ID: <{at}@x>\n", a__c=text(*map(str, range(at))))
        for at in range(30)
    ]
    path = tmp_path / "clone"
    partial(work, path, what)
    before = objects(path)
    updated = update_index(index, [Followed(path, "master")])
    assert objects(path) == before
    assert updated.commits == 30
    (problem,) = updated.problems
    assert (
        problem
        == f"{path}: objects are missing, {len(index.lacking())} commits were read without diffs"
    )
    assert index.by_message_id(["29@x"]) == {"29@x": [names[29]]}
    found = one(index, names[29]).print
    assert (found.subject, found.patch_id, found.lines) == ("c29", "", ())
    # When they are there, the commits are read again.
    git(path, "-c", "remote.origin.promisor=false", "fetch", "--quiet", "--refetch", "--no-filter")
    updated = update_index(index, [Followed(path, "master")], again=True)
    assert (index.count(), updated.problems, index.lacking()) == (30, [], [])
    found = one(index, names[29]).print
    assert named(index, found.lines) == {line: [names[29]] for line in found.lines}
    assert refs_of(index, names[29]) == ["refs/heads/master"]


def test_one_missing_object_costs_its_commits_only(work: Work, index: SqliteCommitIndex) -> None:
    names = [work.commit(f"c{at}\n", **{f"f{at}__c": text(str(at))}) for at in range(9)]
    blob = work.git("rev-parse", f"{names[4]}:f4.c")
    (work.path / ".git/objects" / blob[:2] / blob[2:]).unlink()
    updated = update(index, work)
    assert updated.commits == 9
    assert "1 commits were read without diffs" in updated.problems[0]
    assert index.lacking() == [names[4]]
    assert all(one(index, name).print.patch_id for name in names if name != names[4])


def test_a_missing_commit_stops_its_repository_only(
    work: Work, index: SqliteCommitIndex, tmp_path: Path
) -> None:
    names = [work.commit(f"c{at}\n") for at in range(3)]
    (work.path / ".git/objects" / names[0][:2] / names[0][2:]).unlink()
    other = Work(tmp_path / "other")
    other.commit("fine\n")
    updated = update_index(index, [*follow(work), *follow(other)])
    assert updated.commits == 1
    (problem,) = updated.problems
    assert str(work.path) in problem
    assert [ref.place for ref in index.refs()] == [str(other.path / ".git")]


def test_a_huge_diff_is_bounded_and_proves_nothing(work: Work) -> None:
    before = work.commit("base\n", a__c=text("one"))
    most = 1 << 20
    huge = work.commit(
        "huge\n", b__c="".join(f"a long line, number {at}\n" for at in range(400_000))
    )
    after = work.commit("after\n", a__c=text("one", "two"))
    wide = work.commit("wide\n", c__c="x" * (4 * most))
    tracemalloc.start()
    found = list(read_prints(Git(work.path), [before, huge, after, wide], most=most))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [one.print.commit for one in found] == [before, huge, after, wide]
    print_of = found[1].print.print
    assert (print_of.patch_id, print_of.lines_hash) == ("", "")
    assert 0 < len(print_of.lines) <= 10_000
    assert print_of.paths == ("b.c",)
    assert found[2].print.print.patch_id
    assert found[3].print.print.patch_id == ""
    assert peak < 40 * most


def test_a_huge_message_is_bounded(work: Work) -> None:
    first = work.commit("base\n", a__c=text("one"))
    long = work.commit("long\n\n" + "word " * (1 << 20), a__c=text("one", "two"))
    found = list(read_prints(Git(work.path), [first, long, first], most=1 << 20))
    assert [one.print.commit for one in found] == [first, long, first]
    assert found[1].print.print.subject == "long"
    assert found[1].print.print.patch_id == ""


def test_notes_name_the_mail(work: Work, index: SqliteCommitIndex) -> None:
    names = [work.commit(f"c{at}\n\nMessage-ID: <own{at}@x>\n") for at in range(3)]

    def note(commit: str, text: str) -> None:
        work.git("notes", "--ref=amlog", "add", "--force", "-m", text, commit)

    note(names[0], "Message-Id: <zero@x>")
    note(names[0] + "^{tree}", "Message-Id: <tree@x>")
    work.git("update-ref", "refs/heads/early", names[1])
    update(index, work, "early")
    assert index.by_message_id(["zero@x", "own0@x", "tree@x"]) == {
        "zero@x": [names[0]],
        "own0@x": [names[0]],
    }
    assert one(index, names[0]).message_ids == ("own0@x", "zero@x")
    # Notes come later than commits, and commits later than notes.
    note(names[1], "Message-Id: <one@x>\nMessage-Id: <own1@x>\n")
    note(names[2], "Message-Id: <two@x>")
    update(index, work, "early")
    assert one(index, names[1]).message_ids == ("own1@x", "one@x")
    assert index.by_message_id(["two@x"]) == {}
    update(index, work, "early", "master")
    assert index.by_message_id(["two@x"]) == {"two@x": [names[2]]}


def test_another_mailmap_names_all_authors_anew(work: Work, index: SqliteCommitIndex) -> None:
    first = work.commit("first\n")
    update(index, work)
    assert index.near("ada@quarry.example", 0, 2**40) == [first]
    second = work.commit("second\n")
    update_index(index, follow(work), BO)
    assert index.near("ada@quarry.example", 0, 2**40) == []
    assert sorted(index.near("bo@shale.example", 0, 2**40)) == sorted([first, second])
    assert one(index, first).print.author_name == one(index, second).print.author_name
    update_index(index, follow(work), "")
    assert len(index.near("ada@quarry.example", 0, 2**40)) == 2


def test_a_damaged_file_or_one_of_another_version_is_begun_anew(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.commit("first\n", a__c=text("one"))
    path = tmp_path / "x.sqlite"
    path.write_bytes(b"no database at all " * 1000)
    for version in (commit_index_schema.VERSION, 99, 100):
        monkeypatch.setattr(commit_index_schema, "VERSION", version)
        index = SqliteCommitIndex(path)
        assert index.count() == 0
        assert update(index, work).commits == 1
        index.close()


_KILLED = """
import os, signal, sys
from pathlib import Path
from maintainer_kit.adapters.commits import update as commit_index_update
from maintainer_kit.adapters.commits.index import SqliteCommitIndex
left = int(sys.argv[3])
def trace(statement):
    global left
    left -= statement.startswith(("BEGIN", "COMMIT", "INSERT INTO line"))
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
commit_index_update._PORTION = 4
index = SqliteCommitIndex(Path(sys.argv[1]))
index.db.set_trace_callback(trace)
commit_index_update.update_index(
    index, [commit_index_update.Followed(Path(sys.argv[2]), "master", "mainline")]
)
"""


def dump(index: SqliteCommitIndex, names: list[str]) -> tuple[object, ...]:
    commits = index.commits(names)
    lines = {line for one in commits.values() for line in one.print.lines}
    found = named(index, lines)
    refs = {name: [one.name for one in some] for name, some in index.refs_of(names).items()}
    return dict(commits), found, refs, index.rarity(lines), index.count()


@pytest.mark.slow
def test_killed_before_any_write_it_goes_on(work: Work, tmp_path: Path) -> None:
    for at in range(10):
        work.commit(f"c{at}\n\nMessage-ID: <{at}@x>\n", a__c=text(*map(str, range(at))))
    names = work.git("rev-list", "master").split()
    whole = SqliteCommitIndex(tmp_path / "whole.sqlite")
    update(whole, work)
    expected = dump(whole, names)
    whole.close()
    path, env = tmp_path / "killed.sqlite", {**os.environ, "PYTHONPATH": str(ROOT)}
    kills = 0
    for left in range(40):
        for suffix in ("", "-wal", "-shm"):
            Path(f"{path}{suffix}").unlink(missing_ok=True)
        argv = [sys.executable, "-c", _KILLED, str(path), str(work.path), str(left)]
        done = subprocess.run(argv, env=env, timeout=60, capture_output=True)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
        kills += 1
        index = SqliteCommitIndex(path)
        assert update(index, work).problems == []
        assert dump(index, names) == expected
        index.close()
    else:
        pytest.fail("it never came to its end")
    assert kills > 10


def test_two_at_once_leave_one_index(work: Work, tmp_path: Path) -> None:
    for at in range(30):
        work.commit(f"c{at}\n", a__c=text(*map(str, range(at))))
    path = tmp_path / "both.sqlite"
    script = _KILLED.replace("left -=", "left -= 0 *")
    argv = [sys.executable, "-c", script, str(path), str(work.path), "1"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = [
        subprocess.Popen(argv, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    for one in running:
        _, words = one.communicate(timeout=60)
        assert one.returncode == 0, words.decode()
    whole, both = SqliteCommitIndex(tmp_path / "whole.sqlite"), SqliteCommitIndex(path)
    update(whole, work)
    names = work.git("rev-list", "master").split()
    assert dump(both, names) == dump(whole, names)
    whole.close()
    both.close()
