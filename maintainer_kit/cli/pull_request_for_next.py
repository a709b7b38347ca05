# SPDX-License-Identifier: GPL-2.0-or-later
"""The commits of a branch, sent as patches that are queued."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import click

from maintainer_kit.cli.common import print_lines
from maintainer_kit.cli.pull_request_sending import Asking
from maintainer_kit.cli.reply_asking import agrees, is_asked
from maintainer_kit.cli.reply_sending import SendWish
from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.render.json_topics import dumps
from maintainer_kit.render.mboxrd import mboxrd
from maintainer_kit.render.pull_request_json import for_next_json
from maintainer_kit.render.pull_request_text import mail_lines
from maintainer_kit.wiring.posting import posting_records, series_outbox
from maintainer_kit.wiring.pull_request import PullRoom, open_pulls
from maintainer_kit.wiring.pull_request_next import branch_of, mails_of
from maintainer_kit.wiring.replying import open_desk
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.posting.ports import Records, SeriesOutbox
from maintainer_kit.workflow.posting.record import Mail, Record
from maintainer_kit.workflow.posting.sending import Outcome, outcome_words, recover
from maintainer_kit.workflow.pull_request.addressing import read_addresses
from maintainer_kit.workflow.pull_request.for_next import begin, finish, record_of
from maintainer_kit.workflow.replying.desk import Desk


def post_for_next(
    workspace: Workspace, repository: Path | None, word: str, asking: Asking, wish: SendWish
) -> int:
    """Show them, ask, and send; after a crash go on. The exit code."""
    room = open_pulls(workspace, repository)
    desk = open_desk(workspace, is_asking=is_asked())
    records = posting_records(workspace)
    outbox = series_outbox(workspace, room.top, is_asking=is_asked())
    recover(workspace.stores, records, outbox.holds)
    record = record_of(str(room.top), word)
    kept = records.get(record.id)
    if kept is not None and kept.is_under_way and not wish.dry_run:
        return _send(desk, records, outbox, kept, word, wish, is_new=False)
    mails, known = _made(room, desk, word, asking, kept.ids if kept else ())
    if wish.dry_run or wish.keep:
        _print(record, mails, known, wish)
        return 0
    base = kept or record
    wanted = replace(base, mails=mails, sender=desk.sender, tip=mails[-1].commit, revision=1)
    return _send(desk, records, outbox, wanted, word, wish, is_new=True)


def _made(
    room: PullRoom, desk: Desk, word: str, asking: Asking, posted: Sequence[str]
) -> tuple[tuple[Mail, ...], int]:
    settings = desk.stores.settings
    to = read_addresses(asking.to or settings.for_next_to)
    if not to:
        raise Refused("nobody has said to whom", "--to ADDRESS, or git config mkit.forNextTo")
    branch = branch_of(room, desk, word, asking.base, asking.url, posted, again=asking.again)
    if not branch.patches:
        raise Refused(f"{count_of(branch.known, 'patch')} went out before: none is new", "--again")
    cc = read_addresses(asking.cc)
    return mails_of(room, desk, branch, to, cc, asking.text), branch.known


def _print(record: Record, mails: Sequence[Mail], known: int, wish: SendWish) -> None:
    if wish.as_json:
        click.echo(dumps(for_next_json(record.name, mails, known)))
    elif sys.stdout.isatty() or wish.keep:
        print_lines(mail_lines(mails))
    else:
        sys.stdout.buffer.write(b"".join(mboxrd(one.raw) for one in mails))


def _send(
    desk: Desk,
    records: Records,
    outbox: SeriesOutbox,
    record: Record,
    word: str,
    wish: SendWish,
    *,
    is_new: bool,
) -> int:
    left = len(record.mails) - record.sent
    if not wish.as_json:
        print_lines(mail_lines(list(islice(record.mails, record.sent, None))))
    if not wish.yes:
        if not is_asked():
            hint = "--yes sends them"
            raise Refused(f"{count_of(left, 'mail')} not sent, as nobody can be asked", hint)
        if not agrees(f"send {count_of(left, 'mail')}?"):
            return 0
    if is_new:
        begin(records, outbox, record)
    return _told(record, finish(desk, records, outbox, record.id), word, wish)


def _told(record: Record, outcome: Outcome, word: str, wish: SendWish) -> int:
    if wish.as_json:
        click.echo(dumps(for_next_json(record.name, outcome.mails, 0, outcome)))
    else:
        words = outcome_words(outcome, f"mkit pull-request {word} --for-next")
        click.echo(visible_line(words), err=outcome.failed is not None)
    return 1 if outcome.failed else 0
