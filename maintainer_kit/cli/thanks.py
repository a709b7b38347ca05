# SPDX-License-Identifier: GPL-2.0-or-later
"""``thanks``: tell authors what was applied; drafts, which are sent once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from maintainer_kit.cli.common import (
    days_option,
    examples,
    json_option,
    no_sync_option,
    print_lines,
)
from maintainer_kit.cli.land import LandWish, look
from maintainer_kit.cli.reply_asking import is_asked
from maintainer_kit.cli.reply_sending import SendWish, deliver, warn_uncertain
from maintainer_kit.errors import Refused
from maintainer_kit.model.queue.landed import Role
from maintainer_kit.render.json_topics import dumps
from maintainer_kit.render.thanks_text import report_text, thanks_json, warnings_text
from maintainer_kit.wiring.landing import LandingRoom, open_landings
from maintainer_kit.wiring.replying import open_desk
from maintainer_kit.wiring.thanking import thanks_room
from maintainer_kit.wiring.workspace import Workspace, open_workspace
from maintainer_kit.workflow.replying.desk import Desk
from maintainer_kit.workflow.replying.scratch import ScratchDrafts
from maintainer_kit.workflow.replying.sending import Outcome, send
from maintainer_kit.workflow.targets import resolve_all
from maintainer_kit.workflow.thanking.due import ThanksWish, usual_template
from maintainer_kit.workflow.thanking.facts import Report
from maintainer_kit.workflow.thanking.thank import thank, thank_lately

_DAY = 86_400
_LATELY = 14


@click.command(
    "thanks", epilog=examples("mkit thanks", "mkit thanks k3v9 --branch for-next --send")
)
@click.option("--branch", metavar="NAME", default="", help="What is in this branch.")
@click.option(
    "--repo", "repository", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help="Where --branch is, if it is not followed yet; it is from then on, as queued.",
)  # fmt: skip
@days_option(_LATELY, "Without TARGET: what came into a branch less than so many days ago.")
@click.option(
    "--template", metavar="NAME", default="",
    help="A text of yours; default: thanks, where there is one.",
)  # fmt: skip
@click.option("--again", is_flag=True, help="Also for what was thanked for before.")
@click.option("--send", "sends", is_flag=True, help="Send, after showing; else drafts are kept.")
@click.option("--dry-run", is_flag=True, help="Print the mails; nothing is kept or sent.")
@click.option("--yes", is_flag=True, help="Send without asking.")
@click.option("--public", is_flag=True, help="Also where a confidential topic would become known.")
@click.option(
    "--mbox", type=click.Path(dir_okay=False, path_type=Path),
    help="Put the mails into this mbox instead of sending them.",
)  # fmt: skip
@json_option
@no_sync_option
@click.argument("targets", nargs=-1)
def thanks_command(
    targets: tuple[str, ...],
    branch: str,
    repository: Path | None,
    days: int,
    template: str,
    again: bool,
    sends: bool,
    dry_run: bool,
    yes: bool,
    public: bool,
    mbox: Path | None,
    as_json: bool,
    no_sync: bool,
) -> int:
    """Tell authors what of their patches was applied, where, and as which commits.

    What landed is what mkit land finds, edited or not. Without TARGET: all that you committed
    lately, by the committer's address, but for your own patches. Whoever was told, by you or
    others, is not told again; nor where you dropped the draft. Drafts are sent by --send, or by
    mkit reply --send.
    """
    if repository and not branch:
        raise click.UsageError("--repo needs --branch NAME")
    sending = SendWish(yes, public, dry_run, not sends, as_json)
    with open_workspace() as workspace, open_landings(workspace) as room:
        look(workspace, room, _looking(repository, branch, no_sync))
        desk = open_desk(workspace, is_asking=is_asked(), mbox=mbox)
        warn_uncertain(desk)
        if dry_run:
            desk = replace(desk, drafts=ScratchDrafts(desk.drafts))
        wish = ThanksWish(branch, template or usual_template(desk), again, dry_run)
        report = _report(workspace, room, desk, targets, wish, days)
        return _finish(desk, report, sending, named=bool(targets))


def _looking(repository: Path | None, branch: str, no_sync: bool) -> LandWish:
    refs = (branch,) if repository else ()
    return LandWish(
        repositories=(repository,) if repository else (),
        refs=refs,
        role=Role.QUEUED.value if refs else None,
        content_only=False,
        fetch=False,
        again=False,
        no_sync=no_sync,
    )


def _report(
    workspace: Workspace,
    landings: LandingRoom,
    desk: Desk,
    targets: Sequence[str],
    wish: ThanksWish,
    days: int,
) -> Report:
    room = thanks_room(workspace, desk, landings.evidence)
    if not targets:
        now = desk.stores.clock() // 1_000_000
        return thank_lately(room, now - days * _DAY, wish)
    rows = {one.row.id: one.row for one in resolve_all(desk.stores, targets)}
    return thank(room, list(rows.values()), wish)


def _finish(desk: Desk, report: Report, sending: SendWish, *, named: bool) -> int:
    if not sending.as_json:
        for line in warnings_text(report, named=named):
            click.echo(line, err=True)
    drafts = [one.draft for one in report.made]
    if not drafts:
        return _nobody(report, sending.as_json, named=named)
    if sending.as_json:
        return _finish_json(desk, report, sending)
    if sending.keep and not sending.dry_run:
        print_lines(report_text(report))
        click.echo("mkit thanks --send, or mkit reply --send ID, sends them", err=True)
        return 0
    return deliver(desk, drafts, sending)


def _nobody(report: Report, as_json: bool, *, named: bool) -> int:
    if as_json:
        click.echo(dumps(thanks_json(report)))
    elif named:
        raise Refused("there is nobody to thank", "mkit land; --again, if they were told before")
    else:
        click.echo("Nobody to thank. mkit land tells what landed.", err=True)
    return 0


def _finish_json(desk: Desk, report: Report, sending: SendWish) -> int:
    outcome: Outcome | None = None
    if not (sending.keep or sending.dry_run):
        if not sending.yes:
            raise Refused("not sent, as nobody can be asked", "--send --yes, beside --json")
        drafts = [one.draft for one in report.made]
        outcome = send(desk, drafts, is_public=sending.public)
    click.echo(dumps(thanks_json(report, outcome)))
    return 1 if outcome and outcome.failed else 0
