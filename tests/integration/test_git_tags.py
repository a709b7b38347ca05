# SPDX-License-Identifier: GPL-2.0-or-later
"""Tags with their dates, read by the real git."""

from __future__ import annotations

from pathlib import Path

import pytest

from maintainer_kit.adapters.git.tags import existing_tags, read_tags
from maintainer_kit.config import Settings
from maintainer_kit.errors import RepositoryError
from maintainer_kit.model.calendar.version import Tag
from maintainer_kit.wiring.calendar import read_calendar
from tests.integration.repositories import Work

JANUARY, FEBRUARY = 1_767_600_000, 1_770_192_000
WEEK = 7 * 86_400


def tagged(work: Work, name: str, seconds: int) -> None:
    """An annotated tag of that time on the last commit."""
    who = f"Ada Author <ada@quarry.example> {seconds} +0100"
    stream = f"tag {name}\nfrom refs/heads/master^0\ntagger {who}\ndata 2\nok\n"
    work.git("fast-import", "--quiet", data=stream.encode())


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """A commit of January; in February it is tagged as v1.0, without a date of its own as v0.9."""
    made = Work(tmp_path / "linux")
    who = f"Ada Author <ada@quarry.example> {JANUARY} +0100"
    stream = f"commit refs/heads/master\ncommitter {who}\ndata 5\nfirst\n"
    made.git("fast-import", "--quiet", data=stream.encode())
    made.git("tag", "v0.9")
    tagged(made, "v1.0", FEBRUARY)
    return made


def test_dates_of_both_kinds(work: Work) -> None:
    assert read_tags(work.path) == [Tag("v1.0", FEBRUARY), Tag("v0.9", JANUARY)]


def test_a_bare_repository_with_packed_tags(work: Work, tmp_path: Path) -> None:
    work.git("pack-refs", "--all")
    work.git("clone", "--quiet", "--bare", str(work.path), str(tmp_path / "bare.git"))
    assert read_tags(tmp_path / "bare.git") == read_tags(work.path)


def test_tags_of_what_is_no_commit_and_names_of_any_kind(work: Work) -> None:
    tree = work.git("rev-parse", "HEAD^{tree}")
    for name in ("a-tree", "\u202ev2.0", "\u7b56", "v1.0-\x9brc1", "deep/er/v3"):
        work.git("tag", name, tree)
    found = {tag.name: tag.date for tag in read_tags(work.path)}
    assert len(found) == 7
    assert {found[name] for name in ("a-tree", "\u202ev2.0", "deep/er/v3")} == {0}


def test_no_tags_and_no_repository(tmp_path: Path) -> None:
    assert read_tags(Work(tmp_path / "empty").path) == []
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(RepositoryError, match="is no git repository"):
            read_tags(path)


def test_which_of_some_tags_exist(work: Work, tmp_path: Path) -> None:
    other = Work(tmp_path / "other")
    other.commit("first", file="1")
    other.git("tag", "v7.0")
    paths = [tmp_path / "none", work.path, other.path]
    wanted = ["v1.0", "v7.0", "v9.9", "v*", "", "../heads/master", "v1.0\nv0.9", "--all", "v"]
    assert existing_tags(paths, wanted) == {"v1.0", "v7.0"}
    assert existing_tags(paths, []) == frozenset()


def test_a_folder_of_tags_is_no_tag(work: Work) -> None:
    work.git("tag", "rel/v1")
    assert existing_tags([work.path], ["rel", "rel/v1"]) == {"rel/v1"}


def test_the_calendar_of_all_repositories(work: Work, tmp_path: Path) -> None:
    for number in range(1, 4):
        tagged(work, f"v1.1-rc{number}", FEBRUARY + (number + 1) * WEEK)
    quiet = Work(tmp_path / "quiet")
    paths = (str(work.path), str(tmp_path / "none"), str(quiet.path), str(work.path))
    now = FEBRUARY + 4 * WEEK + 3600
    lines = read_calendar(Settings(repository=paths), now)
    assert [line.repository for line in lines] == [str(work.path), str(tmp_path / "none")]
    assert lines[1].problem == f"{tmp_path / 'none'} is no git repository"
    assert lines[0].outlook is not None
    assert lines[0].outlook.words(now) == (
        "v1.1-rc3 was tagged on Wednesday; v1.1 is expected about 2026-04-08 to 2026-04-15"
    )
