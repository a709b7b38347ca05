# SPDX-License-Identifier: GPL-2.0-or-later
"""The release cycles of the repositories of the settings."""

from __future__ import annotations

from pathlib import Path

from maintainer_kit.adapters.git.tags import read_tags
from maintainer_kit.config import Settings
from maintainer_kit.errors import RepositoryError
from maintainer_kit.model.calendar.outlook import outlook_of
from maintainer_kit.wiring.workspace import repositories
from maintainer_kit.workflow.digest.parts import CalendarLine


def read_calendar(settings: Settings, now: int) -> list[CalendarLine]:
    """One line for each repository: where its cycle is, or why nobody can tell; none where its tags
    say nothing."""
    found = (_line(path, now) for path in dict.fromkeys(repositories(settings)))
    return [line for line in found if line.outlook or line.problem]


def _line(path: Path, now: int) -> CalendarLine:
    try:
        return CalendarLine(str(path), outlook_of(read_tags(path), now))
    except RepositoryError as error:
        return CalendarLine(str(path), problem=error.message)
