# SPDX-License-Identifier: GPL-2.0-or-later
"""``sent``."""

from __future__ import annotations

import click

from maintainer_kit.cli.common import (
    catch_up,
    days_option,
    examples,
    json_option,
    no_sync_option,
    print_lines,
    terminal_width,
)
from maintainer_kit.model.queue.reminder import PATIENCE
from maintainer_kit.render.json_topics import dumps
from maintainer_kit.render.sent_json import sent_json
from maintainer_kit.render.sent_text import sent_text
from maintainer_kit.wiring.workspace import clock, open_workspace
from maintainer_kit.workflow.sent import sent_report


@click.command("sent", epilog=examples("mkit sent", "mkit sent --days 365 --json"))
@days_option(90, "What had a mail within so many days; 0: whenever.")
@click.option(
    "--patience",
    type=click.IntRange(min=1),
    default=PATIENCE,
    show_default=True,
    metavar="N",
    help="Days without a word before you may remind others.",
)
@json_option
@no_sync_option
def sent_command(days: int, patience: int, as_json: bool, no_sync: bool) -> None:
    """What you posted, and its state at others: unanswered, changes requested, reviewed, taken;
    what you may remind others of; and the reviews that you gave beside those that you got.

    No mail is ever sent.
    """
    with open_workspace() as workspace:
        catch_up(workspace, no_sync)
        report = sent_report(workspace.stores, days, patience)
    if as_json:
        click.echo(dumps(sent_json(report)))
    else:
        print_lines(sent_text(report, clock() // 1_000_000, terminal_width()))
