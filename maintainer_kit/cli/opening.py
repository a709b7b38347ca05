# SPDX-License-Identifier: GPL-2.0-or-later
"""``open``: mails in the archive on the web."""

from __future__ import annotations

import click

from maintainer_kit.adapters.browser import NoBrowser, needs_terminal, open_in_browser
from maintainer_kit.cli.common import catch_up, examples, named_targets, query_option
from maintainer_kit.errors import Refused
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.addresses import archive_address, named_mail, refuse_confidential

_MOST = 10
"""Pages that are opened at once; more are hardly meant."""


@click.command("open", epilog=examples("mkit open k3v9", "mkit open --print --query turn:me"))
@click.option("--print", "only_print", is_flag=True, help="Only print the addresses.")
@query_option
@click.argument("targets", nargs=-1)
def open_command(only_print: bool, query: str, targets: tuple[str, ...]) -> None:
    """Show TARGETs in the archive (mkit.archive of their list, else mkit.lore), in the browser."""
    with open_workspace() as workspace:
        catch_up(workspace, no_sync=False)
        found = named_targets(workspace, targets, query)
        stores = workspace.stores
        if not only_print:
            refuse_confidential(one.row for one in found)
        pages = [
            archive_address(stores.settings, named_mail(stores, one), one.row.lists)
            for one in found
        ]
    click.echo("\n".join(pages))
    if not only_print:
        _open(pages)


def _open(pages: list[str]) -> None:
    if len(pages) > _MOST:
        raise Refused(f"{len(pages)} pages are more than {_MOST}", "add --print, or name fewer")
    for page in pages:
        try:
            open_in_browser(page, on_terminal=needs_terminal())
        except NoBrowser as error:
            # The address is there, to be copied.
            raise NoBrowser(error.message, "mkit open --print; BROWSER=PROGRAM") from error
