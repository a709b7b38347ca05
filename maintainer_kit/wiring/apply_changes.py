# SPDX-License-Identifier: GPL-2.0-or-later
"""What was posted beside what was made of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from maintainer_kit.adapters.git.publish import BRANCHES, short_name
from maintainer_kit.adapters.kept.applications import changed
from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.reading import patch_of_mail
from maintainer_kit.errors import NotFound
from maintainer_kit.wiring.comparing import open_comparing
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.applying.application import Application
from maintainer_kit.workflow.comparing.comparison import Comparison, compare
from maintainer_kit.workflow.comparing.side import Side, Sides


def compare_changes(workspace: Workspace, branch: str) -> Comparison:
    """The last application to a branch, or the last of all, that changed what was posted.

    Raises NotFound, and RepositoryError where its commits are not there any more.
    """
    ref = BRANCHES + short_name(branch)
    found = [one for one in changed(workspace.home.root) if not branch or one.branch == ref]
    if not found:
        raise NotFound("nothing was changed of what was posted", "mkit compare TOPIC BRANCH")
    one = found[0]
    with open_comparing(workspace.stores.settings, Path(one.repository)) as commits:
        made = tuple(commits.range(f"{one.base}..{one.head}"))
        old = Side("posted", tuple(_posted(workspace, one)))
        return compare(Sides(old, Side(short_name(one.branch), made)), commits)


def _posted(workspace: Workspace, one: Application) -> Iterator[Patch | None]:
    stores = workspace.stores
    records = stores.catalogue.records([each.message_id for each in one.applied if each.commit])
    for each in one.applied:
        files = records[each.message_id].files if each.message_id in records else ()
        if each.commit:
            yield patch_of_mail(stores.folder.read(files[0].path)) if files else None
