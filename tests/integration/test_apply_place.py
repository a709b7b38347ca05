# SPDX-License-Identifier: GPL-2.0-or-later
"""``apply``: which repository it goes to, and what is known of that at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from maintainer_kit.wiring.landed_here import note_landed
from maintainer_kit.wiring.workspace import open_workspace
from tests.build import LIST
from tests.integration.applied import Field, text
from tests.integration.driver import CONFIG, Done, Mkit
from tests.integration.repositories import Work

_LATER = "not known as landed yet"


@pytest.fixture
def place(mkit: Mkit, tmp_path: Path) -> Field:
    return Field(mkit, tmp_path)


@pytest.fixture
def other(tmp_path: Path) -> Work:
    """A repository that has nothing to do with it, where the user is."""
    made = Work(tmp_path / "dotfiles")
    made.commit("Begin", vimrc="set nocompatible\n")
    return made


def _set(place: Field, *lines: str) -> None:
    place.mkit.configure(CONFIG + "".join(f"\t{line}\n" for line in lines))


def _apply(place: Field, where: Work, *words: str, code: int = 0) -> Done:
    standing = place.mkit.wrapped("env", "-C", str(where.path))
    return standing.run("apply", *words, "--to", "fixes", code=code)


def _change(place: Field) -> str:
    place.author.commit("a: change", a__c=text(n3="x"))
    return place.post("HEAD~1..")


def _addition(place: Field) -> str:
    """A file that is new, and changed afterwards."""
    place.author.commit("new: add", new__c="new\n")
    place.author.commit("new: go on", new__c="newer\n")
    return place.post("HEAD~2..")


def _has(work: Work, branch: str = "fixes") -> bool:
    return bool(work.git("branch", "--list", branch))


def test_where_one_stands_counts_only_with_the_files(place: Field, other: Work) -> None:
    _set(place, f"repository = {place.work.path}")
    topic = _change(place)
    before = other.fingerprint()
    _apply(place, other, topic)
    assert place.our_trees("master..fixes") == place.trees("HEAD~1..")
    assert other.fingerprint() == before


def test_no_repository_that_is_known_has_the_files(place: Field, other: Work) -> None:
    topic = _change(place)
    before = other.fingerprint()
    done = _apply(place, other, topic, code=1)
    assert "this repository has no file that the patches change" in done.stderr
    assert "--repo DIR" in done.stderr
    assert other.fingerprint() == before


def test_where_one_stands_comes_before_the_settings(place: Field) -> None:
    _set(place, f"listTree = {LIST} {place.author.path}", f"repository = {place.author.path}")
    _apply(place, place.work, _change(place))
    assert _has(place.work) and not _has(place.author)


def test_the_files_may_be_in_another_branch_than_head(place: Field, other: Work) -> None:
    _set(place, f"repository = {other.path}")
    topic = _change(place)
    place.work.git("checkout", "--quiet", "--orphan", "docs")
    place.work.git("rm", "-rfq", ".")
    place.work.commit("Another beginning", index__html="<p>\n")
    _apply(place, place.work, topic)
    assert place.our_trees("master..fixes") == place.trees("HEAD~1..")


def test_what_only_adds_files_goes_to_the_tree_of_its_list(place: Field, other: Work) -> None:
    topic = _addition(place)
    _set(place, f"listTree = {LIST} {place.work.path}")
    _apply(place, other, topic)
    assert _has(place.work) and not _has(other)


def test_without_such_a_tree_it_goes_where_one_stands(place: Field, other: Work) -> None:
    topic = _addition(place)
    _set(place, f"listTree = another.example {other.path}", f"repository = {other.path}")
    _apply(place, place.work, topic)
    assert _has(place.work) and not _has(other)


def test_paths_that_git_cannot_be_asked_about(place: Field, other: Work) -> None:
    """Refused for what they are, wherever one stands."""
    _set(place, f"repository = {place.work.path}")
    place.author.commit("a: change", a__c=text(n3="x"))
    (file,) = place.author.git("format-patch", "-1", "-o", str(place.base / "bad")).split()
    raw = Path(file).read_bytes().replace(b"a.c", b":(top)../../a.c")
    head, _, rest = raw.partition(b"\n")
    mail = head + b"\nTo: " + LIST.encode() + b"\nMessage-ID: <bad@made.example>\n" + rest
    topic = place.bring([mail])
    assert "leads out" in _apply(place, other, topic, code=1).stderr


def test_what_landed_is_known_at_once(place: Field) -> None:
    _set(place, f"ref = {place.work.path} fixes queued", f"ref = {place.work.path} master mainline")
    topic = _change(place)
    done = place.apply(topic, "--to", "fixes")
    assert _LATER not in done.stderr
    assert "queued in fixes as" in place.mkit.run("prune", topic, "--yes").stdout


def test_a_branch_that_nobody_follows(place: Field) -> None:
    _set(place, f"ref = {place.work.path} master mainline")
    topic = _change(place)
    done = place.apply(topic, "--to", "fixes")
    assert _LATER not in done.stderr
    assert "known to have landed" in place.mkit.run("prune", topic, "--yes", code=1).stderr


def test_an_index_that_cannot_be_opened_keeps_no_branch_from_moving(place: Field) -> None:
    _set(place, f"ref = {place.work.path} fixes queued")
    topic = _change(place)
    (place.mkit.home / "commits.sqlite").mkdir()
    done = place.apply(topic, "--to", "fixes")
    assert _LATER in done.stderr and "mkit land" in done.stderr
    assert place.our_trees("master..fixes") == place.trees("HEAD~1..")


def test_a_long_history_is_not_read_for_that(place: Field, monkeypatch: pytest.MonkeyPatch) -> None:
    _set(place, f"ref = {place.work.path} master queued")
    place.mkit.bring()
    monkeypatch.setenv("MKIT_HOME", str(place.mkit.home))
    monkeypatch.setattr("maintainer_kit.wiring.landing._LONG", 1)
    with open_workspace() as workspace:
        words = note_landed(workspace, place.work.path / ".git", "refs/heads/master")
        assert words == f"{_LATER} (the commits of this repository were not read yet): mkit land"
        monkeypatch.setattr("maintainer_kit.wiring.landing._LONG", 2)
        assert note_landed(workspace, place.work.path / ".git", "refs/heads/master") == ""
