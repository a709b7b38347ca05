# SPDX-License-Identifier: GPL-2.0-or-later
"""``send`` where a posting is not done: gone on with, asked about, forgotten, listed."""

from __future__ import annotations

import click

from maintainer_kit.cli.common import print_lines
from maintainer_kit.cli.reply_asking import agrees, is_asked
from maintainer_kit.cli.send_making import Way
from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.model.reply.draft import Stage
from maintainer_kit.render.json_topics import dumps
from maintainer_kit.render.posting_json import outcome_json, records_json
from maintainer_kit.render.posting_text import left_text
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.posting import sending
from maintainer_kit.workflow.posting.desk import PostingDesk
from maintainer_kit.workflow.posting.ports import Records
from maintainer_kit.workflow.posting.record import Record


def go_on(desk: PostingDesk, way: Way) -> int:
    """Send what an earlier run left; the mails are those that were made then."""
    record = desk.record
    stores, records = desk.stores, desk.records
    if record.uncertain is not None:
        _ask_fate(desk, record)
        record = desk.record
    left = len(record.mails) - record.sent
    words = f"{record.sent} of {count_of(len(record.mails), 'mail')} of v{record.revision} went out"
    if left and not way.as_json:
        click.echo(f"{words}; going on with {visible_line(_next(record))}")
    if left and not way.yes:
        if not is_asked():
            raise Refused(words, f"mkit send --yes {record.name} goes on")
        if not agrees(f"send {count_of(left, 'mail')}?"):
            return 0
    if not left:
        click.echo(words)
        return 0
    outcome = sending.go_on(stores, records, desk.outbox, record.id)
    if way.as_json:
        click.echo(dumps(outcome_json(record, outcome)))
    else:
        told = visible_line(sending.outcome_words(outcome, f"mkit send {record.name}"))
        click.echo(told, err=outcome.failed is not None)
    return 1 if outcome.failed else 0


def _next(record: Record) -> str:
    return next(one.subject for one in record.mails if one.stage is not Stage.SENT)


def _ask_fate(desk: PostingDesk, record: Record) -> None:
    asked = record.uncertain
    subject = visible_line(asked.subject) if asked else ""
    if not is_asked():
        raise Refused(
            f"mkit ended while it sent {subject}: nobody knows whether it went out",
            f"mkit send --went-out {record.name}, or --not-sent {record.name}",
        )
    question = f"mkit ended while it sent {subject}\ndid it go out?"
    sending.settle(desk.stores, desk.records, record.id, agrees(question))


def print_left(records: Records, as_json: bool) -> int:
    """Postings that are not done."""
    found = [one for one in records.all() if one.is_under_way or one.letter]
    if as_json:
        click.echo(dumps(records_json(found)))
    elif found:
        print_lines(left_text(found))
    else:
        click.echo("All is done. mkit send posts a branch.", err=True)
    return 0


def drop_posting(records: Records, word: str, as_json: bool) -> int:
    """Forget what is not done of a branch."""
    record = sending.drop(records, _named(records, word).id)
    return _told(record, "dropped", as_json)


def settle_posting(
    workspace: Workspace, records: Records, word: str, went_out: bool, as_json: bool
) -> int:
    """Say whether a mail went out."""
    record = sending.settle(workspace.stores, records, _named(records, word).id, went_out)
    words = "noted as sent" if went_out else "it is the next"
    return _told(record, f"{words}; mkit send {record.name} goes on", as_json)


def _told(record: Record, words: str, as_json: bool) -> int:
    if as_json:
        click.echo(dumps(records_json([record])))
    else:
        click.echo(visible_line(f"{record.name}: {words}"))
    return 0


def _named(records: Records, word: str) -> Record:
    """The one that is not done, of the branch that is named, or of any."""
    open_ones = [one for one in records.all() if one.is_under_way or one.letter]
    found = [one for one in open_ones if not word or one.name == word or one.id == word]
    if len(found) > 1:
        listed = ", ".join(f"{one.id} ({visible_line(one.place)})" for one in found)
        raise Refused(f"{len(found)} postings are not done", f"name one: {listed}")
    if not found:
        raise Refused("no such posting is on its way", "mkit send --list")
    return found[0]
