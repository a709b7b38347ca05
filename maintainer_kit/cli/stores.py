# SPDX-License-Identifier: GPL-2.0-or-later
"""``export``, ``rebuild``, ``backup`` and ``restore``."""

from __future__ import annotations

from pathlib import Path

import click

from maintainer_kit.adapters.backup import read_backup, write_backup
from maintainer_kit.adapters.home import find_home
from maintainer_kit.cli.common import Bar, catch_up, examples, json_option, no_sync_option
from maintainer_kit.errors import Damaged
from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.render.json_topics import dumps, envelope, topic_json
from maintainer_kit.wiring.workspace import discard_catalogue, open_workspace, prepare_home
from maintainer_kit.workflow.reading import all_details
from maintainer_kit.workflow.storing import rebuild
from maintainer_kit.workflow.sync import SyncReport, sync


@click.command("export", epilog=examples("mkit export > topics.jsonl", "mkit export | jq .subject"))
@no_sync_option
def export_command(no_sync: bool) -> None:
    """Every topic as ``show --json`` has it, one a line, sorted by id: equal stores give equal
    bytes."""
    with open_workspace() as workspace:
        catch_up(workspace, no_sync)
        for one in all_details(workspace.stores):
            click.echo(dumps(topic_json(one)))


@click.command("rebuild", epilog=examples("mkit rebuild", "mkit rebuild --json"))
@json_option
def rebuild_command(as_json: bool) -> None:
    """Make the catalogue anew from mail and journal. Nothing that was decided is lost."""
    try:
        report = _rebuild()
    except Damaged as error:
        # Damaged, or of a newer mkit: this verb is there to make it anew.
        click.echo(f"mkit: {visible_line(error.message)}: made anew", err=True)
        discard_catalogue(find_home())
        report = _rebuild()
    if as_json:
        click.echo(dumps(envelope(messages=report.new)))
    else:
        click.echo(f"catalogued {count_of(report.new, 'message')} anew")


def _rebuild() -> SyncReport:
    with open_workspace() as workspace, Bar("rebuild", "mails") as bar:
        return rebuild(workspace.stores, bar)


@click.command("backup", epilog=examples("mkit backup ~/mkit.tar.gz", "mkit backup --json FILE"))
@json_option
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup_command(file: Path, as_json: bool) -> None:
    """Write what cannot be derived into FILE: decisions, settings, own mail and its tags."""
    with open_workspace() as workspace, Bar("backup", "mails") as bar:
        sync(workspace.stores)
        saved = write_backup(workspace.home, file, bar.advance)
    _say("written", saved.mails, saved.journal, as_json)


@click.command(
    "restore", epilog=examples("MKIT_HOME=~/new mkit restore ~/mkit.tar.gz", "mkit restore FILE")
)
@json_option
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore_command(file: Path, as_json: bool) -> None:
    """Bring a backup into an empty home; it then equals the one that was backed up."""
    home = find_home()
    prepare_home(home)
    with Bar("restore", "mails") as bar:
        saved = read_backup(home, file, bar.advance)
    with open_workspace() as workspace:
        sync(workspace.stores)
    _say("restored", saved.mails, saved.journal, as_json)


def _say(verb: str, mails: int, journal: int, as_json: bool) -> None:
    if as_json:
        click.echo(dumps(envelope(mails=mails, journal_bytes=journal)))
    else:
        click.echo(f"{verb}: {count_of(mails, 'mail')}, journal of {journal} bytes")
