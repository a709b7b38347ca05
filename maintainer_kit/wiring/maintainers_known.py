# SPDX-License-Identifier: GPL-2.0-or-later
"""What MAINTAINERS of the repositories of the settings say, for those who delegate."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from maintainer_kit.adapters.maintainers_files import MaintainersFile
from maintainer_kit.adapters.settings import absolute_path
from maintainer_kit.config import Settings

if TYPE_CHECKING:
    from maintainer_kit.model.maintainers.maintainers import Maintainers
    from maintainer_kit.model.queue.delegation import Sections

_KEPT = 20_000


def read_sections(settings: Settings) -> tuple[Sections | None, str]:
    """Which sections name a path, and a mark that changes whenever that would be answered
    otherwise; None where no rule asks. Nothing is parsed before it is asked about."""
    if not asks_for_sections(settings):
        return None, ""
    files = _files(settings)
    return _names(lambda: _read(files)), " ".join(file.mark for file in files)


def asks_for_sections(settings: Settings) -> bool:
    """Whether any rule does."""
    return any("section=" in line for line in (*settings.delegate, *settings.intake))


def known_lists(settings: Settings) -> frozenset[str]:
    """The lists that they name, in the form of a List-Id."""
    from maintainer_kit.model.maintainers.lists import list_addresses

    return frozenset().union(*(list_addresses(file.text) for file in _files(settings)))


def known_maintainers(settings: Settings) -> list[Maintainers]:
    """Those of each repository that has a MAINTAINERS."""
    return _read(_files(settings))


def _files(settings: Settings) -> list[MaintainersFile]:
    return [MaintainersFile(Path(absolute_path(value))) for value in settings.repository]


def _read(files: Sequence[MaintainersFile]) -> list[Maintainers]:
    return [found for file in files if (found := file.read()) is not None]


def _names(read: Callable[[], list[Maintainers]]) -> Sections:
    known = lru_cache(maxsize=1)(read)

    @lru_cache(maxsize=_KEPT)
    def names(path: str) -> Collection[str]:
        matches = (match for one in known() for match in one.index.matches(path))
        return frozenset(match.section.title.lower() for match in matches)

    return names
