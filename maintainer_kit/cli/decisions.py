# SPDX-License-Identifier: GPL-2.0-or-later
"""``state``, ``archive``, ``log``, ``undo`` and ``redo``."""

from __future__ import annotations

import click

from maintainer_kit.cli.common import (
    catch_up,
    examples,
    json_option,
    named_targets,
    no_sync_option,
    print_group,
    print_lines,
    query_option,
    why_option,
)
from maintainer_kit.model.decision.event import Origin
from maintainer_kit.model.decision.event_codec import dump_group
from maintainer_kit.render.json_topics import dumps, envelope
from maintainer_kit.render.topic_text import history_text
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow import decide
from maintainer_kit.workflow.reading import detail, history
from maintainer_kit.workflow.targets import resolve


@click.command(
    "state",
    epilog=examples(
        "mkit state accepted k3v9", "mkit list --json ... | jq ... | mkit state rejected -"
    ),
)
@query_option
@why_option
@json_option
@click.argument("state")
@click.argument("targets", nargs=-1)
def state_command(
    state: str, targets: tuple[str, ...], query: str, why: str, as_json: bool
) -> None:
    """Set STATE on TARGETs, all as one decision that one undo takes back.

    A topic id means its newest patches, a cover letter's id its series, a patch's id that patch.
    """
    with open_workspace() as workspace:
        name = decide.check_state(state)
        catch_up(workspace, no_sync=False)
        found = named_targets(workspace, targets, query)
        ids = [one for target in found for one in target.message_ids]
        group = decide.set_state(workspace.stores, name, ids, Origin.CLI, why)
    print_group(group, "set", as_json, len(found))


@click.command("archive", epilog=examples("mkit archive k3v9", "mkit archive --undo k3v9"))
@click.option("--undo", "bring_back", is_flag=True, help="Bring back into the queue.")
@query_option
@why_option
@json_option
@click.argument("targets", nargs=-1)
def archive_command(
    targets: tuple[str, ...], bring_back: bool, query: str, why: str, as_json: bool
) -> None:
    """Take TARGETs out of the queue without changing their state; a new revision comes back."""
    with open_workspace() as workspace:
        catch_up(workspace, no_sync=False)
        found = named_targets(workspace, targets, query)
        ids = [one for target in found for one in target.message_ids]
        group = decide.set_archived(workspace.stores, not bring_back, ids, Origin.CLI, why)
    print_group(group, "done", as_json, len(found))


@click.command("log", epilog=examples("mkit log", "mkit log k3v9 --json"))
@json_option
@no_sync_option
@click.argument("target", required=False)
def log_command(target: str | None, as_json: bool, no_sync: bool) -> None:
    """What was decided: of one topic, or of all; oldest first."""
    with open_workspace() as workspace:
        catch_up(workspace, no_sync)
        ids = None
        if target:
            row = resolve(workspace.stores, target).row
            ids = [message.message_id for message in detail(workspace.stores, row).topic.messages]
        entries = history(workspace.stores, ids)
    if as_json:
        groups = [{**dump_group(one.group), "undone": one.undone} for one in entries]
        click.echo(dumps(envelope(log=groups)))
    else:
        print_lines(history_text(entries) if entries else ["nothing was decided yet"])


@click.command("undo", epilog=examples("mkit undo", "mkit undo --json"))
@json_option
def undo_command(as_json: bool) -> None:
    """Take back the last decision, however many patches it was about."""
    with open_workspace() as workspace:
        catch_up(workspace, no_sync=False)
        group = decide.undo(workspace.stores, Origin.CLI)
    print_group(group, "taken back", as_json)


@click.command("redo", epilog=examples("mkit redo", "mkit redo --json"))
@json_option
def redo_command(as_json: bool) -> None:
    """Take back the last undo, as long as nothing else was decided since."""
    with open_workspace() as workspace:
        catch_up(workspace, no_sync=False)
        group = decide.redo(workspace.stores, Origin.CLI)
    print_group(group, "holds again", as_json)
