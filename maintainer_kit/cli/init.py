# SPDX-License-Identifier: GPL-2.0-or-later
"""``init``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from maintainer_kit.cli.common import examples, json_option, moment_of, print_lines
from maintainer_kit.errors import Refused
from maintainer_kit.workflow.initing import MAIL, Answers

if TYPE_CHECKING:
    from maintainer_kit.render.init_steps import Step
    from maintainer_kit.render.init_text import Writing
    from maintainer_kit.wiring.initing import Machine, Plan


@click.command(
    "init",
    epilog=examples(
        "mkit init",
        "mkit init --yes --me ada@example.org --list linux-foo@vger.kernel.org --mail procmail",
    ),
)
@click.option("--me", multiple=True, metavar="ADDRESS", help="Who I am (several).")
@click.option(
    "--list", "lists", multiple=True, metavar="LIST", help="A list that I maintain (several)."
)
@click.option(
    "--repository", "repositories", multiple=True, metavar="DIR",
    help="A git repository that my patches land in (several).",
)  # fmt: skip
@click.option(
    "--ref", "refs", multiple=True, metavar="R", help="As mkit.ref says: REPOSITORY REF ROLE."
)
@click.option("--mail", type=click.Choice(tuple(MAIL)), help="What brings the mail.")
@click.option(
    "--backlog", metavar="AGE", help="Archive topics without a mail for so long (90d; 0: none)."
)
@click.option("--yes", is_flag=True, help="Take the guesses where nothing is said; do not ask.")
@click.option("--dry-run", is_flag=True, help="Only show what would be written.")
@json_option
def init_command(*, yes: bool, dry_run: bool, as_json: bool, **given: object) -> None:
    """Set mkit up: who you are, which lists and repositories are yours, where mail comes from.

    Asks five questions, with a guess for each; shows what it would write, asks once, and writes.
    Run again, it shows what is set, and changes only what is answered otherwise. Of your own files
    it touches git's configuration alone; what belongs into others it prints.
    """
    from maintainer_kit.cli.init_asking import Given, answers_of
    from maintainer_kit.wiring.initing import look_around, plan

    on_terminal = sys.stdin.isatty() and not as_json
    if not (yes or dry_run or on_terminal):
        raise Refused("init asks on a terminal", "mkit init --yes; or --dry-run to look first")
    machine = look_around()
    wishes = Given.of(given, _days)
    answers = answers_of(machine, wishes, asking=on_terminal and not yes)
    planned = plan(machine, answers)
    _Run(machine, answers, planned, as_json).end(yes=yes, dry_run=dry_run)


def _days(age: str) -> int:
    """Of an age such as 90d."""
    from maintainer_kit.wiring.workspace import clock

    if age in ("", "0"):
        return 0
    now = clock() // 1_000_000
    return (now - moment_of(age, now, back=True)) // 86400


class _Run:
    """What happens once all is answered."""

    def __init__(self, machine: Machine, answers: Answers, planned: Plan, as_json: bool) -> None:
        self._machine, self._answers, self._planned = machine, answers, planned
        self._as_json = as_json

    def end(self, *, yes: bool, dry_run: bool) -> None:
        """Show, ask once, write, and say what is left to do."""
        if not self._as_json:
            self._show()
        if dry_run:
            self._tell(archived=0, written=False)
            return
        if not yes and self._does_something():
            click.confirm("Write this?", default=True, abort=True, err=True)
        from maintainer_kit.wiring.initing import carry_out

        carry_out(self._machine, self._planned)
        self._tell(archived=self._archive(), written=True)

    def _does_something(self) -> bool:
        planned = self._planned
        return bool(planned.changes or planned.files or self._answers.backlog)

    def _show(self) -> None:
        from maintainer_kit.render.init_text import plan_text

        print_lines(plan_text(self._answers, self._writing()))

    def _writing(self) -> Writing:
        from maintainer_kit.render.init_text import Writing

        files = [file.path.name for file in self._planned.files]
        return Writing(self._planned.changes, files, str(self._planned.folder))

    def _archive(self) -> int:
        """How many old topics there were."""
        days = self._answers.backlog
        if not days:
            return 0
        from maintainer_kit.cli.common import catch_up
        from maintainer_kit.model.decision.event import Origin
        from maintainer_kit.wiring.workspace import open_workspace
        from maintainer_kit.workflow.backlog import archive_backlog, old_topics

        with open_workspace() as workspace:
            catch_up(workspace, no_sync=False)
            found = old_topics(workspace.stores, days)
            if found:
                archive_backlog(workspace.stores, days, Origin.CLI)
        return len(found)

    def _steps(self) -> list[Step]:
        from maintainer_kit.render.init_steps import Place, next_steps

        place = Place(str(self._planned.folder), self._planned.include)
        return next_steps(self._answers, self._machine.guesses, place)

    def _tell(self, *, archived: int, written: bool) -> None:
        from maintainer_kit.render.init_text import init_json, next_text
        from maintainer_kit.render.json_topics import dumps

        steps = self._steps()
        if self._as_json:
            made = init_json(self._answers, self._writing(), steps, archived, written=written)
            click.echo(dumps(made))
            return
        if self._answers.backlog and written:
            print_lines([f"archived: {archived}; mkit archive --older-than does it again"])
        if not written:
            print_lines(["", "Nothing was written."])
        print_lines(next_text(steps, written=written))
