# SPDX-License-Identifier: GPL-2.0-or-later
"""The steps of ``apply``: to begin, to go on after a stop, to give up."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from maintainer_kit.adapters.git.publish import short_name
from maintainer_kit.adapters.kept.applications import KIND, ApplicationFolder, applications
from maintainer_kit.adapters.kept.job_folder import refuse_unclear
from maintainer_kit.cli.apply import Asked
from maintainer_kit.cli.common import print_lines
from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.render.apply_json import apply_json, under_way_json
from maintainer_kit.render.apply_text import applied_text, stopped_text, under_way_text
from maintainer_kit.render.json_topics import dumps
from maintainer_kit.wiring.apply_planned import apply_planned, has_moved
from maintainer_kit.wiring.applying import Site, find_application, open_site
from maintainer_kit.wiring.landed_here import note_landed
from maintainer_kit.wiring.places import sought_by
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.applying.application import Application, Phase
from maintainer_kit.workflow.applying.plan import ApplyWish, Plan
from maintainer_kit.workflow.applying.run import Run

Step = Callable[[Run, Application], Application]


def begin(workspace: Workspace, asked: Asked) -> None:
    """Apply targets to a branch."""
    what = None if asked.repository else sought_by(workspace.stores, asked.targets)
    site = open_site(workspace, asked.repository, what)
    manner = site.manner(asked.link, asked.signs)
    where = (asked.branch, asked.subset, asked.onto, site.refs())
    wish = ApplyWish(asked.targets, *where, manner, asked.guesses)
    carry_out(site, site.plan(wish), wish.refs, asked)


def carry_out(site: Site, plan: Plan, refs: Sequence[str], asked: Asked) -> None:
    """Begin what is planned. ``refs`` are those below which other bases may be looked for."""
    for remark in plan.remarks:
        _say(f"! {remark}")
    one = apply_planned(site, plan, refs, _say, dry_run=asked.dry_run)
    _tell(site, one, asked, plan.remarks)


def take_step(workspace: Workspace, step: str, asked: Asked) -> None:
    """What is done with an application that is under way."""
    if step == "status":
        _status(workspace, asked)
        return
    if step == "range-diff":
        from maintainer_kit.cli.apply_changes import print_changes

        print_changes(workspace, asked.branch)
        return
    if asked.dry_run:
        raise click.UsageError("--dry-run is for TARGETs that are not under way")
    folder, one = find_application(workspace, asked.branch, asked.repository)
    site = open_site(workspace, Path(one.repository))
    with folder.held():
        if step == "abort":
            _forget(site, folder, one)
            return
        with site.run(folder, folder.laid(), _say) as run:
            one = _worked(step, site, folder, run, one)
            if one.phase is not Phase.STOPPED:
                run.finish(one)
    _tell(site, one, asked, ())


def _forget(site: Site, folder: ApplicationFolder, one: Application) -> None:
    name = visible_line(short_name(one.branch))
    if has_moved(site, one):
        raise Refused(f"{name} has all of it already", "mkit apply --continue")
    folder.drop()
    now = site.source.commit(one.branch)
    moved = f"{name} was moved meanwhile" if now != (one.old or "") else "nothing was changed"
    _say(f"forgotten; {moved}")


def _worked(
    step: str, site: Site, folder: ApplicationFolder, run: Run, one: Application
) -> Application:
    if step == "skip":
        return run.skip(one)
    if step != "continue" and one.phase is not Phase.STOPPED:
        raise Refused("no patch waits for you", "mkit apply --continue")
    if step == "edit-patch":
        from maintainer_kit.cli.apply_hand import edited_diff

        return run.with_edited(one, edited_diff(folder, one))
    if step in ("edit-tree", "shell"):
        from maintainer_kit.cli.apply_hand import work_in_tree

        work_in_tree(site, folder, one, step)
    return run.go_on(one)


def _tell(site: Site, one: Application, asked: Asked, remarks: Sequence[str]) -> None:
    """How it went."""
    is_stopped = one.phase is Phase.STOPPED
    if one.changed and not is_stopped and not asked.dry_run:
        _say("what differs from what was posted: mkit apply --range-diff")
    tree = str(site.folder(one.branch).tree)
    if asked.as_json:
        click.echo(dumps(apply_json(one, remarks, tree, dry_run=asked.dry_run)))
    elif is_stopped:
        print_lines(stopped_text(one, tree, dry_run=asked.dry_run))
    else:
        print_lines(applied_text(one, dry_run=asked.dry_run))
    if is_stopped:
        sys.exit(1)
    if not asked.dry_run and (words := note_landed(site.workspace, site.place, one.branch)):
        _say(words)


def _status(workspace: Workspace, asked: Asked) -> None:
    found = [(one, str(folder.tree)) for folder, one in applications(workspace.home.root)]
    if asked.as_json:
        click.echo(dumps(under_way_json(found)))
    elif found:
        print_lines(line for one, tree in found for line in under_way_text(one, tree))
    else:
        click.echo("no patches are being applied")
    refuse_unclear(KIND, workspace.home.root)


def _say(line: str) -> None:
    click.echo(line, err=True)
