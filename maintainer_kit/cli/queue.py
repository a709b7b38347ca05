# SPDX-License-Identifier: GPL-2.0-or-later
"""``list``, ``show`` and ``search``."""

from __future__ import annotations

from dataclasses import replace

import click

from maintainer_kit.cli.common import (
    catch_up,
    check_new,
    examples,
    json_option,
    no_sync_option,
    print_lines,
    telling_why_not_checked,
    terminal_width,
)
from maintainer_kit.model.queue.turn import Turn
from maintainer_kit.render.json_topics import dumps, list_json, message_json, show_json
from maintainer_kit.render.queue_text import queue_text
from maintainer_kit.render.topic_text import message_text, topic_text
from maintainer_kit.wiring.workspace import Workspace, clock, open_workspace
from maintainer_kit.workflow.arrivals import topic_findings
from maintainer_kit.workflow.decide import check_state
from maintainer_kit.workflow.ports import Selection
from maintainer_kit.workflow.reading import detail_now, rows, select
from maintainer_kit.workflow.targets import lone_message, resolve_topic


@click.command(
    "list", epilog=examples("mkit list --turn me", "mkit list --all --state accepted from:jane")
)
@click.option("--state", "states", multiple=True, metavar="S", help="Only this state (several).")
@click.option(
    "--turn",
    "turns",
    multiple=True,
    type=click.Choice([turn.value for turn in Turn]),
    help="Only what waits for this one (several).",
)
@click.option("--all", "everything", is_flag=True, help="Also what needs nobody.")
@json_option
@no_sync_option
@click.argument("query", nargs=-1)
def list_command(
    states: tuple[str, ...],
    turns: tuple[str, ...],
    everything: bool,
    as_json: bool,
    no_sync: bool,
    query: tuple[str, ...],
) -> None:
    """The queue: topics that need somebody, grouped by whose turn it is.

    QUERY is notmuch's search syntax; topics are shown of which any mail matches.
    """
    named = frozenset(check_state(state) for state in states)
    open_only = not (everything or named or turns)
    wanted = Selection(states=named, turns=frozenset(turns), open_only=open_only)
    with open_workspace() as workspace:
        if catch_up(workspace, no_sync):
            check_new(workspace)
        _print_rows(workspace, wanted, " ".join(query), as_json)


@click.command("search", epilog=examples("mkit search from:jane subject:lock", "mkit search -- -s"))
@json_option
@no_sync_option
@click.argument("query", nargs=-1, required=True)
def search_command(query: tuple[str, ...], as_json: bool, no_sync: bool) -> None:
    """Topics of which any mail matches QUERY, in notmuch's search syntax, whatever their state."""
    with open_workspace() as workspace:
        if catch_up(workspace, no_sync):
            check_new(workspace)
        _print_rows(workspace, Selection(open_only=False), " ".join(query), as_json)


def _print_rows(workspace: Workspace, wanted: Selection, query: str, as_json: bool) -> None:
    found = rows(workspace.stores, [one for one, _ in select(workspace.stores, wanted, query)])
    if as_json:
        click.echo(dumps(list_json(found)))
        return
    print_lines(queue_text(found, clock() // 1_000_000, terminal_width()))


@click.command("show", epilog=examples("mkit show k3v9", "mkit show --json MESSAGE-ID"))
@json_option
@no_sync_option
@click.argument("target")
def show_command(target: str, as_json: bool, no_sync: bool) -> None:
    """One topic: its revisions, patches, trailers and replies, and which lines these speak of.

    TARGET is a topic id (or how it begins), a Message-ID, or an archive's URL of it.
    """
    with open_workspace() as workspace:
        catch_up(workspace, no_sync)
        now = clock() // 1_000_000
        if record := lone_message(workspace.stores, target):
            paths = [file.path for file in record.files]
            if as_json:
                click.echo(dumps(message_json(record.message, paths)))
            else:
                print_lines(message_text(record.message, now))
            return
        found = detail_now(workspace.stores, resolve_topic(workspace.stores, target))
        from maintainer_kit.workflow.comments import topic_remarks  # reads mail: only here

        remarks = topic_remarks(workspace.stores, found.topic)
        with telling_why_not_checked():
            found = replace(found, findings=topic_findings(workspace.stores, found.topic))
        if as_json:
            click.echo(dumps(show_json(found, remarks)))
        else:
            print_lines(topic_text(found, now, remarks))
