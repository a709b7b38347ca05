# SPDX-License-Identifier: GPL-2.0-or-later
"""Comments on lines, as the screens write and show them."""

from __future__ import annotations

from collections.abc import Collection

from maintainer_kit.adapters.kept.drafts import NAME, DraftFolder
from maintainer_kit.model.reply.draft import Draft, id_of
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.replying.commenting import (
    Noted,
    comment_on,
    noted,
    own_words,
    to_comment,
)
from maintainer_kit.workflow.replying.desk import Desk


def own_comments(
    workspace: Workspace, message_ids: Collection[str]
) -> dict[str, tuple[Noted, ...]]:
    """What one has to say of the lines of some mails, and has not sent; mails without any are
    left out."""
    kept = {one.answers for one in DraftFolder(workspace.home.root).all()}
    wanted = [one for one in message_ids if one in kept]
    if not wanted:
        return {}
    from maintainer_kit.wiring.replying import open_desk  # most who read draft nothing

    desk = open_desk(workspace)
    return {one: noted(desk, one) for one in wanted}


def edit_comment(
    workspace: Workspace, desk: Desk, message_id: str, line: int, source: str, begun: str
) -> Draft | None:
    """Let the user write a comment in an editor, on the terminal, beginning with what is
    ``begun``; None where nothing is left of it, and all stays as it was. Raises EditorFailed."""
    from maintainer_kit.adapters.editor import edit

    quote = to_comment(desk, message_id, line, source)
    path = workspace.home.root / NAME / f"{id_of(message_id)}-line{line}.eml"
    words = own_words(quote, edit(path, f"{quote}\n{begun}\n"))
    return comment_on(desk, message_id, line, source, words) if words else None
