# SPDX-License-Identifier: GPL-2.0-or-later
"""Drafts that are kept: listed, thrown away, and what became of those that were being sent."""

from __future__ import annotations

import click

from maintainer_kit.cli.common import print_lines
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.reply.draft import Draft
from maintainer_kit.render.json_topics import dumps
from maintainer_kit.render.reply_json import drafts_json
from maintainer_kit.render.reply_text import drafts_text
from maintainer_kit.workflow.replying.desk import Desk
from maintainer_kit.workflow.replying.drafting import all_drafts, drop
from maintainer_kit.workflow.replying.sending import settle, uncertain


def print_drafts(desk: Desk, as_json: bool) -> int:
    """All of them, the oldest first."""
    uncertain(desk)  # what is known to be done is forgotten
    drafts = all_drafts(desk)
    if as_json:
        click.echo(dumps(drafts_json(drafts)))
    elif drafts:
        print_lines(drafts_text(drafts, desk.stores.clock() // 1_000_000))
    else:
        click.echo("No drafts. mkit reply TARGET writes one.", err=True)
    return 0


def drop_draft(desk: Desk, word: str, as_json: bool) -> int:
    """Throw one away."""
    return _told("dropped", drop(desk, word), as_json)


def settle_draft(desk: Desk, word: str, went_out: bool, as_json: bool) -> int:
    """Say whether a mail went out."""
    done = "sent" if went_out else "a draft again"
    return _told(done, settle(desk, word, went_out), as_json)


def _told(done: str, draft: Draft, as_json: bool) -> int:
    if as_json:
        click.echo(dumps(drafts_json([draft])))
    else:
        click.echo(f"{done}: {visible_line(draft.subject)}")
    return 0
