# SPDX-License-Identifier: GPL-2.0-or-later
"""``digest``: for the terminal, for scripts, and as a mail for cron."""

from __future__ import annotations

import sys
from functools import partial

import click

from maintainer_kit.adapters.kept.digest_mark import read_mark, write_mark
from maintainer_kit.cli.common import (
    catch_up,
    examples,
    json_option,
    moment_of,
    no_sync_option,
    print_lines,
    terminal_width,
)
from maintainer_kit.errors import ConfigError
from maintainer_kit.model.mail.person import Person
from maintainer_kit.wiring.workspace import Workspace, clock, open_workspace
from maintainer_kit.workflow.away import current_absence
from maintainer_kit.workflow.digest.collect import DigestWish, collect_digest
from maintainer_kit.workflow.digest.parts import Digest

_NOTHING = 1
"""The exit code where there is nothing to say."""


@click.command(
    "digest",
    epilog=examples("mkit digest --since yesterday", "mkit digest --mail | sendmail -t"),
)
@click.option("--since", metavar="WHEN", default="", help="New is mail dated since: 3d, monday.")
@click.option("--mail", "as_mail", is_flag=True, help="As a mail to me, headers and all.")
@click.option("--peek", is_flag=True, help="The next digest is to tell the same again.")
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="Topics of each section.",
)
@json_option
@no_sync_option
def digest_command(
    since: str, as_mail: bool, peek: bool, limit: int, as_json: bool, no_sync: bool
) -> int:
    """What came in since the last digest, who waits for whom, and where the release cycle is.

    Exit 0 when there is something to say, 1 when there is not, and while you are away.
    """
    if as_mail and as_json:
        raise click.UsageError("--mail and --json exclude each other")
    start = moment_of(since, clock() // 1_000_000, back=True) if since else 0
    with open_workspace() as workspace:
        catch_up(workspace, no_sync)
        digest = read_digest(workspace, DigestWish(start, limit))
        away = current_absence(workspace.stores)
        is_told = digest.says_something and away is None
        if as_json:
            from maintainer_kit.render.digest_json import digest_json
            from maintainer_kit.render.json_topics import dumps

            click.echo(dumps(digest_json(digest, away)))
        elif is_told and as_mail:
            click.echo(_mail(workspace, digest), nl=False)
        elif is_told:
            print_digest(digest)
        elif away and sys.stderr.isatty():
            click.echo("you are away, and digests are silent: mkit away --back", err=True)
        if is_told and not (peek or since):
            keep_mark(workspace, digest)
    return 0 if is_told else _NOTHING


def read_digest(workspace: Workspace, wish: DigestWish) -> Digest:
    """All that is to be told now."""
    from maintainer_kit.wiring.calendar import read_calendar

    calendar = partial(read_calendar, workspace.stores.settings)
    return collect_digest(workspace.stores, read_mark(workspace.home.root), calendar, wish)


def print_digest(digest: Digest) -> None:
    """As text, as wide as the terminal."""
    from maintainer_kit.render.digest_text import digest_text

    print_lines(digest_text(digest, terminal_width()))


def keep_mark(workspace: Workspace, digest: Digest) -> None:
    """Remember what was told, once all of it was written: a pipe that broke has raised."""
    sys.stdout.flush()
    write_mark(workspace.home.root, digest.mark)


def _mail(workspace: Workspace, digest: Digest) -> bytes:
    from maintainer_kit.render.digest_mail import digest_mail

    settings = workspace.stores.settings
    if not settings.me:
        raise ConfigError("nobody has said to whom", "git config --global mkit.me ADDRESS")
    name = settings.name[0] if settings.name else ""
    return digest_mail(digest, Person(name, settings.me[0]))
