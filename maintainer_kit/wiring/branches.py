# SPDX-License-Identifier: GPL-2.0-or-later
"""The repositories whose branches are looked at: all that settings name, else where the user is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from maintainer_kit.adapters.git.branches import GitBranches
from maintainer_kit.adapters.settings import absolute_path
from maintainer_kit.config import Settings
from maintainer_kit.errors import NotFound, RepositoryError
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.wiring.list_trees import known_trees
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.branches.look import Place, Report, look_at_branches
from maintainer_kit.workflow.branches.ports import Results, no_results
from maintainer_kit.workflow.landing.follow import read_ref


def look_at_all(
    workspace: Workspace, words: Sequence[str] = (), named: Sequence[Path] = ()
) -> Report:
    """All branches of the repositories that are named, else of those that are known.

    Raises RepositoryError where a named one is none, and NotFound where none is known.
    """
    problems: list[str] = []
    stores = workspace.stores
    places = _places(stores.settings, named, problems)
    results = _results(workspace)
    report = look_at_branches(stores, places, absolute_path, words, results)
    report.problems[:0] = problems
    return report


def _results(workspace: Workspace) -> Results:
    """Asks the results of the home, where tests are configured."""
    if not workspace.stores.settings.test:
        return no_results
    from maintainer_kit.wiring.tested import verdicts_of_branches

    return verdicts_of_branches(workspace)


def _places(settings: Settings, named: Sequence[Path], problems: list[str]) -> list[Place]:
    lines = [read_ref(line) for line in settings.ref]
    if named:
        found = _first_of_each(GitBranches(Path(absolute_path(str(one)))) for one in named)
    else:
        paths = [*settings.repository, *known_trees(settings), *(one.repository for one in lines)]
        found = _first_of_each(_readable(dict.fromkeys(map(absolute_path, paths)), problems))
        if not found and not problems:
            found = [_here()]
    known = {path: _place_of(path) for path in {one.repository for one in lines}}
    roles = [(known[one.repository], one) for one in lines]
    return [
        Place(one, tuple(wanted for place, wanted in roles if place == one.place)) for one in found
    ]


def _readable(paths: Iterable[str], problems: list[str]) -> Iterable[GitBranches]:
    for path in paths:
        try:
            yield GitBranches(Path(path))
        except RepositoryError as error:
            problems.append(visible_line(error.message))


def _first_of_each(found: Iterable[GitBranches]) -> list[GitBranches]:
    """Work trees of one repository have the same branches."""
    return list({one.place: one for one in reversed(list(found))}.values())[::-1]


def _here() -> GitBranches:
    try:
        return GitBranches(Path(os.path.abspath(os.curdir)))
    except RepositoryError as error:
        raise NotFound(
            "no repository is known, and this is none",
            "git config --global --add mkit.repository DIR, or mkit branches --repo DIR",
        ) from error


def _place_of(path: str) -> str:
    """The git directory of a repository of the settings; empty where it cannot be read, as is told
    where it is listed."""
    try:
        return GitBranches(Path(absolute_path(path))).place
    except RepositoryError:
        return ""
