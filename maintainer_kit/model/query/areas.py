# SPDX-License-Identifier: GPL-2.0-or-later
"""Where in a tree somebody knows the way, by the files that he worked on."""

from __future__ import annotations

from collections.abc import Collection, Iterable

MAX_AREAS = 12
"""What touches more directories goes all over the tree, and tells nothing."""


def area_of(path: str) -> str:
    """The directory of a file, with its slash; at the top of a tree the file itself."""
    directory, slash, _ = path.rpartition("/")
    return directory + slash if slash else path


def areas_of(paths: Iterable[str]) -> frozenset[str]:
    """The areas of one topic; none where there are more than ``MAX_AREAS``."""
    found = frozenset(map(area_of, paths))
    return found if len(found) <= MAX_AREAS else frozenset()


def is_within(paths: Iterable[str], areas: Collection[str]) -> bool:
    """Whether one of the files lies in one of the areas."""
    return any(area_of(path) in areas for path in paths)
