# SPDX-License-Identifier: GPL-2.0-or-later
"""Which repository the patches of a topic are for: of those that are known, by their files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from maintainer_kit.adapters.git.applying.blob_bases import place_of
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.reach import GitReach
from maintainer_kit.adapters.settings import absolute_path
from maintainer_kit.config import Settings
from maintainer_kit.errors import NotFound, RepositoryError
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.patch.change import Diff
from maintainer_kit.wiring.list_trees import known_trees
from maintainer_kit.workflow.applying.chosen import find_target
from maintainer_kit.workflow.landing.follow import main_branches
from maintainer_kit.workflow.list_settings import is_of_list, list_trees
from maintainer_kit.workflow.stores import Stores

_ENOUGH = 100
"""Files by which it is told whether a repository is that of a series."""
_LONGEST = 4096
_NEW = ("added", "binary")
"""Changes of files that are not there before, or need not be."""
_HINT = "cd REPOSITORY, or name one: --repo DIR"


@dataclass(frozen=True, slots=True)
class Sought:
    """What a repository is told by."""

    paths: tuple[str, ...] = ()
    """Files that the patches find there; none where they only add some."""
    lists: tuple[str, ...] = ()
    """The List-Ids of their topics."""


def sought_by(stores: Stores, words: Iterable[str]) -> Sought:
    """By what targets name, without reading a mail. Raises NotFound, and Refused."""
    named = [find_target(stores, word)[0] for word in words]
    ids = [one for target in named for one in target.message_ids]
    records = stores.catalogue.records(ids)
    diffs = (records[one].message.diff for one in ids if one in records)
    return sought(diffs, (name for one in named for name in one.row.lists))


def sought(diffs: Iterable[Diff | None], lists: Iterable[str]) -> Sought:
    """By the diffs of patches, in the order in which they are applied."""
    found: dict[str, None] = {}
    made: set[str] = set()
    for file in chain.from_iterable(one.files for one in diffs if one):
        path = file.old_path or file.path
        if file.change not in _NEW and path not in made and _is_fit(path):
            found[path] = None
        made.add(file.path)
        if len(found) == _ENOUGH:
            break
    return Sought(tuple(found), tuple(dict.fromkeys(lists)))


def find_place(settings: Settings, what: Sought) -> Path:
    """Where the user is, the trees of the topics' lists, those of all lists, those of the
    settings: the first that has any of the files in HEAD, or where patches land in it.

    Where none has, or there is nothing to go by, where the user is counts less than what the
    settings say of the lists; and not at all where it has none of the files. Raises NotFound.
    """
    here = Path(os.path.abspath(os.curdir))
    own, others = _trees(settings, what.lists)
    if what.paths:
        for place in dict.fromkeys([here, *own, *others]):
            if _holds(settings, place, what.paths):
                return place
    left = dict.fromkeys([*own, *others] if what.paths else [*own, here, *others])
    for place in left:
        if _git_place(place) is not None:
            return place
    if what.paths and _git_place(here) is not None:
        raise NotFound("this repository has no file that the patches change", _HINT)
    raise NotFound("this is no git repository", _HINT)


def landing_refs(settings: Settings, place: Path) -> Iterator[str]:
    """Where patches land in a repository, by its git directory: as mkit.ref says, then its main
    branches."""
    known: dict[str, Path | None] = {}
    for line in settings.ref:
        words = line.rsplit(None, 2)
        if len(words) < 3:
            continue  # told of where refs are followed
        if words[0] not in known:
            known[words[0]] = _git_place(Path(absolute_path(words[0])))
        if known[words[0]] == place:
            yield words[1]
    yield from _main_branches(place)


def _trees(settings: Settings, lists: Sequence[str]) -> tuple[list[Path], list[Path]]:
    """The trees of these lists; and all that the settings know."""
    pairs = list_trees(settings)
    own = [path for name, path in pairs if any(is_of_list(one, name) for one in lists)]
    others = [*known_trees(settings), *map(absolute_path, settings.repository)]
    return [Path(absolute_path(one)) for one in own], list(map(Path, others))


def _holds(settings: Settings, place: Path, paths: Sequence[str]) -> bool:
    """The files of a tool may live in a branch of their own."""
    found = _git_place(place)
    if found is None:
        return False
    git = Git(place)
    refs = chain(["HEAD"], landing_refs(settings, found))
    return any(_has(git, ref, paths) for ref in refs)


def _has(git: Git, ref: str, paths: Sequence[str]) -> bool:
    argv = ("--literal-pathspecs", "ls-tree", "-r", "--name-only", "--full-tree", "-z")
    try:
        done = git.run(*argv, "--end-of-options", ref, "--", *paths)
    except RepositoryError:
        return False
    return not done.code and bool(done.stdout)


def _main_branches(place: Path) -> Sequence[str]:
    try:
        refs, heads, is_bare = GitReach(place).branches()
    except RepositoryError:
        return ()
    return main_branches(refs, heads, is_bare=is_bare)


def _git_place(path: Path) -> Path | None:
    try:
        return place_of(Git(path))
    except RepositoryError:
        return None


def _is_fit(path: str) -> bool:
    """Whether git can be asked about it: mail may say anything."""
    if os.path.isabs(path) or ".." in path.split("/") or not 0 < len(path) < _LONGEST:
        return False
    return "\0" not in path and not any("\ud800" <= one <= "\udfff" for one in path)
