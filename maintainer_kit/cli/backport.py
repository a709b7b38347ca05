# SPDX-License-Identifier: GPL-2.0-or-later
"""``backport``: pick commits of upstream onto an older branch, or tell what stands in the way."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from maintainer_kit.adapters.kept.backport_shelf import KIND
from maintainer_kit.adapters.kept.job_folder import refuse_unclear
from maintainer_kit.adapters.settings import absolute_path
from maintainer_kit.cli.common import examples, json_option, print_lines, step_options
from maintainer_kit.config import SIGN_OFF_ON, Settings
from maintainer_kit.errors import MkitError, NotFound
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.render.backport_json import backport_json, under_way_json
from maintainer_kit.render.backport_text import backport_text, under_way_text
from maintainer_kit.render.json_topics import dumps
from maintainer_kit.wiring.backporting import (
    backports,
    find_backport,
    find_branch,
    fresh_room,
    give_up,
    history_of,
    kept_room,
)
from maintainer_kit.wiring.list_trees import known_trees
from maintainer_kit.wiring.workspace import Workspace, open_workspace
from maintainer_kit.workflow.backporting.backport import backport, go_on, skip, with_fixes
from maintainer_kit.workflow.backporting.facts import Report
from maintainer_kit.workflow.backporting.job import Job
from maintainer_kit.workflow.backporting.message import FORMS

_HEADS = "refs/heads/"
_STEPS = {
    "continue": "Go on, once the conflict is solved.",
    "skip": "Go on without the commit that conflicts.",
    "abort": "Give up; the branch is as it was.",
    "status": "Show what is under way.",
}


@click.command(
    "backport",
    epilog=examples(
        "mkit backport 1a2b3c4d5e6f --to linux-6.6.y --dry-run",
        "mkit backport v6.9..fixes --to mine-6.6 --onto stable/linux-6.6.y --with-fixes",
    ),
)
@click.option("--to", "branch", metavar="BRANCH", default="", help="The branch that is to have it.")
@click.option("--onto", metavar="REF", default="", help="Where a new branch begins.")
@click.option("--with-fixes", is_flag=True, help="Also what mends these commits upstream.")
@click.option(
    "--upstream", "main", metavar="REF", multiple=True,
    help="Where fixes are looked for (several); default: the main branches.",
)  # fmt: skip
@click.option(
    "--form", type=click.Choice(FORMS), default=None,
    help="How the upstream commit is named; default: mkit.backportLine.",
)  # fmt: skip
@click.option(
    "--sign-off/--no-sign-off", "signs", default=None,
    help="Add my Signed-off-by, or not; default: mkit.signOff.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Try it, and leave nothing.")
@step_options(_STEPS)
@click.option(
    "--repo", "repository", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help="The repository; default: where you are, else those of the settings.",
)  # fmt: skip
@json_option
@click.argument("commits", nargs=-1, metavar="COMMIT...")
def backport_command(
    commits: tuple[str, ...],
    branch: str,
    onto: str,
    with_fixes: bool,
    main: tuple[str, ...],
    form: str | None,
    signs: bool | None,
    dry_run: bool,
    repository: Path | None,
    as_json: bool,
    step: str | None,
) -> int:
    """Pick commits onto an older branch, each with the line that names its upstream commit.

    COMMIT is a commit or a range A..B, in the order in which they are picked. It is done in a
    repository of mkit's own; your branch moves, forward only, once all are there, and no work tree
    of yours is touched. What is there already is said, and left. Of a conflict it is told which
    commits of upstream it stands on, and which of them, tried, would help.
    """
    with open_workspace() as workspace:
        if step:
            if commits:
                raise click.UsageError("name no COMMIT to go on with those that were named")
            return _take_step(workspace, step, branch, repository, as_json)
        if not commits or not branch:
            raise click.UsageError("name COMMITs, and the branch: --to BRANCH")
        place = _repository(repository, workspace.stores.settings, commits)
        settings = workspace.stores.settings
        history = history_of(place, main)
        wanted = history.commits(commits)
        if with_fixes:
            wanted = _with_fixes(history, wanted)
        ref, old, base = find_branch(place, branch, onto)
        job = Job(
            repository=str(place),
            branch=ref,
            old=old,
            base=base,
            todo=tuple(wanted),
            form=form or settings.backport_line,
            signs=settings.backport_sign_off == SIGN_OFF_ON if signs is None else signs,
        )
        with fresh_room(workspace, place, history, ref, is_dry=dry_run) as room:
            report = backport(room, job, is_dry=dry_run)
        return _told(report, as_json)


_with_fixes = with_fixes


def _take_step(
    workspace: Workspace, step: str, branch: str, repository: Path | None, as_json: bool
) -> int:
    """What is done with a backport that is under way."""
    if step == "status":
        return _status(workspace, as_json)
    folder, job = find_backport(workspace, branch, repository)
    if step == "abort":
        give_up(folder, job)
        short = job.branch.removeprefix(_HEADS)
        if as_json:
            click.echo(
                dumps(
                    backport_json(
                        Report(short, job.old, job.base, job.base, repository=job.repository)
                    )
                )
            )
        else:
            click.echo(f"given up; {short} is as it was")
        return 0
    with kept_room(workspace, folder, job) as room:
        report = skip(room, job) if step == "skip" else go_on(room, job)
    return _told(report, as_json)


def _status(workspace: Workspace, as_json: bool) -> int:
    found = backports(workspace)
    if as_json:
        click.echo(dumps(under_way_json(found)))
    elif found:
        print_lines(line for one in found for line in under_way_text(one))
    else:
        click.echo("no backport is under way")
    refuse_unclear(KIND, workspace.home.root)
    return 0


def _told(report: Report, as_json: bool) -> int:
    if as_json:
        click.echo(dumps(backport_json(report)))
    else:
        print_lines(backport_text(report))
    return 1 if report.stop else 0


def _repository(named: Path | None, settings: Settings, commits: Sequence[str]) -> Path:
    """The first that knows the commits."""
    if named is not None:
        return named.absolute()
    for place in dict.fromkeys(_places(settings)):
        try:
            history_of(place, ["HEAD"]).commits(commits)
        except MkitError:
            continue
        return place
    shown = visible_line(commits[0])
    raise NotFound(f"no repository that is known here has {shown}", "--repo DIR")


def _places(settings: Settings) -> Iterator[Path]:
    yield Path(os.curdir).absolute()
    for path in (*settings.repository, *known_trees(settings)):
        yield Path(absolute_path(path))
    for line in settings.ref:
        yield Path(absolute_path(line.rsplit(None, 2)[0]))
