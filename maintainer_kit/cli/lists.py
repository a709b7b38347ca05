# SPDX-License-Identifier: GPL-2.0-or-later
"""``lists``."""

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
from maintainer_kit.render.lists_text import ACTIVITY, lists_json, lists_text
from maintainer_kit.wiring.list_profile import profiles_of
from maintainer_kit.wiring.workspace import clock, open_workspace
from maintainer_kit.workflow.lists import all_lists


@click.command("lists", epilog=examples("mkit lists", "mkit list list:linux-erofs"))
@click.option("--plain", is_flag=True, help="Letters only, also where activity is drawn.")
@json_option
@no_sync_option
def lists_command(as_json: bool, no_sync: bool, plain: bool) -> None:
    """The mailing lists that mail came by or settings name: topics, activity, rules, archive, tree.

    A list is named by its address, its List-Id, or how that begins. What holds on one of them is
    said by mkit.list, mkit.listProfile, mkit.archive, mkit.listTree and mkit.confidential.
    """
    with open_workspace() as workspace:
        catch_up(workspace, no_sync)
        stores = workspace.stores
        found = all_lists(stores, profiles_of(stores.settings, workspace.entries))
        now = clock() // 1_000_000
        dates = workspace.catalogue.list_dates(now - ACTIVITY)
    if as_json:
        click.echo(dumps(lists_json(found, now, dates)))
    else:
        print_lines(lists_text(found, now, dates, plain=plain))
