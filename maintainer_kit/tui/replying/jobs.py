# SPDX-License-Identifier: GPL-2.0-or-later
"""What the screens ask the desk for replies to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from maintainer_kit.errors import Refused
from maintainer_kit.model.reply.draft import Draft
from maintainer_kit.tui.replying.desk import Notes, Writing
from maintainer_kit.tui.work.works import Work
from maintainer_kit.wiring.commenting import edit_comment
from maintainer_kit.wiring.replying import edit_reply, open_desk
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.replying import drafting
from maintainer_kit.workflow.replying.commenting import comment_on
from maintainer_kit.workflow.replying.editing import take_edited
from maintainer_kit.workflow.replying.pointed import mails_given
from maintainer_kit.workflow.replying.previewing import Letter, preview
from maintainer_kit.workflow.replying.sending import Outcome, send, settle, uncertain
from maintainer_kit.workflow.replying.templates import put_template, template_names
from maintainer_kit.workflow.replying.told_outbox import ToldOutbox
from maintainer_kit.workflow.targets import Target


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a mail on the screen."""

    message_id: str
    line: int
    """Of the mail's text, from 1."""
    source: str
    """What the reader sees there."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A draft in the list of all."""

    draft: Draft
    is_uncertain: bool
    """It was handed over, and nobody knows how that ended."""


def put_comment(writing: Writing, at: Place, text: str) -> Notes:
    """Comment on a line; without a text no longer."""
    comment_on(writing.desk, at.message_id, at.line, at.source, text)
    return writing.notes([at.message_id])


def write_comment(writing: Writing, at: Place, begun: str) -> Notes:
    """The same in an editor. Raises Refused where nothing is left of it."""
    made = edit_comment(writing.workspace, writing.desk, at.message_id, at.line, at.source, begun)
    if made is None:
        raise Refused("nothing was written; the comment is as it was")
    return writing.notes([at.message_id])


def list_templates(writing: Writing) -> list[str]:
    """The names of texts that replies may begin with."""
    return template_names(writing.desk)


def write_reply(writing: Writing, message_id: str, template: str = "") -> list[Letter]:
    """The reply to a mail, written in an editor, with a text of the user's to begin with. Raises
    Refused where there is none after that."""
    desk = writing.desk
    if template:
        put_template(desk, message_id, template)
    left = edit_reply(writing.workspace, desk, message_id)
    if left is not None:
        take_edited(desk, message_id, left)
    draft = drafting.draft_of(desk, message_id)
    if draft.is_empty:
        raise Refused("nothing was written; there is no reply")
    return [preview(desk, draft)]


def write_code(writing: Writing, word: str) -> list[Letter]:
    """The replies that suggest what is changed in the code of a patch, or a series, in an editor.
    Raises Refused where nothing is."""
    from maintainer_kit.wiring.code_editing import EditWish, edit_code

    desk = writing.desk
    drafts = edit_code(writing.workspace, desk, word, EditWish())
    if not drafts:
        raise Refused("nothing was changed in the code; nothing is suggested")
    return [preview(desk, one) for one in drafts]


def give_trailer(writing: Writing, name: str, target: Target, pointed: str | None) -> list[Letter]:
    """The replies that give a trailer, with all that was drafted in them before."""
    desk = writing.desk
    ids = mails_given(desk.stores, target, pointed)
    return [preview(desk, drafting.give(desk, one, name)) for one in ids]


def list_drafts(writing: Writing) -> list[Listed]:
    """The oldest first; what a crash left is finished as far as it can be."""
    desk = writing.desk
    asked = {one.id for one in uncertain(desk)}
    return [Listed(one, one.id in asked) for one in drafting.all_drafts(desk)]


def read_letters(writing: Writing, drafts: Sequence[Draft]) -> list[Letter]:
    """Drafts as they would be sent."""
    return [preview(writing.desk, one) for one in drafts]


def drop_drafts(writing: Writing, drafts: Sequence[Draft]) -> Notes:
    """Throw them away."""
    for one in drafts:
        drafting.drop(writing.desk, one.id)
    return {one.answers: () for one in drafts}


def settle_draft(writing: Writing, draft: Draft, went_out: bool) -> Draft:
    """What became of one that was handed over."""
    return settle(writing.desk, draft.id, went_out)


def send_drafts(
    workspace: Workspace, work: Work, drafts: Sequence[Draft], *, is_public: bool
) -> Outcome:
    """In a thread of its own."""
    desk = open_desk(workspace)
    told = ToldOutbox(desk.outbox, work, len(drafts))
    return send(replace(desk, outbox=told), drafts, is_public=is_public)
