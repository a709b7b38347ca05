# SPDX-License-Identifier: GPL-2.0-or-later
"""``apply``."""

from __future__ import annotations

from pathlib import Path

import click

from maintainer_kit.cli.common import (
    catch_up,
    examples,
    json_option,
    no_sync_option,
    step_options,
)
from maintainer_kit.lazy.dataclass import dataclass

_STEPS = {
    "continue": "Go on after a stop.",
    "skip": "Leave out the patch at which it stopped.",
    "abort": "Forget all of it.",
    "status": "Show what is under way.",
    "edit-patch": "Edit the patch, and go on.",
    "edit-tree": "Edit the files, and go on.",
    "shell": "A shell in the tree, and go on.",
    "range-diff": "What was changed of what was posted.",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line says."""

    targets: tuple[str, ...]
    branch: str
    onto: str
    subset: str
    dry_run: bool
    repository: Path | None
    link: str | None
    signs: bool | None
    as_json: bool
    guesses: bool = True


@click.command(
    "apply",
    epilog=examples("mkit apply TOPIC --to net-fixes --sign-off", "mkit apply --continue"),
)
@click.option("--to", "branch", metavar="BRANCH", default="", help="Where the commits go.")
@click.option("--onto", metavar="REV", default="", help="Upon this commit, for a new branch.")
@click.option("--subset", metavar="1-3,5", default="", help="Only these patches of each TARGET.")
@click.option("--dry-run", is_flag=True, help="Try it, and change nothing.")
@click.option(
    "--repo",
    "repository",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The repository; default: where you are, mkit.listTree, mkit.repository.",
)
@click.option("--link", metavar="URL", help="Link: to this archive; default: mkit.applyLink.")
@click.option("--no-link", "link", flag_value="off", help="No Link:.")
@click.option(
    "--sign-off/--no-sign-off",
    "signs",
    default=None,
    help="Add my Signed-off-by, or not; default: mkit.signOff.",
)
@click.option(
    "--no-guess", is_flag=True, help="Stop rather than take other lines for those of the patch."
)
@step_options(_STEPS)
@json_option
@no_sync_option
@click.argument("targets", nargs=-1, metavar="TARGET...")
def apply_command(
    targets: tuple[str, ...],
    branch: str,
    onto: str,
    subset: str,
    dry_run: bool,
    repository: Path | None,
    link: str | None,
    signs: bool | None,
    no_guess: bool,
    step: str | None,
    as_json: bool,
    no_sync: bool,
) -> None:
    """Apply series from mail to a branch, in a tree of mkit's own.

    TARGET is a topic (its newest complete view), TOPIC@v2, a cover letter's or a patch's
    Message-ID. The branch moves only when all is applied, never backwards, and never where it is
    checked out; your work tree, index and settings are not touched. Where a patch does not apply,
    other ways are tried one after the other, each said; at last it waits for you.
    """
    from maintainer_kit.cli.apply_steps import begin, take_step
    from maintainer_kit.wiring.workspace import open_workspace

    if bool(targets) == bool(step):
        raise click.UsageError("name a TARGET and --to BRANCH, or one of --" + ", --".join(_STEPS))
    if targets and not branch:
        raise click.UsageError("say where the commits go: --to BRANCH")
    given = (targets, branch, onto, subset, dry_run, repository, link, signs, as_json)
    asked = Asked(*given, guesses=not no_guess)
    with open_workspace() as workspace:
        if step:
            take_step(workspace, step, asked)
        else:
            catch_up(workspace, no_sync)
            begin(workspace, asked)
