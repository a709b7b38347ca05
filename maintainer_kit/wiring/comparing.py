# SPDX-License-Identifier: GPL-2.0-or-later
"""The repositories that a comparison asks: where the user is, and those of the settings."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from maintainer_kit.adapters.git.comparing.compared_sources import ComparedRepositories
from maintainer_kit.adapters.settings import absolute_path
from maintainer_kit.config import Settings
from maintainer_kit.workflow.comparing.ports import Commits


def _main_branches(path: str) -> Sequence[str]:
    from maintainer_kit.wiring.landing import branches_of  # only where a branch is named alone

    return branches_of(path)


@contextmanager
def open_comparing(settings: Settings, repository: Path | None = None) -> Iterator[Commits]:
    """``repository`` is asked alone where it is named. Nothing is written to any."""
    found = ComparedRepositories(list(dict.fromkeys(_places(settings, repository))), _main_branches)
    try:
        yield found
    finally:
        found.close()


def _places(settings: Settings, repository: Path | None) -> Iterator[Path]:
    if repository is not None:
        yield repository
        return
    yield Path(os.path.abspath(os.curdir))
    for path in settings.repository:
        yield Path(absolute_path(path))
    for line in settings.ref:
        yield Path(absolute_path(line.rsplit(None, 2)[0]))
