# SPDX-License-Identifier: GPL-2.0-or-later
"""``why``."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import click

from maintainer_kit.adapters.git.reach import GitReach
from maintainer_kit.adapters.settings import absolute_path
from maintainer_kit.cli.common import (
    catch_up,
    examples,
    json_option,
    no_sync_option,
    print_lines,
)
from maintainer_kit.config import Settings
from maintainer_kit.errors import NotFound, RepositoryError
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.render.json_topics import dumps
from maintainer_kit.render.land_json import why_json
from maintainer_kit.render.land_why import why_text
from maintainer_kit.wiring.landing import open_landings
from maintainer_kit.wiring.list_trees import known_trees
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.landing.why import why

_LINE = re.compile(r"(.+):([1-9][0-9]{0,8})")


@click.command("why", epilog=examples("mkit why abc123def456", "mkit why fs/inode.c:120"))
@click.option(
    "--repo",
    "repository",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The repository; default: where you are, mkit.repository, mkit.listTree.",
)
@json_option
@no_sync_option
@click.argument("what", metavar="COMMIT|FILE:LINE")
def why_command(what: str, repository: Path | None, as_json: bool, no_sync: bool) -> None:
    """From a commit, or the commit that last changed a line, to the mail that it was, all revisions
    of that, and what was said of them. Works offline, and needs no Link: in the commit.
    """
    with open_workspace() as workspace, open_landings(workspace) as room:
        catch_up(workspace, no_sync)
        reach, commit = _find(what, list(_places(repository, workspace.stores.settings)))
        room.take_in(reach.git, commit)
        found = why(workspace.stores, room.evidence, commit)
    if as_json:
        click.echo(dumps(why_json(found)))
    else:
        print_lines(why_text(found))


def _places(repository: Path | None, settings: Settings) -> Iterator[Path]:
    if repository is not None:
        yield repository
        return
    yield Path(os.curdir)
    for path in (*settings.repository, *known_trees(settings)):
        yield Path(absolute_path(path))
    for line in settings.ref:
        yield Path(absolute_path(line.rsplit(None, 2)[0]))


def _find(what: str, places: list[Path]) -> tuple[GitReach, str]:
    """The repository that has it, and the commit. Raises NotFound, and what git said of a line."""
    line = _LINE.fullmatch(what)
    refused: RepositoryError | None = None
    for place in dict.fromkeys(places):
        reach = GitReach(place)
        try:
            if commit := reach.commit_named(what):
                return reach, commit
            if line and (commit := reach.blamed(line[1], int(line[2]))):
                return reach, commit
        except RepositoryError as error:
            refused = refused or error
    if line and refused:
        raise refused
    where = "no repository that is known here has it" if len(places) > 1 else "it is not there"
    raise NotFound(f"no commit {visible_line(what)}: {where}", "mkit why --repo DIR COMMIT")
