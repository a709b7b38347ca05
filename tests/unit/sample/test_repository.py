# SPDX-License-Identifier: GPL-2.0-or-later
"""The sample's repository gives the named commits, and every intact patch applies where it says."""

from __future__ import annotations

import subprocess

import pytest

from .repository import NO_GIT, Repository
from .tables import SAMPLE, manifest, messages, patch_bytes, table

pytestmark = [pytest.mark.skipif(NO_GIT, reason="no git"), pytest.mark.timeout(120)]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    folder = tmp_path_factory.mktemp("sample") / "repository.git"
    return Repository(folder, (SAMPLE / "repository.fi").read_bytes())


def test_stream_gives_the_named_commits(repository: Repository) -> None:
    rows = table("COMMITS.tsv")
    known = set(repository.run("rev-list", "--all").split())
    assert known == {row["commit"] for row in rows}
    tips = repository.run("for-each-ref", "--format=%(refname:short)", "refs/heads").split()
    assert {"master", "next", "for-next"} <= set(tips)
    for row in rows:
        assert repository.run("merge-base", "--is-ancestor", row["commit"], row["branch"]) == ""
    repository.run("fsck", "--strict")


def test_landings_are_commits_of_the_repository(repository: Repository) -> None:
    landed = {row["landing"] for row in manifest() if row["landing"]}
    assert len(landed) >= 15
    assert landed <= set(repository.run("rev-list", "--all").split())


def test_exact_landings_are_exact_and_the_others_are_not(repository: Repository) -> None:
    mails = {str(mail["Message-ID"]).strip("<>"): mail for _, mail in messages()}
    how = {row["commit"]: row["how"] for row in table("COMMITS.tsv")}
    landed = [row for row in manifest() if row["landing"]]
    assert {how[row["landing"]] for row in landed} == {"exact", "edited", "squashed"}
    for row in landed:
        mailed = repository.patch_id(patch_bytes(mails[row["message_id"]]))
        diff = repository.run("diff-tree", "-p", row["landing"]).encode()
        same = mailed == repository.patch_id(diff)
        titled = "wick-suspend" in row["topic"] and row["number"] == "2"
        assert same == (how[row["landing"]] == "exact" or titled), row


def test_pushed_commits_were_announced(repository: Repository) -> None:
    said = {str(mail["X-Git-Rev"]) for name, mail in messages() if name == "git-commits-head"}
    lines = repository.run("rev-list", "--no-merges", "--since=2026-01-05T00:00:00Z", "master")
    assert said == set(lines.split())


def test_every_intact_patch_applies(repository: Repository) -> None:
    mails = {str(mail["Message-ID"]).strip("<>"): mail for _, mail in messages()}
    trees: dict[str, str] = {}
    waiting = [row for row in manifest() if row["base"] and row["applies_after"] != "missing"]
    assert len(waiting) > 150
    while waiting:
        row = next(r for r in waiting if not r["applies_after"] or r["applies_after"] in trees)
        waiting.remove(row)
        before = trees[row["applies_after"]] if row["applies_after"] else row["base"]
        try:
            tree = repository.apply(before, patch_bytes(mails[row["message_id"]]))
        except subprocess.CalledProcessError as error:
            pytest.fail(f"{row['topic']} v{row['revision']} {row['number']}: {error.stderr!r}")
        trees[row["message_id"]] = tree


def test_damaged_patches_do_not_apply(repository: Repository) -> None:
    damaged = {row["message_id"] for row in manifest() if "mangled" in row["oddity"]}
    assert len(damaged) >= 2
    for _, mail in messages():
        if str(mail["Message-ID"]).strip("<>") in damaged:
            with pytest.raises(subprocess.CalledProcessError):
                repository.apply("master", patch_bytes(mail))
