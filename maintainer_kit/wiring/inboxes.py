# SPDX-License-Identifier: GPL-2.0-or-later
"""Archives of public-inbox on this machine: those that are named, and those of the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from maintainer_kit.adapters.inbox.marks import InboxMarks
from maintainer_kit.adapters.inbox.places import GitInbox, find_inboxes
from maintainer_kit.adapters.settings import absolute_path
from maintainer_kit.config import Settings
from maintainer_kit.errors import ConfigError
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.inbox import InboxReport, follow_inbox
from maintainer_kit.workflow.ports import Progress

Showing = Callable[[str], AbstractContextManager[Progress]]
"""Shows the progress of the archive of that name."""


def settings_inboxes(settings: Settings) -> list[GitInbox]:
    """Archives that mkit.inbox names. Raises ConfigError for a folder that has none."""
    found: list[GitInbox] = []
    for value in settings.inbox:
        here = find_inboxes([Path(absolute_path(value))])
        if not here:
            raise ConfigError(
                f"mkit.inbox is {value!r}, where no archive is",
                "git config --global --get-all mkit.inbox, then --unset mkit.inbox DIR",
            )
        found += here
    return found


def follow_inboxes(
    workspace: Workspace, inboxes: Sequence[GitInbox], showing: Showing, *, again: bool = False
) -> Iterator[InboxReport]:
    """Import what is new in each archive, one after the other; ``again`` reads all of them."""
    keeper = InboxMarks(workspace.home.root)
    for inbox in inboxes:
        with showing(inbox.name) as progress:
            yield follow_inbox(workspace.stores, inbox, keeper, progress, again=again)
