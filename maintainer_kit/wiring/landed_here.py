# SPDX-License-Identifier: GPL-2.0-or-later
"""After a branch was moved here: what landed by that is known at once."""

from __future__ import annotations

from pathlib import Path

from maintainer_kit.errors import MkitError
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.wiring.landing import INDEX, open_landings
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.landing.match import match_new


def note_landed(workspace: Workspace, place: Path, branch: str) -> str:
    """Follow one repository, by its git directory, where the branch, by its full name, is one that
    is followed; and compare, as ``mkit land`` does.

    The branch has moved, whatever happens here: why it went wrong is told in a line, else empty.
    """
    settings = workspace.stores.settings
    is_known = settings.ref or settings.repository or settings.list_tree
    if not is_known and not (workspace.home.root / INDEX).exists():
        return ""
    try:
        with open_landings(workspace) as room:
            if room.follow_one(str(place), branch):
                match_new(workspace.stores, room.evidence)
    except (MkitError, OSError) as error:
        why = error.message if isinstance(error, MkitError) else str(error)
        return visible_line(f"not known as landed yet ({why}): mkit land")
    return ""
