# SPDX-License-Identifier: GPL-2.0-or-later
"""What all verbs that decide share: their targets, a look before, one group for all."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from maintainer_kit.cli.common import (
    catch_up,
    json_option,
    named_targets,
    print_group,
    print_lines,
    query_option,
    why_option,
)
from maintainer_kit.errors import Refused
from maintainer_kit.model.decision.event import Event, Origin
from maintainer_kit.wiring.workspace import Workspace, open_workspace
from maintainer_kit.workflow.decide import Plan, changes_of, decide
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.targets import Target

F = TypeVar("F", bound=Callable[..., Any])

MANY = 100
"""Topics that a query may find before it is asked whether they are all meant."""

Planner = Callable[[Stores, Sequence[Target]], Plan]
"""What a verb makes of its targets."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options that all such verbs have in common say."""

    targets: tuple[str, ...]
    query: str
    why: str
    dry_run: bool
    yes: bool
    as_json: bool


def deciding(command: F) -> F:
    """The options and arguments of a verb that decides about TARGET...: see ``Asked``."""
    options = (
        query_option,
        why_option,
        click.option("--dry-run", is_flag=True, help="Only show what would change."),
        click.option(
            "--yes", is_flag=True, help=f"Also when a query finds more than {MANY} topics."
        ),
        json_option,
        click.argument("targets", nargs=-1),
    )
    for option in reversed(options):
        command = option(command)
    return command


def carry_out(
    verb: str, asked: Asked, plan_of: Planner, check: Callable[[Stores], object] | None = None
) -> None:
    """Decide, as one group, and tell it; with ``--dry-run`` only tell what would change.

    ``verb`` is how it is told: ``set``. ``check`` refuses what is wrong whatever the targets.
    """
    with open_workspace() as workspace:
        if check:
            check(workspace.stores)
        catch_up(workspace, no_sync=False)
        found = named_targets(workspace, asked.targets, asked.query)
        if asked.query and len(found) > MANY and not asked.dry_run:
            _be_sure(f"the query finds {len(found)} topics", asked)
        plan = plan_of(workspace.stores, found)
        if asked.dry_run:
            _print_changes(workspace, plan.events, asked.as_json)
            return
        group = decide(workspace.stores, plan.events, Origin.CLI, asked.why, forced=plan.forced)
    print_group(group, verb, asked.as_json, len(found))


def carry_out_all(verb: str, asked: Asked, plan_of: Callable[[Stores], Plan]) -> None:
    """The same for a plan that finds its targets itself."""
    with open_workspace() as workspace:
        catch_up(workspace, no_sync=False)
        plan = plan_of(workspace.stores)
        if asked.dry_run:
            _print_changes(workspace, plan.events, asked.as_json)
            return
        topics = len(set(workspace.catalogue.topic_ids(plan.about).values()))
        if topics > MANY:
            _be_sure(f"{topics} topics are meant", asked)
        group = decide(workspace.stores, plan.events, Origin.CLI, asked.why, forced=plan.forced)
    print_group(group, verb, asked.as_json, topics)


def _be_sure(words: str, asked: Asked) -> None:
    """Ask whether so many topics are meant; without a terminal refuse."""
    if asked.yes:
        return
    if asked.as_json or not sys.stdin.isatty():
        raise Refused(words, "add --yes if all of them are meant; --dry-run shows them")
    click.confirm(f"{words}; all of them?", abort=True, err=True)


def _print_changes(workspace: Workspace, events: Sequence[Event], as_json: bool) -> None:
    from maintainer_kit.render.changes import changes_json, changes_text
    from maintainer_kit.render.json_topics import dumps

    changes = changes_of(workspace.stores, events)
    if as_json:
        click.echo(dumps(changes_json(changes)))
        return
    records = workspace.stores.catalogue.records([event.message_id for event in events])
    subjects = {one: record.message.full_subject for one, record in records.items()}
    print_lines(changes_text(changes, subjects))


def on_patches(targets: Sequence[Target]) -> list[str]:
    """Message-IDs of what a decision about single patches speaks of, each once."""
    return list(dict.fromkeys(one for target in targets for one in target.message_ids))


def on_topics(targets: Sequence[Target]) -> list[str]:
    """For a decision about whole topics one message of each: the named one, or its root."""
    return list({target.row.id: target.about for target in reversed(targets)}.values())[::-1]
