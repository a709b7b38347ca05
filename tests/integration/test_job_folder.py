# SPDX-License-Identifier: GPL-2.0-or-later
"""Folders of jobs: what a crash leaves of one, and who may work at it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.kept.job_folder import (
    JobFolder,
    Kind,
    all_of,
    path_of,
    refuse_unclear,
    under_way,
)
from maintainer_kit.errors import Busy, StateError
from tests.integration.repositories import Work


def load(told: Mapping[str, Any]) -> str | None:
    return told.get("far")


KIND = Kind(
    room="jobs",
    state="job.json",
    digits=8,
    load=load,
    dump=lambda far: {"far": far},
    noun="job",
    busy=("somebody works at it", "wait"),
)


@pytest.fixture
def folder(tmp_path: Path) -> JobFolder[str]:
    return JobFolder(KIND, path_of(KIND, tmp_path, "one"))


def test_one_from_its_beginning_to_its_end(folder: JobFolder[str], tmp_path: Path) -> None:
    with folder.held():
        assert folder.read() is None
        folder.begin()
        assert (folder.read(), all_of(KIND, tmp_path)) == (None, [])
        folder.put("half")
        ((found, far),) = under_way(KIND, tmp_path)
        assert (found.path, far) == (folder.path, "half")
        folder.drop()
        folder.drop()
    assert (folder.path.exists(), under_way(KIND, tmp_path)) == (False, [])
    assert path_of(KIND, tmp_path, "one") != path_of(KIND, tmp_path, "two")


def test_only_one_works_at_it(folder: JobFolder[str]) -> None:
    with folder.held(), pytest.raises(Busy, match="somebody works"), folder.held():
        pass
    with folder.held():
        pass


def test_half_of_what_was_dropped_is_no_job(folder: JobFolder[str], tmp_path: Path) -> None:
    """The process ended after the first step of it."""
    folder.begin()
    folder.put("half")
    (folder.path / "tree").mkdir()
    folder.path.rename(folder.path.with_suffix(".gone"))
    assert (folder.read(), under_way(KIND, tmp_path)) == (None, [])
    folder.begin()
    folder.put("new")
    folder.drop()
    assert list((tmp_path / "jobs").iterdir()) == []


@pytest.mark.parametrize("text", ["", "{", '{"version": 1}', '{"version": 99, "far": "x"}', "[]"])
def test_what_cannot_be_understood_is_no_absence(
    folder: JobFolder[str], tmp_path: Path, text: str
) -> None:
    folder.begin()
    (folder.path / KIND.state).write_text(text)
    for look in (folder.read, lambda: refuse_unclear(KIND, tmp_path)):
        with pytest.raises(StateError, match=r"job\.json cannot be understood"):
            look()
    assert under_way(KIND, tmp_path) == []


def test_where_nothing_can_be_written(folder: JobFolder[str]) -> None:
    folder.path.parent.write_text("in the way")
    with pytest.raises(StateError, match="jobs"):
        folder.begin()
    with pytest.raises(StateError, match="jobs"), folder.held():
        pass


def test_its_repository_is_made_anew_where_half_of_it_is_there(
    folder: JobFolder[str], tmp_path: Path
) -> None:
    work = Work(tmp_path / "work")
    work.commit("Begin", a__c="1\n")
    source = Git(work.path)
    folder.begin()
    folder.own.mkdir()
    (folder.own / "HEAD").write_text("torn")
    made = folder.repository(source, 60.0)
    made.add_tree(folder.tree, work.git("rev-parse", "HEAD"))
    blob = made.say("hash-object", "-w", "--stdin", stdin=b"kept\n")
    again = folder.repository(source, 60.0)
    assert again.say("cat-file", "blob", blob) == "kept"
    (folder.own / "mkit-whole").unlink()  # as an older mkit left it
    assert folder.repository(source, 60.0).say("cat-file", "blob", blob) == "kept"
