# SPDX-License-Identifier: GPL-2.0-or-later
"""``send``: the posting is worked out, written, shown, agreed to, and sent."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

import click

from maintainer_kit.cli.common import print_lines
from maintainer_kit.cli.reply_asking import agrees, is_asked
from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.render.json_topics import dumps
from maintainer_kit.render.mboxrd import mboxrd
from maintainer_kit.render.posting_json import outcome_json, plan_json
from maintainer_kit.render.posting_text import plan_text
from maintainer_kit.wiring.posting import edit_letter
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.audit import Audit, refuse_failed
from maintainer_kit.workflow.one_sender import one_sender
from maintainer_kit.workflow.posting.desk import PostingDesk, refuse_under_way
from maintainer_kit.workflow.posting.editing import take_letter
from maintainer_kit.workflow.posting.gates import find_gates
from maintainer_kit.workflow.posting.making import Made, make_mails
from maintainer_kit.workflow.posting.naming import is_doubtful
from maintainer_kit.workflow.posting.plan import Plan, make_plan
from maintainer_kit.workflow.posting.sending import keep_letter, outcome_words, post
from maintainer_kit.workflow.posting.wish import PostWish
from maintainer_kit.workflow.replying.ports import MaybeSent, NotSent


@dataclass(frozen=True, slots=True)
class Way:
    """How the user wants it done."""

    edits: bool | None
    show: bool
    dry_run: bool
    to_self: bool
    yes: bool
    anyway: str
    as_json: bool

    @property
    def is_dry(self) -> bool:
        """Whether nothing is kept or sent."""
        return self.show or self.dry_run


def send_branch(workspace: Workspace, desk: PostingDesk, wish: PostWish, way: Way) -> int:
    """From the wish to the list; the exit code."""
    plan = _sure(desk, make_plan(desk, wish), wish, way)
    if _opens_editor(desk, plan, way):
        plan = take_letter(desk, plan, edit_letter(workspace, desk, plan))
    if way.to_self:
        return _to_self(desk, plan)
    made = make_mails(desk, plan)
    gates = _gates(desk, plan, made)
    if way.is_dry:
        _print(desk, plan, made, gates, way)
        return 0
    if not way.as_json:
        print_lines(plan_text(desk.branch, plan, made, gates))
    _refuse_lacking(desk, plan)
    refuse_failed(gates, way.anyway, "", "mkit send --anyway WHY")
    if not way.yes and not _agreed(desk, plan, made):
        return 0
    return _post(desk, plan, made, gates, way)


def _sure(desk: PostingDesk, plan: Plan, wish: PostWish, way: Way) -> Plan:
    """The plan, once it is sure which series it is of."""
    before = plan.before
    if before is None or way.is_dry or not is_doubtful(desk.branch, before):
        return plan
    title = visible_line(before.first.subject.title)
    words = f"{before.topic.id} may be its earlier posting (by {before.reason}): {title}"
    if is_asked() and not way.yes:
        click.echo(f"mkit: {words}", err=True)
        is_it = agrees("does the branch go on from it?")
        return plan if is_it else make_plan(desk, replace(wish, is_new=True))
    raise Refused(words, f"mkit send --topic {before.topic.id}, or --new")


def _opens_editor(desk: PostingDesk, plan: Plan, way: Way) -> bool:
    if way.edits is not None:
        return way.edits
    kept = desk.record.letter
    is_written = kept is not None and kept.revision == plan.revision
    is_wanted = plan.has_cover or plan.before is not None
    return is_wanted and not is_written and not (way.is_dry or way.yes) and is_asked()


def _gates(desk: PostingDesk, plan: Plan, made: Made) -> tuple[Audit, ...]:
    rules = desk.room.rules(made.series)
    people = (*plan.letter.to, *plan.letter.cc)
    return find_gates(desk.stores, desk.branch, plan.before, rules, people, desk.tests)


def _print(desk: PostingDesk, plan: Plan, made: Made, gates: Sequence[Audit], way: Way) -> None:
    if way.as_json:
        click.echo(dumps(plan_json(desk.branch, plan, made, gates)))
    elif way.show or sys.stdout.isatty():
        print_lines(plan_text(desk.branch, plan, made, gates))
        if plan.lack:
            click.echo(f"mkit: {plan.lack}", err=True)
    else:
        sys.stdout.buffer.write(b"".join(mboxrd(one.raw) for one in made.mails))


def _refuse_lacking(desk: PostingDesk, plan: Plan) -> None:
    if plan.lack:
        option = "--edit" if plan.letter.to else "--to ADDRESS"
        raise Refused(plan.lack, f"mkit send {option} {desk.branch.name}")


def _agreed(desk: PostingDesk, plan: Plan, made: Made) -> bool:
    if not is_asked():
        keep_letter(desk, plan)
        raise Refused("not sent, as nobody can be asked", f"mkit send --yes {desk.branch.name}")
    if agrees(f"send {count_of(len(made.mails), 'mail')}?"):
        return True
    keep_letter(desk, plan)
    click.echo("nothing is sent; the letter is kept")
    return False


def _post(desk: PostingDesk, plan: Plan, made: Made, gates: Sequence[Audit], way: Way) -> int:
    outcome = post(desk, plan, made, way.anyway)
    if way.as_json:
        record = replace(desk.record, revision=plan.revision)
        click.echo(dumps(outcome_json(record, outcome, desk.branch, plan, gates)))
    else:
        words = visible_line(outcome_words(outcome, f"mkit send {desk.branch.name}"))
        click.echo(words, err=outcome.failed is not None)
    return 1 if outcome.failed else 0


def _to_self(desk: PostingDesk, plan: Plan) -> int:
    """All mails to the user: neither kept nor imported, and under other Message-IDs."""
    refuse_under_way(desk.record)
    made = make_mails(desk, plan, desk.sender)
    desk.outbox.validate(made.mails)
    with one_sender(desk.records):
        for at, one in enumerate(made.mails):
            try:
                desk.outbox.post(desk.sender, one)
            except (NotSent, MaybeSent) as error:
                words = f"{at} of {count_of(len(made.mails), 'mail')} sent, then: {error.message}"
                raise Refused(words, "git config --get-regexp sendemail") from error
    words = f"{count_of(len(made.mails), 'mail')} {desk.outbox.words}, to {desk.sender.address}"
    click.echo(visible_line(words))
    return 0
