# SPDX-License-Identifier: GPL-2.0-or-later
"""``test``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maintainer_kit.cli.common import (
    Bar,
    catch_up,
    examples,
    json_option,
    no_sync_option,
    print_lines,
)
from maintainer_kit.errors import NotFound
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.testing.history import Span
from maintainer_kit.model.testing.problems import Verdict
from maintainer_kit.model.testing.result import Key, Result
from maintainer_kit.render.json_topics import dumps
from maintainer_kit.render.testing_json import configurations_json, test_json
from maintainer_kit.render.testing_text import configurations_text, test_text
from maintainer_kit.wiring.testing import TestRoom, configurations_of, open_testing
from maintainer_kit.wiring.testing_run import checks_of, run_tests, topic_span
from maintainer_kit.wiring.workspace import Workspace, open_workspace
from maintainer_kit.workflow.testing.run import RunWish, Testing

if TYPE_CHECKING:
    from maintainer_kit.workflow.testing.ports import Job

_FAILING = {
    "never": (),
    "fail": (Verdict.FAILED,),
    "warning": (Verdict.FAILED, Verdict.WARNED),
}


@dataclass(frozen=True, slots=True)
class _Options:
    """How it is to be done."""

    only: tuple[str, ...]
    jobs: int
    believe: tuple[str, ...]
    again: bool
    known: bool
    no_notes: bool
    fail_on: str


@click.command(
    "test",
    epilog=examples("mkit test master..topic --only build", "mkit test --believe refs/notes/ci"),
)
@click.option("--only", multiple=True, metavar="NAME", help="Only this configuration (several).")
@click.option("--list", "lists", is_flag=True, help="Show the configurations, and run nothing.")
@click.option("--known", is_flag=True, help="Show what is known, and run nothing.")
@click.option("--again", is_flag=True, help="Run what is known, too.")
@click.option(
    "--believe",
    multiple=True,
    metavar="REF",
    help="Believe the results in these notes, which others wrote (several).",
)
@click.option("--no-notes", is_flag=True, help="Write no results into refs/notes/mkit.")
@click.option(
    "--jobs",
    type=click.IntRange(min=0, max=1024),
    default=0,
    metavar="N",
    help="Runs at once; default: as many as there are cores.",
)
@click.option(
    "--fail-on",
    type=click.Choice(list(_FAILING)),
    default="fail",
    show_default=True,
    help="What of a commit makes the exit code 1, where the base has it not.",
)
@click.option(
    "--repo",
    "repository",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The repository; default: where you are.",
)
@json_option
@no_sync_option
@click.argument("what", default="", metavar="[A..B | BRANCH | COMMIT | TOPIC]")
def test_command(
    what: str,
    repository: Path | None,
    lists: bool,
    as_json: bool,
    no_sync: bool,
    **options: object,
) -> None:
    """Run the configurations of mkit.test on commits, in work trees of mkit's own.

    Without words: what the checked-out branch has beyond its upstream. A TOPIC means the commits
    that its patches became. Each result is kept, and never found out twice: stopped and called
    again it goes on. What the base has too is told apart from what is new.
    """
    wanted = _Options(**options)  # type: ignore[arg-type]
    with open_workspace() as workspace:
        if lists:
            _list(workspace, wanted, as_json)
            return
        configurations = configurations_of(workspace.stores.settings, wanted.only)
        room, span = _find(workspace, what, repository, no_sync)
        believed, sources = _believed(room, wanted, span)
        wish = RunWish(span, configurations, room.by, believed, sources, wanted.again)
        testing = Testing(wish, room.results)
        notes = _run(workspace, room, testing, wanted)
        report = testing.report()
        checks = checks_of(workspace, room, report)
        if as_json:
            click.echo(dumps(test_json(report, checks, notes)))
        else:
            print_lines(test_text(report))
    if report.has(_FAILING[wanted.fail_on]):
        click.get_current_context().exit(1)


def _list(workspace: Workspace, wanted: _Options, as_json: bool) -> None:
    found = configurations_of(workspace.stores.settings, wanted.only)
    if as_json:
        click.echo(dumps(configurations_json(found)))
    else:
        print_lines(configurations_text(found))


def _find(
    workspace: Workspace, what: str, repository: Path | None, no_sync: bool
) -> tuple[TestRoom, Span]:
    """What is named: git is asked first, but for what only mail can mean."""
    room = open_testing(workspace, repository)
    if ".." in what or what.startswith("-") or not what or room.is_branch(what):
        return room, room.span(what)
    from maintainer_kit.workflow.targets import resolve

    catch_up(workspace, no_sync)
    try:
        target = resolve(workspace.stores, what)
    except NotFound:
        if "@" in what:
            raise
        return room, room.span(what)
    return topic_span(workspace, target, repository)


def _believed(
    room: TestRoom, wanted: _Options, span: Span
) -> tuple[Mapping[Key, Result], Mapping[Key, str]]:
    found: dict[Key, Result] = {}
    sources: dict[Key, str] = {}
    trees = dict.fromkeys(one.tree for one in span.all)
    for ref in wanted.believe:
        for key, result in room.notes.read(ref, trees).items():
            found.setdefault(key, result)
            sources.setdefault(key, f"{ref}: {result.by}" if result.by else ref)
    return found, sources


def _run(workspace: Workspace, room: TestRoom, testing: Testing, wanted: _Options) -> int:
    """Run what is due; how many notes were written."""
    if wanted.known:
        return 0
    steps = [0, testing.left]
    with Bar("testing", "runs") as bar:

        def told(job: Job, result: Result, done: int, left: int) -> None:
            steps[:] = done, left

        def show() -> None:
            bar.advance(steps[0], sum(steps))

        notes = not wanted.no_notes
        return run_tests(workspace, room, testing, told, jobs=wanted.jobs, notes=notes, check=show)
