# SPDX-License-Identifier: GPL-2.0-or-later
"""``log``, ``undo`` and ``redo``: what was decided, and the way back."""

from __future__ import annotations

import click

from maintainer_kit.cli.common import (
    catch_up,
    examples,
    json_option,
    moment_of,
    no_sync_option,
    print_group,
    print_lines,
)
from maintainer_kit.model.decision.event import Origin
from maintainer_kit.model.decision.event_codec import dump_group
from maintainer_kit.render.json_topics import dumps, envelope
from maintainer_kit.render.topic_text import history_text
from maintainer_kit.wiring.workspace import clock, open_workspace
from maintainer_kit.workflow import decide
from maintainer_kit.workflow.reading import history
from maintainer_kit.workflow.targets import resolve


@click.command(
    "log", epilog=examples("mkit log --since monday --origin tag", "mkit log k3v9 --json")
)
@click.option("--since", metavar="WHEN", default="", help="Only what was decided since.")
@click.option("--who", metavar="WHO", default="", help="Only decisions of this one.")
@click.option(
    "--origin",
    type=click.Choice([one.value for one in Origin]),
    default=None,
    help="Only what came from there.",
)
@json_option
@no_sync_option
@click.argument("target", required=False)
def log_command(
    target: str | None, since: str, who: str, origin: str | None, as_json: bool, no_sync: bool
) -> None:
    """What was decided: of one topic, or of all; oldest first."""
    start = moment_of(since, clock() // 1_000_000, back=True) if since else 0
    with open_workspace() as workspace:
        catch_up(workspace, no_sync)
        ids = None
        if target:
            row = resolve(workspace.stores, target).row
            ids = workspace.catalogue.topic_messages([row.id])[row.id]
        entries = [
            one
            for one in history(workspace.stores, ids)
            if one.group.time >= start * 1_000_000
            and who.lower() in one.group.who.lower()
            and origin in (None, one.group.origin)
        ]
    if as_json:
        groups = [{**dump_group(one.group), "undone": one.undone} for one in entries]
        click.echo(dumps(envelope(log=groups)))
    else:
        print_lines(history_text(entries) if entries else ["nothing was decided yet"])


@click.command("undo", epilog=examples("mkit undo", "mkit undo k3v9"))
@json_option
@click.argument("target", required=False)
def undo_command(target: str | None, as_json: bool) -> None:
    """Take back your last decision, however many patches it was about.

    With a TARGET the last one about it, whoever took it: another client, a mail, another machine.
    """
    with open_workspace() as workspace:
        catch_up(workspace, no_sync=False)
        stores = workspace.stores
        if target:
            row = resolve(stores, target).row
            about = workspace.catalogue.topic_messages([row.id])[row.id]
            group = decide.undo_about(stores, about, Origin.CLI)
        else:
            group = decide.undo(stores, Origin.CLI)
    print_group(group, "taken back", as_json)


@click.command("redo", epilog=examples("mkit redo", "mkit redo --json"))
@json_option
def redo_command(as_json: bool) -> None:
    """Take back the last undo, as long as nothing else was decided since."""
    with open_workspace() as workspace:
        catch_up(workspace, no_sync=False)
        group = decide.redo(workspace.stores, Origin.CLI)
    print_group(group, "holds again", as_json)
