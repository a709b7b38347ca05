# SPDX-License-Identifier: GPL-2.0-or-later
"""``demo``: mkit on sample mail, in a home of its own, on the sample's own last day."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from maintainer_kit.adapters.home import find_home
from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.adapters.sample import prepare_demo_home, sample_clock, sample_mboxes
from maintainer_kit.cli.common import (
    Bar,
    catch_up,
    check_new,
    examples,
    print_lines,
    terminal_width,
)
from maintainer_kit.render.queue_text import queue_text
from maintainer_kit.wiring.workspace import Workspace, clock, open_workspace
from maintainer_kit.workflow.importing import import_mail
from maintainer_kit.workflow.ports import Selection
from maintainer_kit.workflow.reading import rows, select


@click.command("demo", epilog=examples("mkit demo", "mkit demo --no-tui --home /tmp/try"))
@click.option(
    "--home",
    "root",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the demo lives; by default beside mkit's own home.",
)
@click.option("--no-tui", is_flag=True, help="Print the queue instead of opening the screens.")
def demo_command(root: Path | None, no_tui: bool) -> None:
    """Try mkit on ten weeks of invented mail. Your own mail and settings are not touched.

    You are Robin, who maintains two lists. What you decide stays until you remove the directory.
    """
    root = (root or _default_root()).expanduser().absolute()
    prepare_demo_home(root)
    # The rest runs as if the user had set these: the demo is nothing but a home and a clock.
    os.environ["MKIT_HOME"] = str(root)
    os.environ["MKIT_NOW"] = sample_clock()
    source = MailSource(sample_mboxes())
    with open_workspace() as workspace:
        if not workspace.stores.catalogue.count():
            with Bar("demo: importing the sample mail", "mails") as bar:
                import_mail(workspace.stores, source, bar)
        else:
            catch_up(workspace, no_sync=False)  # an older mkit may have made it
        if not workspace.stores.catalogue.landed_mark():
            _look_what_landed(workspace)
        check_new(workspace)
        streams = (sys.stdin, sys.stdout, sys.stderr)
        if no_tui or not all(stream.isatty() for stream in streams):
            found = [one for one, _ in select(workspace.stores, Selection())]
            listed = rows(workspace.stores, found)
            print_lines(queue_text(listed, clock() // 1_000_000, terminal_width()))
            _print_hint(root)
            return
    from maintainer_kit.tui.app import run_app

    run_app()
    _print_hint(root)


def _look_what_landed(workspace: Workspace) -> None:
    from maintainer_kit.wiring.landing import open_landings
    from maintainer_kit.workflow.landing.match import match_new

    with open_landings(workspace) as room:
        with Bar("demo: reading the sample's repository", "commits") as bar:
            room.follow((), bar.advance)
        with Bar("demo: looking what landed", "mails") as bar:
            match_new(workspace.stores, room.evidence, progress=bar)


def _default_root() -> Path:
    home = find_home()
    return home.root / "demo" if home.is_private else home.root.parent / "mkit-demo"


def _print_hint(root: Path) -> None:
    click.echo(f"\nThe demo lives in {root}. To go on by hand:", err=True)
    click.echo(f"  export MKIT_HOME={root} MKIT_NOW={sample_clock()}", err=True)
