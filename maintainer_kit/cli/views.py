# SPDX-License-Identifier: GPL-2.0-or-later
"""``views``."""

from __future__ import annotations

import click

from maintainer_kit.cli.common import (
    catch_up,
    examples,
    json_option,
    no_sync_option,
    print_lines,
)
from maintainer_kit.render.json_topics import dumps
from maintainer_kit.render.views_text import views_json, views_text
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.listing import holdings


@click.command("views", epilog=examples("mkit views", "mkit list --view could-review"))
@json_option
@no_sync_option
def views_command(as_json: bool, no_sync: bool) -> None:
    """Saved queries: their names, how many topics each finds, and what it asks.

    mkit list --view NAME shows one. Further ones: git config --add mkit.view "NAME QUERY # WORDS".
    """
    with open_workspace() as workspace:
        catch_up(workspace, no_sync)
        found = list(holdings(workspace.stores))
    if as_json:
        click.echo(dumps(views_json(found)))
    else:
        print_lines(views_text(found))
