# SPDX-License-Identifier: GPL-2.0-or-later
"""The steps of ``apply``: to begin, to go on after a stop, to give up."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from maintainer_kit.adapters.applications import ApplicationFolder, Laid, under_way
from maintainer_kit.cli.apply import Asked
from maintainer_kit.cli.common import print_lines
from maintainer_kit.errors import Refused
from maintainer_kit.render.apply_json import apply_json, under_way_json
from maintainer_kit.render.apply_text import applied_text, stopped_text, under_way_text
from maintainer_kit.render.json_topics import dumps
from maintainer_kit.wiring.applying import Site, find_application, open_site
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.applying.application import Application, Phase
from maintainer_kit.workflow.applying.plan import Plan, Wish
from maintainer_kit.workflow.applying.run import Run

_NEXT = "mkit apply --continue, --skip or --abort"
Step = Callable[[Run, Application], Application]


def begin(workspace: Workspace, asked: Asked) -> None:
    """Apply targets to a branch."""
    site = open_site(workspace, asked.repository)
    manner = site.manner(asked.link, asked.signs)
    where = (asked.branch, asked.subset, asked.onto, site.refs())
    wish = Wish(asked.targets, *where, manner, asked.guesses)
    carry_out(site, site.plan(wish), wish.refs, asked)


def carry_out(site: Site, plan: Plan, refs: Sequence[str], asked: Asked) -> None:
    """Begin what is planned. ``refs`` are those below which other bases may be looked for."""
    one = plan.application
    for remark in plan.remarks:
        _say(f"! {remark}")
    folder = site.folder(one.branch)
    with folder.held():
        if folder.read() is not None:
            raise Refused(f"patches are being applied to {asked.branch} already", _NEXT)
        folder.lay(one, plan.parcels, refs)
        with site.run(folder, Laid(plan.parcels, tuple(refs)), _say) as run:
            one = run.begin(one, plan.bases)
            if not asked.dry_run:
                site.remember(plan)
            _end(run, one, folder, asked, plan.remarks)


def take_step(workspace: Workspace, step: str, asked: Asked) -> None:
    """What is done with an application that is under way."""
    if step == "status":
        _status(workspace, asked)
        return
    if step == "range-diff":
        from maintainer_kit.cli.apply_changes import print_changes

        print_changes(workspace, asked.branch)
        return
    one = find_application(workspace, asked.branch)
    site = open_site(workspace, Path(one.repository))
    folder = site.folder(one.branch)
    with folder.held():
        if step == "abort":
            folder.drop()
            _say("forgotten; nothing was changed")
            return
        with site.run(folder, folder.laid(), _say) as run:
            one = _worked(step, site, folder, run, one)
            _end(run, one, folder, asked, ())


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


def _end(
    run: Run, one: Application, folder: ApplicationFolder, asked: Asked, remarks: Sequence[str]
) -> None:
    """Move the branch where all is applied, and say how it went."""
    is_stopped = one.phase is Phase.STOPPED
    if asked.dry_run:
        folder.drop()
    elif not is_stopped:
        run.finish(one)
        _keep(folder, one)
    tree = str(folder.tree)
    if asked.as_json:
        click.echo(dumps(apply_json(one, remarks, tree, dry_run=asked.dry_run)))
    elif is_stopped:
        print_lines(stopped_text(one, tree, dry_run=asked.dry_run))
    else:
        print_lines(applied_text(one, dry_run=asked.dry_run))
    if is_stopped:
        sys.exit(1)


def _keep(folder: ApplicationFolder, one: Application) -> None:
    if one.changed:
        folder.keep_changes(one)
        _say("what differs from what was posted: mkit apply --range-diff")


def _status(workspace: Workspace, asked: Asked) -> None:
    found = []
    for one in under_way(workspace.home.root):
        site = open_site(workspace, Path(one.repository))
        found.append((one, str(site.folder(one.branch).tree)))
    if asked.as_json:
        click.echo(dumps(under_way_json(found)))
    elif found:
        print_lines(line for one, tree in found for line in under_way_text(one, tree))
    else:
        click.echo("no patches are being applied")


def _say(line: str) -> None:
    click.echo(line, err=True)
