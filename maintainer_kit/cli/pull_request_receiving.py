# SPDX-License-Identifier: GPL-2.0-or-later
"""Another's request: looked over, merged, thanked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import click

from maintainer_kit.cli.common import print_lines
from maintainer_kit.cli.reply_asking import is_asked
from maintainer_kit.cli.reply_sending import SendWish, deliver
from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.reply.draft import Draft
from maintainer_kit.render.audits import audit_lines
from maintainer_kit.render.json_topics import dumps
from maintainer_kit.render.pull_request_json import received_json
from maintainer_kit.render.pull_request_text import asked_lines, next_lines
from maintainer_kit.wiring.pull_request import open_pulls
from maintainer_kit.wiring.pull_request_receive import Received, receive
from maintainer_kit.wiring.replying import open_desk
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.audit import Audit
from maintainer_kit.workflow.pull_request.asked import find_asked
from maintainer_kit.workflow.pull_request.drafting import refuse_failed
from maintainer_kit.workflow.pull_request.thanking import (
    draft_thanks,
    refuse_thanked,
    thanks_words,
)
from maintainer_kit.workflow.replying.desk import Desk
from maintainer_kit.workflow.replying.previewing import preview
from maintainer_kit.workflow.replying.scratch import ScratchDrafts
from maintainer_kit.workflow.replying.sending import send


@dataclass(frozen=True, slots=True)
class Pulling:
    """What the options say of another's request."""

    branch: str
    url: str
    fetch: bool
    thanks: bool
    why: str
    text: str


def receive_request(
    workspace: Workspace, repository: Path | None, word: str, pulling: Pulling, wish: SendWish
) -> int:
    """Look it over; with a branch merge it, with thanks answer; the exit code."""
    room = open_pulls(workspace, repository)
    asked = find_asked(workspace.stores, word)
    desk = open_desk(workspace, is_asking=is_asked())
    if wish.dry_run:
        desk = replace(desk, drafts=ScratchDrafts(desk.drafts))
    if pulling.thanks:
        refuse_thanked(desk, asked)
    with receive(room, asked, pulling.branch, pulling.url, fetches=pulling.fetch) as received:
        audits = received.audits()
        if not wish.as_json:
            print_lines(asked_lines(received.asked, received.arrived))
            print_lines(audit_lines(audits))
        merge = _merged(received, desk, audits, pulling, wish)
        draft = _thanks(received, desk, merge, pulling) if pulling.thanks else None
        return _finish(received, desk, audits, merge, draft, pulling, wish)


def _merged(
    received: Received, desk: Desk, audits: tuple[Audit, ...], pulling: Pulling, wish: SendWish
) -> str:
    """The merge that was made, or was there; empty without one."""
    arrived = received.arrived
    if arrived.is_merged:
        if pulling.branch and not pulling.thanks:
            raise Refused(f"{visible_line(arrived.target.name)} has all of it", "--thanks")
        return received.merged_as()
    if not pulling.branch or wish.dry_run:
        return ""
    refuse_failed(audits, pulling.why)
    made = received.merge()
    if not wish.as_json:
        name = visible_line(arrived.target.name)
        click.echo(f"{name}: {arrived.target.commit[:12]} -> {made[:12]}")
    return made


def _thanks(received: Received, desk: Desk, merge: str, pulling: Pulling) -> Draft | None:
    if not merge:
        raise Refused("it is in no branch yet: there is nothing to thank for", "--into BRANCH")
    words = thanks_words(received.place, received.arrived.target.name, merge)
    text = f"{words}\n{pulling.text.strip()}\n" if pulling.text.strip() else words
    return draft_thanks(desk, received.asked, text)


def _finish(
    received: Received,
    desk: Desk,
    audits: tuple[Audit, ...],
    merge: str,
    draft: Draft | None,
    pulling: Pulling,
    wish: SendWish,
) -> int:
    # A merge that was made is no reason to send mail unasked: the draft is kept.
    sends = wish.yes and not (wish.keep or wish.dry_run)
    if wish.as_json:
        outcome = send(desk, [draft]) if draft and sends else None
        letter = preview(desk, draft) if draft and not (outcome and outcome.sent) else None
        found = received_json(
            received.asked, received.arrived, audits, pulling.why, merge, letter, outcome
        )
        click.echo(dumps(found))
        return 1 if outcome and outcome.failed else 0
    if draft is None:
        print_lines(next_lines(received.arrived, merge))
        return 0
    return deliver(desk, [draft], replace(wish, keep=wish.keep or not (wish.yes or is_asked())))
