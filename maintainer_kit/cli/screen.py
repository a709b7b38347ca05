# SPDX-License-Identifier: GPL-2.0-or-later
"""``tui``: the screens, or a picture of them."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import click

from maintainer_kit.cli.common import examples
from maintainer_kit.errors import Refused


@click.command("tui", epilog=examples("mkit tui", "mkit tui --screenshot queue.svg"))
@click.option(
    "--plain",
    is_flag=True,
    help="No screens: numbered lines and a prompt, for screen readers and pipes.",
)
@click.option(
    "--ascii",
    "as_ascii",
    is_flag=True,
    help="The terminal's own colours, ASCII signs, no mouse.",
)
@click.option(
    "--screenshot",
    metavar="FILE.svg",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a picture of the queue and end; needs no terminal.",
)
@click.option("--tour", is_flag=True, help="Begin with the page that a new reader is shown.")
@click.option("--keys", is_flag=True, help="List every action with its keys and its command.")
def tui_command(
    plain: bool, as_ascii: bool, screenshot: Path | None, tour: bool, keys: bool
) -> None:
    """The screens: the queue, and each topic with its mail. ? shows the keys."""
    if keys:
        _list_keys()
        return
    if plain:
        from maintainer_kit.cli.plain import LineConsole
        from maintainer_kit.tui.plain.run import run_plain

        run_plain(LineConsole())
        return
    # Textual reads from the first and draws on the last.
    streams = (sys.stdin, sys.stdout, sys.stderr)
    if screenshot is None and not all(stream.isatty() for stream in streams):
        raise Refused("the screens need a terminal", "mkit list, or mkit tui --plain")
    # Imported only here: Textual costs more than all other verbs together. Importing leaves next
    # to no garbage, but looking for it takes a tenth of the time up to the first paint.
    gc.disable()
    from maintainer_kit.tui.app import run_app

    if screenshot is None:
        run_app(plain=as_ascii, tour=tour)
        return
    from maintainer_kit.tui.screenshot import write_screenshot

    write_screenshot(screenshot, plain=as_ascii)
    click.echo(f"written: {screenshot}", err=True)


def _list_keys() -> None:
    from maintainer_kit.tui.actions import given_keys
    from maintainer_kit.tui.help import keys_text
    from maintainer_kit.wiring.workspace import open_workspace

    with open_workspace() as workspace:
        keymap = given_keys(workspace.stores.settings.key)
    for line in keys_text(keymap):
        click.echo(line)
