# SPDX-License-Identifier: GPL-2.0-or-later
"""Commits read from the real git: whatever is in them, and whatever the user has configured."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

import pytest

from maintainer_kit.adapters.git.log import read_commits
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.range import (
    Range,
    count_commits,
    looks_like_range,
    read_range,
)
from maintainer_kit.checks.reading_commit import CommitRecord, patch_of_commit
from maintainer_kit.errors import RepositoryError
from maintainer_kit.model.patch.diff import parse_diff
from tests.integration.repositories import Work

MOST = 1 << 20
CONFIG = """
[core]
    quotePath = false
    pager = false
[color]
    ui = always
[diff]
    noprefix = true
    mnemonicPrefix = true
    external = false
    context = 0
    renames = false
    algorithm = patience
    suppressBlankEmpty = true
    orderFile = /nowhere
    relative = true
    submodule = log
[log]
    showSignature = true
    decorate = full
    date = relative
    showRoot = false
    diffMerges = separate
    follow = true
[format]
    pretty = oneline
    notes = true
[notes]
    displayRef = refs/notes/*
[i18n]
    logOutputEncoding = ISO-8859-1
[user]
    name = Ada
    email = ada@quarry.example
"""


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work(tmp_path / "work")


def read(work: Work, text: str) -> list[CommitRecord]:
    runner = Git(work.path)
    return list(read_commits(runner, read_range(runner, text)))


def test_a_commit_as_git_has_it(work: Work) -> None:
    first = work.commit("Lumen 6.0\n", a__c="one\n")
    second = work.commit("pebble: change\n\nWhy.\n\nLink: x\n", a__c="one\ntwo\n")
    one, two = read(work, "-2")
    assert (one.commit, two.commit) == (first, second)
    assert (one.parents, two.parents) == ((), (first,))
    assert str(two.author) == str(two.committer) == "Ada Author <ada@quarry.example>"
    assert two.date == int(work.git("log", "-1", "--format=%at"))
    assert two.message == "pebble: change\n\nWhy.\n\nLink: x\n"
    assert two.diff == work.diff(first, second).decode()
    assert "new file mode 100644" in one.diff
    patch = patch_of_commit(two)
    assert (patch.title, [one.path for one in patch.changes]) == ("pebble: change", ["a.c"])


def test_which_commits_are_meant(work: Work) -> None:
    names = [work.commit(f"c{at}\n", a__c=f"{at}\n") for at in range(5)]
    work.git("tag", "-a", "v1", names[1], "-m", "tag")

    def commits(text: str) -> list[str]:
        return [one.commit for one in read(work, text)]

    assert commits("v1..HEAD") == names[2:]
    assert commits("v1..") == names[2:]
    assert commits("..HEAD~1") == []
    assert commits("HEAD~3") == [names[1]] == commits("v1")
    assert commits("-2") == names[3:]
    assert commits("-99") == names
    assert commits(names[2][:8]) == [names[2]]
    runner = Git(work.path)
    assert read_range(runner, "-3").without_merges().revisions == (
        "-3",
        "--no-merges",
        names[-1],
        "--",
    )
    assert count_commits(runner, read_range(runner, "v1..")) == 3
    with pytest.raises(RepositoryError, match="no commit is in"):
        count_commits(runner, read_range(runner, "HEAD..v1"))


@pytest.mark.parametrize(
    "text", ["nowhere", "--all", "-p", "a...b", "-0", "HEAD..nowhere", "x\ny", "", "--output=x..y"]
)
def test_what_is_no_range_is_said_so(work: Work, text: str) -> None:
    work.commit("one\n")
    with pytest.raises(RepositoryError) as raised:
        read_range(Git(work.path), text)
    assert "\n" not in raised.value.message
    assert raised.value.hint
    assert not (work.path / "x").exists()


def test_ranges_are_told_from_files() -> None:
    assert all(looks_like_range(one) for one in ("-3", "a..b", "a..", "..b", "-12"))
    assert not any(
        looks_like_range(one) for one in ("0001-a.patch", "../a.patch", "-", "x", "a/../b")
    )


def test_no_repository_and_no_commit(tmp_path: Path, work: Work) -> None:
    with pytest.raises(RepositoryError, match="has no commit yet"):
        read_range(Git(work.path), "-1")
    with pytest.raises(RepositoryError, match="is no git repository"):
        read_range(Git(tmp_path), "HEAD")


def test_merges_come_with_their_parents_and_without_a_diff(work: Work) -> None:
    first = work.commit("one\n", a__c="1\n")
    work.git("checkout", "--quiet", "-b", "side")
    side = work.commit("side\n", b__c="2\n")
    work.git("checkout", "--quiet", "master")
    other = work.commit("other\n", c__c="3\n")
    work.git("merge", "--quiet", "--no-ff", "side", "-m", "Merge branch 'side'")
    found = read(work, f"{first}..")
    assert {one.commit for one in found[:2]} == {side, other}
    assert found[2].parents == (other, side)
    assert found[2].diff == ""
    assert found[2].message == "Merge branch 'side'\n"


def test_nothing_that_a_user_configures_shows(work: Work, home: Path) -> None:
    lines = "".join(f"{at}\n\n" for at in range(20))
    first = work.commit("Lumen 6.0\n", a__c=lines, dir___a__c=lines)
    work.git("mv", "a.c", "b.c")
    work.commit("pebble: move a \u0105\n", **{"\u0105.c": "x\n"})
    work.write(".gitattributes", "*.c diff=odd\n")
    work.git("config", "diff.odd.textconv", "echo converted")
    work.git("config", "diff.odd.command", "echo external")
    second = work.commit("pebble: change\n", b__c=lines.replace("7\n", "seven\n"))
    work.git("notes", "add", "-m", "a note", second)
    plain = read(work, "-3")
    (home / ".gitconfig").write_text(CONFIG)
    assert read(work, "-3") == plain
    assert [one.commit for one in plain][::2] == [first, second]
    assert "rename from a.c\nrename to b.c" in plain[1].diff
    assert '"b/\\304\\205.c"' in plain[1].diff
    assert "--- a/b.c\n+++ b/b.c\n@@ -12,7 +12,7 @@" in plain[2].diff
    assert " \n-7\n+seven\n \n" in plain[2].diff


def test_a_message_cannot_forge_a_record(work: Work) -> None:
    work.git("config", "commit.cleanup", "verbatim")
    mark = "\x01"
    message = f"title\n\n{mark}\n{mark}{'0' * 40}\n\ndiff --git a/x b/x\n"
    work.commit(message, a__c=b"text\n" * 3000 + b"\n\x01\0" + b"0" * 40 + b"\0\n\x01\0\n")
    work.write(".gitattributes", "* diff\n")
    content = b"more\n\x01\0" + b"0" * 40 + b"\0\0\0\0\n\x01\0x\n"
    work.commit("second\n", a__c=content)
    last = work.commit("third\n", b__c=content)
    found = read(work, "-3")
    assert [one.message for one in found] == [message, "second\n", "third\n"]
    assert found[-1].commit == last
    assert f"+\x01\0{'0' * 40}" in found[-1].diff


def test_text_of_other_encodings(work: Work) -> None:
    work.git("config", "i18n.commitEncoding", "ISO-8859-1")
    work.git("add", "--all")
    data = "pebble: caf\u00e9\n".encode("latin-1")
    work.git("commit", "--quiet", "--allow-empty", "--file=-", data=data)
    work.git("config", "--unset", "i18n.commitEncoding")
    head, tree = work.git("rev-parse", "HEAD", "HEAD^{tree}").split()
    raw = (
        f"tree {tree}\nparent {head}\nauthor A\udcff <a@x> zero +0000\n"
        "committer A <a@x> 1700000000 +0000\n\npebble: broken \udce9\n"
    ).encode("utf-8", "surrogateescape")
    broken = work.git("hash-object", "-t", "commit", "--literally", "-w", "--stdin", data=raw)
    work.git("reset", "--quiet", broken)
    work.commit("third\n", a__c=b"caf\xe9\n")
    found = read(work, "-3")
    assert found[0].message == "pebble: caf\u00e9\n"
    assert found[1].message == "pebble: broken \ufffd\n"
    assert found[2].diff.endswith("+caf\ufffd\n")
    assert (found[1].author.name, found[1].date) == ("A\ufffd", 0)
    for one in found:
        f"{one.author}{one.message}{one.diff}".encode()


def test_a_huge_diff_is_cut_and_the_rest_is_read(work: Work) -> None:
    line = b"x" * 99 + b"\n"
    count = 30 * MOST // 100
    work.commit("one huge hunk\n", a__c=line * count)
    work.commit(
        "many hunks\n", a__c=b"".join(b"%d\n" % at + line * 9 for at in range(count // 100))
    )
    work.commit("several files\n", **{f"f{at}__c": line * (count // 100) for at in range(8)})
    last = work.commit("small\n", z__c="z\n")
    tracemalloc.start()
    runner = Git(work.path)
    seen: list[tuple[str, int, int]] = []
    for one in read_commits(runner, read_range(runner, "-4"), MOST):
        diff = parse_diff(one.diff)
        assert diff is not None
        assert not diff.damage
        seen.append((one.message.strip(), len(one.diff), one.left_out))
        assert len(one.diff) <= MOST
        assert (one.left_out > 0) is (one.commit != last)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [one[0] for one in seen] == ["one huge hunk", "many hunks", "several files", "small"]
    assert seen[0][1] < 200
    assert seen[1][1] > MOST // 2
    assert seen[2][1] > MOST // 4
    assert peak < 12 * MOST


def test_commits_before_a_corrupt_one_are_read(work: Work) -> None:
    names = [work.commit(f"c{at}\n", a__c=f"{at}\n") for at in range(3)]
    blob = work.git("rev-parse", f"{names[2]}:a.c")
    bad = work.path / ".git/objects" / blob[:2] / blob[2:]
    bad.chmod(0o644)
    bad.write_bytes(b"broken")
    runner = Git(work.path)
    commits = read_commits(runner, read_range(runner, "-3"))
    assert [next(commits).commit, next(commits).commit] == names[:2]
    with pytest.raises(RepositoryError) as raised:
        list(commits)
    assert "\n" not in raised.value.message


def test_leaving_early_ends_git(work: Work) -> None:
    names = [work.commit(f"c{at}\n", a__c=f"{at}\n" * 50_000) for at in range(8)]
    before = set(children())  # another test's repository may have its own
    commits = read_commits(Git(work.path), Range(names[-1]))
    assert next(commits).commit == names[0]
    commits.close()
    assert set(children()) <= before


def children() -> list[str]:
    """git processes that this one has started and not waited for."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")
        except OSError:
            continue
        if int(fields[2].split()[1]) == os.getpid() and "(git" in fields[0]:
            found.append(fields[0])
    return found
