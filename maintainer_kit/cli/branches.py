# SPDX-License-Identifier: GPL-2.0-or-later
"""``branches``."""

from __future__ import annotations

from pathlib import Path

import click

from maintainer_kit.cli.common import (
    catch_up,
    examples,
    json_option,
    no_sync_option,
    print_lines,
    terminal_width,
)
from maintainer_kit.wiring.branches import look_at_all
from maintainer_kit.wiring.workspace import open_workspace


@click.command("branches", epilog=examples("mkit branches", "mkit branches --repo ~/linux net fix"))
@click.option(
    "--repo",
    "repositories",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Of this repository (several); default: those of the settings, else where you are.",
)
@json_option
@no_sync_option
@click.argument("words", nargs=-1, metavar="[WORD]...")
def branches_command(
    repositories: tuple[Path, ...], words: tuple[str, ...], as_json: bool, no_sync: bool
) -> None:
    """All local branches, by what they want of you: pushed, behind, whose patches, landed where.

    Of mkit.repository, mkit.listTree and mkit.ref; with WORDs those whose names hold all of them.
    Never fetches, deletes nothing, and never touches a work tree.
    """
    with open_workspace() as workspace:
        catch_up(workspace, no_sync)
        report = look_at_all(workspace, words, repositories)
        now = workspace.stores.clock() // 1_000_000
    if as_json:
        from maintainer_kit.render.branches_json import branches_json
        from maintainer_kit.render.envelope import dumps

        click.echo(dumps(branches_json(report)))
        return
    from maintainer_kit.render.branches_text import branches_text

    print_lines(branches_text(report, now, terminal_width()))
    for problem in report.problems:
        click.echo(f"mkit: {problem}", err=True)
