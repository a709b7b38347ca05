# SPDX-License-Identifier: GPL-2.0-or-later
"""What the words on the command line of ``whom`` name, and who is to be mailed for it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from maintainer_kit.checks.addressees import touched_by
from maintainer_kit.checks.reading_commit import patch_of_commit
from maintainer_kit.checks.report import Unchecked
from maintainer_kit.cli.check_targets import (
    Drafts,
    collect,
    facts_of,
    open_index,
    sort_words,
    unchecked,
)
from maintainer_kit.errors import NotFound, Refused, RepositoryError
from maintainer_kit.wiring.project_maintainers import WorkTree
from maintainer_kit.wiring.trees import Trees
from maintainer_kit.workflow import whom as asking

if TYPE_CHECKING:
    from maintainer_kit.adapters.git.checking.facts import GitFacts
    from maintainer_kit.checks.patch import Patch
    from maintainer_kit.checks.series import Series
    from maintainer_kit.model.maintainers.maintainers import Maintainers
    from maintainer_kit.model.maintainers.touched import Touched
    from maintainer_kit.wiring.checkroom import Checkroom
    from maintainer_kit.workflow.whom import Whom

_NUMBERED = re.compile(r"(?:[\w.]{1,20}-)?\d{4,6}-")
"""The beginning of names that git format-patch gives."""
_MOST_BESIDE = 1000
"""Files of a folder among which the patches of a cover letter are looked for."""


def read_patches(room: Checkroom, words: Sequence[str]) -> Whom:
    """Whom to mail for patches; TARGETs as those of ``check``."""
    named = sort_words(words, use_index=True)
    with open_index(room, bool(named.topics), is_wanted=False) as workspace:
        collected = collect(room, named, Drafts(), workspace)
    series, unread = collected.series, list(collected.unchecked)
    cover = asking.lone_cover(series)
    if cover is not None and not named.ranges and (whole := _beside(room, cover)):
        series = [whole]
    with Trees(room) as trees:
        place = room if named.ranges else trees.room_of(series)
        maintainers, facts = _maintainers(place), facts_of(place)
        touched = asking.touched_by_series(series, unread)
        ranges = _touched_by_ranges(facts, named.ranges, unread)
        read = chain(touched, ranges)
        tree = WorkTree(facts)
        return asking.ask(maintainers, read, tree, unread, has_cover=asking.has_cover(series))


def read_files(room: Checkroom, words: Sequence[str]) -> Whom:
    """Whom to mail about files of the tree, named from where the user is."""
    maintainers, facts = _maintainers(room), facts_of(room)
    texts: dict[str, str] = {}
    unread: list[Unchecked] = []
    for word in words:
        path = _in_tree(room, word)
        if not facts.has_path(path):
            unread.append(Unchecked(word, "no file of the tree has that name"))
        elif facts.is_folder(path):
            texts[f"{path}/"] = ""
        else:
            texts[path] = (facts.project_file(path) or "") if path != "MAINTAINERS" else ""
    return asking.ask(maintainers, asking.touched_by_files(texts), WorkTree(facts), unread)


def _maintainers(room: Checkroom) -> Maintainers:
    facts = facts_of(room)
    if room.maintainers is None:
        hint = "name a repository that has one: --repo DIR"
        raise NotFound(f"there is no MAINTAINERS in {facts.git.place}", hint)
    return room.maintainers


def _touched_by_ranges(
    facts: GitFacts, words: Sequence[str], unread: list[Unchecked]
) -> Iterator[Touched]:
    from maintainer_kit.adapters.git.log import read_commits
    from maintainer_kit.adapters.git.range import count_commits, read_range

    for word in words:
        try:
            wanted = read_range(facts.git, word)
            count_commits(facts.git, wanted)
            for record in read_commits(facts.git, wanted):
                yield touched_by(patch_of_commit(record))
        except RepositoryError as error:
            unread.append(unchecked(word, error))


def _beside(room: Checkroom, cover: Patch) -> Series | None:
    """The series of a cover letter that git send-email asks about alone: its patches lie in the
    same folder."""
    path = Path(cover.path or "")
    if not _NUMBERED.match(path.name):
        return None
    try:
        entries = (one for one in os.scandir(path.parent) if _NUMBERED.match(one.name))
        files = sorted(one.path for one in islice(entries, _MOST_BESIDE) if one.is_file())
    except OSError:
        return None
    words = sort_words([str(path), *(one for one in files if Path(one) != path)], use_index=False)
    return asking.series_of_cover(cover, collect(room, words, Drafts(), None).series)


def _in_tree(room: Checkroom, word: str) -> str:
    """A path from the top of the tree; in a bare repository, and mostly where the repository is
    named, it is one already."""
    top = facts_of(room).layout.top
    if top is None:
        return os.path.normpath(word)
    is_elsewhere = room.wish.repository is not None
    is_here = not os.path.lexists(top / word) and os.path.lexists(word)
    start = Path.cwd() if is_here or not is_elsewhere else top
    plain = os.path.abspath(start / word)
    # The tree may be named by a way that leads through a link from outside of it.
    folder, name = os.path.split(plain)
    for path in (plain, os.path.join(os.path.realpath(folder), name)):
        found = os.path.relpath(path, top)
        if found != ".." and not found.startswith("../"):
            return found
    raise Refused(f"{word} is not in {top}", "name files of the tree")
