# SPDX-License-Identifier: GPL-2.0-or-later
"""A request of one's own: looked over, shown, and sent as replies are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import click

from maintainer_kit.cli.reply_asking import is_asked
from maintainer_kit.cli.reply_sending import SendWish, deliver
from maintainer_kit.render.audits import audit_lines
from maintainer_kit.render.json_topics import dumps
from maintainer_kit.render.pull_request_json import request_json
from maintainer_kit.render.pull_request_text import offer_line
from maintainer_kit.wiring.pull_request import PullRoom, open_pulls, tree_notes
from maintainer_kit.wiring.replying import edit_reply, open_desk
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.pull_request.addressing import address
from maintainer_kit.workflow.pull_request.drafting import (
    Made,
    NoNotes,
    Request,
    keep_request,
    refuse_failed,
    request_id,
)
from maintainer_kit.workflow.pull_request.text import request_subject, request_text
from maintainer_kit.workflow.replying import editing
from maintainer_kit.workflow.replying.desk import Desk
from maintainer_kit.workflow.replying.previewing import preview
from maintainer_kit.workflow.replying.scratch import ScratchDrafts
from maintainer_kit.workflow.replying.sending import send


@dataclass(frozen=True, slots=True)
class Asking:
    """What the options say of a request."""

    base: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    url: str
    text: str
    edits: bool
    why: str
    again: bool


def ask_to_pull(
    workspace: Workspace, repository: Path | None, word: str, asking: Asking, wish: SendWish
) -> int:
    """Make the draft, show it, and send it; the exit code."""
    room = open_pulls(workspace, repository)
    desk = open_desk(workspace, is_asking=is_asked())
    if wish.dry_run:
        desk = replace(desk, drafts=ScratchDrafts(desk.drafts))
    request = _request(room, desk, word, asking)
    if not wish.as_json:
        click.echo(offer_line(request.offer), err=True)
        click.echo("\n".join(audit_lines(request.audits)), err=True)
    if not wish.dry_run:
        refuse_failed(request.audits, asking.why)
    message_id = request_id(desk, request.offer, request.url, again=asking.again or wish.dry_run)
    notes = NoNotes() if wish.dry_run else tree_notes(workspace)
    made = keep_request(desk, notes, message_id, request)
    if made.is_edited and not wish.as_json:
        click.echo("mkit: the text that you edited is kept", err=True)
    if asking.edits:
        made = _edited(workspace, desk, made)
    return _deliver(desk, request, made, wish)


def _request(room: PullRoom, desk: Desk, word: str, asking: Asking) -> Request:
    url = room.url(asking.url)
    offer, tried = room.tried(room.offer(word, asking.base))
    return Request(
        offer=offer,
        url=url,
        addressed=address(
            desk, url, offer.pulled_ref, asking.to, asking.cc, lambda: room.maintainers(offer)
        ),
        subject=request_subject(offer),
        text=request_text(offer, url, asking.text, tried),
        audits=room.audits(offer, tried),
        why=asking.why,
    )


def _edited(workspace: Workspace, desk: Desk, made: Made) -> Made:
    left = edit_reply(workspace, desk, made.draft.answers)
    if left is None:
        return made
    return replace(made, draft=editing.take_edited(desk, made.draft.answers, left), is_edited=True)


def _deliver(desk: Desk, request: Request, made: Made, wish: SendWish) -> int:
    if not wish.as_json:
        return deliver(desk, [made.draft], wish)
    letter = preview(desk, made.draft)
    outcome = None
    if wish.yes and not (wish.dry_run or wish.keep):
        outcome = send(desk, [made.draft], is_public=wish.public)
    click.echo(dumps(request_json(request, made, letter, outcome)))
    return 1 if outcome and outcome.failed else 0
