# SPDX-License-Identifier: GPL-2.0-or-later
"""``land``."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from maintainer_kit.cli.common import (
    Bar,
    catch_up,
    examples,
    json_option,
    no_sync_option,
    print_lines,
    terminal_width,
)
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.render.json_topics import dumps
from maintainer_kit.render.land_json import land_json, not_landed_json, unexplained_json
from maintainer_kit.wiring.landing import Following, LandingRoom, branches_of, open_landings
from maintainer_kit.wiring.workspace import Workspace, clock, open_workspace
from maintainer_kit.workflow.landing.follow import ROLES, Wanted
from maintainer_kit.workflow.landing.land import LandReport, land_report
from maintainer_kit.workflow.landing.match import Asked, match_new


@dataclass(frozen=True, slots=True)
class Wish:
    """What the options say of how to look."""

    repositories: tuple[Path, ...]
    refs: tuple[str, ...]
    role: str | None
    content_only: bool
    fetch: bool
    again: bool
    no_sync: bool


@click.command(
    "land",
    epilog=examples("mkit land --fetch", "mkit land --repo ~/linux --ref origin/master --json"),
)
@click.option(
    "--repo",
    "repositories",
    multiple=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Look into this repository too (several); default: mkit.ref and mkit.repository.",
)
@click.option(
    "--ref",
    "refs",
    multiple=True,
    metavar="REF",
    help="Into this ref of it (several); default: its main branches.",
)
@click.option(
    "--role",
    type=click.Choice(ROLES),
    help="What these refs stand for; default: what mkit.ref says, else mainline.",
)
@click.option("--content-only", is_flag=True, help="Believe no message-id in a commit.")
@click.option("--fetch", is_flag=True, help="git fetch first.")
@click.option("--again", is_flag=True, help="Compare all patches again, not only what is new.")
@click.option("--not-landed", is_flag=True, help="List what was accepted and is in no branch.")
@click.option("--unexplained", is_flag=True, help="List commits that no mail explains.")
@click.option(
    "--days",
    type=click.IntRange(min=0),
    default=30,
    show_default=True,
    metavar="N",
    help="For these lists: accepted more than, committed less than so many days ago.",
)
@click.option("--quiet", is_flag=True, help="Print nothing but errors: for hooks and cron.")
@json_option
@no_sync_option
@click.argument("targets", nargs=-1)
def land_command(
    targets: tuple[str, ...],
    not_landed: bool,
    unexplained: bool,
    days: int,
    quiet: bool,
    as_json: bool,
    **options: object,
) -> None:
    """What has landed in local branches, with the evidence; what is proven leaves the queue.

    Refs that are named once are followed until they are gone. TARGETs are shown step by step, from
    the mail to the stable tree. Never fetches unasked, and never touches a work tree.
    """
    if not_landed and unexplained:
        raise click.UsageError("--not-landed and --unexplained exclude each other")
    wish = Wish(**options)  # type: ignore[arg-type]
    start = time.monotonic()
    with open_workspace() as workspace, open_landings(workspace) as room:
        found, asked = look(workspace, room, wish)
        if quiet:
            return
        _tell_problems(found.problems)
        report = land_report(
            workspace.stores, room.evidence, asked, only=found.only, problems=found.problems
        )
        if not_landed:
            _print_not_landed(workspace, days, as_json)
        elif unexplained:
            _print_unexplained(workspace, room, days, as_json)
        elif as_json:
            report = _of_targets(workspace, report, targets)
            click.echo(dumps(land_json(report, time.monotonic() - start)))
        elif targets:
            _print_ladders(workspace, targets)
        else:
            from maintainer_kit.render.land_text import land_text

            print_lines(land_text(report, terminal_width()))


def look(workspace: Workspace, room: LandingRoom, wish: Wish) -> tuple[Following, Asked]:
    """Catch up with mail and with branches, then compare what is new."""
    catch_up(workspace, wish.no_sync)
    named = _named(workspace, wish)
    with Bar("reading", "commits") as bar:
        found = room.follow(named, bar.advance, fetch=wish.fetch, again=wish.again)
    return found, _match(workspace, room, wish)


def _match(workspace: Workspace, room: LandingRoom, wish: Wish) -> Asked:
    with Bar("comparing", "mails") as bar:
        return match_new(
            workspace.stores,
            room.evidence,
            content_only=wish.content_only,
            again=wish.again,
            progress=bar,
        )


def _named(workspace: Workspace, wish: Wish) -> list[Wanted]:
    """The refs of the command line."""
    paths: Sequence[str] = [str(path) for path in wish.repositories]
    if wish.refs and not paths:
        paths = workspace.stores.settings.repository
        if not paths:
            raise click.UsageError("--ref needs --repo DIR: mkit.repository is not set")
    return [
        Wanted(path, ref, wish.role or "")
        for path in paths
        for ref in (wish.refs or branches_of(path))
    ]


def _tell_problems(problems: Sequence[str]) -> None:
    for problem in problems:
        click.echo(f"mkit: {visible_line(problem)}", err=True)


def _of_targets(workspace: Workspace, report: LandReport, targets: Sequence[str]) -> LandReport:
    """Only what is about some topics, series or patches."""
    if not targets:
        return report
    from maintainer_kit.workflow.targets import resolve_all

    found = resolve_all(workspace.stores, targets)
    ids = {one for target in found for one in target.message_ids}
    return replace(report, landings=[one for one in report.landings if one.message_id in ids])


def _print_ladders(workspace: Workspace, targets: Sequence[str]) -> None:
    from maintainer_kit.render.land_text import ladder_text
    from maintainer_kit.workflow.reading import detail_now
    from maintainer_kit.workflow.targets import resolve_all

    rows = {one.row.id: one.row for one in resolve_all(workspace.stores, targets)}
    for row in rows.values():
        detail = detail_now(workspace.stores, row)
        print_lines(ladder_text(detail, detail.landings))


def _print_not_landed(workspace: Workspace, days: int, as_json: bool) -> None:
    from maintainer_kit.render.land_text import not_landed_text
    from maintainer_kit.workflow.landing.lists import not_landed

    found = not_landed(workspace.stores, days)
    if as_json:
        click.echo(dumps(not_landed_json(found, days)))
    else:
        print_lines(not_landed_text(found, clock() // 1_000_000, days, terminal_width()))


def _print_unexplained(workspace: Workspace, room: LandingRoom, days: int, as_json: bool) -> None:
    from maintainer_kit.render.land_text import unexplained_text
    from maintainer_kit.workflow.landing.lists import unexplained

    found = unexplained(workspace.stores, room.index, room.lately, days)
    if as_json:
        click.echo(dumps(unexplained_json(found, days)))
    else:
        print_lines(unexplained_text(found, clock() // 1_000_000, days, terminal_width()))
