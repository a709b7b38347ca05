# SPDX-License-Identifier: GPL-2.0-or-later
"""Where replies are drafted and how they go out, by the settings."""

from __future__ import annotations

import os
from pathlib import Path

from maintainer_kit.adapters.kept.drafts import NAME, DraftFolder
from maintainer_kit.adapters.kept.reply_templates import TemplateFiles
from maintainer_kit.adapters.mail.left_mail import DraftsMaildir, MboxFile
from maintainer_kit.adapters.mail.outgoing import GitSendEmail
from maintainer_kit.adapters.settings import absolute_path
from maintainer_kit.config import REPLY_DRAFTS, REPLY_SEND
from maintainer_kit.errors import ConfigError
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.reply.draft import id_of
from maintainer_kit.model.reply.recipients import is_address
from maintainer_kit.render.mboxrd import mboxrd
from maintainer_kit.render.reply_mail import reply_mail
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.replying.desk import Desk
from maintainer_kit.workflow.replying.ports import Outbox

_FOLDER = "outbox"
"""In the home, and outside of the mail that is indexed: what lies there was not sent."""


def open_desk(workspace: Workspace, *, is_asking: bool = False, mbox: Path | None = None) -> Desk:
    """The desk of the user. ``is_asking``: git may ask for a password on the terminal; ``mbox``:
    where mail is left instead of sent.

    Raises ConfigError where nobody has said who writes.
    """
    home = workspace.home
    settings = workspace.stores.settings
    git = GitSendEmail(home.settings, is_asking=is_asking)
    return Desk(
        stores=workspace.stores,
        drafts=DraftFolder(home.root),
        outbox=_outbox(workspace, git, mbox),
        write=reply_mail,
        sender=_sender(workspace, git),
        templates=TemplateFiles(home.root, settings.template),
        process=os.getpid(),
    )


def _outbox(workspace: Workspace, git: GitSendEmail, mbox: Path | None) -> Outbox:
    wanted = workspace.stores.settings.reply_to
    if mbox is not None:
        return MboxFile(mbox.absolute(), mboxrd)
    if wanted == REPLY_SEND:
        return git
    if wanted == REPLY_DRAFTS:
        return DraftsMaildir(workspace.home.root / _FOLDER)
    return MboxFile(Path(absolute_path(wanted)), mboxrd)


def _sender(workspace: Workspace, git: GitSendEmail) -> Person:
    """By git send-email's settings, else mkit's, else git's."""
    settings = workspace.stores.settings
    found = git.sender()
    name = settings.name[0] if settings.name else ""
    if found.address:
        found = Person(found.name or name, found.address)
    elif settings.me:
        found = Person(name, settings.me[0])
    if not is_address(found.address):
        raise ConfigError("nobody has said who writes", "git config --global user.email ADDRESS")
    return found


def edit_reply(workspace: Workspace, desk: Desk, message_id: str) -> str | None:
    """Let the user write the reply to a mail in an editor, on the terminal: what it left, for
    ``editing.take_edited``; None where nothing was changed.

    A text that an editor or a crash left behind is gone on with, unless the draft was changed
    since. Raises EditorFailed.
    """
    from maintainer_kit.adapters.editor import edit
    from maintainer_kit.workflow.replying.editing import to_edit

    kept = desk.drafts.get(id_of(message_id))
    name = f"{id_of(message_id)}-{kept.changed if kept else 0}.eml"
    shown = to_edit(desk, message_id)
    left = edit(workspace.home.root / NAME / name, shown)
    return None if left == shown else left


def findings_text(workspace: Workspace, row: TopicRow) -> str:
    """What ``mkit check`` would write to the author of a topic's newest posting; empty where there
    is nothing to tell."""
    from maintainer_kit.model.mail.person import NOBODY
    from maintainer_kit.render.review_words import first_name, reply_text, worth_telling
    from maintainer_kit.wiring.arrivals import examiner_of
    from maintainer_kit.workflow.background import topic_series
    from maintainer_kit.workflow.project import topic_of
    from maintainer_kit.workflow.waiting import Waiting

    stores = workspace.stores
    examiner = stores.examiner or examiner_of(stores.settings, workspace.entries)
    if examiner is None:
        return ""
    topic = topic_of(stores.catalogue, row)
    if not topic.revisions:
        return ""
    series = topic_series(stores, topic, Waiting(stores))
    checked = examiner.judge(series).check(series)
    found = worth_telling(checked)
    if not found:
        return ""
    first = checked.series.first
    writer = stores.settings.name[0] if stores.settings.name else ""
    greeted = first_name(first.submitter if first else NOBODY)
    return reply_text(checked, found, writer, greeted)
