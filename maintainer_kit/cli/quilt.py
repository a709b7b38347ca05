# SPDX-License-Identifier: GPL-2.0-or-later
"""``quilt``: a topic as a series of patch files, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from maintainer_kit.cli.common import (
    catch_up,
    examples,
    json_option,
    no_sync_option,
    print_lines,
    terminal_width,
)
from maintainer_kit.wiring.workspace import open_workspace

if TYPE_CHECKING:
    from maintainer_kit.workflow.quilting.importing import Imported

_folder = click.Path(path_type=Path, file_okay=False)


@click.group(
    "quilt",
    epilog=examples("mkit quilt export k3v9 patches", "mkit quilt import patches"),
)
def quilt_command() -> None:
    """A topic as a quilt series: patch files that quilt, git quiltimport and patch read; and what
    was changed there, back as a patch."""


@quilt_command.command(
    "export", epilog=examples("mkit quilt export k3v9 patches", "mkit quilt export k3v9@v2 /tmp/q")
)
@json_option
@no_sync_option
@click.argument("target", metavar="TOPIC[@vN]")
@click.argument("folder", type=_folder, metavar="DIR")
def export_command(target: str, folder: Path, as_json: bool, no_sync: bool) -> None:
    """Write a topic into DIR: a series file, and a file for each patch.

    Each patch has the trailers that would be applied. A DIR with an earlier export of the topic is
    brought up to date; what you changed in it (files, their order, what you took out) stays, and
    is named. Any other DIR that is not empty is refused.
    """
    from maintainer_kit.render.json_topics import dumps
    from maintainer_kit.render.quilt_json import exported_json
    from maintainer_kit.render.quilt_text import exported_text
    from maintainer_kit.wiring.quilting import export_quilt

    with open_workspace() as workspace:
        catch_up(workspace, no_sync)
        done = export_quilt(workspace, target, folder)
    if as_json:
        click.echo(dumps(exported_json(done)))
    else:
        print_lines(exported_text(done))


@quilt_command.command(
    "import",
    epilog=examples("mkit quilt import patches --changes", "mkit quilt import patches -o my.diff"),
)
@click.option("--topic", metavar="TOPIC", default="", help="What to compare it with.")
@click.option("--changes", is_flag=True, help="Show what you changed, patch by patch.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE", help="Write what you changed in the code as one patch (- prints it).",
)  # fmt: skip
@click.option("--to", "branch", metavar="BRANCH", default="", help="Apply it to this branch.")
@click.option("--onto", metavar="REV", default="", help="Upon this commit, for a new branch.")
@click.option("--dry-run", is_flag=True, help="Try --to, and change nothing.")
@click.option(
    "--sign-off/--no-sign-off", "signs", default=None,
    help="Add my Signed-off-by with --to, or not; default: mkit.signOff.",
)  # fmt: skip
@click.option(
    "--repo", "repository", type=_folder, metavar="DIR",
    help="The repository of the files; default: where you are, mkit.repository.",
)  # fmt: skip
@json_option
@no_sync_option
@click.argument("folder", type=_folder, metavar="DIR")
def import_command(
    folder: Path,
    topic: str,
    changes: bool,
    output: Path | None,
    branch: str,
    onto: str,
    dry_run: bool,
    signs: bool | None,
    repository: Path | None,
    as_json: bool,
    no_sync: bool,
) -> None:
    """Tell what was changed in a quilt series, against the topic that it came from.

    The topic is found by the Message-IDs in the patches, else by patches that do the same. DIR
    holds the series file, itself or in patches/. Nothing but FILE is written; with --to the patches
    are applied as mkit apply does it, and a stop is gone on with by mkit apply --continue.
    """
    from maintainer_kit.cli.apply import Asked
    from maintainer_kit.cli.quilt_applying import apply_series
    from maintainer_kit.render.json_topics import dumps
    from maintainer_kit.render.quilt_json import imported_json
    from maintainer_kit.render.quilt_text import imported_text
    from maintainer_kit.wiring.comparing import open_comparing
    from maintainer_kit.wiring.quilting import import_quilt

    if not branch and (onto or dry_run or signs is not None):
        raise click.UsageError("--onto, --dry-run and --sign-off go with --to BRANCH")
    if branch and (changes or output):
        raise click.UsageError("--changes and --output go without --to")
    with (
        open_workspace() as workspace,
        open_comparing(workspace.stores.settings, repository) as contents,
    ):
        catch_up(workspace, no_sync)
        found = import_quilt(workspace, folder, topic, contents)
        if branch:
            asked = Asked((), branch, onto, "", dry_run, repository, None, signs, as_json)
            apply_series(workspace, found, asked)
        elif output is not None:
            _write(found, output)
        elif as_json:
            click.echo(dumps(imported_json(found)))
        else:
            print_lines(imported_text(found, terminal_width(), with_changes=changes))


def _write(found: Imported, output: Path) -> None:
    """Bytes as they are: it is for git apply, and no terminal."""
    from maintainer_kit.errors import Refused
    from maintainer_kit.render.interdiff import interdiff_lines

    lines = interdiff_lines(found.comparison.whole())
    data = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")
    try:
        with click.open_file(str(output), "wb") as file:
            file.write(data)
    except OSError as error:
        raise Refused(f"{output}: {error.strerror}") from error
    if not lines:
        click.echo("no difference in the code", err=True)
