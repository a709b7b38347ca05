# SPDX-License-Identifier: GPL-2.0-or-later
"""What thanking works on: a desk for replies, the index of commits, repositories."""

from __future__ import annotations

from maintainer_kit.adapters.git.tree_names import AppliedTrees
from maintainer_kit.adapters.kept.thanks_file import ThanksFile
from maintainer_kit.render.thanks_mail import thanks_words
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.landing.ports import Evidence
from maintainer_kit.workflow.replying.desk import Desk
from maintainer_kit.workflow.thanking.ports import ThanksRoom
from maintainer_kit.workflow.thanking.settings import read_names


def thanks_room(workspace: Workspace, desk: Desk, evidence: Evidence) -> ThanksRoom:
    """Raises ConfigError where a name of a repository cannot be understood."""
    named = read_names(workspace.stores.settings.tree_name)
    return ThanksRoom(
        desk=desk,
        evidence=evidence,
        trees=AppliedTrees(named),
        records=ThanksFile(workspace.home.root),
        write=thanks_words,
    )
