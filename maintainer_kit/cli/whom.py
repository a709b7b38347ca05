# SPDX-License-Identifier: GPL-2.0-or-later
"""``whom``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from maintainer_kit.cli.common import examples, json_option, print_lines
from maintainer_kit.wiring.checkroom import CheckWish, open_checkroom

if TYPE_CHECKING:
    from maintainer_kit.workflow.whom import Whom


@click.command(
    "whom",
    epilog=examples(
        "mkit whom origin/master..", "git send-email --to-cmd='mkit whom --to' *.patch"
    ),
)
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@click.option("--file", "-f", "as_files", is_flag=True, help="TARGETs are files of the tree.")
@click.option(
    "--repo", "repository", type=click.Path(path_type=Path), metavar="DIR",
    help="Whose MAINTAINERS is asked; default: where you are, or the tree of the list.",
)  # fmt: skip
@click.option("--to", "form", flag_value="to", help="One address a line: git's sendemail.toCmd.")
@click.option("--cc", "form", flag_value="cc", help="The same for sendemail.ccCmd.")
@click.option("--to-cc", "form", flag_value="headers", help="Lines To: and Cc: of a mail.")
@click.option("--roles", "form", flag_value="roles", help="As get_maintainer.pl --roles prints it.")
@json_option
@click.pass_context
def whom_command(
    context: click.Context,
    targets: tuple[str, ...],
    as_files: bool,
    repository: Path | None,
    form: str | None,
    as_json: bool,
) -> None:
    """Whom to mail a patch, by the project's MAINTAINERS.

    TARGET is what mkit check takes: a range of commits (A..B), a patch file, an mbox, a topic id,
    a Message-ID; - reads standard input. Several are asked about together. A lone cover letter
    stands for the patches that lie beside it.
    """
    from maintainer_kit.cli.whom_targets import read_files, read_patches

    with open_checkroom(CheckWish(repository)) as room:
        read = read_files if as_files else read_patches
        whom = read(room, targets)
    _print(whom, "json" if as_json else form or "table")
    context.exit(whom.exit_code)


def _print(whom: Whom, form: str) -> None:
    from maintainer_kit.render import whom_text

    if form == "json":
        from maintainer_kit.render.json_topics import dumps
        from maintainer_kit.render.whom_json import whom_json

        click.echo(dumps(whom_json(whom)))
        return
    if form == "to":
        lines = whom_text.mailbox_lines(whom.recipients.to)
    elif form == "cc":
        lines = whom_text.mailbox_lines(whom.recipients.cc)
    elif form == "headers":
        lines = whom_text.header_lines(whom)
    elif form == "roles":
        lines = whom_text.role_lines(whom)
    else:
        lines = whom_text.whom_lines(whom)
    print_lines(lines)
    for line in whom_text.complaints(whom):
        click.echo(f"mkit: {line}", err=True)
