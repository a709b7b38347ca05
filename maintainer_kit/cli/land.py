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
    days_option,
    examples,
    json_option,
    no_sync_option,
    print_lines,
    terminal_width,
    why_option,
)
from maintainer_kit.cli.land_judge import Said, judge
from maintainer_kit.cli.land_lists import print_not_landed, print_problems, print_unexplained
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.render.json_topics import dumps
from maintainer_kit.render.land_json import land_json
from maintainer_kit.wiring.landing import Following, LandingRoom, branches_of, open_landings
from maintainer_kit.wiring.workspace import Workspace, open_workspace
from maintainer_kit.workflow.landing.follow import ROLES, Wanted
from maintainer_kit.workflow.landing.land import LandReport, land_report
from maintainer_kit.workflow.landing.match import Asked, match_new


@dataclass(frozen=True, slots=True)
class LandWish:
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
    help="Look into this repository too (several); default: those of the settings.",
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
    "--problems", is_flag=True, help="List refs that cannot be read, and mails that git refutes."
)
@days_option(30, "For these lists: accepted more than, committed less than so many days ago.")
@click.option("--range-diff", is_flag=True, help="Below TARGETs how git tells the commits apart.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors: for hooks and cron.")
@click.option(
    "--is",
    "is_commit",
    multiple=True,
    metavar="COMMIT",
    help="Decide that TARGET, one patch, is this commit.",
)
@click.option(
    "--is-not",
    "not_commit",
    multiple=True,
    metavar="COMMIT",
    help="Decide that it is not; it is never taken for it again.",
)
@why_option
@json_option
@no_sync_option
@click.argument("targets", nargs=-1)
def land_command(
    targets: tuple[str, ...],
    not_landed: bool,
    unexplained: bool,
    problems: bool,
    days: int,
    range_diff: bool,
    quiet: bool,
    is_commit: tuple[str, ...],
    not_commit: tuple[str, ...],
    why: str,
    as_json: bool,
    **options: object,
) -> None:
    """What has landed in local branches, with the evidence; what is proven leaves the queue.

    Refs that are named once are followed until they are gone. TARGETs are shown step by step, from
    the mail to the stable tree. Never fetches unasked, and never touches a work tree.
    """
    said = Said(is_commit, not_commit, why)
    if not_landed + unexplained + problems + bool(said) > 1:
        listed = "--not-landed, --unexplained, --problems"
        raise click.UsageError(f"{listed} and --is, --is-not exclude each other")
    if range_diff and (as_json or not targets):
        raise click.UsageError("--range-diff needs TARGETs, and knows no --json")
    wish = LandWish(**options)  # type: ignore[arg-type]
    start = time.monotonic()
    with open_workspace() as workspace, open_landings(workspace) as room:
        found, asked = look(workspace, room, wish)
        if said:
            asked = _judge(workspace, room, wish, targets, said)
        if quiet:
            return
        if not problems:
            _tell_problems(found.problems)
        report = land_report(
            workspace.stores, room.evidence, asked, only=found.only, problems=found.problems
        )
        if not_landed:
            print_not_landed(workspace, days, as_json)
        elif unexplained:
            print_unexplained(workspace, room, days, as_json)
        elif as_json:
            report = _of_targets(workspace, report, targets)
            click.echo(dumps(land_json(report, time.monotonic() - start)))
        elif problems:
            print_problems(report)
        elif targets:
            _print_ladders(workspace, targets)
            if range_diff:
                from maintainer_kit.cli.land_compare import print_range_diffs

                print_range_diffs(workspace, targets)
        else:
            from maintainer_kit.render.land_text import land_text

            print_lines(land_text(report, terminal_width()))


def look(workspace: Workspace, room: LandingRoom, wish: LandWish) -> tuple[Following, Asked]:
    """Catch up with mail and with branches, then compare what is new."""
    catch_up(workspace, wish.no_sync)
    named = _named(workspace, wish)
    with Bar("reading", "commits") as bar:
        found = room.follow(named, bar.advance, fetch=wish.fetch, again=wish.again)
    return found, _match(workspace, room, wish)


def _match(workspace: Workspace, room: LandingRoom, wish: LandWish) -> Asked:
    with Bar("comparing", "mails") as bar:
        return match_new(
            workspace.stores,
            room.evidence,
            content_only=wish.content_only,
            again=wish.again,
            progress=bar,
        )


def _judge(
    workspace: Workspace, room: LandingRoom, wish: LandWish, targets: Sequence[str], said: Said
) -> Asked:
    """Decide, then look where the commits are that the patch was said to be."""
    from maintainer_kit.workflow.decide import describe

    group = judge(workspace, room, targets, said)
    click.echo(f"judged: {describe(group)}; mkit undo takes it back", err=True)
    return _match(workspace, room, replace(wish, again=False))


def _named(workspace: Workspace, wish: LandWish) -> list[Wanted]:
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
