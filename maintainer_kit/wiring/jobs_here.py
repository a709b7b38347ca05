# SPDX-License-Identifier: GPL-2.0-or-later
"""Which of the jobs that are under way is meant: that of the repository where the user is."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from maintainer_kit.adapters.git.applying.blob_bases import place_of
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.errors import RepositoryError

T = TypeVar("T")


def of_repository(
    found: Sequence[T], repository_of: Callable[[T], str], named: Path | None
) -> Sequence[T]:
    """Those of the repository that is named. Where none is, and there are several: those of the
    one where the user is, else all.

    Raises RepositoryError where what is named is no repository.
    """
    if named is not None:
        place = place_of(Git(named.absolute()))
        return [one for one in found if _place(repository_of(one)) == place]
    if len(found) < 2 or (here := _place(os.curdir)) is None:
        return found
    return [one for one in found if _place(repository_of(one)) == here] or found


def _place(repository: str) -> Path | None:
    """None where it is gone."""
    try:
        return place_of(Git(Path(os.path.abspath(repository))))
    except RepositoryError:
        return None
