# SPDX-License-Identifier: GPL-2.0-or-later
"""``proposals``."""

from __future__ import annotations

import click

from maintainer_kit.cli.common import (
    catch_up,
    days_option,
    examples,
    json_option,
    named_targets,
    no_sync_option,
    print_group,
    print_lines,
    query_option,
    terminal_width,
)
from maintainer_kit.config import FOLLOW_OFF
from maintainer_kit.errors import Refused
from maintainer_kit.model.decision.event import Origin
from maintainer_kit.render.json_topics import dumps
from maintainer_kit.render.proposals_text import proposals_json, proposals_text
from maintainer_kit.wiring.workspace import Workspace, clock, open_workspace
from maintainer_kit.workflow.follow import take
from maintainer_kit.workflow.offers import Offer, limited, proposals

_DAY = 86400


@click.command(
    "proposals", epilog=examples("mkit proposals --days 30", "mkit proposals --take k3v9")
)
@click.option("--take", "taking", is_flag=True, help="Decide as they say, as one decision.")
@click.option("--all", "everything", is_flag=True, help="With --take: all that are listed.")
@days_option(90, "Only topics with a mail within so many days; 0: whenever.")
@query_option
@json_option
@no_sync_option
@click.argument("targets", nargs=-1)
def proposals_command(
    targets: tuple[str, ...],
    taking: bool,
    everything: bool,
    days: int,
    query: str,
    as_json: bool,
    no_sync: bool,
) -> None:
    """What others decided, by their mails: "applied, thanks", patchwork-bot, tip-bot, Patchwork's
    notices. Each with the sentence that says so; of TARGETs, or of all topics.

    Nothing is decided before --take, unless mkit.follow is record.
    """
    if taking and bool(targets or query) == everything:
        raise click.UsageError("--take needs a TARGET, or --all")
    with open_workspace() as workspace:
        if workspace.stores.settings.follow == FOLLOW_OFF:
            raise Refused("mkit.follow is off", "git config --global mkit.follow propose")
        catch_up(workspace, no_sync)
        found = _find(workspace, targets, query, days)
        if taking:
            group = take(workspace.stores, found, Origin.CLI)
            print_group(group, "taken", as_json, len({one.row.id for one in found}))
            return
    if as_json:
        click.echo(dumps(proposals_json(found)))
    else:
        print_lines(proposals_text(found, clock() // 1_000_000, terminal_width()))


def _find(workspace: Workspace, targets: tuple[str, ...], query: str, days: int) -> list[Offer]:
    if not (targets or query):
        since = clock() // 1_000_000 - days * _DAY if days else 0
        return proposals(workspace.stores, since=since)
    named = named_targets(workspace, targets, query)
    found = proposals(workspace.stores, {target.row.id for target in named})
    return limited(found, {one for target in named for one in target.message_ids})
