# SPDX-License-Identifier: GPL-2.0-or-later
"""``state`` and ``archive``: decisions about patches."""

from __future__ import annotations

from typing import Any

import click

from maintainer_kit.cli.common import examples, moment_of
from maintainer_kit.cli.deciding import Asked, carry_out, carry_out_all, deciding, on_patches
from maintainer_kit.wiring.workspace import clock
from maintainer_kit.workflow.backlog import plan_backlog
from maintainer_kit.workflow.decide import check_state, plan_archived, plan_state


@click.command(
    "state",
    epilog=examples(
        "mkit state accepted k3v9",
        "mkit list --format '{id}' --turn me | mkit state under-review -",
    ),
)
@click.argument("state")
@deciding
@click.option("--force", is_flag=True, help="Against a limit of mkit.state; the log tells it.")
def state_command(state: str, force: bool, **options: Any) -> None:
    """Set STATE on TARGETs, all as one decision that one undo takes back.

    A topic id means its newest patches, a cover letter's id its series, a patch's id that patch.
    """
    carry_out(
        "set",
        Asked(**options),
        lambda stores, found: plan_state(stores, state, on_patches(found), force=force),
        check=lambda stores: check_state(state, stores.states),
    )


@click.command(
    "archive", epilog=examples("mkit archive k3v9", "mkit archive --older-than 90d --dry-run")
)
@click.option("--undo", "bring_back", is_flag=True, help="Bring back into the queue.")
@click.option(
    "--older-than",
    "age",
    metavar="AGE",
    default="",
    help="All open topics without a mail for so long, but what is starred, watched or snoozed.",
)
@deciding
def archive_command(bring_back: bool, age: str, **options: Any) -> None:
    """Take TARGETs out of the queue without changing their state; a new revision comes back."""
    if age:
        if bring_back or options["targets"] or options["query"]:
            raise click.UsageError("--older-than takes no TARGET, --query or --undo")
        now = clock() // 1_000_000
        days = (now - moment_of(age, now, back=True)) // 86400
        carry_out_all("done", Asked(**options), lambda stores: plan_backlog(stores, days))
        return
    carry_out(
        "done",
        Asked(**options),
        lambda _, found: plan_archived(not bring_back, on_patches(found)),
    )
